"""The way back from a page in front: for a finger, and for the key Back."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kiosk.journey.page import Layout, Weight
from kiosk.journey.signals import IdleWarned
from kiosk.journey.world import World
from tests.harness.people import citizen
from tests.harness.walk import Walker, world
from tests.kiosk.journey.test_newborn import SHORT

OPENED: dict[str, Callable[[Walker], object]] = {
    "help": lambda walker: walker.press("help"),
    "problem": lambda walker: walker.press("problem"),
    "problem told": lambda walker: (walker.press("problem"), walker.press("kind.machine")),
    "ease": lambda walker: walker.press("ease"),
    "leave": lambda walker: walker.press("leave"),
    "idle_warning": lambda walker: walker.send(IdleWarned()),
}


@pytest.fixture(scope="module")
def shipped() -> World:
    return world()


@pytest.fixture
def walker(shipped: World) -> Walker:
    chen = citizen("chen")
    walker = Walker(shipped)
    walker.begin(chen.person, chen.licences)
    return walker


@pytest.mark.parametrize("name", OPENED)
def test_the_key_back_leads_to_what_a_page_in_front_covers(walker: Walker, name: str):
    covered = walker.page
    OPENED[name](walker)
    assert walker.page.layout is Layout.NOTICE
    walker.press(walker.page.back)
    assert walker.page == covered


def test_the_key_back_takes_a_bad_rating_back(walker: Walker):
    walker.to("done", SHORT)
    covered = walker.page
    walker.press("rate.1")
    walker.press(walker.page.back)
    assert walker.page == covered


def test_the_key_back_leads_to_the_step_before(walker: Walker):
    before = walker.page
    walker.to("notice", SHORT)
    while walker.page.id != before.id:
        assert walker.page.back in {action.id for action in walker.page.actions}
        walker.press(walker.page.back)


@pytest.mark.parametrize("name", ["leave", "idle_warning"])
def test_what_clears_everything_stands_where_neither_back_nor_going_on_ever_does(
    walker: Walker, name: str
):
    OPENED[name](walker)
    weights = {action.id: action.weight for action in walker.page.actions}
    assert weights["stay"] is Weight.PRIMARY
    assert weights["end"] is Weight.FOOT
    assert list(weights).index("stay") < list(weights).index("end")
