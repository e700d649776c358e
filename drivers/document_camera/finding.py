"""Finds the page in a frame, and says what is in the way. Pure.

A page is an outline with an edge along each of its sides and the desk right outside of them: the
desk tells it from a table printed on it, the edge from a shadow.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from drivers.document_camera.candidates import around_strangers, between_lines, silhouette
from drivers.document_camera.desk_model import Field, Lab, strangeness
from drivers.document_camera.outline import Outline, Points, area, side_points

Frame = npt.NDArray[np.uint8]  # rows × columns × 3, blue green red

WIDTH = 640  # pixels at which pages are looked for
_SAMPLES = 40
_INSIDE, _OUTSIDE, _FAR = 3.0, 3.0, 7.0  # pixels from a side
_EDGE = 3.5  # difference in Lab across a side that is an edge
_CLEAR_EDGE = 20.0
_STRANGE = 4.5
_GOOD, _LIKELY, _SURE = 0.5, 0.75, 0.9
_LEAST_SIDE_SEEN = 0.35
_OVERLAP = 0.15
_RIM_TAKEN = 0.02  # of the rim's length, in one piece
_OTHER_LEAST = 0.012  # of the frame


@dataclass(frozen=True, eq=False)
class Finding:
    """What was found. `outline`: of the largest page, in the frame's pixels, None for no page;
    `hidden`: the share of its outline over which something lies; `others`: further pages;
    `crosses_rim`: something that is not the desk runs out of the picture.
    """

    outline: Outline | None
    hidden: float
    others: int
    crosses_rim: bool


@dataclass(frozen=True, eq=False)
class _Rated:
    outline: Outline
    rating: float
    hidden: float


def find(frame: Frame) -> Finding:
    """Find the largest page; corners are good to a few pixels until `edges.sharpened`."""
    small = shrunk(frame)
    scale = small.shape[1] / frame.shape[1]
    lab = np.asarray(cv2.cvtColor(small.astype(np.float32) / 255, cv2.COLOR_BGR2Lab), np.float32)
    lab = np.asarray(cv2.GaussianBlur(lab, (0, 0), 1.0), np.float32)
    strange = strangeness(lab)
    rated = _rated(around_strangers(strange), lab, strange)
    if _best(rated) < _SURE:
        rated += _rated(between_lines(silhouette(strange)), lab, strange)
    if _best(rated) < _LIKELY:
        grey = np.asarray(cv2.cvtColor(small, cv2.COLOR_BGR2GRAY), np.uint8)
        rated += _rated(between_lines(grey), lab, strange)
    pages = _apart(rated, lab.shape[0] * lab.shape[1] * _OTHER_LEAST)
    crosses = _crosses_rim(strange)
    if not pages:
        return Finding(None, 0.0, 0, crosses)
    return Finding(pages[0].outline / scale, pages[0].hidden, len(pages) - 1, crosses)


def shrunk(frame: Frame) -> Frame:
    """A copy of the frame, `WIDTH` pixels wide at most."""
    scale = WIDTH / frame.shape[1]
    if scale >= 1.0:
        return frame.copy()
    size = (WIDTH, max(1, round(frame.shape[0] * scale)))
    step = max(1, int(1 / scale) // 2)  # of very large frames every second pixel will do
    return np.asarray(cv2.resize(frame[::step, ::step], size, interpolation=cv2.INTER_AREA))


def _apart(rated: list[_Rated], least_area: float) -> list[_Rated]:
    """The best of those that lie over each other, largest first."""
    pages: list[_Rated] = []
    for each in sorted(rated, key=lambda each: -each.rating):
        if each.rating < _GOOD or area(each.outline) < least_area:
            continue
        if all(_shared(each.outline, page.outline) < _OVERLAP for page in pages):
            pages.append(each)
    return sorted(pages, key=lambda page: -area(page.outline))


def _shared(one: Outline, other: Outline) -> float:
    common, _ = cv2.intersectConvexConvex(one.astype(np.float32), other.astype(np.float32))
    return float(common) / min(area(one), area(other))


def _best(rated: list[_Rated]) -> float:
    return max((each.rating for each in rated), default=0.0)


def _rated(outlines: list[Outline], lab: Lab, strange: Field) -> list[_Rated]:
    if not outlines:
        return []
    points, outward = side_points(np.stack(outlines), _SAMPLES)
    rows, columns = strange.shape
    inside_frame = (
        (points[..., 0] > _FAR)
        & (points[..., 1] > _FAR)
        & (points[..., 0] < columns - _FAR)
        & (points[..., 1] < rows - _FAR)
    )
    edge = np.maximum.reduce(
        [
            _difference(
                _at(lab, points + outward * (shift - _INSIDE)),
                _at(lab, points + outward * (shift + _OUTSIDE)),
            )
            for shift in (-1.5, 0.0, 1.5)
        ]
    )
    desk = np.minimum(
        _at(strange, points + outward * _OUTSIDE), _at(strange, points + outward * _FAR)
    )
    is_edge, is_desk = edge > _EDGE, desk < _STRANGE
    seen = (is_edge & is_desk & inside_frame).sum(-1) / np.maximum(inside_frame.sum(-1), 1)
    strength = np.clip(np.median(edge, axis=-1) / _CLEAR_EDGE, 0, 1)
    shown = inside_frame.mean(-1)
    hidden = (~is_desk & inside_frame).mean(axis=(-1, -2))
    rating = seen.mean(-1) * (0.85 + 0.15 * strength.mean(-1))
    rating[(seen.min(-1) < _LEAST_SIDE_SEEN) | (shown.min(-1) < _LEAST_SIDE_SEEN)] = 0.0
    return [
        _Rated(outline, float(rate), float(share))
        for outline, rate, share in zip(outlines, rating, hidden, strict=True)
    ]


def _difference(one: Lab, other: Lab) -> Field:
    away = one - other
    return np.asarray(np.sqrt(np.einsum("...i,...i", away, away)), np.float32)


def _at(field: npt.NDArray[np.float32], points: Points) -> npt.NDArray[np.float32]:
    """Values at points of any shape × 2, between pixels by interpolation."""
    flat = points.reshape(-1, points.shape[-2] * points.shape[-3], 2).astype(np.float32)
    values = cv2.remap(
        field, flat[..., 0], flat[..., 1], cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE
    )
    return np.asarray(values, np.float32).reshape(*points.shape[:-1], *field.shape[2:])


def _crosses_rim(strange: Field) -> bool:
    """Whether one piece of the rim is covered by something that is not the desk."""
    inset = 2
    rim = np.concatenate(
        [
            strange[inset, :],
            strange[:, -1 - inset],
            strange[-1 - inset, ::-1],
            strange[::-1, inset],
        ]
    )
    taken = (rim > _STRANGE).astype(np.uint8)[:, None]
    closed = cv2.morphologyEx(taken, cv2.MORPH_OPEN, np.ones((9, 1), np.uint8))
    _, _, stats, _ = cv2.connectedComponentsWithStats(np.asarray(closed, np.uint8))
    longest = stats[1:, cv2.CC_STAT_AREA].max(initial=0)
    return bool(longest > _RIM_TAKEN * len(rim))
