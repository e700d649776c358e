"""A folder of pictures that behaves like a camera: with each frame the next one, and noise."""

from __future__ import annotations

import threading
from pathlib import Path

import cv2
import numpy as np

from drivers.simulators.desk_papers import Pixels
from drivers.wire import WireLost

_FRAME_S = 1 / 15
_NOISE = 3.0
_ENDINGS = (".jpg", ".jpeg", ".png")


class PictureFolder:
    """A `FrameSource`. Pictures come by their names in turn; without any there is no camera."""

    def __init__(self, folder: Path, *, seed: int = 1) -> None:
        self._folder = folder
        self._chance = np.random.default_rng(seed)
        self._closed = threading.Event()
        self._closed.set()
        self._next = 0

    def open(self) -> None:
        """Begin; raises WireLost when there is no picture."""
        self._pictures()
        self._closed.clear()

    def frame(self, timeout_s: float) -> Pixels | None:
        """The next picture a frame's time from now; WireLost when there is none any more."""
        if self._closed.wait(min(timeout_s, _FRAME_S)):
            raise WireLost(f"{self._folder} is not open")
        if timeout_s < _FRAME_S:
            return None
        pictures = self._pictures()
        file = pictures[self._next % len(pictures)]
        self._next += 1
        picture = cv2.imdecode(np.frombuffer(file.read_bytes(), np.uint8), cv2.IMREAD_COLOR)
        if picture is None:
            raise WireLost(f"{file} is no picture")
        noise = self._chance.normal(0, _NOISE, picture.shape)
        return np.asarray(np.clip(picture + noise, 0, 255), np.uint8)

    def close(self) -> None:
        """End; a frame that is waited for is given up."""
        self._closed.set()

    def _pictures(self) -> list[Path]:
        try:
            found = sorted(f for f in self._folder.iterdir() if f.suffix.lower() in _ENDINGS)
        except OSError as error:
            raise WireLost(f"{self._folder}: {error.strerror}") from error
        if not found:
            raise WireLost(f"{self._folder}: no pictures")
        return found
