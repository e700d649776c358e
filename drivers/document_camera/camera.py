"""The driver of a document camera, whatever its frames come from."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from drivers.document_camera.looking import Looking, LookingTimes
from drivers.document_camera.port import CameraEvent, PreviewFrame
from drivers.life import BackOff
from drivers.owner import LinkOwner
from drivers.self_test import SELF_TEST_S, SelfTestReport
from drivers.status import DeviceStatus

if TYPE_CHECKING:
    from drivers.frames import FrameSource

MOST_FPS = 15.0


class PageCamera:
    """A `DocumentCamera`. `view_mm`: how much of the desk the frame's width shows, measured once
    when the camera is mounted; it gives pages their size.
    """

    def __init__(
        self,
        source: FrameSource,
        view_mm: float,
        *,
        device: str = "document_camera",
        back_off: BackOff | None = None,
        times: LookingTimes | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        if view_mm <= 0:
            raise ValueError(f"view_mm is {view_mm:g}; give the width of the view in millimetres")

        @contextmanager
        def opened(_: Callable[[], bool]) -> Iterator[FrameSource]:
            source.open()
            try:
                yield source
            finally:
                source.close()

        self._owner: LinkOwner[FrameSource, CameraEvent] = LinkOwner(
            device, opened, back_off or BackOff()
        )
        self._duty = Looking(self._owner, view_mm, times or LookingTimes(), clock)

    def start(self, on_event: Callable[[CameraEvent], None]) -> None:
        """Begin; returns at once. RuntimeError when begun before."""
        self._owner.start(self._duty, on_event)

    def preview(self, on_frame: Callable[[PreviewFrame], None] | None, fps: float = 5.0) -> None:
        """Show what lies there, at most `fps` times a second (15 at most), until None is given.

        ValueError for a rate that is none. `on_frame` is called on the camera's thread; when it
        raises, that is logged and the preview ends.
        """
        if not 0 < fps <= MOST_FPS:
            raise ValueError(f"fps is {fps:g}; it must be above 0 and at most {MOST_FPS:g}")
        self._duty.watch(on_frame, fps)
        self._owner.wake()

    def capture(self, job: str) -> None:
        """Queue a capture; returns at once. RuntimeError after stop(): nobody could end it."""
        self._duty.book.add(job)
        self._owner.wake()

    def cancel(self, job: str) -> None:
        """Give a capture up, waiting or begun; it ends as CANCELLED unless it has ended."""
        self._duty.book.cancel(job)
        self._owner.wake()

    def self_test(
        self, within_s: float = SELF_TEST_S, given_up: Callable[[], bool] = lambda: False
    ) -> SelfTestReport:
        """A frame that is another one than the one before. See `SelfTesting`."""
        return self._owner.self_test(within_s, given_up)

    def status(self) -> DeviceStatus:
        """The last known status."""
        return self._owner.status()

    def stop(self) -> None:
        """End the thread and give the camera back; returns when both are done (at most 2 s)."""
        self._owner.stop()
