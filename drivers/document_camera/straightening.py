"""A page cut out of a frame and made rectangular, at its true size. Pure.

The camera stands fixed above the desk, so the width of its view in millimetres gives the scale. A
page within a few percent of a standard size is of that size.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import cv2
import numpy as np

from drivers.document_camera.finding import Frame
from drivers.document_camera.outline import Outline, lengths
from drivers.document_camera.port import DPI, MM_PER_INCH, Page

STANDARD_MM = (
    (210.0, 297.0),  # A4, ISO 216
    (148.0, 210.0),  # A5
    (85.6, 53.98),  # ID-1, ISO/IEC 7810
)
_LONGEST_MM = 440.0  # bounds the memory of a page; larger ones are taken at fewer dpi
_ALIKE = 0.05
_FINER = 1.3


@dataclass(frozen=True)
class Size:
    """Of a page, in millimetres."""

    width: float
    height: float


def size_of(outline: Outline, frame_width: int, view_mm: float) -> Size:
    """How large a page is; `view_mm`: how much of the desk the frame's width shows."""
    width, height = (pixels / frame_width * view_mm for pixels in lengths(outline))
    return min(
        (size for size in _standards() if _off(size, width, height) < _ALIKE),
        key=lambda size: _off(size, width, height),
        default=Size(width, height),
    )


def straightened(frame: Frame, outline: Outline, size: Size) -> Page:
    """The page at 200 dpi; what is up in the frame is up on it."""
    shrink = min(1.0, _LONGEST_MM / max(size.width, size.height))
    dots = DPI / MM_PER_INCH * shrink
    columns, rows = max(1, round(size.width * dots)), max(1, round(size.height * dots))
    seen = np.mean([side / mm for side, mm in zip(lengths(outline), _sides(size), strict=True)])
    return Page(
        _cut_out(frame, outline, columns, rows), size.width, size.height, float(seen * MM_PER_INCH)
    )


def at_scale(frame: Frame, outline: Outline, size: Size, per_mm: float) -> Frame:
    """The page at so many pixels a millimetre, for judging it."""
    columns, rows = max(1, round(size.width * per_mm)), max(1, round(size.height * per_mm))
    finer = lengths(outline)[0] / columns
    if finer > _FINER:  # else pixels would be skipped, and noise taken for sharpness
        part = (round(frame.shape[1] / finer), round(frame.shape[0] / finer))
        smaller = np.asarray(cv2.resize(frame, part, interpolation=cv2.INTER_AREA), np.uint8)
        shares = np.array([part[0] / frame.shape[1], part[1] / frame.shape[0]])
        return _cut_out(smaller, outline * shares, columns, rows)
    return _cut_out(frame, outline, columns, rows)


def _cut_out(frame: Frame, outline: Outline, columns: int, rows: int) -> Frame:
    # pixel centres: the middle of the first pixel is half a pixel inside the paper's edge
    flat = np.array([(0, 0), (columns, 0), (columns, rows), (0, rows)], np.float32) - 0.5
    matrix = cv2.getPerspectiveTransform((outline - 0.5).astype(np.float32), flat)
    return np.asarray(
        cv2.warpPerspective(
            frame, matrix, (columns, rows), flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE
        ),
        np.uint8,
    )


def _standards() -> Iterable[Size]:
    for one, other in STANDARD_MM:
        yield Size(one, other)
        yield Size(other, one)


def _off(size: Size, width: float, height: float) -> float:
    return max(abs(width / size.width - 1), abs(height / size.height - 1))


def _sides(size: Size) -> tuple[float, float]:
    return size.width, size.height
