"""Every rule finds what is planted for it, and finds nothing on the page it was planted in."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kiosk.journey.page import Choice, Choices
from screens.audit.colours import RULES as PIXEL_RULES
from screens.audit.rules import LAYOUT_RULES
from tests.audit.planted import LONG, PLANTED, SOUND, findings, sound
from tests.audit.test_planted_pixels import PLANTED_PIXELS

BY_ID = {rule.id: rule for rule in LAYOUT_RULES}


@pytest.mark.parametrize("rule", BY_ID)
def test_a_page_broken_in_just_that_way_is_found(rule: str) -> None:
    sound, broken = PLANTED[rule]
    page = sound()
    assert [str(finding) for finding in findings(BY_ID[rule], page)] == []
    assert findings(BY_ID[rule], broken(page))


@pytest.mark.parametrize("rule", ["focus.down", "focus.up"])
def test_of_two_answers_with_one_name_each_must_be_come_to(rule: str) -> None:
    answers = tuple(Choices(name, (Choice("no", "不要"),)) for name in ("speech", "care"))
    page = sound(replace(SOUND, blocks=answers))
    assert findings(BY_ID[rule], page) == []
    downs, ups = (
        tuple(stop for stop in stops or () if stop.mark != ("care", "no"))
        for stops in (page.downs, page.ups)
    )
    assert findings(BY_ID[rule], replace(page, downs=downs, ups=ups))


@pytest.mark.parametrize("rule", ["focus.down", "focus.up"])
def test_a_side_that_no_key_comes_to_is_found(rule: str) -> None:
    page = sound(LONG)
    assert findings(BY_ID[rule], page) == []
    downs, ups = (
        tuple(stop for stop in stops or () if stop.side != 0) for stops in (page.downs, page.ups)
    )
    found = findings(BY_ID[rule], replace(page, downs=downs, ups=ups))
    assert "this side" in {" ".join(one.what.split()[-2:]) for one in found}


def test_no_rule_is_without_its_planted_page() -> None:
    assert PLANTED.keys() == BY_ID.keys()
    assert PLANTED_PIXELS.keys() == {rule.id for rule in PIXEL_RULES}


def test_every_rule_says_where_its_figure_comes_from() -> None:
    for rule in (*LAYOUT_RULES, *PIXEL_RULES):
        assert rule.clauses, rule.id
        assert rule.figure, rule.id
        assert rule.how, rule.id
