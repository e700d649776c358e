"""Moves a found outline onto the paper's edge, to a fraction of a pixel. Pure."""

from __future__ import annotations

import cv2
import numpy as np
import numpy.typing as npt

from drivers.document_camera.finding import Frame
from drivers.document_camera.outline import Outline, Points, side_points

_SAMPLES = 64
_REACHES = (7 / 640, 3 / 640)  # of the frame's width, to either side: first far, then near
_STEPS = 41
_KEPT = 0.6  # of the points on a side that are least away from its line
_LEAST_POINTS = 8
_FARTHEST = 2.0  # times the reach that a corner may move


def sharpened(frame: Frame, outline: Outline) -> Outline:
    """The outline with each side on the strongest edge near it; a side without stays."""
    for share in _REACHES:
        outline = _moved(frame, outline, frame.shape[1] * share)
    return outline


def _moved(frame: Frame, outline: Outline, reach: float) -> Outline:
    points, outward = side_points(outline, _SAMPLES)
    away = np.linspace(-reach, reach, _STEPS)
    places = points[:, :, None, :] + outward[:, :, None, :] * away[:, None]
    lines = [
        _line(_profiles(frame, places[side]), points[side], outward[side], away)
        for side in range(4)
    ]
    corners = np.array([_crossing(lines[side - 1], lines[side]) for side in range(4)])
    moved = np.hypot(*(corners - outline).T)
    if not np.isfinite(moved).all() or moved.max() > _FARTHEST * reach:
        return outline
    return np.asarray(corners, np.float64)


_Line = tuple[Points, Points]  # a point and a direction


def _profiles(frame: Frame, places: Points) -> npt.NDArray[np.float32]:
    """Brightness across the edge, samples × steps, in the colour in which the two sides differ."""
    at = places.astype(np.float32)
    seen = cv2.remap(
        frame, at[..., 0], at[..., 1], cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE
    ).astype(np.float32)
    third = seen.shape[1] // 3
    differs = np.median(seen[:, -third:], axis=(0, 1)) - np.median(seen[:, :third], axis=(0, 1))
    return np.asarray(seen @ (differs / (np.linalg.norm(differs) + 1e-6)), np.float32)


def _line(
    profiles: npt.NDArray[np.float32], points: Points, outward: Points, away: Points
) -> _Line:
    smooth = cv2.blur(profiles, (5, 1))
    steep = np.gradient(np.asarray(smooth, np.float64), axis=1)
    best = np.clip(np.argmax(steep, axis=1), 1, _STEPS - 2)
    rows = np.arange(len(best))
    before, here, after = steep[rows, best - 1], steep[rows, best], steep[rows, best + 1]
    curve = before - 2 * here + after
    part = np.where(np.abs(curve) > 1e-6, 0.5 * (before - after) / np.where(curve, curve, 1), 0)  # noqa: PLR2004
    offset = away[best] + np.clip(part, -0.5, 0.5) * (away[1] - away[0])
    inner = (best > 1) & (best < _STEPS - 3)
    clear = inner & (here > 0.25 * np.quantile(here, 0.9))
    if clear.sum() < _LEAST_POINTS:
        return points[0], points[-1] - points[0]
    return _fitted((points + outward * offset[:, None])[clear])


def _fitted(points: Points) -> _Line:
    """A line through most of the points, leaving out those that a hand or a fold has moved."""
    kept = points
    for _ in range(3):
        vx, vy, x, y = cv2.fitLine(kept.astype(np.float32), cv2.DIST_HUBER, 0, 0.01, 0.01).ravel()
        off = np.abs((points[:, 0] - x) * vy - (points[:, 1] - y) * vx)
        kept = points[off <= np.quantile(off, _KEPT)]
    return np.array([x, y], np.float64), np.array([vx, vy], np.float64)


def _crossing(one: _Line, other: _Line) -> Points:
    matrix = np.stack([one[1], -other[1]], axis=1)
    if abs(np.linalg.det(matrix)) < 1e-9:  # noqa: PLR2004 - parallel
        return np.array([np.inf, np.inf])
    share = np.linalg.solve(matrix, other[0] - one[0])
    return np.asarray(one[0] + one[1] * share[0], np.float64)
