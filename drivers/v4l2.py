"""Frames of a camera on USB, through OpenCV's V4L2.

Reading such a camera can block for ever when its driver does, so it is read on a thread of its own
that can be given up. As long as one that was given up still holds the camera, it is not opened
again.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import structlog

from drivers.wire import WireLost

if TYPE_CHECKING:
    from drivers.frames import Frame

_OPEN_S = 3.0  # some cameras take 2 s to begin
_CLOSE_S = 1.0
_KEPT = 4  # frames that OpenCV's V4L2 keeps when it does not say how many

log = structlog.get_logger(__name__)


class Capture(Protocol):
    """What is used of `cv2.VideoCapture`. Its types must not be subclassed: that breaks memory."""

    def isOpened(self) -> bool:  # noqa: N802 - OpenCV's name
        """Whether frames can be read."""

    def get(self, propId: int, /) -> float:  # noqa: N803 - OpenCV's name
        """A property; 0 or -1 where the camera does not say."""

    def grab(self) -> bool:
        """Take the next frame without unpacking it; False when there is none any more."""

    def read(self) -> tuple[bool, Any]:
        """Take the next frame and unpack it."""

    def release(self) -> None:
        """Give the camera back."""


OpenCapture = Callable[[], Capture]


class CapturedFrames:
    """A `FrameSource` over whatever `open_capture` opens; `name` is for error texts."""

    def __init__(self, name: str, open_capture: OpenCapture) -> None:
        self._name = name
        self._open_capture = open_capture
        self._reader: _Reader | None = None

    def open(self) -> None:
        """Take the camera; raises WireLost within 3 s, or 4 s when it blocks."""
        if self._reader is not None and self._reader.holds:
            raise WireLost(f"{self._name}: an earlier read still blocks")
        self._reader = _Reader(self._name, self._open_capture)
        if not self._reader.wait_until_open(_OPEN_S):
            self.close()
            raise WireLost(f"{self._name} cannot be opened")

    def frame(self, timeout_s: float) -> Frame | None:
        """A frame taken after this call, None when none came in time; raises WireLost."""
        if self._reader is None:
            raise WireLost(f"{self._name} is not open")
        return self._reader.frame(timeout_s)

    def close(self) -> None:
        """Give the camera back, or up when it does not let go within 1 s."""
        if self._reader is not None and not self._reader.end(_CLOSE_S):
            log.warning("camera.given_up", camera=self._name, waited_s=_CLOSE_S)


class V4l2Camera(CapturedFrames):
    """A camera by number (`0` is /dev/video0) or path (/dev/v4l/by-id/…, which stays the same).

    Size and format are asked for; what a camera does not have it replaces by what it has. Motion
    JPEG is what USB 2 carries in these sizes.
    """

    def __init__(
        self, camera: int | Path, *, width: int = 3264, height: int = 2448, fourcc: str = "MJPG"
    ) -> None:
        path = Path(f"/dev/video{camera}") if isinstance(camera, int) else camera

        def opened() -> Capture:
            if not path.exists():  # asked first, for OpenCV complains on stderr
                raise WireLost(f"{path} is not there")
            import cv2  # noqa: PLC0415 - 0.1 s and 30 MB, on the camera's thread and not before

            wanted = [
                cv2.CAP_PROP_FOURCC,
                cv2.VideoWriter.fourcc(*fourcc),
                cv2.CAP_PROP_FRAME_WIDTH,
                width,
                cv2.CAP_PROP_FRAME_HEIGHT,
                height,
            ]
            capture = cv2.VideoCapture(str(path.resolve()), cv2.CAP_V4L2, wanted)
            capture.set(cv2.CAP_PROP_BUFFERSIZE, 1)
            return capture

        super().__init__(path.name, opened)


class _Reader:
    """The thread that reads one capture, and what it has read."""

    def __init__(self, name: str, open_capture: OpenCapture) -> None:
        self._name = name
        self._open_capture = open_capture
        self._changed = threading.Condition()
        self._asked = 0  # how many frames were asked for
        self._answered = 0  # for which of them `_frame` was taken
        self._frame: Frame | None = None
        self._is_open = False
        self._ending = False
        self._lost: str | None = None
        # daemon: a read that never returns must not hold the process
        self._thread = threading.Thread(target=self._run, name=f"camera-{name}", daemon=True)
        self._thread.start()

    @property
    def holds(self) -> bool:
        """Whether the thread has not ended and so may hold the camera."""
        return self._thread.is_alive()

    def wait_until_open(self, timeout_s: float) -> bool:
        with self._changed:
            self._changed.wait_for(lambda: self._is_open or self._lost is not None, timeout_s)
            if self._lost is not None:
                raise WireLost(self._lost)
            return self._is_open

    def frame(self, timeout_s: float) -> Frame | None:
        with self._changed:
            self._asked += 1
            asked = self._asked
            self._changed.notify_all()
            self._changed.wait_for(
                lambda: self._answered >= asked or self._lost is not None, timeout_s
            )
            if self._lost is not None:
                raise WireLost(self._lost)
            if self._answered < asked:
                return None
            frame, self._frame = self._frame, None
            return frame

    def end(self, timeout_s: float) -> bool:
        """Whether the thread ended in time."""
        with self._changed:
            self._ending = True
            self._changed.notify_all()
        self._thread.join(timeout_s)
        with self._changed:
            if self._frame is not None:
                self._frame.fill(0)
                self._frame = None
        return not self._thread.is_alive()

    # -- on the thread

    def _run(self) -> None:
        try:
            capture = self._open_capture()
        except WireLost as error:
            self._lose(str(error))
            return
        except Exception as error:  # noqa: BLE001 - OpenCV's own errors, of many types
            self._lose(f"{self._name}: {type(error).__name__}")
            return
        try:
            if capture.isOpened():
                self._read(capture)
            else:
                self._lose(f"{self._name} cannot be opened")
        finally:
            capture.release()

    def _read(self, capture: Capture) -> None:
        import cv2  # noqa: PLC0415 - it is loaded by now

        # What was kept from before the call, and the frame that was being exposed.
        stale = 1 + (max(0, round(capture.get(cv2.CAP_PROP_BUFFERSIZE))) or _KEPT)
        with self._changed:
            self._is_open = True
            self._changed.notify_all()
        while (asked := self._next_asked()) is not None:
            for _ in range(stale):
                if not capture.grab() or self._ending:
                    break
            read, frame = capture.read() if not self._ending else (False, None)
            if not read or frame is None:
                self._lose(f"{self._name}: no more frames")
                return
            self._answer(asked, frame)

    def _next_asked(self) -> int | None:
        """The latest frame that was asked for; None when the thread is to end."""
        with self._changed:
            self._changed.wait_for(lambda: self._asked > self._answered or self._ending)
            return None if self._ending else self._asked

    def _answer(self, asked: int, frame: Frame) -> None:
        with self._changed:
            if self._ending:
                frame.fill(0)
                return
            self._answered, self._frame = asked, frame
            self._changed.notify_all()

    def _lose(self, reason: str) -> None:
        with self._changed:
            self._lost = reason
            self._changed.notify_all()
