"""Rules of time: how long a page waits for an answer, and that whoever is there gets more."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kiosk.journey.session import IDLE_WARNING
from screens.audit import clauses
from screens.audit.drawn import DrawnPage
from screens.audit.rule import Measured, Rule

SHORTEST_S, LONGEST_S = 20, 45
EXTENSIONS = 10
NUMBER = re.compile(r"\d+")


def long_enough(drawn: DrawnPage) -> Iterator[Measured]:
    """Seconds to answer the warning."""
    if drawn.page.id == IDLE_WARNING.id:
        yield Measured("seconds to answer", drawn.page.count_down_s or 0, SHORTEST_S)


def short_enough(drawn: DrawnPage) -> Iterator[Measured]:
    """Seconds until the page of somebody who has left is gone."""
    if drawn.page.id == IDLE_WARNING.id:
        seconds = drawn.page.count_down_s
        yield Measured(
            "seconds to answer", LONGEST_S + 1 if seconds is None else seconds, LONGEST_S
        )


def extended(drawn: DrawnPage) -> Iterator[Measured]:
    """Seconds that are missing from the count-down after somebody touched the glass."""
    if drawn.page.count_down_s is not None and drawn.after_touch_s is not None:
        yield Measured("after a touch", drawn.after_touch_s, drawn.page.count_down_s)


def kept(drawn: DrawnPage) -> Iterator[Measured]:
    """How often the idle warning was answered with everything as it was before."""
    if drawn.extensions is not None:
        yield Measured("idle warnings answered", drawn.extensions, EXTENSIONS)


def shown(drawn: DrawnPage) -> Iterator[Measured]:
    """A count-down stands on the page in words: 1 where it does."""
    if drawn.page.count_down_s is not None:
        seconds = str(drawn.page.count_down_s)
        there = any(seconds in NUMBER.findall(line.text) for _, line in drawn.glass[0].lines)
        yield Measured("count-down in words", int(there), 1)


RULES: tuple[Rule, ...] = (
    Rule(
        "time.long_enough",
        "Who is asked whether they are still there has time to answer",
        (clauses.VVSG_IDLE, clauses.WCAG_TIMING),
        "≥ 20 s",
        "count-down of the idle warning",
        "s",
        long_enough,
        at_least=True,
    ),
    Rule(
        "time.short_enough",
        "What somebody left behind is soon off the glass",
        (clauses.VVSG_IDLE,),
        "≤ 45 s",
        "count-down of the idle warning",
        "s",
        short_enough,
    ),
    Rule(
        "time.extended",
        "Any touch gives all the time again",
        (clauses.WCAG_TIMING,),
        "the whole count-down, any number of times (≥ 10)",
        "what is left of the count-down after ten touches, each in its last second",
        "s",
        extended,
        at_least=True,
    ),
    Rule(
        "time.kept",
        "Who needs more time asks for it again and again, and loses nothing",
        (clauses.WCAG_TIMING,),
        "≥ 10 extensions",
        "the session after each warning that was answered, against the session before",
        "",
        kept,
        at_least=True,
    ),
    Rule(
        "time.shown",
        "A count-down is shown in words",
        (clauses.WCAG_TIMING,),
        "1 text",
        "the seconds of the count-down among the lines of the first side",
        "",
        shown,
        at_least=True,
    ),
)
