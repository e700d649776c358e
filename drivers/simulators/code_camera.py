"""A simulated camera under which codes are held, in the process itself.

A kernel without v4l2loopback has no camera to pretend, so the other end of this wire is the
`FrameSource` that the driver takes frames from.

camera = CodeCameraSimulator()
camera.hold(qr_code("yici:case:430100202611220001234"))
camera.fault = CameraFault.FROZEN
camera.unplug()
"""

from __future__ import annotations

import threading
from enum import StrEnum
from typing import Literal

import numpy as np
import segno

from drivers.code_scanner.decoding import Image
from drivers.wire import WireLost

_SHAPE = (480, 640)
_FRAME_S = 1 / 30
_TABLE = 200  # grey of the empty table
_QUIET = 4  # modules around a QR code

Writing = Literal["utf-8", "gb18030", "hanzi"]


class CameraFault(StrEnum):
    """What can be wrong with the camera."""

    NONE = "none"
    FROZEN = "frozen"  # no frame comes any more
    DARK = "dark"
    BROKEN_FRAMES = "broken_frames"  # arrays that are no image


class CodeCameraSimulator:
    """A `FrameSource`."""

    def __init__(self) -> None:
        self._gone = threading.Event()
        self._held: Image | None = None
        self._open = False
        self.fault = CameraFault.NONE
        self.frames_taken = 0

    @property
    def plugged(self) -> bool:
        """Whether the camera is there."""
        return not self._gone.is_set()

    def plug(self) -> None:
        """Put the camera back."""
        self._gone.clear()

    def unplug(self) -> None:
        """Take the camera away."""
        self._gone.set()

    def hold(self, picture: Image | None) -> None:
        """Hold something under the camera, None to take it away."""
        self._held = picture

    # -- the camera, as the driver calls it

    def open(self) -> None:
        """Take the camera."""
        if self._gone.is_set():
            raise WireLost("no camera")
        self._open = True

    def frame(self, timeout_s: float) -> Image | None:
        """What is under the camera a thirtieth of a second from now."""
        frozen = self.fault is CameraFault.FROZEN
        if self._gone.wait(timeout_s if frozen else min(timeout_s, _FRAME_S)):
            raise WireLost("the camera was unplugged")
        if not self._open:
            raise WireLost("the camera is not open")
        if frozen or timeout_s < _FRAME_S:
            return None
        self.frames_taken += 1
        return self._seen()

    def close(self) -> None:
        """Give the camera back."""
        self._open = False

    def _seen(self) -> Image:
        match self.fault:
            case CameraFault.DARK:
                return np.zeros((*_SHAPE, 3), np.uint8)
            case CameraFault.BROKEN_FRAMES:
                return np.zeros((*_SHAPE, 2), np.uint8)
        if self._held is None:
            return np.full((*_SHAPE, 3), _TABLE, np.uint8)
        return self._held


def qr_code(text: str | bytes, *, writing: Writing = "utf-8", pixels: int = 6) -> Image:
    """A QR code, `pixels` for each module, grey, with its quiet zone.

    The bytes say nothing of their encoding (no ECI), as Chinese codes do not; `hanzi` is the mode
    of GB/T 18284, which has only the characters of GB 2312.
    """
    if writing == "hanzi":
        code = segno.make_qr(text, mode="hanzi")
    else:
        data = text.encode(writing) if isinstance(text, str) else text
        code = segno.make_qr(data, mode="byte")
    modules = np.array(list(code.matrix_iter(border=_QUIET)), np.uint8)
    dark = np.where(modules == 0, 255, 0).astype(np.uint8)
    return np.kron(dark, np.ones((pixels, pixels), np.uint8))


def side_by_side(*pictures: Image) -> Image:
    """Several codes on one white sheet."""
    height = max(picture.shape[0] for picture in pictures)
    sheets = [
        np.pad(picture, ((0, height - picture.shape[0]), (0, 0)), constant_values=255)
        for picture in pictures
    ]
    return np.hstack(sheets)
