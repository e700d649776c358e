"""Visits that the platform books: so many in half a day, once for each submission, or none."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, timedelta

import pytest
from stdnum.iso7064 import mod_37_36

from kiosk.gateway.http_client import HttpGateway
from kiosk.gateway.port import DayPart, GatewayRefused, Submission, Visit
from kiosk.gateway.sandbox.appointments import CAPACITY
from tests.kiosk.gateway import examples
from tests.kiosk.gateway.examples import CHEN
from tests.kiosk.gateway.timed_platform import MONDAY, TimedPlatform

TUESDAY = Visit(date(2026, 11, 24), DayPart.MORNING)
SEEN, NOT_SEEN = "fire_safety_check", "food_business_licence"


def restaurant(visit: Visit | None = TUESDAY, **changes: object) -> Submission:
    return examples.submission(
        **{
            "life_event": "restaurant",
            "matters": (NOT_SEEN, SEEN),
            "materials": (),
            "visit": visit,
            **changes,
        }
    )


def test_a_matter_that_needs_the_citizen_in_person_gets_a_number_for_the_visit(
    at_work: HttpGateway,
) -> None:
    acknowledgement = at_work.submit(restaurant())
    not_seen, seen = acknowledgement.matters
    assert seen.appointment.startswith("Y1124")
    assert mod_37_36.is_valid(seen.appointment)
    assert not_seen.appointment == ""
    status = at_work.case(acknowledgement.case_no, CHEN)
    assert status.visit == TUESDAY
    assert status.matters == acknowledgement.matters


def test_matters_of_one_unit_share_one_visit_and_units_have_their_own(
    at_work: HttpGateway, timed: TimedPlatform
) -> None:
    veterans = ("veterans_report", "veterans_grant", "veterans_household")
    matters = at_work.submit(restaurant(life_event="veterans", matters=veterans)).matters
    report, grant, household = (matter.appointment for matter in matters)
    assert report == grant
    assert household != report
    assert "到场 2026-11-24 上午" in timed.page()


def test_a_repeated_submission_keeps_its_one_visit(
    at_work: HttpGateway, timed: TimedPlatform
) -> None:
    request = restaurant()
    first = at_work.submit(request)
    timed.days_later(30)
    assert at_work.submit(request) == first, "the day of the visit has passed by now"
    assert timed.newest()["repeats"] == 1


def test_half_a_day_takes_so_many_and_then_asks_for_another(at_work: HttpGateway) -> None:
    requests = [restaurant() for _ in range(CAPACITY + 3)]

    def book(request: Submission) -> str:
        try:
            return at_work.submit(request).matters[1].appointment
        except GatewayRefused as refused:
            assert refused.code == "visit_full"
            assert "换一个半天" in refused.reason
            return ""

    with ThreadPoolExecutor(8) as pool:
        numbers = list(pool.map(book, requests))
    assert len(set(filter(None, numbers))) == CAPACITY
    assert numbers.count("") == 3
    assert len(at_work.cases(CHEN)) == CAPACITY, "what was refused left no case behind"
    turned_away = requests[numbers.index("")]
    elsewhen = replace(turned_away, visit=replace(TUESDAY, part=DayPart.AFTERNOON))
    assert at_work.submit(elsewhen).matters[1].appointment


@pytest.mark.parametrize(
    ("day", "part", "code"),
    [
        (date(2026, 11, 20), DayPart.MORNING, "visit_over"),
        (date(2026, 11, 28), DayPart.MORNING, "visit_closed"),  # Saturday
        (date(2026, 10, 1), DayPart.MORNING, "visit_over"),
        (date(2027, 1, 1), DayPart.MORNING, "visit_closed"),
        (MONDAY.date() + timedelta(days=91), DayPart.MORNING, "visit_closed"),
        (date(9999, 12, 31), DayPart.MORNING, "visit_closed"),
        (date(1900, 1, 1), DayPart.MORNING, "visit_over"),
    ],
)
def test_a_day_on_which_nobody_is_there_is_refused_with_what_to_do(
    at_work: HttpGateway, day: date, part: DayPart, code: str
) -> None:
    with pytest.raises(GatewayRefused) as refused:
        at_work.submit(restaurant(Visit(day, part)))
    assert refused.value.code == code
    assert "换一个半天" in refused.value.reason
    assert at_work.cases(CHEN) == ()


def test_today_can_be_booked_until_its_half_is_over(
    at_work: HttpGateway, timed: TimedPlatform
) -> None:
    morning = Visit(MONDAY.date(), DayPart.MORNING)
    assert at_work.submit(restaurant(morning)).case_no
    timed.now = MONDAY.replace(hour=12)
    with pytest.raises(GatewayRefused) as refused:
        at_work.submit(restaurant(morning))
    assert refused.value.code == "visit_over"
    assert at_work.submit(restaurant(replace(morning, part=DayPart.AFTERNOON))).case_no


def test_without_a_matter_that_sees_the_citizen_nothing_is_booked(
    at_work: HttpGateway, timed: TimedPlatform
) -> None:
    acknowledgement = at_work.submit(restaurant(matters=(NOT_SEEN,)))
    assert [matter.appointment for matter in acknowledgement.matters] == [""]
    assert at_work.case(acknowledgement.case_no, CHEN).visit is None
    assert timed.newest()["appointment_date"] is None


def test_a_submission_of_before_visits_could_be_booked_is_taken(at_work: HttpGateway) -> None:
    acknowledgement = at_work.submit(restaurant(visit=None))
    assert [matter.appointment for matter in acknowledgement.matters] == ["", ""]


def test_half_a_visit_is_no_visit(at_work: HttpGateway) -> None:
    class NoPart:
        value = None

    with pytest.raises(GatewayRefused) as refused:
        at_work.submit(restaurant(Visit(TUESDAY.day, NoPart)))  # type: ignore[arg-type]
    assert refused.value.code == "invalid_request"
