"""Codes in an image: engines asked in turn, until one of them finds any."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

import cv2
import numpy as np
import numpy.typing as npt
import structlog

from drivers.code_scanner.port import Code

Image = npt.NDArray[np.uint8]  # rows × columns, grey; or rows × columns × 3, blue green red

_GREY_AXES, _COLOUR_AXES, _CHANNELS = 2, 3, 3

log = structlog.get_logger(__name__)


class EngineError(Exception):
    """A decoding library refused an image; names neither the image nor what it says."""


class Engine(Protocol):
    """One decoding library."""

    @property
    def name(self) -> str:
        """For logs and measurements."""

    def find(self, grey: Image) -> tuple[Code, ...]:
        """The codes in a grey image, every one that is text; raises EngineError."""


@dataclass(frozen=True)
class Decoded:
    """What was found in one image, by which engine (empty: by none), and how long it took."""

    codes: tuple[Code, ...]
    engine: str
    seconds: float


class Decoder:
    """Asks its engines in order; one that fails is passed over and logged once."""

    def __init__(
        self, engines: Sequence[Engine], clock: Callable[[], float] = time.perf_counter
    ) -> None:
        self._engines = tuple(engines)
        self._clock = clock
        self._logged: set[str] = set()

    def decode(self, image: Image) -> Decoded:
        """The codes in an image; raises ValueError for an array that is no image."""
        began = self._clock()
        grey = as_grey(image)
        for engine in self._engines:
            if codes := self._found(engine, grey):
                return Decoded(codes, engine.name, self._clock() - began)
        return Decoded((), "", self._clock() - began)

    def _found(self, engine: Engine, grey: Image) -> tuple[Code, ...]:
        try:
            return engine.find(grey)
        except EngineError as error:
            if engine.name not in self._logged:
                self._logged.add(engine.name)
                log.warning("code.engine_failed", engine=engine.name, reason=str(error))
            return ()


def as_grey(image: Image) -> Image:
    """The image in grey, in one piece of memory; raises ValueError for what is no image."""
    whole = image.ndim in (_GREY_AXES, _COLOUR_AXES) and image.size > 0
    if image.dtype != np.uint8 or not whole:
        raise ValueError(f"no image: {image.dtype} of shape {image.shape}; bytes are wanted")
    if image.ndim == _GREY_AXES:
        return np.ascontiguousarray(image)
    if image.shape[2] != _CHANNELS:
        raise ValueError(f"no image: {image.shape[2]} channels; grey or blue, green, red is wanted")
    return np.asarray(cv2.cvtColor(image, cv2.COLOR_BGR2GRAY), dtype=np.uint8)
