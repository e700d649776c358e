"""A list of fifty-six: found by characters, pinyin, initials or English name, or read through."""

from __future__ import annotations

import pytest

from kiosk.journey.page import Callout, Choices, Field
from kiosk.journey.world import World
from tests.harness.people import citizen
from tests.harness.walk import Walker, world
from tests.screens.test_journey_pages import ANSWERS

NATIONS = 56
LONG = "field.father_nation"


@pytest.fixture(scope="module")
def shipped() -> World:
    return world()


@pytest.fixture
def at_nations(shipped: World) -> Walker:
    walker = Walker(shipped)
    walker.begin(citizen("limian").person, ())
    walker.to(LONG, ANSWERS)
    return walker


def listed(walker: Walker) -> list[str]:
    block = walker.page.block("value")
    assert isinstance(block, Choices)
    return [choice.title for choice in block.choices]


def look_for(walker: Walker, text: str) -> None:
    walker.write(text, field="query")


def test_the_whole_list_is_there_with_a_field_to_look_for_one(at_nations):
    assert len(listed(at_nations)) > NATIONS
    assert isinstance(at_nations.page.block("query"), Field)


@pytest.mark.parametrize("typed", ["维吾尔", "weiwuer", "wwe", "uyghur"])
def test_one_is_found_however_it_is_written(at_nations, typed):
    look_for(at_nations, typed)
    assert listed(at_nations)[0] == "维吾尔族"
    assert len(listed(at_nations)) < 5


def test_what_was_found_can_be_chosen_and_is_named_when_the_list_is_whole_again(at_nations):
    look_for(at_nations, "zhuang")
    assert listed(at_nations) == ["壮族"]
    at_nations.choose("08")
    look_for(at_nations, "")
    assert len(listed(at_nations)) > NATIONS
    assert "壮族" in at_nations.page.lead
    at_nations.press("continue")
    assert at_nations.session.typed["father_nation"] == "08"


def test_nothing_found_is_said_and_the_whole_list_is_still_there(at_nations):
    look_for(at_nations, "qqqq")
    assert isinstance(at_nations.page.block("nothing"), Callout)
    assert len(listed(at_nations)) > NATIONS


def test_what_was_looked_for_is_forgotten_with_the_page(at_nations):
    look_for(at_nations, "zhuang")
    at_nations.choose("08")
    at_nations.press("continue")
    at_nations.press("back")
    assert len(listed(at_nations)) > NATIONS


def test_a_short_list_has_no_field_to_look_in(shipped):
    walker = Walker(shipped)
    walker.begin(citizen("limian").person, ())
    walker.to("field.child_sex", ANSWERS)
    assert [type(block) for block in walker.page.blocks] == [Choices]
