"""What a case waits for: special procedures and missing papers stop clocks, cards tell staff."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from kiosk.gateway.http_client import HttpGateway
from kiosk.gateway.port import GatewayRefused, MaterialEntry, Signature, SignedBy, Submission
from tests.kiosk.gateway import examples
from tests.kiosk.gateway.examples import CHEN
from tests.kiosk.gateway.timed_platform import TimedPlatform

LICENCE, FIRE, SIGN = "food_business_licence", "fire_safety_check", "shop_sign"
DUE = date(2026, 12, 7)  # ten working days after Monday, 23 November


def submission(*materials: MaterialEntry, matters: tuple[str, ...] = (LICENCE, FIRE)) -> Submission:
    return examples.submission(life_event="restaurant", matters=matters, materials=materials)


def due(gateway: HttpGateway, case_no: str, matter: str = LICENCE) -> date | None:
    matters = gateway.case(case_no, CHEN).matters
    return next(progress.due for progress in matters if progress.matter == matter)


def test_a_special_procedure_stops_the_clock_and_the_due_day_moves(
    at_work: HttpGateway, timed: TimedPlatform
) -> None:
    acknowledgement = at_work.submit(submission())
    case_no = acknowledgement.case_no
    assert acknowledgement.matters[0].due == DUE
    timed.days_later(1)
    assert timed.press(f"{case_no}/tasks/{LICENCE}/suspended").status_code == 303
    assert timed.task(LICENCE)["stopped"]
    timed.days_later(2)
    timed.press(f"{case_no}/tasks/{LICENCE}/accepted")
    timed.days_later(4)
    assert due(at_work, case_no) == date(2026, 12, 10), "three days were not counted"
    assert due(at_work, case_no, FIRE) == DUE, "of the other matter all were"
    assert not timed.task(LICENCE)["stopped"]
    assert at_work.submit(submission()).matters[0].due != acknowledgement.matters[0].due


def test_the_desk_shows_green_then_yellow_then_red(
    at_work: HttpGateway, timed: TimedPlatform
) -> None:
    at_work.submit(submission())
    assert (timed.task(LICENCE)["card"], timed.task(LICENCE)["days_left"]) == ("green", 10)
    timed.now = timed.now.replace(month=12, day=3)
    assert (timed.task(LICENCE)["card"], timed.task(LICENCE)["days_left"]) == ("yellow", 2)
    assert "黄牌" in timed.page()
    timed.now = timed.now.replace(day=8)
    assert (timed.task(LICENCE)["card"], timed.task(LICENCE)["days_left"]) == ("red", -1)
    assert "红牌" in timed.page()


def test_a_matter_that_was_finished_in_time_never_turns_red(
    at_work: HttpGateway, timed: TimedPlatform
) -> None:
    case_no = at_work.submit(submission()).case_no
    timed.press(f"{case_no}/tasks/{LICENCE}/finished")
    timed.days_later(60)
    assert timed.task(LICENCE)["card"] == "green"
    assert timed.task(FIRE)["card"] == "red"
    assert due(at_work, case_no) == DUE


def test_a_matter_without_a_published_limit_has_no_card(
    at_work: HttpGateway, timed: TimedPlatform
) -> None:
    at_work.submit(submission(matters=("outdoor_advertising",)))
    assert timed.task("outdoor_advertising")["card"] is None


def test_all_that_is_missing_is_named_at_once_until_the_earliest_of_its_days(
    at_work: HttpGateway, timed: TimedPlatform
) -> None:
    case_no = at_work.submit(
        submission(
            MaterialEntry("floor_plan", "deferred"),
            MaterialEntry("equipment_layout", "later"),
            MaterialEntry("evacuation_plan", "deferred", due=date(2026, 11, 24)),
            MaterialEntry("food_safety_rules", "counter"),
        )
    ).case_no
    status = at_work.case(case_no, CHEN)
    assert status.missing == ("floor_plan", "equipment_layout", "evacuation_plan")
    assert status.missing_until == date(2026, 11, 30), "five working days from acceptance"
    assert timed.press(f"{case_no}/papers/evacuation_plan/arrived").status_code == 303
    status = at_work.case(case_no, CHEN)
    assert status.missing == ("floor_plan", "equipment_layout")
    assert status.missing_until == date(2026, 12, 7)
    for paper in ("floor_plan", "equipment_layout", "equipment_layout"):
        assert timed.press(f"{case_no}/papers/{paper}/arrived").status_code == 303
    status = at_work.case(case_no, CHEN)
    assert (status.missing, status.missing_until) == ((), None)


def test_the_clock_stands_until_a_paper_is_there_without_which_the_matter_does_not_begin(
    at_work: HttpGateway, timed: TimedPlatform
) -> None:
    case_no = at_work.submit(submission(MaterialEntry("equipment_layout", "later"))).case_no
    timed.days_later(2)
    assert timed.task(LICENCE)["stopped"]
    assert not timed.task(FIRE)["stopped"], "it does not ask for that paper"
    timed.press(f"{case_no}/papers/equipment_layout/arrived")
    timed.days_later(10)
    assert due(at_work, case_no) == date(2026, 12, 9), "ten working days after it arrived"
    assert due(at_work, case_no, FIRE) == DUE


def test_the_end_of_a_special_procedure_does_not_start_a_clock_that_waits_for_a_paper(
    at_work: HttpGateway, timed: TimedPlatform
) -> None:
    case_no = at_work.submit(submission(MaterialEntry("equipment_layout", "later"))).case_no
    timed.press(f"{case_no}/tasks/{LICENCE}/suspended")
    timed.press(f"{case_no}/tasks/{LICENCE}/accepted")
    timed.days_later(1)
    assert timed.task(LICENCE)["stopped"]


def test_a_deferred_paper_holds_nothing_up(at_work: HttpGateway, timed: TimedPlatform) -> None:
    at_work.submit(submission(MaterialEntry("floor_plan", "deferred")))
    timed.days_later(1)
    assert not any(task["stopped"] for task in timed.newest()["tasks"])


def test_nothing_is_missing_any_more_of_matters_that_have_ended(
    at_work: HttpGateway, timed: TimedPlatform
) -> None:
    case_no = at_work.submit(submission(MaterialEntry("floor_plan", "deferred"))).case_no
    timed.press(f"{case_no}/tasks/{FIRE}/rejected")
    assert at_work.case(case_no, CHEN).missing == ()


@pytest.mark.parametrize(
    ("material", "way", "code"),
    [
        ("fire_safety_rules", "deferred", "not_deferrable"),  # no day is published
        ("equipment_layout", "deferred", "not_deferrable"),
        ("no_such_paper", "deferred", "not_deferrable"),
        ("sign_picture", "deferred", "not_deferrable"),  # 即办件
        ("equipment_layout", "commitment", "not_promisable"),
        ("no_such_paper", "commitment", "not_promisable"),
    ],
)
def test_what_may_not_follow_or_be_promised_is_refused(
    at_work: HttpGateway, material: str, way: str, code: str
) -> None:
    with pytest.raises(GatewayRefused) as refused:
        at_work.submit(submission(MaterialEntry(material, way), matters=(LICENCE, FIRE, SIGN)))
    assert refused.value.code == code
    assert at_work.cases(CHEN) == ()


PROMISE = MaterialEntry("restaurant_promise", "commitment")
BY_HAND = Signature(SignedBy.HAND, (((100, 500), (900, 500)),))


@pytest.mark.parametrize("signature", [BY_HAND, Signature(SignedBy.CARD)], ids=["hand", "card"])
def test_a_signed_promise_stands_for_a_paper_that_can_be_promised(
    at_work: HttpGateway, signature: Signature
) -> None:
    case_no = at_work.submit(replace(submission(PROMISE), signature=signature)).case_no
    assert at_work.case(case_no, CHEN).missing == ()


def test_a_promise_that_nobody_signed_is_refused_and_makes_no_case(at_work: HttpGateway) -> None:
    with pytest.raises(GatewayRefused, match="promise_unsigned") as refused:
        at_work.submit(submission(PROMISE))
    assert "签名" in refused.value.reason
    assert at_work.cases(CHEN) == ()


def test_a_paper_that_nobody_waits_for_cannot_arrive(
    at_work: HttpGateway, timed: TimedPlatform
) -> None:
    case_no = at_work.submit(submission()).case_no
    answer = timed.press(f"{case_no}/papers/floor_plan/arrived")
    assert (answer.status_code, answer.json()["code"]) == (404, "unknown_paper")


def test_the_page_has_a_button_for_each_paper_that_is_wanted(
    at_work: HttpGateway, timed: TimedPlatform
) -> None:
    case_no = at_work.submit(submission(MaterialEntry("floor_plan", "deferred"))).case_no
    path = f"/desk/cases/{case_no}/papers/floor_plan/arrived"
    assert path in timed.page()
    timed.press(f"{case_no}/papers/floor_plan/arrived")
    assert path not in timed.page()
    assert "2026-11-23" in timed.page()


def test_a_page_of_elsewhere_cannot_press_the_desks_buttons(
    at_work: HttpGateway, timed: TimedPlatform
) -> None:
    case_no = at_work.submit(submission()).case_no
    path = f"{case_no}/tasks/{LICENCE}/finished"
    foreign = timed.press(path, Origin="http://elsewhere.example")
    assert (foreign.status_code, foreign.json()["code"]) == (403, "foreign_page")
    assert timed.press(path, Origin=timed.base_url).status_code == 303
