"""The driver of a code scanner that is a camera: its frames are decoded here.

While no code is wanted a frame is taken now and then as a sign of life, and is not decoded.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from drivers.code_scanner.decoding import Decoded, Decoder, Image, as_grey
from drivers.code_scanner.port import CodeScanned, ScannerEvent
from drivers.frames import FrameSource
from drivers.life import BackOff
from drivers.owner import DeviceFault, LinkOwner
from drivers.self_test import SELF_TEST_S, SelfTestReport, Tested
from drivers.status import DeviceStatus
from drivers.wish import Wish


@dataclass(frozen=True)
class CameraTimes:
    """Seconds. `between`: rest after each frame, so that looking leaves the processor to others.

    `health`: how often a frame is taken while no code is wanted. `forget`: a code that is held
    still is told once; it is told again after it was out of sight for so long.
    """

    frame: float = 1.0
    between: float = 0.05
    health: float = 5.0
    forget: float = 1.5


class CameraScanner:
    """A `CodeScanner`."""

    def __init__(
        self,
        source: FrameSource,
        decoder: Decoder,
        *,
        device: str = "code_scanner",
        back_off: BackOff | None = None,
        times: CameraTimes | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        @contextmanager
        def opened(_: Callable[[], bool]) -> Iterator[FrameSource]:
            source.open()
            try:
                yield source
            finally:
                source.close()

        self._owner: LinkOwner[FrameSource, ScannerEvent] = LinkOwner(
            device, opened, back_off or BackOff()
        )
        self._duty = _Looking(self._owner, decoder, times or CameraTimes(), clock)

    def start(self, on_event: Callable[[ScannerEvent], None]) -> None:
        """Begin; returns at once. RuntimeError when begun before."""
        self._owner.start(self._duty, on_event)

    def want(self, wanted: bool) -> None:
        """Whether codes may be told now; a code that lies there when it is turned on is told."""
        self._duty.want(wanted)
        self._owner.wake()

    def self_test(
        self, within_s: float = SELF_TEST_S, given_up: Callable[[], bool] = lambda: False
    ) -> SelfTestReport:
        """A frame. See `SelfTesting`."""
        return self._owner.self_test(within_s, given_up)

    def status(self) -> DeviceStatus:
        """The last known status."""
        return self._owner.status()

    def stop(self) -> None:
        """End the thread and give the camera back; returns when both are done (at most 2 s)."""
        self._owner.stop()


class _Looking:
    """What the camera's thread does. `_told`, under this wish: text → since when out of sight."""

    def __init__(
        self,
        owner: LinkOwner[FrameSource, ScannerEvent],
        decoder: Decoder,
        times: CameraTimes,
        clock: Callable[[], float],
    ) -> None:
        self._owner = owner
        self._decoder = decoder
        self._times = times
        self._clock = clock
        self._wish = Wish()
        self._looked_for: int | None = None
        self._told: dict[str, float | None] = {}

    def want(self, wanted: bool) -> None:
        """From any thread."""
        self._wish.set(wanted)

    def begin(self, source: FrameSource) -> None:
        """A camera is there when it gives a frame, and the frame is an image."""
        self._frame(source)

    def turn(self, source: FrameSource) -> None:
        """One frame: looked at while codes are wanted, else a sign of life."""
        wish = self._wish.now()
        if wish != self._looked_for:
            self._looked_for = wish
            self._told.clear()
        frame = self._frame(source)
        if wish is not None:
            self._tell_new(self._decoder.decode(frame), wish)
        self._owner.rest(self._times.health if wish is None else self._times.between)

    def self_test(self, source: FrameSource) -> Tested:
        """A frame, which is not looked at."""
        rows, columns = self._frame(source).shape
        return Tested({"frame": f"{columns} × {rows}"})

    def without_device(self) -> None:
        """Nothing waits for a camera."""

    def lost(self) -> None:
        """Nothing is half done between two frames."""

    def end(self) -> None:
        """Nothing that was told is remembered."""
        self._told.clear()

    def _frame(self, source: FrameSource) -> Image:
        """A frame in grey."""
        frame = source.frame(self._times.frame)
        if frame is None:
            raise DeviceFault(f"no frame within {self._times.frame:g} s")
        try:
            return as_grey(frame)
        except ValueError as error:
            raise DeviceFault(str(error)) from error

    def _tell_new(self, decoded: Decoded, wish: int) -> None:
        now = self._clock()
        seen = {code.text: code for code in decoded.codes}
        self._told = {
            text: gone
            for text, since in self._told.items()
            if (gone := _gone_since(since, text in seen, now)) is None
            or now - gone <= self._times.forget
        }
        for text, code in seen.items():
            if text not in self._told and self._wish.now() == wish:
                self._owner.tell(CodeScanned(code))
            self._told[text] = None


def _gone_since(before: float | None, seen: bool, now: float) -> float | None:
    """Since when a code has been out of sight; None while it is in sight."""
    if seen:
        return None
    return now if before is None else before
