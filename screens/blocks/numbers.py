"""Long numbers in groups, as people read them off a card: nobody compares nineteen digits in a row.

Only what is painted has the gaps; what is typed, handed in and heard has none.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain, islice, repeat

from kiosk.journey.page import Field, FieldKind

GAP = "\u00a0"
CITIZEN = (6, 8, 4)  # area, day of birth, order with check digit (GB 11643-1999, 4)
MOBILE = (3, 4, 4)  # as such numbers are said
CARD = 4  # as cards are embossed

_MOBILE_DIGITS = 11


def units(block: Field, text: str) -> Iterator[list[str]]:
    """A field's text in what is not to be parted: a group of digits, or a single character.

    One item a character, as it is painted; the first of a group has its gap before it.
    """
    sizes = _sizes(block)
    rest = iter(text.replace(" ", GAP))
    before = ""
    while unit := list(islice(rest, next(sizes) if sizes else 1)):
        yield [before + unit[0], *unit[1:]]
        before = GAP if sizes else ""


def _sizes(block: Field) -> Iterator[int] | None:
    if block.kind is FieldKind.ID_NUMBER:
        return chain(CITIZEN, repeat(CARD))
    if block.kind is FieldKind.DIGITS and block.longest >= _MOBILE_DIGITS:
        return chain(MOBILE if block.longest == _MOBILE_DIGITS else (), repeat(CARD))
    return None
