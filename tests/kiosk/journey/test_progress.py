"""查进度: the card says who asks, the platform says where everything stands, the page says it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from kiosk.gateway.port import CaseStatus, DayPart, Holder, MatterProgress, Visit
from kiosk.journey.effects import QueryCases
from kiosk.journey.page import Callout, Faults, Page, Stage, Step, Timeline, Weight
from kiosk.journey.signals import (
    CardFailed,
    CardRead,
    CardTrouble,
    CasesFound,
    CasesUnavailable,
    LicencesFound,
)
from kiosk.journey.world import World
from tests.harness.people import citizen
from tests.harness.walk import NOW, Walker, world

CHEN = citizen("chen").person
CASE_NO = "43990020261120000001K"


@pytest.fixture(scope="module")
def shipped() -> World:
    return world()


def case(**changes: object) -> CaseStatus:
    matters = (
        MatterProgress("birth_certificate", "名", "样例医院", date(2026, 11, 27), "accepted"),
        MatterProgress("household_registration", "名", "样例公安", None, "suspended", "Y1124003K"),
    )
    found = CaseStatus(CASE_NO, "newborn", "accepted", matters, accepted_at=NOW)
    return replace(found, **changes)  # type: ignore[arg-type]


def asked(shipped: World) -> Walker:
    """Somebody whose card was just read for the sake of 查进度."""
    walker = Walker(shipped)
    walker.press("begin")
    walker.press("progress")
    walker.send(CardRead(CHEN))
    return walker


def told(shipped: World, *cases: CaseStatus) -> Page:
    walker = asked(shipped)
    walker.send(CasesFound(cases))
    return walker.page


def callout(page: Page, block: str) -> Callout:
    found = page.block(block)
    assert isinstance(found, Callout)
    return found


def steps(page: Page) -> tuple[Step, ...]:
    timeline = page.block(CASE_NO)
    assert isinstance(timeline, Timeline)
    return timeline.steps


def test_the_card_is_asked_for_and_read_for_nothing_but_the_cases(shipped):
    walker = Walker(shipped)
    walker.press("begin")
    assert walker.press("progress") == ()
    assert "身份证" in walker.page.title
    effects = walker.send(CardRead(CHEN))
    assert effects == (QueryCases(Holder("111", CHEN.number, CHEN.name)),)
    assert walker.page.id == "progress"
    assert walker.page.busy


def test_whoever_is_known_already_is_not_asked_for_the_card_again(shipped):
    walker = Walker(shipped)
    walker.send(CardRead(CHEN))
    assert walker.page.id == "choose"
    (effect,) = walker.press("progress")
    assert isinstance(effect, QueryCases)


@pytest.mark.parametrize("first", [CardFailed(CardTrouble.UNREADABLE), "expired"])
def test_after_trouble_with_a_card_the_next_one_still_leads_to_the_cases(shipped, first):
    walker = Walker(shipped)
    walker.press("begin")
    walker.press("progress")
    expired = replace(CHEN, valid_to=NOW.date() - timedelta(days=1))
    walker.send(CardRead(expired) if first == "expired" else first)
    assert any(block.id == "trouble" for block in walker.page.blocks)
    (effect,) = walker.send(CardRead(CHEN))
    assert isinstance(effect, QueryCases)


def test_turning_back_before_the_card_forgets_what_the_card_was_wanted_for(shipped):
    walker = Walker(shipped)
    walker.press("begin")
    walker.press("progress")
    walker.press("back")
    assert walker.send(CardRead(CHEN)) == ()
    assert walker.page.id == "choose"


def test_each_case_is_told_with_number_day_and_where_its_matters_are(shipped):
    page = told(shipped, case())
    assert "4399 0020 2611 2000 0001 K" in str(page.block(f"{CASE_NO}_number"))
    assert "新生儿出生" in str(page.block(f"{CASE_NO}_title"))
    accepted, held_up, under_way, end = steps(page)
    assert (accepted.stage, accepted.day) == (Stage.DONE, "11月22日")
    assert (held_up.stage, held_up.state) == (Stage.TROUBLE, "特别程序")
    assert held_up.day == "预约号 Y1124003K"
    assert (under_way.stage, under_way.state, under_way.day) == (Stage.NOW, "在办", "11月27日前")
    assert end.stage is Stage.COMING


def test_what_has_ended_has_no_day_to_wait_for(shipped):
    done = replace(case().matters[0], state="finished")
    _, last = steps(told(shipped, case(matters=(done,), state="finished")))
    assert (last.stage, last.state, last.day) == (Stage.DONE, "办好了", "")


def test_what_has_ended_comes_first_and_the_end_of_all_last(shipped):
    waiting, held_up = case().matters
    done = replace(waiting, state="finished")
    page = told(shipped, case(matters=(waiting, held_up, done)))
    assert [step.stage for step in steps(page)] == [
        Stage.DONE,
        Stage.DONE,
        Stage.TROUBLE,
        Stage.NOW,
        Stage.COMING,
    ]


def test_a_visit_is_told_until_the_case_has_ended(shipped):
    visit = Visit(date(2026, 11, 24), DayPart.MORNING)
    assert "11月24日 星期二 上午" in str(told(shipped, case(visit=visit)))
    assert "星期二" not in str(told(shipped, case(visit=visit, state="finished")))


def test_all_that_is_missing_is_named_at_once_with_its_day(shipped):
    newborn = shipped.catalogue.life_event("newborn")
    papers = newborn.materials[:3]
    page = told(
        shipped,
        case(missing=tuple(p.slug for p in papers), missing_until=date(2026, 11, 27)),
        case(case_no="43990020261119000001X", missing=(papers[0].slug,)),
    )
    remark = page.blocks[0]
    assert isinstance(remark, Faults)
    assert "4" in remark.title
    first, second = remark.faults
    assert all(paper.name.zh in first.text for paper in papers)
    assert "11月27日" in first.text
    assert "11月27日" not in second.text


def test_a_case_older_than_the_catalogue_is_told_all_the_same(shipped):
    page = told(shipped, case(life_event="no_longer", missing=("no_paper",)))
    assert "名" in {step.text for step in steps(page)}
    assert "no_" not in str(page.block("missing"))


def test_many_cases_show_the_newest_and_say_how_many_are_left(shipped):
    page = told(shipped, *(case(case_no=f"4399002026112000{n:04d}") for n in range(20)))
    assert sum(isinstance(block, Timeline) for block in page.blocks) == 5
    assert "15" in str(page.block("more"))


def test_no_case_is_said_and_is_not_an_error(shipped):
    assert "没有查到" in callout(told(shipped), "none").title


def test_without_an_answer_the_page_says_so_and_tries_again(shipped):
    walker = asked(shipped)
    walker.send(CasesUnavailable())
    assert callout(walker.page, "unavailable").action == "retry"
    (effect,) = walker.press("retry")
    assert isinstance(effect, QueryCases)
    assert walker.press("retry") == (), "one question at a time"
    walker.send(CasesFound((case(),)))
    assert walker.page.block(CASE_NO)


def test_nothing_is_pressed_while_the_platform_is_asked(shipped):
    walker = asked(shipped)
    assert not any(action.id == "back" for action in walker.page.actions)
    assert not walker.page.action("finish").enabled
    walker.press("finish")
    assert walker.page.id == "progress"


def test_the_same_citizen_can_go_on_to_a_life_event(shipped):
    walker = asked(shipped)
    walker.send(CasesFound((case(),)))
    walker.press("back")
    walker.press("newborn")
    assert walker.page.id == "consent"
    walker.press("continue")
    walker.send(LicencesFound(()))
    assert walker.page.id.startswith("question.")


def test_the_end_leads_to_goodbye_with_no_way_back(shipped):
    walker = asked(shipped)
    walker.send(CasesFound((case(),)))
    primary = next(action for action in walker.page.actions if action.weight is Weight.PRIMARY)
    walker.press(primary.id)
    assert walker.page.id == "goodbye"
    assert not walker.session.trail
