"""A desk as a camera above it sees it: papers, light and shade, a hand, glare, blur. Pure.

Places are millimetres from the middle of the view; the view is `VIEW_MM` wide and 3/4 as high.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

import cv2
import numpy as np
import numpy.typing as npt

from drivers.simulators.desk_papers import DOTS_PER_MM, SIZES_MM, Paper, Pixels, Press

VIEW_MM = 420.0
ASPECT = 4 / 3

Quad = npt.NDArray[np.float64]  # 4 × (x, y) in pixels, from the paper's own top left, clockwise
_Field = npt.NDArray[np.float32]  # rows × columns × 3, 0 to 255 and beyond

_SKIN = (128, 158, 205)
_TURN = np.array([[0, -1], [1, 0]])


class Desk(StrEnum):
    """What the desk is made of."""

    WALNUT = "walnut"
    BLACK = "black"
    GREY = "grey"
    BEECH = "beech"
    WHITE = "white"
    GREEN = "green"


# blue, green, red; how strong the grain is
_MATERIALS: Mapping[Desk, tuple[tuple[int, int, int], float]] = {
    Desk.WALNUT: ((38, 56, 84), 9.0),
    Desk.BLACK: ((34, 32, 32), 2.0),
    Desk.GREY: ((126, 124, 120), 3.0),
    Desk.BEECH: ((138, 176, 206), 7.0),
    Desk.WHITE: ((206, 212, 214), 2.0),
    Desk.GREEN: ((74, 104, 60), 4.0),
}


@dataclass(frozen=True)
class Laid:
    """One paper: where its middle is, and how far it is turned clockwise, in degrees."""

    paper: Paper
    x_mm: float = 0.0
    y_mm: float = 0.0
    turn: float = 0.0


@dataclass(frozen=True)
class Glare:
    """A lamp mirrored in the paper."""

    x_mm: float
    y_mm: float
    radius_mm: float


@dataclass(frozen=True)
class Scene:
    """Everything that is to be seen. `tilt`: of the camera, as the share by which the far side of
    the view is narrower; `light`: 1 is well lit; `slope`: how much brighter one side is than the
    other; `defocus_mm`, `shake_mm`: blur on the desk's scale; `hand`: how far a hand reaches in
    from the right, as a share of the view's width.
    """

    papers: tuple[Laid, ...] = ()
    desk: Desk = Desk.WALNUT
    tilt: tuple[float, float] = (0.0, 0.0)
    light: float = 0.85
    slope: float = 0.1
    shadow: float = 0.3
    glare: Glare | None = None
    defocus_mm: float = 0.0
    shake_mm: float = 0.0
    shake_turn: float = 0.0
    hand: float = 0.0
    hand_y_mm: float = 30.0
    seed: int = 1


@dataclass(frozen=True, eq=False)
class View:
    """What the camera sees, without its noise, and where each paper's corners truly are."""

    pixels: Pixels
    corners: tuple[Quad, ...]


def render(scene: Scene, press: Press, width: int) -> View:
    """The scene `width` pixels wide, rows × columns × 3, blue green red."""
    height = round(width / ASPECT)
    chance = np.random.default_rng(scene.seed)
    lens = _lens(scene.tilt, width, height)
    seen = _desk(scene.desk, width, height, chance)
    corners = []
    for laid in scene.papers:
        place = lens @ _place(laid)
        _lay(seen, press.printed(laid.paper), place, scene.shadow)
        corners.append(_corners(place, laid.paper))
    if scene.hand:
        _reach(seen, scene, width, height)
    seen *= _lighting(scene, width, height, chance)[:, :, None]
    if scene.glare:
        seen += _gleam(scene.glare, lens, width, height)[:, :, None]
    seen = _blurred(seen, scene, width / VIEW_MM)
    return View(np.clip(seen, 0, 255).astype(np.uint8), tuple(corners))


def _lens(tilt: tuple[float, float], width: int, height: int) -> Quad:
    """Millimetres on the desk → pixels."""
    half = np.array([VIEW_MM / 2, VIEW_MM / 2 / ASPECT])
    flat = np.array([(-1, -1), (1, -1), (1, 1), (-1, 1)]) * half
    narrower = np.array([1 - tilt[0] * side for side in (1, 1, -1, -1)])
    lower = np.array([1 - tilt[1] * side for side in (1, -1, -1, 1)])
    seen = (flat * np.stack([narrower, lower], axis=1) / half + 1) / 2 * (width, height)
    return np.asarray(
        cv2.getPerspectiveTransform(flat.astype(np.float32), seen.astype(np.float32)), np.float64
    )


def _place(laid: Laid) -> Quad:
    """Dots of the paper → millimetres on the desk."""
    angle = math.radians(laid.turn)
    cos, sin = math.cos(angle), math.sin(angle)
    width, height = SIZES_MM[laid.paper]
    to_middle = np.array([[1 / DOTS_PER_MM, 0, -width / 2], [0, 1 / DOTS_PER_MM, -height / 2]])
    turned = np.array([[cos, -sin, laid.x_mm], [sin, cos, laid.y_mm], [0, 0, 1]])
    return np.asarray(turned @ np.vstack([to_middle, [0, 0, 1]]), np.float64)


def _corners(place: Quad, paper: Paper) -> Quad:
    width, height = (side * DOTS_PER_MM for side in SIZES_MM[paper])
    dots = np.array([[(0, 0), (width, 0), (width, height), (0, height)]], np.float64)
    return np.asarray(cv2.perspectiveTransform(dots, place)[0], np.float64)


def _desk(desk: Desk, width: int, height: int, chance: np.random.Generator) -> _Field:
    """Its colour with grain along the rows, finer than it is long."""
    colour, grain = _MATERIALS[desk]
    coarse = chance.normal(0, 1, (height // 3 + 1, width // 40 + 2)).astype(np.float32)
    lines = cv2.resize(coarse, (width, height), interpolation=cv2.INTER_CUBIC) * grain
    return np.asarray(np.array(colour, np.float32) + lines[:, :, None], np.float32)


def _lay(seen: _Field, paper: Pixels, place: Quad, shadow: float) -> None:
    """Put a paper and the shade at its edges on what is seen."""
    height, width = seen.shape[:2]
    scale = math.sqrt(abs(np.linalg.det(place[:2, :2]))) / place[2, 2]
    softened = cv2.GaussianBlur(paper, (0, 0), max(0.3, 0.45 / scale))
    laid = cv2.warpPerspective(softened, place, (width, height), flags=cv2.INTER_LINEAR)
    whole = np.full(paper.shape[:2], 255, np.uint8)
    cover = cv2.warpPerspective(whole, place, (width, height), flags=cv2.INTER_LINEAR)
    share = cover.astype(np.float32) / 255
    reach = width / VIEW_MM * 2.0
    moved = np.array([[1, 0, reach], [0, 1, reach]], np.float32)
    shade = cv2.GaussianBlur(cv2.warpAffine(cover, moved, (width, height)), (0, 0), reach)
    left = (1 - share) * (1 - shadow / 255 * shade.astype(np.float32))
    seen *= left[:, :, None]
    seen += laid.astype(np.float32) * share[:, :, None]


def _reach(seen: _Field, scene: Scene, width: int, height: int) -> None:
    """A forearm from the right with a hand at its end."""
    mask = np.zeros((height, width), np.uint8)
    per_mm = width / VIEW_MM
    tip = width * (1 - scene.hand)
    y = height / 2 + scene.hand_y_mm * per_mm
    palm = (round(tip + 45 * per_mm), round(y))
    cv2.ellipse(mask, palm, (round(48 * per_mm), round(38 * per_mm)), 0, 0, 360, 255, -1)
    cv2.line(mask, palm, (width + 10, round(y + 20 * per_mm)), 255, round(58 * per_mm))
    for finger in (-24, -8, 8, 24):
        end = (round(tip - 22 * per_mm), round(y + finger * 1.2 * per_mm))
        cv2.line(mask, palm, end, 255, round(14 * per_mm))
    soft = cv2.GaussianBlur(mask, (0, 0), per_mm).astype(np.float32)[:, :, None] / 255
    shade = cv2.GaussianBlur(mask, (0, 0), 8 * per_mm).astype(np.float32)[:, :, None] / 255
    seen *= (1 - 0.25 * shade) * (1 - soft)
    seen += np.array(_SKIN, np.float32) * soft


def _lighting(scene: Scene, width: int, height: int, chance: np.random.Generator) -> _Field:
    angle = chance.uniform(0, 2 * math.pi)
    x = np.linspace(-1, 1, width, dtype=np.float32) * math.cos(angle)
    y = np.linspace(-1, 1, height, dtype=np.float32) * math.sin(angle)
    return np.asarray(scene.light * (1 + scene.slope * (x[None, :] + y[:, None])), np.float32)


def _gleam(glare: Glare, lens: Quad, width: int, height: int) -> _Field:
    at = cv2.perspectiveTransform(np.array([[(glare.x_mm, glare.y_mm)]], np.float64), lens)[0, 0]
    x = np.arange(width, dtype=np.float32) - at[0]
    y = np.arange(height, dtype=np.float32) - at[1]
    distance = np.hypot(x[None, :], y[:, None]) / (glare.radius_mm * width / VIEW_MM)
    return np.asarray(400 * np.exp(-((distance / 1.2) ** 4)), np.float32)


def _blurred(seen: _Field, scene: Scene, per_mm: float) -> _Field:
    if scene.defocus_mm:
        seen = np.asarray(cv2.GaussianBlur(seen, (0, 0), scene.defocus_mm * per_mm), np.float32)
    length = round(scene.shake_mm * per_mm)
    if length > 1:
        kernel = np.zeros((length, length), np.float32)
        angle = math.radians(scene.shake_turn)
        reach = np.array([math.cos(angle), math.sin(angle)]) * (length - 1) / 2
        middle = (length - 1) / 2
        start, end = np.rint(middle - reach).astype(int), np.rint(middle + reach).astype(int)
        cv2.line(kernel, tuple(map(int, start)), tuple(map(int, end)), 1.0, 1)
        seen = np.asarray(cv2.filter2D(seen, -1, kernel / kernel.sum()), np.float32)
    return seen
