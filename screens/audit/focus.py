"""Rules of keys: all of a page in reach of DOWN alone and of UP alone, in the order it is read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from screens.audit import clauses
from screens.audit.drawn import ADJUST, BOTTOM, KEYBOARD, TOP, DrawnPage
from screens.audit.rule import Measured, Rule
from screens.commands import Turn
from screens.sketch import Box
from screens.stops import Mark, TabStop, owner_of

SLACK = 4.0  # px


def reached_down(drawn: DrawnPage) -> Iterator[Measured]:
    """Targets, texts and sides that DOWN alone does not come to."""
    yield from _reached(drawn, drawn.downs, "DOWN")


def reached_up(drawn: DrawnPage) -> Iterator[Measured]:
    """Targets, texts and sides that UP alone does not come to."""
    yield from _reached(drawn, drawn.ups, "UP")


def _reached(drawn: DrawnPage, stops: Sequence[TabStop] | None, key: str) -> Iterator[Measured]:
    if stops is None:
        return
    reached = {stop.mark for stop in stops}
    for mark in sorted(_marks(drawn)):
        yield Measured(f"{key} to {'.'.join(mark)}", 0 if mark in reached else 1, 0)
    heard = {stop.name for stop in stops if stop.target is None}
    for text in sorted(drawn.texts):
        yield Measured(f"{key} to {text}", 0 if text in heard else 1, 0)
    seen = {stop.side for stop in stops}
    for side in range(len(drawn.sides)):
        yield Measured(f"{key} to this side", 0 if side in seen else 1, 0, side)


def _marks(drawn: DrawnPage) -> set[Mark]:
    """Everything to select, by what tells it from the others, but for what only turns over."""
    return {
        (owner_of(key), target.name)
        for _, key, target in drawn.targets()
        if not isinstance(target.command, Turn)
    }


def held(drawn: DrawnPage) -> Iterator[Measured]:
    """Places that the focus goes to and that are not of this page."""
    if drawn.downs is None:
        return
    places = {(side, target.name) for side, _, target in drawn.targets()}
    for stop in (*drawn.downs, *(drawn.ups or ())):
        text = stop.target is None
        here = stop.name in drawn.texts if text else (stop.side, stop.name) in places
        yield Measured(".".join(stop.mark), 0 if here else 1, 0)


def in_reading_order(drawn: DrawnPage) -> Iterator[Measured]:
    """How often DOWN goes back to what comes before, but once at the end of the page."""
    if drawn.downs is None:
        return
    places = [place for stop in drawn.downs if (place := _place(drawn, stop)) is not None]
    if len(places) > 1:
        back = [
            (one, other)
            for one, other in (*pairwise(places), (places[-1], places[0]))
            if _before(other, one)
        ]
        what = "; ".join(f"{one.name} → {other.name}" for one, other in back)
        yield Measured(what, len(back), 1)


@dataclass(frozen=True)
class _Place:
    """Where a stop is. `under`: among the actions, which are under all of the content.

    Turning a side over comes after that side.
    """

    name: str
    side: int
    box: Box
    under: bool


def _place(drawn: DrawnPage, stop: TabStop) -> _Place | None:
    """None for the bar above, wherever its buttons are, keys in their rows, turning, and texts."""
    for placed in drawn.sides[stop.side].placed:
        if placed.key not in (TOP, ADJUST, KEYBOARD):
            for target in placed.targets:
                if (owner_of(placed.key), target.name) == stop.mark:
                    under = placed.key == BOTTOM and not isinstance(target.command, Turn)
                    return _Place(stop.name, stop.side, target.box, under)
    return None


def _before(one: _Place, other: _Place) -> bool:
    """Whether one place is read before another; the actions of two sides are in no order."""
    if one.under != other.under:
        return other.under
    if one.side != other.side:
        return one.side < other.side and not one.under
    a, b = one.box, other.box
    if a.bottom <= b.y + SLACK:
        return True
    beside = a.y < b.bottom - SLACK and b.y < a.bottom - SLACK
    return beside and a.right <= b.x + SLACK


RULES: tuple[Rule, ...] = (
    Rule(
        "focus.down",
        "DOWN alone comes to everything that can be done",
        (clauses.WCAG_KEYBOARD, clauses.EN_FOCUS_TRAP),
        "0 targets missed",
        "DOWN pressed until the focus is where it was; in a keyboard along each row",
        "",
        reached_down,
    ),
    Rule(
        "focus.up",
        "UP alone comes to everything that can be done",
        (clauses.WCAG_KEYBOARD, clauses.EN_FOCUS_TRAP),
        "0 targets missed",
        "UP pressed until the focus is where it was; in a keyboard along each row",
        "",
        reached_up,
    ),
    Rule(
        "focus.held",
        "The focus stays on the page, a dialog's within the dialog",
        (clauses.EN_FOCUS_TRAP,),
        "0 places outside",
        "every place the focus came to, against the targets and texts of the page",
        "",
        held,
    ),
    Rule(
        "focus.order",
        "The focus goes in the order of reading",
        (clauses.WCAG_FOCUS_ORDER,),
        "back to the beginning once",
        "how often the next place lies before the last one, on the glass",
        "",
        in_reading_order,
    ),
)
