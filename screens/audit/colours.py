"""Rules of contrast, by the pixels that are really on the glass.

A line's ground is the commonest colour in its box, its ink the commonest of those that are not
nearly the same: smoothed edges have many colours of few pixels each, and some next to the ground.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from kiosk.access.profile import Contrast
from screens.audit import clauses
from screens.audit.drawn import DrawnPage
from screens.audit.rule import Measured, Rule
from screens.sketch import Box, Icon, Line, Mark, Outline, Placed
from screens.theme import THEMES, Role

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from screens.audit.drawn import Picture

TEXT: Mapping[Contrast, float] = {
    Contrast.LIGHT: 10.0,
    Contrast.HIGH_LIGHT: 20.0,
    Contrast.DARK: 20.0,
    Contrast.LOW_GLARE: 10.0,
}
SHAPE = 3.0
BESIDE = 4  # px beside an edge, where its smoothing is over
LEAST = 12  # pixels of a second colour, below which there is nothing but ground
NEAR = 4  # of 255 in each of red, green and blue: no colour of its own, but smoothed ground

Colour = tuple[int, int, int]


def luminance(colour: Colour) -> float:
    """Relative luminance (WCAG 2.2)."""
    parts = [
        value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4  # noqa: PLR2004
        for value in (part / 255 for part in colour)
    ]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def ratio(one: Colour, other: Colour) -> float:
    """Contrast ratio (WCAG 2.2), 1 to 21."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@dataclass(frozen=True)
class _Seen:
    """What a box is painted in; `ink` is None where there is one colour only."""

    ground: Colour
    ink: Colour | None


def _seen(picture: Picture, box: Box) -> _Seen | None:
    """None where the box is not on the glass."""
    high, wide, _ = picture.shape
    left, right = max(0, round(box.x)), min(wide, round(box.right))
    top, bottom = max(0, round(box.y)), min(high, round(box.bottom))
    if right <= left or bottom <= top:
        return None
    ground, *others = _commonest(picture[top:bottom, left:right])
    return _Seen(ground, next((one for one in others if not _near(one, ground)), None))


def _near(one: Colour, other: Colour) -> bool:
    return all(abs(a - b) <= NEAR for a, b in zip(one, other, strict=True))


def _commonest(part: Picture) -> list[Colour]:
    """Colours of a part of a picture that has any, the commonest first, down to `LEAST` pixels."""
    wide: NDArray[np.int64] = part.reshape(-1, 3).astype(np.int64)
    packed = (wide[:, 0] << 16) | (wide[:, 1] << 8) | wide[:, 2]
    values, counts = np.unique(packed, return_counts=True)
    order = np.argsort(-counts, kind="stable")
    many = [n for n in order if counts[n] >= LEAST]
    return [_unpacked(int(values[n])) for n in many or order[:1]]


def _unpacked(packed: int) -> Colour:
    return packed >> 16, packed >> 8 & 255, packed & 255


def text(drawn: DrawnPage) -> Iterator[Measured]:
    """Every line of text on its ground."""
    required = TEXT[drawn.profile.contrast]
    for side, _, line in drawn.lines():
        if side < len(drawn.pictures) and line.text.strip():
            seen = _seen(drawn.pictures[side], line.box)
            if seen is not None:
                figure = ratio(seen.ground, seen.ink) if seen.ink else 1.0
                yield Measured(_pair(line, line.role, seen, drawn), figure, required, side)


def _pair(mark: Line | Icon, role: Role, seen: _Seen, drawn: DrawnPage) -> str:
    """Which role stands on which, and where."""
    what = mark.text if isinstance(mark, Line) else mark.name
    theme = THEMES[drawn.profile.contrast]
    names = {theme[role].upper(): role.value for role in reversed(Role)}
    ground = "#{:02X}{:02X}{:02X}".format(*seen.ground)
    return f"{role.value} on {names.get(ground, ground)}: {what}"


def pictograms(drawn: DrawnPage) -> Iterator[Measured]:
    """Every pictogram on its ground."""
    for side, placed, mark in _marks(drawn):
        if isinstance(mark, Icon):
            seen = _seen(drawn.pictures[side], mark.box.moved(placed.x, placed.y))
            if seen is not None:
                figure = ratio(seen.ground, seen.ink) if seen.ink else 1.0
                yield Measured(_pair(mark, mark.role, seen, drawn), figure, SHAPE, side)


def _marks(drawn: DrawnPage) -> Iterator[tuple[int, Placed, Mark]]:
    for side, frame in enumerate(drawn.sides[: len(drawn.pictures)]):
        for placed in frame.placed:
            for mark in placed.piece.marks:
                yield side, placed, mark


def edges(drawn: DrawnPage) -> Iterator[Measured]:
    """The edge of every target that has one, or its area, against what is beside it."""
    for side, frame in enumerate(drawn.sides[: len(drawn.pictures)]):
        for placed in frame.placed:
            outlines = [mark for mark in placed.piece.marks if isinstance(mark, Outline)]
            for target in placed.piece.targets:
                for outline in outlines:
                    if outline.box == target.box:
                        figure = _edge(drawn.pictures[side], outline, placed)
                        yield Measured(target.name, figure, SHAPE, side)


def _edge(picture: Picture, outline: Outline, placed: Placed) -> float:
    """The strongest of what is seen across the left edge, where it is straight, from outside."""
    box = outline.box.moved(placed.x, placed.y)
    high, wide, _ = picture.shape
    y = min(high - 1, max(0, round(box.centre[1])))
    first = max(0, round(box.x) - BESIDE)
    last = min(wide, round(box.x + outline.thickness) + BESIDE)
    across = [(int(r), int(g), int(b)) for r, g, b in picture[y, first:last]]
    return max(ratio(colour, across[0]) for colour in across)


def ring(drawn: DrawnPage) -> Iterator[Measured]:
    """The commoner colours of the focus ring against what was there before."""
    if drawn.ringed is None:
        return
    side, after = drawn.ringed
    before = drawn.pictures[side]
    red, green, blue = np.moveaxis(before != after, 2, 0)
    changed = red | green | blue
    if int(changed.sum()) < LEAST:
        yield Measured("no ring", 1.0, SHAPE, side)
        return
    under, *_ = _commonest(before[changed])
    figure = max(ratio(colour, under) for colour in _commonest(after[changed])[:2])
    yield Measured("ring", figure, SHAPE, side)


RULES: tuple[Rule, ...] = (
    Rule(
        "contrast.text",
        "Text stands out from its ground",
        (clauses.VVSG_CONTRAST, clauses.WCAG_CONTRAST),
        "≥ 10:1; black on white and on black ≥ 20:1",
        "the two commonest colours in the box of every line, by the pixels; shades of one are one",
        ":1",
        text,
        at_least=True,
    ),
    Rule(
        "contrast.pictograms",
        "Pictograms stand out from their ground",
        (clauses.WCAG_NON_TEXT,),
        "≥ 3:1",
        "the two commonest colours in the box of every pictogram, by the pixels",
        ":1",
        pictograms,
        at_least=True,
    ),
    Rule(
        "contrast.edges",
        "What can be touched stands out from what is beside it",
        (clauses.WCAG_NON_TEXT,),
        "≥ 3:1",
        "border or area of every framed target against the pixel 4 px outside it",
        ":1",
        edges,
        at_least=True,
    ),
    Rule(
        "contrast.ring",
        "The focus is seen",
        (clauses.WCAG_FOCUS_VISIBLE, clauses.WCAG_NON_TEXT),
        "≥ 3:1",
        "pixels that DOWN changed: a colour of the ring against the commonest one before",
        ":1",
        ring,
        at_least=True,
    ),
)
