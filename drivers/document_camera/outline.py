"""Four-cornered outlines of pages: order, lengths, sample points along their sides. Pure.

An outline is 4 × (x, y) in pixels, from its top left corner as the camera sees it, clockwise.
"""

from __future__ import annotations

import cv2
import numpy as np
import numpy.typing as npt

Outline = npt.NDArray[np.float64]
Points = npt.NDArray[np.float64]  # … × 2


def ordered(corners: Points) -> Outline:
    """Four corners in any order as an outline, begun so that it is turned by 45° at most."""
    middle = corners.mean(axis=0)
    angles = np.arctan2(corners[:, 1] - middle[1], corners[:, 0] - middle[0])
    clockwise = corners[np.argsort(angles)]
    tops = [_middle(clockwise, side) - middle for side in range(4)]
    first = int(np.argmin([top[1] / (np.hypot(*top) + 1e-9) for top in tops]))
    return np.asarray(np.roll(clockwise, -first, axis=0), np.float64)


def lengths(outline: Outline) -> tuple[float, float]:
    """Width and height: means of the sides that face each other, in pixels."""
    sides = np.hypot(*(np.roll(outline, -1, axis=0) - outline).T)
    return float(sides[0] + sides[2]) / 2, float(sides[1] + sides[3]) / 2


def area(outline: Outline) -> float:
    """In square pixels."""
    return float(cv2.contourArea(outline.astype(np.float32)))


def is_plausible(outline: Outline, *, least_side: float) -> bool:
    """Whether a rectangular sheet can look so: convex, angles near 90°, facing sides alike."""
    sides = np.roll(outline, -1, axis=0) - outline
    long = np.hypot(*sides.T)
    if long.min() < least_side or not cv2.isContourConvex(outline.astype(np.float32)):
        return False
    turned = np.roll(sides, -1, axis=0)
    cosines = (sides * turned).sum(axis=1) / (long * np.roll(long, -1))
    facing = np.maximum(long[:2] / long[2:], long[2:] / long[:2])
    return bool(np.abs(cosines).max() < 0.3 and facing.max() < 1.35)  # noqa: PLR2004 - 73°


def side_points(outlines: Points, count: int) -> tuple[Points, Points]:
    """Points along every side and the outward direction there, for … × 4 × 2 corners.

    Both are … × 4 × `count` × 2; the corners themselves are left out.
    """
    starts, ends = outlines, np.roll(outlines, -1, axis=-2)
    shares = np.linspace(0.05, 0.95, count)[:, None]
    points = starts[..., None, :] * (1 - shares) + ends[..., None, :] * shares
    along = ends - starts
    outward = np.stack([along[..., 1], -along[..., 0]], axis=-1)
    outward /= np.hypot(outward[..., 0], outward[..., 1])[..., None] + 1e-9
    return points, np.broadcast_to(outward[..., None, :], points.shape)


def _middle(corners: Points, side: int) -> Points:
    return np.asarray((corners[side] + corners[(side + 1) % 4]) / 2, np.float64)
