"""Ways of using the terminal in which pages are looked at: all of them, or a few that cover."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import product
from typing import TypeVar

from kiosk.access.profile import Contrast, Hand, Language, Profile, Speech, TextSize

SPOKEN = Speech(on=True)
STRIDE = 7  # without a factor in common with 16: neighbours differ in size and contrast

T = TypeVar("T")


def covering() -> tuple[Profile, ...]:
    """16 profiles in which any two settings of two kinds meet (an orthogonal array, 4² 2⁵).

    Sizes and contrasts meet in all 16 pairs; each of the others is a parity of bits of both, no
    two the same, so that it meets every size, every contrast and every other.
    """
    made = []
    for (s, size), (c, contrast) in product(enumerate(TextSize), enumerate(Contrast)):
        s1, s0, c1, c0 = s >> 1, s & 1, c >> 1, c & 1
        made.append(
            Profile(
                text=size,
                contrast=contrast,
                language=list(Language)[s0 ^ c0],
                seated=bool(s1 ^ c1),
                care=bool(s0 ^ c1),
                hand=list(Hand)[s1 ^ c0],
                speech=SPOKEN if s0 ^ s1 ^ c0 else Speech(),
            )
        )
    return tuple(made)


def every() -> tuple[Profile, ...]:
    """Sizes × contrasts × languages × standing and seated; care and left hand at each of them."""
    plain = [
        Profile(size, contrast, language, seated=seated)
        for size, contrast, language, seated in product(TextSize, Contrast, Language, (False, True))
    ]
    return tuple(
        way for one in plain for way in (one, replace(one, care=True), replace(one, hand=Hand.LEFT))
    )


def chosen(
    size: TextSize | None, contrast: Contrast | None, language: Language | None
) -> tuple[Profile, ...]:
    """Of all, those with these settings; None: any."""
    return tuple(
        way
        for way in every()
        if (size is None or way.text is size)
        and (contrast is None or way.contrast is contrast)
        and (language is None or way.language is language)
    )


def laid_out(ways: Sequence[Profile]) -> tuple[Profile, ...]:
    """One of those that differ in colours alone, which move nothing."""
    first: dict[Profile, Profile] = {}
    for way in ways:
        first.setdefault(replace(way, contrast=Contrast.LIGHT), way)
    return tuple(first.values())


def rotated(things: Sequence[T], rotation: int) -> Iterator[tuple[T, Profile]]:
    """Each thing in one of the covering ways, in another one at the next rotation."""
    ways = covering()
    for number, thing in enumerate(things):
        yield thing, ways[(number * STRIDE + rotation) % len(ways)]
