"""Pictures of what the hands do, as marks for each moment: a card laid down, a paper taken.

They move for less than five seconds, slowly and without blinking, and then rest (WCAG 2.2 2.2.2
and 2.3.1); resting they show how it ends.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from kiosk.journey.page import Motion
from screens.sketch import Box, Fill, Mark, Outline
from screens.theme import Role

FRAMES_S = 5  # frames a second: calm, and cheap to draw
ROUND_S = 2.4
ROUNDS = 2
WHOLE_S = ROUND_S * ROUNDS
REST = 0.3  # of a round, in which what arrived stays


def at(motion: Motion, box: Box, seconds: float) -> tuple[Mark, ...]:
    """The picture so many seconds after it came, inside the box; from `WHOLE_S` on it rests."""
    draw = PICTURES.get(motion)
    return draw(box, _way(seconds)) if draw else ()


def resting(seconds: float) -> bool:
    """Whether it has ended."""
    return seconds >= WHOLE_S


def _way(seconds: float) -> float:
    """How far along its way what moves is, 0 to 1, slow at both ends, in steps of one frame."""
    if resting(seconds):
        return 1.0
    seconds = int(max(0.0, seconds) * FRAMES_S) / FRAMES_S
    part = min(1.0, seconds % ROUND_S / ROUND_S / (1 - REST))
    return part * part * (3 - 2 * part)


def _lay(box: Box, way: float) -> tuple[Mark, ...]:
    """A card comes down onto the reader, whose edge shows around it."""
    wide, high = box.width, box.height
    thick = max(3.0, wide / 90)
    reader = Box(box.x + 0.14 * wide, box.y + 0.42 * high, 0.72 * wide, 0.54 * high)
    card = Box(box.x + 0.24 * wide, box.y + (0.02 + 0.51 * way) * high, 0.52 * wide, 0.32 * high)
    return (
        Outline(reader, Role.SURFACE, Role.PRIMARY, thick, wide / 24),
        Outline(reader.grown(-wide / 26), Role.TINT, Role.INK2, thick / 2, wide / 40),
        *_card(card, thick),
    )


def _card(box: Box, thick: float) -> tuple[Mark, ...]:
    """An identity card: lines of print left, a portrait right."""
    wide, high = box.width, box.height
    bar = high / 9
    lines = tuple(
        Fill(Box(box.x + 0.1 * wide, box.y + top * high, share * wide, bar), Role.PRIMARY, bar / 2)
        for top, share in ((0.2, 0.34), (0.42, 0.42), (0.7, 0.5))
    )
    x, y = box.x + 0.77 * wide, box.y + 0.18 * high
    head, shoulders = 0.24 * high, 0.46 * high
    return (
        Outline(box, Role.SURFACE, Role.PRIMARY, thick, wide / 18),
        *lines,
        Fill(Box(x - head / 2, y, head, head), Role.PRIMARY, head / 2),
        Fill(
            Box(x - shoulders / 2, y + 1.15 * head, shoulders, 0.34 * high),
            Role.PRIMARY,
            shoulders / 3,
        ),
    )


def _take(box: Box, way: float) -> tuple[Mark, ...]:
    """A paper comes out of a slot, one printed line after the other."""
    wide, high = box.width, box.height
    thick = max(3.0, wide / 90)
    slot = Box(box.x + 0.16 * wide, box.y + 0.04 * high, 0.68 * wide, 0.16 * high)
    mouth = box.y + 0.14 * high
    length = (0.12 + 0.7 * way) * high
    paper = Box(box.x + 0.28 * wide, mouth, 0.44 * wide, length)
    bar = high / 26
    lines = tuple(
        Fill(Box(paper.x + 0.14 * paper.width, top, share * paper.width, bar), Role.INK2, bar / 2)
        for number, share in enumerate((0.5, 0.72, 0.6, 0.72))
        if (top := paper.bottom - (0.16 * (number + 1)) * 0.82 * high) > mouth + 2 * thick
    )
    return (
        Fill(slot, Role.PRIMARY, slot.height / 3),
        Outline(paper, Role.SURFACE, Role.PRIMARY, thick, thick),
        *lines,
        Fill(
            Box(slot.x + 0.1 * slot.width, mouth - thick, 0.8 * slot.width, 2 * thick),
            Role.ON_PRIMARY,
            thick,
        ),
    )


PICTURES: Mapping[Motion, Callable[[Box, float], tuple[Mark, ...]]] = {
    Motion.LAY: _lay,
    Motion.TAKE: _take,
}
