"""Judges a page's picture: what the citizen could put right before it is taken. Pure.

Blur is the variance of the second derivative (the Laplacian's parts) on the page's own scale,
against the contrast of the print it is measured on, in the direction in which it is least: a
shaken picture is sharp along the shake. A page with hardly any print cannot be judged for blur.
"""

from __future__ import annotations

import cv2
import numpy as np
import numpy.typing as npt

from drivers.document_camera.finding import Finding, Frame
from drivers.document_camera.outline import Outline
from drivers.document_camera.port import Hint

PER_MM = 3.5  # pixels at which pages are judged

Plane = npt.NDArray[np.float32]  # rows × columns

_HIDDEN = 0.03  # of the outline
_OUTSIDE = 0.004  # of the frame's width
_DARK_PAPER = 85  # of 255; white paper in good light is 170 and more
_DARK_FRAME = 14  # a covered lens; an empty black desk is no darker than 16
_PAPER = 0.8  # quantile of brightness that is paper, as most of a page is
_BRIGHTEST = 0.95
_MARGIN = 8  # pixels of a page's rim that are not judged: its edge and the desk's shine

_TILE = 24  # pixels, two lines of print
_PRINT = 25.0  # contrast in a tile that holds print, at least
_PRINT_SHARE = 0.15  # the same, of the paper's brightness
_LEAST_TILES = 3
_SHARP = 0.015  # measured: in focus and at rest 0.03 to 0.05, blurred by 0.25 mm 0.009 to 0.013
_SECOND_DERIVATIVES = (
    ((0, 0, 0), (1, -2, 1), (0, 0, 0)),
    ((0, 1, 0), (0, -2, 0), (0, 1, 0)),
    ((1, 0, 0), (0, -2, 0), (0, 0, 1)),
    ((0, 0, 1), (0, -2, 0), (1, 0, 0)),
)

_SATURATED = 250
_GLARE_MM2 = 30.0  # a spot of 6 mm hides a word
_SPECK_MM, _NEAR_MM, _AROUND_MM = 2.0, 2.0, 5.0
_BLOWN = 240.0  # a spot among paper as bright as this is no spot


def hints_of_place(frame: Frame, finding: Finding) -> frozenset[Hint]:
    """What is wrong with where the page lies; `frame` may be a small one."""
    hints: set[Hint] = set()
    if finding.outline is None:
        hints.add(Hint.CUT_OFF if finding.crosses_rim else Hint.NO_PAGE)
        if _brightness(frame, _BRIGHTEST) < _DARK_FRAME:
            hints.add(Hint.TOO_DARK)
        return frozenset(hints)
    if _reaches_out(finding.outline, frame):
        hints.add(Hint.CUT_OFF)
    if finding.hidden > _HIDDEN:
        hints.add(Hint.COVERED)
    if finding.others:
        hints.add(Hint.SEVERAL_PAGES)
    return frozenset(hints)


def hints_of_light(page: Frame, per_mm: float) -> frozenset[Hint]:
    """Darkness and glare on a straightened page of so many pixels a millimetre."""
    hints: set[Hint] = set()
    if _brightness(page, _PAPER) < _DARK_PAPER:
        hints.add(Hint.TOO_DARK)
    if _has_glare(page, per_mm):
        hints.add(Hint.GLARE)
    return frozenset(hints)


def is_blurred(page: Frame) -> bool:
    """Whether print on a straightened page, at `PER_MM`, is out of focus or shaken."""
    sharp = sharpness(page)
    return sharp is not None and sharp < _SHARP


def sharpness(page: Frame) -> float | None:
    """How sharp the print is, for every size of camera alike; None where there is too little."""
    grey = np.asarray(cv2.cvtColor(page, cv2.COLOR_BGR2GRAY), np.float32)
    inner = grey[_MARGIN:-_MARGIN, _MARGIN:-_MARGIN]
    if min(inner.shape, default=0) < _TILE:
        return None
    calm = np.asarray(cv2.GaussianBlur(inner, (0, 0), 0.7), np.float32)
    tiles = _tiles(calm)
    dark, light = np.quantile(tiles, (0.05, 0.95), axis=1)
    contrast = light - dark
    least = max(_PRINT, _PRINT_SHARE * float(np.quantile(calm, 0.9)))
    chosen = (contrast > least) & (tiles.max(axis=1) < _SATURATED)  # glare's rim is no print
    if chosen.sum() < _LEAST_TILES:
        return None
    power = contrast[chosen] ** 2
    return min(_variance(calm, kernel, chosen, power) for kernel in _SECOND_DERIVATIVES)


def _variance(
    plane: Plane,
    kernel: tuple[tuple[int, ...], ...],
    chosen: npt.NDArray[np.bool_],
    power: Plane,
) -> float:
    second = cv2.filter2D(plane, cv2.CV_32F, np.array(kernel, np.float32))
    variances = _tiles(np.asarray(second, np.float32))[chosen].var(axis=1)
    return float(np.quantile(variances / power, 0.75))


def _tiles(plane: Plane) -> Plane:
    """Tiles × their pixels; what is left over at the right and below is not judged."""
    rows, columns = plane.shape[0] // _TILE, plane.shape[1] // _TILE
    whole = plane[: rows * _TILE, : columns * _TILE]
    parts = whole.reshape(rows, _TILE, columns, _TILE).transpose(0, 2, 1, 3)
    return parts.reshape(rows * columns, _TILE * _TILE)


def _has_glare(page: Frame, per_mm: float) -> bool:
    white = cv2.inRange(page, (_SATURATED,) * 3, (255,) * 3)
    spots = np.asarray(cv2.morphologyEx(white, cv2.MORPH_OPEN, _disc(_SPECK_MM, per_mm)), np.uint8)
    _, labels, stats, _ = cv2.connectedComponentsWithStats(spots)
    for number in range(1, len(stats)):
        if stats[number, cv2.CC_STAT_AREA] < _GLARE_MM2 * per_mm**2:
            continue
        spot = (labels == number).astype(np.uint8)
        near = cv2.dilate(spot, _disc(2 * _NEAR_MM, per_mm))
        around = cv2.dilate(spot, _disc(2 * (_NEAR_MM + _AROUND_MM), per_mm))
        ring = page[(around > 0) & (near == 0)]
        if ring.size and float(ring.mean()) < _BLOWN:
            return True
    return False


def _disc(across_mm: float, per_mm: float) -> npt.NDArray[np.uint8]:
    size = max(3, round(across_mm * per_mm) | 1)
    return np.asarray(cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (size, size)), np.uint8)


def _reaches_out(outline: Outline, frame: Frame) -> bool:
    rows, columns = frame.shape[:2]
    beyond = _OUTSIDE * columns
    return bool((outline < -beyond).any() or (outline > (columns + beyond, rows + beyond)).any())


def _brightness(picture: Frame, share: float) -> int:
    """The brightness, 0 to 255, that this share of the pixels has at most in any colour."""
    blue, green, red = cv2.split(picture)
    counts = np.bincount(cv2.max(cv2.max(blue, green), red).ravel(), minlength=256)
    return int(np.searchsorted(np.cumsum(counts), share * counts.sum()))
