"""What a document camera's thread does: captures first, then the preview, else a sign of life."""

from __future__ import annotations

import threading
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import structlog

from drivers.document_camera.captures import Capture, CaptureBook
from drivers.document_camera.port import (
    CameraEvent,
    CaptureFailed,
    CaptureFault,
    Hint,
    PageCaptured,
    PreviewFrame,
)
from drivers.owner import DeviceFault, LinkOwner
from drivers.self_test import Tested
from drivers.wire import Stopped

if TYPE_CHECKING:
    from drivers.document_camera.port import Pixels
    from drivers.document_camera.seeing import Sight
    from drivers.frames import FrameSource

_LEAST = (480, 640)  # rows, columns: with fewer no page can be read
_MOST = 40_000_000  # pixels
_COLOURED, _CHANNELS = 3, 3
_SAMPLED = 16  # every so many pixels of a frame tell it from the next
_EVEN = 8  # a picture with less between its darkest and lightest may well repeat itself
_SLICE_S = 1.0  # how long a wait for a frame may overlook that the thread is to end
_STANDSTILL = 8  # equal frames in a row: a live sensor's noise never repeats

OnFrame = Callable[[PreviewFrame], None]

log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class LookingTimes:
    """Seconds. `first`: a camera's first frame; `frame`: any other; `health`: between signs of
    life; `patience`: how long a job may wait for a camera that is not there; `better`: how long a
    capture looks for a frame without hints; `longest`: how long a job may take although the camera
    is there. `longest` and a frame must stay under the 10 s that the port promises.
    """

    first: float = 3.0
    frame: float = 1.0
    health: float = 15.0  # a frame of 8 million pixels costs 60 ms, so 0.4 % of a core
    patience: float = 5.0
    better: float = 1.5
    longest: float = 8.0


@dataclass(frozen=True)
class _Watcher:
    on_frame: OnFrame
    every_s: float


@dataclass
class _Best:
    frame: Pixels
    sight: Sight


class Looking:
    """A `Duty`. `view_mm`: how much of the desk the frame's width shows."""

    def __init__(
        self,
        owner: LinkOwner[FrameSource, CameraEvent],
        view_mm: float,
        times: LookingTimes,
        clock: Callable[[], float],
    ) -> None:
        self._owner = owner
        self._view_mm = view_mm
        self._times = times
        self._clock = clock
        self._lock = threading.Lock()
        self._watcher: _Watcher | None = None
        self._next_preview = 0.0
        self._next_health = 0.0
        self._last_sample: int | None = None
        self._standing = 0
        self.book = CaptureBook(owner.tell, clock)

    def watch(self, on_frame: OnFrame | None, fps: float) -> None:
        """From any thread."""
        with self._lock:
            self._watcher = None if on_frame is None else _Watcher(on_frame, 1 / fps)

    def begin(self, source: FrameSource) -> None:
        """A camera is there when it gives a picture, and then another one."""
        self.without_device()  # so much time went by in opening it
        self._last_sample, self._standing = None, 0
        self._frame(source, self._times.first)[0].fill(0)
        self._wait_for_a_live_frame(source)

    def turn(self, source: FrameSource) -> None:
        """One capture, one preview frame or one sign of life, whichever is first due."""
        self.book.settle(self._times.longest)
        now, watcher = self._clock(), self._watcher
        if capture := self.book.first():
            with self._owner.busy():
                self._capture(source, capture)
        elif watcher and now >= self._next_preview:
            self._next_preview = now + watcher.every_s
            self._preview(source, watcher)
        elif now >= self._next_health:
            self._frame(source, self._times.frame)[0].fill(0)
        else:
            due = min(self._next_health, self._next_preview) if watcher else self._next_health
            self._owner.rest(due - now)

    def self_test(self, source: FrameSource) -> Tested:
        """A frame, which nobody sees."""
        frame, _ = self._frame(source, self._times.frame)
        rows, columns = frame.shape[:2]
        frame.fill(0)
        return Tested({"frame": f"{columns} × {rows}"})

    def without_device(self) -> None:
        """End what nobody should wait for any longer."""
        self.book.settle(self._times.patience)

    def lost(self) -> None:
        """A capture that was under way is taken by the camera that returns in time."""

    def end(self) -> None:
        """No job may be left without its end."""
        self.book.close()

    # -- captures

    def _capture(self, source: FrameSource, capture: Capture) -> None:
        best = self._best(source, capture)
        if best is None:  # cancelled, or too late: `settle` says so
            return
        try:
            self.book.end(capture)
            self._owner.tell(self._outcome(capture, best))
        finally:
            best.frame.fill(0)

    def _outcome(self, capture: Capture, best: _Best) -> PageCaptured | CaptureFailed:
        from drivers.document_camera import seeing  # noqa: PLC0415 - see `_best`

        page = seeing.page_of(best.frame, best.sight)
        if page is None:
            return CaptureFailed(capture.job, CaptureFault.NO_PAGE, best.sight.hints)
        return PageCaptured(capture.job, page, best.sight.hints)

    def _best(self, source: FrameSource, capture: Capture) -> _Best | None:
        """The first frame without hints, else the one that has the fewest within `better`."""
        # Here, not above: OpenCV takes 0.1 s and 30 MB, which a terminal's start has no time for.
        from drivers.document_camera import seeing  # noqa: PLC0415

        # A camera that hangs repeats its last picture, which may be somebody else's paper: only
        # what differs from a frame of this same capture was certainly taken in it.
        self._frame(source, self._times.frame)[0].fill(0)
        best: _Best | None = None
        too_late = capture.asked + self._times.longest
        until = min(self._clock() + self._times.better, too_late)
        while best is None or (best.sight.hints and self._clock() < until):
            frame, live = self._frame(source, self._times.frame)
            given_up = capture.cancelled or self._owner.stopped
            if given_up or (best is None and self._clock() >= too_late):
                _forget(frame, best)
                return None
            if not live:
                frame.fill(0)
                continue
            sight = seeing.examined(frame, self._view_mm)
            if best is None or _rank(sight) < _rank(best.sight):
                _forget(best)
                best = _Best(frame, sight)
            else:
                frame.fill(0)
        return best

    # -- the preview

    def _preview(self, source: FrameSource, watcher: _Watcher) -> None:
        from drivers.document_camera import seeing  # noqa: PLC0415 - see `_best`

        frame, _ = self._frame(source, self._times.frame)
        shown = seeing.preview_of(frame, self._view_mm)
        frame.fill(0)
        with self._lock:
            wanted = self._watcher is watcher
        if not wanted:
            shown.forget()
            return
        try:
            watcher.on_frame(shown)
        except Exception as error:  # noqa: BLE001 - the camera must outlive a watcher's defect
            # its type alone: text and trace may hold what was seen
            log.error("device.listener_defect", detail=type(error).__name__)  # noqa: TRY400
            with self._lock:
                self._watcher = None if self._watcher is watcher else self._watcher

    # -- frames

    def _wait_for_a_live_frame(self, source: FrameSource) -> None:
        """Raises DeviceFault when the picture stands still."""
        live = False
        while not live:
            self.without_device()
            frame, live = self._frame(source, self._times.frame)
            frame.fill(0)

    def _frame(self, source: FrameSource, timeout_s: float) -> tuple[Pixels, bool]:
        """A frame, and whether it is another picture than the one before; raises DeviceFault."""
        until = self._clock() + timeout_s
        frame = None
        while frame is None and self._clock() < until:
            frame = source.frame(min(timeout_s, _SLICE_S))
            if self._owner.stopped:
                raise Stopped
        if frame is None:
            raise DeviceFault(f"no frame within {timeout_s:g} s")
        self._next_health = self._clock() + self._times.health
        _check(frame)
        return frame, self._is_live(frame)

    def _is_live(self, frame: Pixels) -> bool:
        sample = frame[::_SAMPLED, ::_SAMPLED].copy()
        even = int(sample.max()) - int(sample.min()) < _EVEN
        number = zlib.crc32(sample.tobytes())
        live = even or number != self._last_sample
        self._last_sample = number
        self._standing = 0 if live else self._standing + 1
        if self._standing >= _STANDSTILL:
            raise DeviceFault("the picture stands still")
        return live


def _check(frame: Pixels) -> None:
    coloured = frame.ndim == _COLOURED and frame.shape[2] == _CHANNELS and frame.dtype == "uint8"
    if not coloured:
        raise DeviceFault(f"no picture: {frame.dtype} of shape {frame.shape}")
    rows, columns = frame.shape[:2]
    if rows < _LEAST[0] or columns < _LEAST[1]:
        raise DeviceFault(f"frames of {columns} × {rows} pixels are too small for a page")
    if rows * columns > _MOST:
        raise DeviceFault(f"frames of {columns} × {rows} pixels are too large")


def _rank(sight: Sight) -> tuple[bool, int]:
    return sight.outline is None, len(sight.hints - {Hint.SEVERAL_PAGES})


def _forget(*kept: Pixels | _Best | None) -> None:
    for each in kept:
        if isinstance(each, _Best):
            each.frame.fill(0)
        elif each is not None:
            each.fill(0)
