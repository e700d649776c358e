"""Choosing with one switch or two: a ring goes round groups, then round the places of one. Pure.

With one switch the ring moves by itself and the switch selects; with two, one moves it and the
other selects. What the ring goes round is given as sizes: how many places each group has.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum, auto

from screens.leads import rows
from screens.stops import TabStop, Zone

PACE_S = 1.5  # a setting; how long the ring rests on each when it moves by itself
READING = 8  # times as long on a button that turns over a side of text alone, to read that
FEW = 6  # places that are scanned one by one; also the most of a group, but for rows of keys
ROUNDS_IN_GROUP = 2  # without choosing: then it was the wrong group
ROUNDS_OF_GROUPS = 3  # without a press: then nobody is choosing


class Phase(Enum):
    """What the ring goes round."""

    RESTING = auto()
    GROUPS = auto()
    PLACES = auto()  # of the group it is at


class Event(Enum):
    """What happens to it."""

    MOVE = auto()  # the time of one place is over, or the switch that moves was pressed
    SELECT = auto()


@dataclass(frozen=True, slots=True)
class Scan:
    """Where the ring is. `chosen`: what the event before selected is to be done now."""

    phase: Phase = Phase.GROUPS
    group: int = 0
    place: int = 0
    rounds: int = 0
    chosen: bool = False
    tireless: bool = False  # somebody moves the ring, so it never comes to rest


Sizes = Sequence[int]


def _wake(scan: Scan, _: Sizes) -> Scan:
    return replace(scan, phase=Phase.GROUPS, group=0, place=0, rounds=0)


def _rest(scan: Scan, sizes: Sizes) -> Scan:
    return _wake(scan, sizes) if scan.tireless else scan


def _next_group(scan: Scan, sizes: Sizes) -> Scan:
    group = (scan.group + 1) % len(sizes)
    moved = replace(scan, group=group, rounds=scan.rounds + (group == 0))
    if moved.rounds == ROUNDS_OF_GROUPS and not scan.tireless:
        return replace(moved, phase=Phase.RESTING)
    return moved


def _open(scan: Scan, sizes: Sizes) -> Scan:
    if sizes[scan.group] == 1:
        return replace(scan, place=0, rounds=0, chosen=True)
    return replace(scan, phase=Phase.PLACES, place=0, rounds=0)


def _next_place(scan: Scan, sizes: Sizes) -> Scan:
    place = (scan.place + 1) % sizes[scan.group]
    moved = replace(scan, place=place, rounds=scan.rounds + (place == 0))
    if moved.rounds == ROUNDS_IN_GROUP:
        return replace(moved, phase=Phase.GROUPS, place=0, rounds=0)
    return moved


def _choose(scan: Scan, _: Sizes) -> Scan:
    return replace(scan, phase=Phase.GROUPS, rounds=0, chosen=True)


TABLE: Mapping[tuple[Phase, Event], Callable[[Scan, Sizes], Scan]] = {
    (Phase.RESTING, Event.MOVE): _rest,
    (Phase.RESTING, Event.SELECT): _wake,  # and counts as nothing else
    (Phase.GROUPS, Event.MOVE): _next_group,
    (Phase.GROUPS, Event.SELECT): _open,
    (Phase.PLACES, Event.MOVE): _next_place,
    (Phase.PLACES, Event.SELECT): _choose,
}


def after(scan: Scan, event: Event, sizes: Sizes) -> Scan:
    """The ring after an event. A page may have changed under it: it is kept within the sizes."""
    if not sizes:
        return replace(scan, chosen=False)
    group = min(scan.group, len(sizes) - 1)
    place = min(scan.place, sizes[group] - 1)
    kept = replace(scan, group=group, place=place, chosen=False)
    return TABLE[scan.phase, event](kept, sizes)


def groups(stops: Sequence[TabStop], onward: str = "") -> tuple[tuple[TabStop, ...], ...]:
    """What can be chosen on a page, in groups: rows of one block, of keys, of one bar.

    A page with few places is not divided. Rows of one block are put together while they are few.
    The button by which one goes on, named `onward`, is a group by itself before those beside it.
    """
    places = [stop for stop in stops if stop.target is not None]
    parts = _parts(places, onward)
    if len(places) <= FEW:
        return tuple((stop,) for part in parts for stop in part)
    made: list[list[TabStop]] = []
    for part in parts:
        joined: list[TabStop] | None = None
        for row in rows(part):
            if joined and part[0].zone is not Zone.KEYS and len(joined) + len(row) <= FEW:
                joined += row
            else:
                joined = row
                made.append(joined)
    return tuple(tuple(group) for group in made)


def _parts(places: Sequence[TabStop], onward: str) -> list[list[TabStop]]:
    """Places that follow each other in one block or bar of one side."""
    parts: list[list[TabStop]] = []
    for stop in places:
        if stop.zone is Zone.ACTIONS and stop.name == onward:
            continue
        if parts and (parts[-1][0].owner, parts[-1][0].side) == (stop.owner, stop.side):
            parts[-1].append(stop)
        else:
            parts.append([stop])
    ahead = [stop for stop in places if stop.zone is Zone.ACTIONS and stop.name == onward]
    at = next((n for n, part in enumerate(parts) if part[0].zone is Zone.ACTIONS), len(parts))
    return [*parts[:at], ahead, *parts[at:]] if ahead else parts
