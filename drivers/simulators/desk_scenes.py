"""Scenes drawn by chance from a seed, good ones and spoilt ones: what a finder of pages is held to.

Four papers on six desks, turned, tilted, shaded; `photographed` adds a sensor's noise and JPEG.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

import cv2
import numpy as np

from drivers.document_camera.port import Hint
from drivers.simulators.desk import Desk, Glare, Laid, Scene, View
from drivers.simulators.desk_papers import SIZES_MM, Paper, Pixels

Random = np.random.Generator
Spoil = Callable[[Scene, Random], Scene]

_QUALITY = 88
_NOISE = 4.0  # deviation, of 255
_GRAIN = 301  # pixels after which the noise repeats itself
_MOVES = 100  # pixels by which it is moved from one frame to the next
_LARGE_MM = 250


def scenes(count: int, seed: int) -> Iterator[tuple[Scene, Random]]:
    """Scenes with one paper each, all kinds of papers and desks in turn, and their chance."""
    chance = np.random.default_rng(seed)
    for number in range(count):
        scene = Scene(
            (_laid(list(Paper)[number % len(Paper)], chance),),
            list(Desk)[number // len(Paper) % len(Desk)],
            tilt=(chance.uniform(-0.06, 0.06), chance.uniform(-0.06, 0.06)),
            light=chance.uniform(0.5, 0.85),
            slope=chance.uniform(0, 0.1),
            shadow=chance.uniform(0.1, 0.5),
            seed=number,
        )
        yield scene, chance


def photographed(view: View, chance: Random) -> Pixels:
    """The view as a camera delivers it."""
    grain = np.random.default_rng(0).normal(0, _NOISE, (_GRAIN, _GRAIN, 3)).astype(np.int16)
    rows, columns = view.pixels.shape[:2]
    noise = np.tile(grain, ((rows + _MOVES) // _GRAIN + 1, (columns + _MOVES) // _GRAIN + 1, 1))
    top, left = chance.integers(0, _MOVES, 2)
    seen = cv2.add(view.pixels, noise[top : top + rows, left : left + columns], dtype=cv2.CV_8U)
    jpeg = cv2.imencode(".jpg", seen, [cv2.IMWRITE_JPEG_QUALITY, _QUALITY])[1]
    return np.asarray(cv2.imdecode(jpeg, cv2.IMREAD_COLOR), np.uint8)


@dataclass(frozen=True)
class Condition:
    """`spoil` makes a scene of which `hint` is to be said; None: of which nothing is."""

    hint: Hint | None
    spoil: Spoil


def _laid(paper: Paper, chance: Random) -> Laid:
    if max(SIZES_MM[paper]) > _LARGE_MM:  # fills the view, so it is laid nearly straight
        return Laid(paper, chance.uniform(-30, 30), chance.uniform(-12, 12), chance.uniform(82, 98))
    return Laid(paper, chance.uniform(-80, 80), chance.uniform(-50, 50), chance.uniform(-40, 40))


def _with_glare(scene: Scene, chance: Random) -> Scene:
    paper = scene.papers[0]
    x, y = paper.x_mm + chance.uniform(-8, 8), paper.y_mm + chance.uniform(-8, 8)
    return dataclasses.replace(scene, glare=Glare(x, y, chance.uniform(6, 18)))


def _with_hand(scene: Scene, chance: Random) -> Scene:
    """Over the right edge of a page that lies in the middle."""
    paper = Laid(Paper.FORM, turn=chance.uniform(84, 96))
    return dataclasses.replace(scene, papers=(paper,), hand=chance.uniform(0.25, 0.45))


def _running_out(scene: Scene, chance: Random) -> Scene:
    side = float(chance.choice([-190, 190]))
    paper = Laid(scene.papers[0].paper, side, chance.uniform(-30, 30))
    return dataclasses.replace(scene, papers=(paper,))


def _two(scene: Scene, chance: Random) -> Scene:
    small = [paper for paper in Paper if max(SIZES_MM[paper]) < _LARGE_MM]
    papers = (
        Laid(Paper.BOOKLET, -105, chance.uniform(-40, 40), chance.uniform(-20, 20)),
        Laid(small[chance.integers(len(small))], 105, chance.uniform(-40, 40)),
    )
    return dataclasses.replace(scene, papers=papers)


def _empty(scene: Scene, _: Random) -> Scene:
    return dataclasses.replace(scene, papers=())


def _out_of_focus(scene: Scene, chance: Random) -> Scene:
    return dataclasses.replace(scene, defocus_mm=chance.uniform(0.35, 1.0))


def _shaken(scene: Scene, chance: Random) -> Scene:
    return dataclasses.replace(
        scene, shake_mm=chance.uniform(1.8, 4.0), shake_turn=chance.uniform(0, 180)
    )


def _dark(scene: Scene, chance: Random) -> Scene:
    return dataclasses.replace(scene, light=chance.uniform(0.15, 0.3))


CONDITIONS: Mapping[str, Condition] = {
    "good": Condition(None, lambda scene, _: scene),
    "out of focus": Condition(Hint.BLURRED, _out_of_focus),
    "shaken": Condition(Hint.BLURRED, _shaken),
    "glare": Condition(Hint.GLARE, _with_glare),
    "dark": Condition(Hint.TOO_DARK, _dark),
    "hand over the edge": Condition(Hint.COVERED, _with_hand),
    "running out": Condition(Hint.CUT_OFF, _running_out),
    "two pages": Condition(Hint.SEVERAL_PAGES, _two),
    "no page": Condition(Hint.NO_PAGE, _empty),
}
