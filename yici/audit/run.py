"""Runs an audit: a plan of pages and profiles, looked at one by one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
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

WALK_EACH = 13  # of so many pages the keys are walked through one, which takes four times as long

Plan = Iterable[tuple[Situation, Profile]]


def covering_plan(
    situations: Sequence[Situation], rotation: int
) -> Iterator[tuple[Situation, Profile]]:
    """Every page in one profile; in another one at the next rotation."""
    yield from rotated(situations, rotation)


def whole_plan(
    situations: Sequence[Situation], ways: Sequence[Profile]
) -> Iterator[tuple[Situation, Profile]]:
    """Every page in all of these profiles that do not look alike."""
    for way, situation in product(laid_out(ways), situations):
        yield situation, way


def pixel_plan(
    situations: Sequence[Situation], rotation: int, most: int
) -> Iterator[tuple[Situation, Profile]]:
    """At most so many pages, one of each composition, beginning elsewhere at each rotation."""
    few = one_of_each(situations)
    start = rotation * most % max(1, len(few))
    turned = [*few[start:], *few[:start]][:most]
    yield from rotated(turned, rotation)


def look(auditor: Auditor, plan: Plan, rotation: int = 0, walk_each: int = WALK_EACH) -> Results:
    """Measure all pages of a plan without a window; of some of them walk the keys."""
    results = Results(LAYOUT_RULES)
    for number, (situation, profile) in enumerate(plan):
        for drawn in auditor.look(situation, profile, keys=(number + rotation) % walk_each == 0):
            results.look(drawn)
    return results


def look_at_pixels(auditor: Auditor, plan: Plan, photography: Photography) -> Results:
    """Measure all pages of a plan by what is painted."""
    results = Results(PIXEL_RULES)
    for situation, profile in plan:
        results.look(auditor.photograph(situation, profile, photography))
    return results
