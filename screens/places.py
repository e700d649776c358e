"""A place of the focus as the narrator is told of it. Pure."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from kiosk.narration.port import Place
from screens import leads
from screens.stops import TabStop, Zone


def place_of(stop: TabStop, stops: Sequence[TabStop]) -> Place:
    """The place, and which of how many; the keys of a keyboard are not counted."""
    marks = [one.mark for one in stops if one.zone is not Zone.KEYS]
    says = stop.target.says if stop.target else ""
    if stop.mark in marks:
        number = marks.index(stop.mark) + 1
        return Place(stop.name, says, number, len(marks), block=stop.owner)
    return Place(stop.name, says)


def row_of(stop: TabStop, stops: Sequence[TabStop], says: Callable[[int], str]) -> Place:
    """The row of a keyboard that a key is in; `says` names it by its number."""
    rows = leads.rows(leads.keys_of(stops))
    number = next((n for n, row in enumerate(rows, 1) if stop in row), 1)
    return Place(f"row.{number}", says(number), number, len(rows), block=stop.owner)
