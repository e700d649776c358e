"""How long it takes to hear a page, for pages that go by themselves.

An estimate, long rather than short: the sound itself is made later and elsewhere
(`kiosk/access/speech`), and what a step answers may not depend on it.
"""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Iterator
from dataclasses import fields, is_dataclass

from kiosk.journey.page import Page, Weight

WIDE_S, NARROW_S = 0.30, 0.09  # a Chinese character, any other one, with the pauses after sentences
RATE_STEP = 1.22  # how much faster each step of `Speech.rate` is
AFTER_S = 20  # how to go on by keys is said last, 14 s at the slowest; then a while to answer
WIDE = ("W", "F")  # East Asian width, UAX #11


def listening_s(page: Page, rate: int) -> int:
    """Seconds for a page that has just come, read aloud at a rate, and for answering it."""
    said = (page.badge, page.eyebrow, page.title, page.lead, page.count_down_text)
    buttons = tuple(action.text for action in page.actions if action.weight is Weight.PRIMARY)
    texts = "".join(_texts((said, page.blocks, page.heard, buttons)))
    wide = sum(unicodedata.east_asian_width(character) in WIDE for character in texts)
    seconds = WIDE_S * wide + NARROW_S * (len(texts) - wide)
    return math.ceil(seconds * RATE_STEP**-rate) + AFTER_S


def _texts(part: object) -> Iterator[str]:
    """Every text in it; ids and names of icons are among them and not heard."""
    if isinstance(part, str):
        yield part
    elif isinstance(part, tuple):
        for one in part:
            yield from _texts(one)
    elif is_dataclass(part):
        for one in fields(part):
            yield from _texts(getattr(part, one.name))
