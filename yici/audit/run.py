"""Runs an audit: a plan of pages and profiles, looked at one by one."""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import product

from kiosk.access.profile import Profile
from screens.audit.colours import RULES as PIXEL_RULES
from screens.audit.photography import Photography
from screens.audit.rules import LAYOUT_RULES
from yici.audit.auditor import Auditor
from yici.audit.pages import one_of_each
from yici.audit.results import Results
from yici.audit.visitor import Situation
from yici.audit.ways import laid_out, rotated

# Of so many looks one walks through the keys, too, which takes four times as long.
WALK_EACH = 13  # of a covering set
WALK_EACH_OF_WHOLE = 6  # of the whole matrix, which has six ways for each size and language


@dataclass(frozen=True)
class Look:
    """One page in one profile. `keys`: where keys lead is measured, too."""

    situation: Situation
    profile: Profile
    keys: bool = False


def covering_plan(situations: Sequence[Situation], rotation: int) -> Iterator[Look]:
    """Every page in one profile; in another one at the next rotation."""
    for number, (situation, way) in enumerate(rotated(situations, rotation)):
        yield Look(situation, way, keys=(number + rotation) % WALK_EACH == 0)


def whole_plan(situations: Sequence[Situation], ways: Sequence[Profile]) -> Iterator[Look]:
    """Every page in all of these profiles that do not look alike."""
    for (turn, way), (number, situation) in product(
        enumerate(laid_out(ways)), enumerate(situations)
    ):
        yield Look(situation, way, keys=(number + turn) % WALK_EACH_OF_WHOLE == 0)


def pixel_plan(
    situations: Sequence[Situation], rotation: int, most: int | None = None
) -> Iterator[Look]:
    """One page of each composition, at most so many; another one at the next rotation."""
    for situation, way in rotated(one_of_each(situations, rotation)[:most], rotation):
        yield Look(situation, way)


def look(auditor: Auditor, plan: Iterable[Look]) -> Results:
    """Measure all pages of a plan without a window."""
    results = Results(LAYOUT_RULES)
    for one in plan:
        for drawn in auditor.look(one.situation, one.profile, keys=one.keys):
            results.look(drawn)
    return results


def look_at_pixels(auditor: Auditor, plan: Iterable[Look], photography: Photography) -> Results:
    """Measure all pages of a plan by what is painted."""
    results = Results(PIXEL_RULES)
    gc.freeze()  # the window collects garbage at every page: not among all pages there are
    try:
        for one in plan:
            results.look(auditor.photograph(one.situation, one.profile, photography))
    finally:
        gc.unfreeze()
    return results
