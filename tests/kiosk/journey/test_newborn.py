"""新生儿出生 from the idle picture to goodbye, for people who know much or little."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kiosk.access.profile import Profile
from kiosk.catalogue.model import ElementKind
from kiosk.journey.effects import EndSession, PrintReceipt, QueryLicences, SendRating, Submit
from kiosk.journey.page import Callout, Choices, Field, Page, Rows, Weight
from kiosk.journey.signals import (
    CardRead,
    Kept,
    LicencesUnavailable,
    Pressed,
    PrintOutcome,
    SubmissionRefused,
)
from kiosk.journey.step import show
from kiosk.journey.world import Moment, World
from tests.harness.people import citizen
from tests.harness.walk import NOW, Walker, world

SHORT = {
    "relation": "mother",
    "parents": "couple",
    "side": "mother",
    "claim": "no",
    "child_name": "周禾一",
    "phone": "13800000000",
    "delivery": "post",
}
LONG = {
    **SHORT,
    "child_sex": "2",
    "child_birth_date": "2026-11-15",
    "child_birth_time": "06:42",
    "birth_hospital": "样例市妇幼保健院",
    "birth_weight_g": "3250",
    "gestation_weeks": "39",
    "father_name": "周样例",
    "father_number": "439900199408250010",
    "father_nation": "01",
    "mother_name": "陈样例",
    "mother_number": "439900199603120027",
    "mother_nation": "01",
    "child_nation_side": "mother",
    "marriage_certificate_no": "J439900-2021-000001",
    "household_address": "湖南省浏阳市样例镇样例村三组",
    "bank_name": "样例银行",
    "bank_account": "6222020000000000000",
}


@pytest.fixture(scope="module")
def shipped() -> World:
    return world()


def walk(shipped: World, slug: str = "chen") -> Walker:
    walker = Walker(shipped)
    someone = citizen(slug)
    walker.begin(someone.person, someone.licences)
    return walker


def asked(walker: Walker) -> list[str]:
    names = [p.id.partition(".")[2] for p in walker.pages if p.id.startswith("field.")]
    return list(dict.fromkeys(names))


def submission(walker: Walker) -> Submit:
    (found,) = [effect for effect in walker.effects if isinstance(effect, Submit)]
    return found


def rows(page: Page, block: str) -> dict[str, str]:
    found = page.block(block)
    assert isinstance(found, Rows)
    return {row.id: row.value or row.badge for row in found.rows}


def test_a_mother_with_every_licence_is_asked_three_questions_and_three_fields(shipped):
    walker = walk(shipped)
    walker.to("done", SHORT)
    assert asked(walker) == ["child_name", "phone", "delivery"]
    assert submission(walker).submission.values["father_name"] == "周样例"


def test_somebody_without_licences_is_asked_for_everything_once(shipped):
    walker = walk(shipped, "limian")
    walker.to("done", LONG)
    names = asked(walker)
    assert len(names) == len(set(names)) == 14
    assert "mother_name" not in names, "the card already says it"


def test_what_the_parents_card_fills_in_depends_on_which_parent_stands_there(shipped):
    walker = walk(shipped, "zhou")
    walker.to("done", {**SHORT, "relation": "father", "side": "father"})
    values = submission(walker).submission.values
    assert values["father_name"] == "周样例"
    assert values["mother_name"] == "陈样例"


def test_a_father_is_told_to_bring_the_mothers_authorisation(shipped):
    walker = walk(shipped, "zhou")
    walker.to("notice", {**SHORT, "relation": "father"})
    assert "mothers_authorisation" in rows(walker.page, "bring")


def test_a_relative_is_told_at_once_who_must_come(shipped):
    walker = walk(shipped)
    walker.choose("other")
    walker.press("continue")
    assert walker.page.id == "stopped"
    assert "父亲或母亲" in walker.page.lead


def test_parents_of_different_nationalities_hand_in_one_more_paper(shipped):
    walker = walk(shipped, "gulixiang")
    walker.to("check", {**LONG, "father_nation": "01"})
    assert "child_nation_side" in asked(walker)
    walker.to("done", LONG)
    entries = {entry.material: entry for entry in submission(walker).submission.materials}
    assert entries["nationality_application"].way == "later"


def test_claiming_costs_adds_its_matter_its_papers_and_its_bank_account(shipped):
    walker = walk(shipped)
    walker.to("notice", {**SHORT, "claim": "yes"})
    assert "maternity_claim" in rows(walker.page, "matters")
    assert {"medical_invoices", "cost_list", "diagnosis"} <= rows(walker.page, "bring").keys()
    walker.to("done", {**LONG, "claim": "yes"})
    assert {"bank_name", "bank_account"} <= set(asked(walker))


def test_the_notice_says_why_a_paper_need_not_be_brought(shipped):
    walker = walk(shipped)
    walker.to("notice", SHORT)
    exempt = rows(walker.page, "exempt")
    assert exempt["household_register"] == "电子证照"
    assert exempt["application_form"] == "系统替您生成"


def test_a_paper_whose_licence_was_not_found_has_to_be_brought(shipped):
    walker = walk(shipped, "limian")
    walker.to("notice", LONG)
    assert "household_register" in rows(walker.page, "bring")


def test_the_notice_tells_all_six_things_that_must_be_told_once(shipped):
    walker = walk(shipped)
    walker.to("notice", SHORT)
    ids = {block.id for block in walker.page.blocks}
    assert {"basis", "conditions", "process", "way", "matters", "exempt", "bring"} <= ids


def test_a_matter_without_a_published_limit_promises_none(shipped):
    walker = walk(shipped)
    walker.to("notice", SHORT)
    assert rows(walker.page, "matters")["insurance_payment"] == "时限还没公布"


def test_refusing_the_look_up_leaves_a_form_to_fill_in(shipped):
    walker = Walker(shipped)
    walker.press("begin")
    walker.press("newborn")
    walker.send(CardRead(citizen("chen").person))
    walker.press("refuse")
    walker.to("done", LONG)
    assert not [e for e in walker.effects if isinstance(e, QueryLicences)]
    assert "father_name" in asked(walker)


def test_a_platform_that_cannot_be_asked_is_said_and_filled_in_by_hand(shipped):
    walker = Walker(shipped)
    walker.press("begin")
    walker.press("newborn")
    walker.send(CardRead(citizen("chen").person))
    walker.press("continue")
    walker.send(LicencesUnavailable())
    remark = walker.page.block("platform")
    assert isinstance(remark, Callout)
    assert "连不上" in remark.title


def test_a_wrong_phone_number_is_refused_at_its_field_and_kept_as_typed(shipped):
    walker = walk(shipped)
    walker.to("field.phone", SHORT)
    walker.write("12345")
    walker.press("continue")
    field = walker.page.block("value")
    assert isinstance(field, Field)
    assert walker.page.id == "field.phone"
    assert field.value == "12345"
    assert "11 位" in field.error


def test_a_child_older_than_six_months_is_refused_with_the_reason(shipped):
    walker = walk(shipped, "limian")
    walker.to("field.child_birth_date", LONG)
    walker.write("2026-05-01")
    walker.press("continue")
    field = walker.page.block("value")
    assert isinstance(field, Field)
    assert "6 个月" in field.error


def test_both_parents_with_one_number_is_refused(shipped):
    walker = walk(shipped, "limian")
    walker.to("field.father_number", LONG)
    walker.write(citizen("limian").person.number)
    walker.press("continue")
    field = walker.page.block("value")
    assert isinstance(field, Field)
    assert "一样" in field.error


def test_a_licence_that_holds_rubbish_is_not_believed(shipped):
    walker = Walker(shipped)
    someone = citizen("chen")
    spoilt = tuple(
        type(x)(x.type, x.identifier, {k: "\x00" for k in x.fields}) for x in someone.licences
    )
    walker.begin(someone.person, spoilt)
    walker.to("done", LONG)
    assert "father_number" in asked(walker)


def test_back_leads_through_every_page_to_the_choice_and_loses_no_answer(shipped):
    walker = walk(shipped)
    walker.to("check", SHORT)
    seen = []
    while any(action.id == "back" for action in walker.page.actions):
        seen.append(walker.page.id)
        walker.press("back")
    assert seen[0] == "check"
    assert walker.page.id == "choose"
    walker.press("newborn")
    assert walker.session.typed["child_name"] == "周禾一"


def test_a_change_from_the_check_page_returns_there(shipped):
    walker = walk(shipped)
    walker.to("check", SHORT)
    answers = walker.page.block("answers")
    assert isinstance(answers, Rows)
    row = next(row for row in answers.rows if row.text == "孩子姓名")
    walker.press(row.action)
    assert walker.page.id == "field.child_name"
    walker.write("周禾二")
    walker.press("continue")
    assert walker.page.id == "check"
    walker.press("back")
    assert walker.page.id != "field.child_name", "Back does not walk in circles"


def test_what_the_card_says_cannot_be_changed(shipped):
    walker = walk(shipped)
    walker.to("check", SHORT)
    answers = walker.page.block("answers")
    assert isinstance(answers, Rows)
    applicant = next(row for row in answers.rows if row.text == "申请人")
    assert applicant.action == ""


def test_numbers_are_masked_on_the_check_page(shipped):
    walker = walk(shipped)
    walker.to("check", SHORT)
    text = str(rows(walker.page, "answers").values())
    assert "439900199603120027" not in text
    assert "13800000000" not in text


def test_a_submission_kept_for_later_says_so_and_promises_no_case_number(shipped):
    walker = walk(shipped)
    walker.to("check", SHORT)
    (effect,) = walker.press("submit")
    assert isinstance(effect, Submit)
    walker.send(Kept(effect.submission.id, "XJ0001-20261122-0001"))
    assert walker.page.badge == "已保存，等待提交"
    assert "已提交" not in walker.page.badge + walker.page.title


def test_a_refusal_shows_the_platforms_reason_and_loses_nothing(shipped):
    walker = walk(shipped)
    walker.to("check", SHORT)
    (effect,) = walker.press("submit")
    assert isinstance(effect, Submit)
    walker.send(SubmissionRefused(effect.submission.id, "落户地址不在受理范围"))
    assert "落户地址不在受理范围" in str(walker.page)
    walker.press("continue")
    assert walker.page.id == "check"
    (again,) = walker.press("submit")
    assert isinstance(again, Submit)
    assert again.submission.id != effect.submission.id, "another content is another submission"


def test_an_answer_for_another_submission_is_not_taken(shipped):
    walker = walk(shipped)
    walker.to("check", SHORT)
    walker.press("submit")
    walker.send(Kept("someone-else", "XJ0001-20261122-0009"))
    assert walker.page.id == "submitting"


@pytest.mark.parametrize(
    ("outcome", "words"),
    [
        (PrintOutcome.UNKNOWN, "没有回答"),
        (PrintOutcome.PAPER_OUT, "没有纸"),
        (PrintOutcome.COVER_OPEN, "盖子"),
        (PrintOutcome.FAILED, "没有打出来"),
    ],
)
def test_a_receipt_that_was_not_printed_is_shown_as_a_code_and_can_be_printed_again(
    shipped, outcome, words
):
    walker = walk(shipped)
    walker.to("done", SHORT)
    walker.print_ends(outcome)
    remark = walker.page.block("printing")
    assert isinstance(remark, Callout)
    assert words in remark.title
    assert walker.page.block("code")
    (again,) = walker.press("reprint")
    assert isinstance(again, PrintReceipt)


@pytest.mark.parametrize("outcome", [o for o in PrintOutcome if o is not PrintOutcome.SENT])
def test_who_got_no_receipt_finds_a_person_and_is_not_asked_for_it(shipped, outcome):
    walker = walk(shipped)
    walker.to("done", LONG)
    walker.print_ends(outcome)
    papers = walker.page.block("papers")
    assert isinstance(papers, Callout)
    assert "回执" not in papers.title
    walker.press("help")
    assert walker.page.id == "help"
    walker.press("close")
    assert walker.page.id == "done"


def test_a_receipt_that_was_printed_goes_along_with_the_papers(shipped):
    walker = walk(shipped)
    walker.to("done", LONG)
    walker.print_ends(PrintOutcome.SENT)
    papers = walker.page.block("papers")
    assert isinstance(papers, Callout)
    assert "回执" in papers.title


def test_in_care_mode_a_person_can_be_asked_after_handing_in_as_well(shipped):
    walker = walk(shipped)
    walker.to("done", SHORT)
    walker.print_ends(PrintOutcome.SENT)
    assert not any(action.id == "help" for action in walker.page.actions)
    cared_for = replace(walker.session, profile=Profile(care=True))
    page = show(shipped, cared_for, Moment(NOW, "id-0")).page
    assert [a.weight for a in page.actions if a.id == "help"] == [Weight.PLAIN]


def test_a_receipt_the_printer_took_is_not_printed_twice(shipped):
    walker = walk(shipped)
    walker.to("done", SHORT)
    walker.print_ends(PrintOutcome.SENT)
    assert walker.press("reprint") == ()


def test_a_good_rating_is_sent_with_one_touch_and_only_once(shipped):
    walker = walk(shipped)
    walker.to("done", SHORT)
    (effect,) = walker.press("rate.5")
    assert isinstance(effect, SendRating)
    assert effect.rating.satisfaction == 5
    assert walker.press("rate.1") == ()


def test_a_bad_rating_is_sent_with_its_reason(shipped):
    walker = walk(shipped)
    walker.to("done", SHORT)
    assert walker.press("rate.1") == ()
    (effect,) = walker.press("why.slow")
    assert isinstance(effect, SendRating)
    assert effect.rating.reasons == ("slow",)


def test_goodbye_ends_the_session_and_nothing_of_it_is_left(shipped):
    walker = walk(shipped)
    walker.to("goodbye", SHORT)
    (effect,) = walker.press("finish")
    assert effect == EndSession()
    assert walker.session.person is None
    assert not walker.session.typed


def test_a_touch_on_a_page_already_left_does_nothing(shipped):
    walker = walk(shipped)
    before = walker.session
    walker.send(Pressed("choose", "newborn"))
    assert walker.session == before


def test_every_choice_element_offers_something(shipped):
    for element in shipped.catalogue.elements.values():
        if element.kind is ElementKind.CHOICE:
            assert shipped.catalogue.options(element), element.slug


def test_the_way_is_the_same_length_in_english(shipped):
    walker = walk(shipped)
    walker.press("language")
    walker.to("done", SHORT)
    assert asked(walker) == ["child_name", "phone", "delivery"]
    assert walker.page.badge == "Handed in"
    assert not isinstance(walker.page.blocks[0], Choices)
