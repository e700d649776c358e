"""Outlines that may be pages: around what differs from the desk, and between straight lines. Pure.

The first way is quick and finds every page that lies free. The second also finds one with a hand
over its edge, or as pale as the desk.
"""

from __future__ import annotations

import itertools
import math

import cv2
import numpy as np
import numpy.typing as npt

from drivers.document_camera.desk_model import Field
from drivers.document_camera.outline import Outline, Points, is_plausible, ordered

Grey = npt.NDArray[np.uint8]

_STRANGE = (3.0, 5.0, 9.0)
_CLEARLY_STRANGE = 5.0
_LEAST_SIDE = 0.08  # of the frame's width
_LEAST_SEGMENT = 0.04
_LINES = 18
_OUTLINES = 80
_PARALLEL = math.radians(14)
_ACROSS = math.radians(72)
_BEYOND = 0.12  # of the width: how far outside the frame a corner may be


def around_strangers(strange: Field) -> list[Outline]:
    """Outlines of what differs from the desk, at several levels of how much."""
    found: list[Outline] = []
    columns = strange.shape[1]
    kernel = np.ones((5, 5), np.uint8)
    for level in _STRANGE:
        mask = (strange > level).astype(np.uint8)
        mask = np.asarray(cv2.morphologyEx(mask, cv2.MORPH_OPEN, kernel), np.uint8)
        contours, _ = cv2.findContours(mask, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
        for contour in contours:
            if cv2.contourArea(contour) > (columns * _LEAST_SIDE) ** 2:
                found += _around(np.asarray(contour, np.int32), columns)
    return found


def _around(contour: npt.NDArray[np.int32], columns: int) -> list[Outline]:
    hull = cv2.convexHull(contour)
    corners = [cv2.boxPoints(cv2.minAreaRect(hull))]
    length = cv2.arcLength(hull, closed=True)
    for share in (0.01, 0.02, 0.035, 0.05):
        fewer = cv2.approxPolyDP(hull, share * length, closed=True)
        if len(fewer) == 4:  # noqa: PLR2004 - corners
            corners.append(fewer[:, 0].astype(np.float32))
            break
    outlines = [ordered(each.astype(np.float64)) for each in corners]
    return [each for each in outlines if is_plausible(each, least_side=columns * _LEAST_SIDE)]


def silhouette(strange: Field) -> Grey:
    """What differs from the desk in white, the print on it filled: its lines are papers' edges."""
    mask = np.where(strange > _CLEARLY_STRANGE, 255, 0).astype(np.uint8)
    filled = cv2.morphologyEx(mask, cv2.MORPH_CLOSE, np.ones((9, 9), np.uint8))
    return np.asarray(cv2.GaussianBlur(filled, (0, 0), 1.0), np.uint8)


def between_lines(grey: Grey) -> list[Outline]:
    """Outlines whose sides lie on the longest straight lines of the picture."""
    rows, columns = grey.shape
    lines = _longest_lines(grey)
    pairs = [
        pair for pair in itertools.combinations(lines, 2) if _facing(pair, columns * _LEAST_SIDE)
    ]
    found: list[tuple[float, Outline]] = []
    for one, other in itertools.combinations(pairs, 2):
        if _between(one[0][0], other[0][0]) < _ACROSS:
            continue
        crossings = [_crossing(a, b) for a in one for b in other]
        corners = np.array(crossings)
        if not _near_frame(corners, rows, columns):
            continue
        outline = ordered(corners)
        if is_plausible(outline, least_side=columns * _LEAST_SIDE):
            seen = sum(line[2] for line in (*one, *other))
            around = cv2.arcLength(outline.astype(np.float32), closed=True)
            found.append((min(1.0, seen / around) * math.sqrt(around), outline))
    found.sort(key=lambda each: -each[0])
    return [outline for _, outline in found[:_OUTLINES]]


_Line = tuple[float, float, float]  # angle of its normal, distance from the origin, length seen


def _longest_lines(grey: Grey) -> list[_Line]:
    """Segments that lie on one line are put together."""
    segments = cv2.createLineSegmentDetector().detect(grey)[0]
    if segments is None:
        return []
    ends = segments.reshape(-1, 4).astype(np.float64)
    long = np.hypot(ends[:, 2] - ends[:, 0], ends[:, 3] - ends[:, 1])
    keep = np.argsort(-long)[:120]
    merged: list[list[float]] = []
    for number in keep[long[keep] > grey.shape[1] * _LEAST_SEGMENT]:
        x0, y0, x1, y1 = ends[number]
        angle = (math.atan2(y1 - y0, x1 - x0) + math.pi / 2) % math.pi
        middle = ((x0 + x1) / 2, (y0 + y1) / 2)
        for line in merged:
            away = middle[0] * math.cos(line[0]) + middle[1] * math.sin(line[0]) - line[1]
            if _between(line[0], angle) < math.radians(2.5) and abs(away) < 3:  # noqa: PLR2004
                line[2] += long[number]
                break
        else:
            rho = middle[0] * math.cos(angle) + middle[1] * math.sin(angle)
            merged.append([angle, rho, float(long[number])])
    merged.sort(key=lambda line: -line[2])
    return [(angle, rho, length) for angle, rho, length in merged[:_LINES]]


def _between(one: float, other: float) -> float:
    """The angle between two lines, 0 to π/2."""
    turn = abs(one - other) % math.pi
    return min(turn, math.pi - turn)


def _facing(pair: tuple[_Line, _Line], least: float) -> bool:
    (angle, rho, _), (other_angle, other_rho, _) = pair
    if _between(angle, other_angle) > _PARALLEL:
        return False
    if abs(angle - other_angle) > math.pi / 2:
        other_rho = -other_rho
    return abs(rho - other_rho) > least * 0.7


def _crossing(one: _Line, other: _Line) -> tuple[float, float]:
    normals = np.array([(math.cos(line[0]), math.sin(line[0])) for line in (one, other)])
    x, y = np.linalg.solve(normals, np.array([one[1], other[1]]))
    return float(x), float(y)


def _near_frame(corners: Points, rows: int, columns: int) -> bool:
    beyond = columns * _BEYOND
    return bool(
        (corners > -beyond).all()
        and (corners[:, 0] < columns + beyond).all()
        and (corners[:, 1] < rows + beyond).all()
    )
