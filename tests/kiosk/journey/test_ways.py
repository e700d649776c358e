"""Ways through the terminal that are easily got wrong: back, in front, left behind, refused."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from kiosk.access.profile import Language
from kiosk.gateway.port import Acknowledgement, MatterProgress
from kiosk.journey.card import wanted
from kiosk.journey.effects import PrintReceipt, SendRating, Submit
from kiosk.journey.page import Choices, Page, Rows, Weight
from kiosk.journey.signals import (
    CardFailed,
    CardLaid,
    CardRead,
    CardRemoved,
    CardTrouble,
    DeviceChanged,
    DeviceHealth,
    IdleWarned,
    LicencesFound,
    LicencesUnavailable,
    SubmissionRefused,
    Submitted,
)
from kiosk.journey.world import World
from tests.harness.people import citizen
from tests.harness.walk import NOW, Walker, world
from tests.kiosk.journey.test_newborn import LONG, SHORT, rows, walk

LOST = DeviceChanged("id_card", DeviceHealth.LOST)


@pytest.fixture(scope="module")
def shipped() -> World:
    return world()


def choices(page: Page) -> list[str]:
    block = next(block for block in page.blocks if isinstance(block, Choices))
    return [choice.id for choice in block.choices]


def to_check(shipped: World, slug: str = "chen", **answers: str) -> Walker:
    walker = walk(shipped, slug)
    walker.to("check", {**LONG, **answers})
    return walker


def change(walker: Walker, label: str) -> None:
    """Touch 更改 on the line of that label."""
    block = walker.page.block("answers")
    assert isinstance(block, Rows)
    walker.press(next(row.action for row in block.rows if row.text == label))


def test_every_page_that_back_leads_to_has_a_way_forward(shipped):
    walker = to_check(shipped)
    while any(action.id == "back" for action in walker.page.actions):
        walker.press("back")
        forward = [a for a in walker.page.actions if a.weight is Weight.PRIMARY and a.enabled]
        assert forward or walker.page.id == "choose", walker.page.id
        assert walker.page.id != "identify"


def test_a_bad_card_and_then_a_good_one_at_the_idle_picture_leads_on(shipped):
    walker = Walker(shipped)
    walker.send(CardFailed(CardTrouble.UNREADABLE))
    assert walker.page.id == "choose"
    assert "没有读出来" in str(walker.page)
    walker.send(CardLaid())
    walker.send(CardRead(citizen("chen").person))
    assert walker.page.id == "choose"
    assert "没有读出来" not in str(walker.page)
    assert not any(action.id == "back" for action in walker.page.actions)


@pytest.mark.parametrize("start", [(), ("begin",), ("begin", "newborn", "back")])
def test_an_expired_card_that_nobody_asked_for_leaves_every_way_on_open(shipped, start):
    walker = Walker(shipped)
    for action in start:
        walker.press(action)
    expired = replace(citizen("chen").person, valid_to=NOW.date() - timedelta(days=1))
    walker.send(CardLaid())
    walker.send(CardRead(expired))
    walker.send(CardRemoved())
    assert walker.page.id == "choose"
    assert "过期" in str(walker.page)
    walker.press("newborn")
    assert "过期" in str(walker.page)
    walker.press("without_card")
    assert walker.page.id == "question.relation"


def test_a_reader_lost_under_a_card_that_nobody_asked_for_leaves_every_way_on_open(shipped):
    walker = Walker(shipped)
    walker.send(CardLaid())
    walker.send(CardFailed(CardTrouble.UNREADABLE))
    walker.send(LOST)
    assert walker.page.id == "choose"
    assert "读卡器现在用不了" in str(walker.page)
    walker.press("newborn")
    walker.press("without_card")
    assert walker.page.id == "question.relation"


def test_a_card_that_nobody_saw_being_laid_has_to_be_taken_away_first(shipped):
    walker = Walker(shipped)
    walker.send(CardLaid(unseen=True))
    assert "请取回" in str(walker.page)
    walker.send(CardRead(citizen("chen").person))
    assert walker.page.id == "idle"
    walker.press("begin")
    walker.press("newborn")
    assert "没取走的卡" in str(walker.page)
    walker.send(CardRemoved())
    walker.send(CardLaid())
    walker.send(CardRead(citizen("chen").person))
    assert walker.page.id == "consent"


def test_a_card_laid_while_the_reader_asked_for_it_was_lost_is_read_when_it_returns(shipped):
    walker = Walker(shipped)
    walker.press("begin")
    walker.press("newborn")
    walker.send(LOST)
    walker.send(CardLaid(unseen=True))
    walker.send(CardRead(citizen("chen").person))
    assert walker.page.id == "consent"


def test_goodbye_tells_of_a_card_laid_after_it_was_read(shipped):
    walker = walk(shipped)
    walker.send(CardRemoved())
    walker.send(CardLaid())
    walker.press("leave")
    walker.press("end")
    assert "身份证还在读卡区" in str(walker.page)
    walker.press("finish")
    walker.send(CardRead(citizen("chen").person))
    assert walker.page.id == "idle"


def test_a_card_left_behind_stays_unread_when_the_reader_is_lost_and_found(shipped):
    walker = walk(shipped)
    walker.send(CardLaid())
    walker.press("leave")
    walker.press("end")
    walker.press("finish")
    walker.send(LOST)
    assert not wanted(walker.session)
    walker.send(CardRead(citizen("chen").person))
    assert walker.page.id == "idle"
    walker.send(CardRemoved())
    assert wanted(walker.session)


def test_a_card_read_behind_a_page_in_front_does_not_keep_the_session_open(shipped):
    walker = Walker(shipped)
    walker.press("begin")
    walker.press("newborn")
    walker.send(CardLaid())
    walker.press("help")
    walker.send(CardRead(citizen("chen").person))
    walker.send(IdleWarned())
    assert walker.page.id == "idle_warning"


def test_laying_a_card_under_the_idle_warning_says_that_somebody_is_there(shipped):
    walker = Walker(shipped)
    walker.press("begin")
    walker.press("newborn")
    walker.send(IdleWarned())
    walker.send(CardLaid())
    walker.send(CardRead(citizen("chen").person))
    assert walker.page.id == "consent"


def test_waiting_for_the_platform_does_not_switch_off_the_idle_warning(shipped):
    walker = Walker(shipped)
    walker.press("begin")
    walker.press("newborn")
    walker.send(CardRead(citizen("chen").person))
    walker.press("continue")
    walker.send(IdleWarned())
    assert walker.page.id == "idle_warning"


def test_the_register_of_the_other_parent_has_to_be_brought(shipped):
    walker = walk(shipped)
    walker.to("notice", {**SHORT, "side": "father"})
    assert "household_register" in rows(walker.page, "bring")


def test_new_papers_are_asked_after_when_an_answer_brings_them(shipped):
    walker = to_check(shipped, claim="no")
    change(walker, "报销费用")
    assert walker.page.id == "question.claim"
    walker.choose("yes")
    walker.press("continue")
    seen = []
    for _ in range(6):
        seen.append(walker.page.id)
        if walker.page.id == "check":
            break
        walker.to(walker.page.id, LONG)
        walker._answer_page({**LONG, "claim": "yes"})
        walker.press("continue")
    assert "materials" in seen
    assert "field.bank_account" in seen
    assert seen[-1] == "check"


def test_papers_are_asked_after_again_for_a_life_event_begun_again(shipped):
    walker = to_check(shipped)
    while walker.page.id != "choose":
        walker.press("back")
    walker.press("employment")
    walker.press("back")
    walker.press("newborn")
    walker.press("continue")
    walker.send(LicencesFound(citizen("chen").licences))
    walker.to("check", LONG)
    assert [page.id for page in walker.pages].count("materials") > 1


def test_papers_and_answers_can_be_changed_from_the_check_page(shipped):
    walker = to_check(shipped)
    change(walker, "纸质材料")
    assert walker.page.id == "materials"
    walker.press("continue")
    assert walker.page.id == "check"


def test_after_a_refusal_back_still_leads_through_the_way(shipped):
    walker = to_check(shipped)
    (submit,) = walker.press("submit")
    assert isinstance(submit, Submit)
    walker.send(SubmissionRefused(submit.submission.id, "请重新读取证照后再提交"))
    walker.press("continue")
    assert walker.page.id == "check"
    assert any(action.id == "back" for action in walker.page.actions)


def test_what_the_terminal_could_not_keep_is_not_called_the_platforms_answer(shipped):
    walker = to_check(shipped)
    (submit,) = walker.press("submit")
    assert isinstance(submit, Submit)
    walker.send(SubmissionRefused(submit.submission.id, ""))
    assert "平台" not in str(walker.page.blocks)
    assert "没有交出去" in walker.page.lead


def test_the_card_decides_which_parent_can_be_named(shipped):
    assert choices(walk(shipped, "chen").page) == ["mother", "other"]
    assert choices(walk(shipped, "zhou").page) == ["father", "other"]


def test_a_parents_number_must_be_of_the_parents_sex(shipped):
    walker = walk(shipped, "limian")
    walker.to("field.father_number", LONG)
    walker.write("439900199603120027")
    walker.press("continue")
    assert "女性" in str(walker.page.block("value"))


def test_a_look_up_that_works_at_last_is_not_called_out_of_reach(shipped):
    walker = Walker(shipped)
    walker.press("begin")
    walker.press("newborn")
    walker.send(CardRead(citizen("chen").person))
    walker.press("continue")
    walker.send(LicencesUnavailable())
    walker.press("back")
    walker.press("continue")
    walker.send(LicencesFound(citizen("chen").licences))
    assert "连不上" not in str(walker.page)


def test_an_idle_warning_returns_to_the_page_it_covered(shipped):
    walker = walk(shipped)
    walker.to("done", SHORT)
    walker.press("rate.1")
    walker.send(IdleWarned())
    walker.press("stay")
    assert walker.page.id == "rating_reason"
    (rating,) = walker.press("why.slow")
    assert isinstance(rating, SendRating)


def test_the_idle_picture_returns_to_chinese_by_itself(shipped):
    walker = Walker(shipped)
    walker.press("language")
    assert walker.session.profile.language is Language.EN
    walker.send(IdleWarned())
    assert walker.session.profile.language is Language.ZH
    assert walker.page.id == "idle"


def test_an_optional_paper_that_was_brought_is_on_the_receipt(shipped):
    walker = walk(shipped)
    walker.to("materials", {**LONG, "claim": "yes"})
    walker.press("paper.bank_card_copy")
    walker.to("done", LONG)
    receipt = next(e.receipt for e in walker.effects if isinstance(e, PrintReceipt))
    told = {entry.text for section in receipt.sections for entry in section.entries}
    assert "本人银行卡复印件" in told


def test_the_last_page_says_where_the_papers_go(shipped):
    walker = walk(shipped)
    walker.to("done", SHORT)
    assert "大堂柜台" in str(walker.page.block("papers"))


def test_a_limit_that_ends_next_year_says_so(shipped):
    walker = walk(shipped)
    walker.press("language")
    walker.to("check", SHORT)
    (submit,) = walker.press("submit")
    assert isinstance(submit, Submit)
    due = MatterProgress("birth_certificate", "x", "x", date(2027, 1, 4), "accepted")
    walker.send(Submitted(submit.submission.id, Acknowledgement("4399", walker.now, (due,))))
    assert rows(walker.page, "matters")["birth_certificate"] == "by 4 January 2027"
