"""A citizen finds a life event by whatever they call it, and a hit opens it."""

from __future__ import annotations

import pytest

from kiosk.journey.page import Callout, Cards
from kiosk.journey.signals import Edited
from kiosk.journey.world import World
from tests.harness.walk import Walker, world


@pytest.fixture(scope="module")
def shipped() -> World:
    return world()


@pytest.fixture
def walker(shipped: World) -> Walker:
    walker = Walker(shipped)
    walker.press("begin")
    walker.press("search")
    return walker


def hits(walker: Walker, query: str) -> tuple[str, ...]:
    walker.send(Edited(walker.page.id, "query", query))
    found = next((block for block in walker.page.blocks if isinstance(block, Cards)), None)
    return tuple(card.id for card in found.cards) if found else ()


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("退休", "life_event.retirement"),
        ("tuixiu", "life_event.retirement"),
        ("生孩子", "life_event.newborn"),
        ("老人去世", "life_event.after_a_death"),
        ("上户口", "matter.household_registration"),
    ],
)
def test_common_wording_and_pinyin_lead_to_it(walker: Walker, query: str, first: str):
    assert hits(walker, query)[0] == first


def test_what_fits_is_marked_in_the_name_that_is_shown(walker: Walker):
    hits(walker, "上户口")
    cards = next(block for block in walker.page.blocks if isinstance(block, Cards))
    card = cards.cards[0]
    assert [card.title[start:end] for start, end in card.marks] == ["上户口"]
    assert "户口登记" in card.title


def test_a_hit_opens_its_life_event(walker: Walker):
    (first, *_) = hits(walker, "上户口")
    walker.press(first)
    assert walker.session.life_event == "newborn"
    assert walker.page.id == "identify"


def test_nonsense_finds_nothing_and_says_what_to_do(walker: Walker):
    assert hits(walker, "xyzq") == ()
    assert walker.page.lead == "没有找到"
    assert any(isinstance(block, Callout) for block in walker.page.blocks)


def test_a_card_that_is_not_shown_opens_nothing(walker: Walker):
    hits(walker, "退休")
    walker.press("life_event.taxes")
    assert walker.page.id == "search"
