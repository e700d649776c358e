"""A matter's clock counts working days, stands during special procedures, and shows a card."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from kiosk.cases.clock import Card, Clock, Reading, Stop
from kiosk.cases.working_days import (
    decreed_until,
    due_date,
    is_working_day,
    working_days_between,
)
from kiosk.catalogue.model.matter import ProcedureCode

MONDAY = date(2026, 11, 9)  # an ordinary week, and ordinary weeks after it
HEARING = "听证"


def day(n: int) -> date:
    return MONDAY + timedelta(n)


def hearing(first: date, last: date | None = None) -> Stop:
    return Stop(ProcedureCode.OTHER, HEARING, first, last)


ACCEPTED = st.dates(date(2003, 1, 1), date(2026, 6, 30))
LIMITS = st.integers(0, 60)


@st.composite
def stops_from(draw: st.DrawFn, accepted: date) -> tuple[Stop, ...]:
    begin = st.integers(-10, 90)
    length = st.none() | st.integers(0, 40)
    return tuple(
        hearing(first, None if days is None else first + timedelta(days))
        for first, days in (
            (accepted + timedelta(offset), days)
            for offset, days in draw(st.lists(st.tuples(begin, length), max_size=4))
        )
    )


@st.composite
def clocks(draw: st.DrawFn) -> tuple[Clock, date]:
    """A clock and a day to read it on."""
    accepted = draw(ACCEPTED)
    clock = Clock(accepted, draw(LIMITS), draw(stops_from(accepted)))
    return clock, accepted + timedelta(draw(st.integers(0, 150)))


def test_a_week_of_promise_runs_out_day_by_day() -> None:
    clock = Clock(MONDAY, 5)
    assert clock.read(MONDAY) == Reading(day(7), False, 0, 5, Card.GREEN, stopped=False)
    assert clock.read(day(3)) == Reading(day(7), False, 3, 2, Card.GREEN, stopped=False)
    assert clock.read(day(4)) == Reading(day(7), False, 4, 1, Card.YELLOW, stopped=False)
    assert clock.read(day(7)) == Reading(day(7), False, 5, 0, Card.YELLOW, stopped=False)
    assert clock.read(day(8)) == Reading(day(7), False, 6, -1, Card.RED, stopped=False)


def test_the_weekend_after_the_due_day_is_overdue_though_no_working_day_has_passed() -> None:
    reading = Clock(MONDAY, 4).read(day(5))  # due on Friday, read on Saturday
    assert (reading.due, reading.left, reading.card) == (day(4), 0, Card.RED)


def test_a_hearing_from_tuesday_to_thursday_puts_the_due_day_off_by_three_days() -> None:
    stopped = Clock(MONDAY, 5, (hearing(day(1), day(3)),))
    assert stopped.read(day(2)) == Reading(day(10), False, 0, 5, Card.GREEN, stopped=True)
    assert stopped.read(day(4)) == Reading(day(10), False, 1, 4, Card.GREEN, stopped=False)


def test_a_procedure_over_the_weekend_puts_nothing_off() -> None:
    assert Clock(MONDAY, 5, (hearing(day(5), day(6)),)).read(MONDAY).due == day(7)


def test_an_extension_stops_the_clock_as_any_procedure_does() -> None:
    extension = Stop(ProcedureCode.EXTENSION, "延长审批", day(7), day(11))
    assert Clock(MONDAY, 5, (extension,)).read(day(7)).due == day(14)


def test_while_a_procedure_runs_the_due_day_moves_along_and_is_provisional() -> None:
    clock = Clock(MONDAY, 3, (hearing(day(2)),))
    first, second = clock.read(day(2)), clock.read(day(3))
    assert (first.due, first.provisional, first.left) == (day(4), True, 2)
    assert (second.due, second.provisional, second.left) == (day(7), True, 2)


def test_a_procedure_that_begins_after_the_due_day_does_not_undo_a_red_card() -> None:
    reading = Clock(MONDAY, 2, (hearing(day(3)),)).read(day(7))
    assert (reading.due, reading.card) == (day(2), Card.RED)
    assert not reading.provisional


def test_a_matter_to_be_finished_at_once_is_red_on_the_next_day() -> None:
    clock = Clock(MONDAY, 0)
    assert clock.read(MONDAY).due == MONDAY
    assert clock.read(MONDAY).card is Card.YELLOW
    assert clock.read(day(1)).card is Card.RED


def test_a_fifth_of_a_long_limit_is_yellow() -> None:
    clock = Clock(MONDAY, 20)
    cards = {clock.read(d).left: clock.read(d).card for d in map(day, range(28))}
    assert cards[5] is Card.GREEN
    assert cards[4] is Card.YELLOW


def test_working_saturdays_of_a_decree_count() -> None:
    # National Day 2025: off 1-8 October, Saturday 11 October is worked.
    clock = Clock(date(2025, 9, 30), 3)
    assert clock.read(date(2025, 10, 8)).used == 0
    assert clock.read(date(2025, 10, 11)).used == 3


def test_a_due_day_beyond_the_decree_is_provisional() -> None:
    accepted = decreed_until() - timedelta(3)
    assert Clock(accepted, 20).read(accepted).provisional
    assert not Clock(decreed_until() - timedelta(30), 5).read(decreed_until()).provisional


@pytest.mark.parametrize("limit", [-1, 1001])
def test_a_limit_that_nobody_publishes_is_refused(limit: int) -> None:
    with pytest.raises(ValueError, match="give 0 to 1000"):
        Clock(MONDAY, limit)


def test_what_has_no_sense_is_refused_and_named() -> None:
    with pytest.raises(ValueError, match="听证 ends on 2026-11-08, before 2026-11-09"):
        hearing(MONDAY, day(-1))
    with pytest.raises(ValueError, match="before the day of acceptance, 2026-11-09"):
        Clock(MONDAY, 5).read(day(-1))
    with pytest.raises(ValueError, match="no calendar for the year 1999"):
        Clock(date(1999, 12, 31), 5)
    with pytest.raises(ValueError, match="no calendar for the year 2100"):
        Clock(MONDAY, 5, (hearing(MONDAY, date.max),)).read(MONDAY)


@given(ACCEPTED, LIMITS, st.integers(0, 150))
def test_a_clock_that_never_stops_agrees_with_the_limit(
    accepted: date, limit: int, later: int
) -> None:
    today = accepted + timedelta(later)
    reading = Clock(accepted, limit).read(today)
    assert reading.due == due_date(accepted, limit).date
    assert reading.used == working_days_between(accepted, today)


@given(clocks())
def test_stopping_never_shortens(drawn: tuple[Clock, date]) -> None:
    clock, today = drawn
    free = Clock(clock.accepted, clock.limit).read(today)
    reading = clock.read(today)
    assert reading.due >= free.due
    assert reading.used <= free.used


@given(clocks())
def test_a_further_procedure_never_shortens(drawn: tuple[Clock, date]) -> None:
    clock, today = drawn
    assume(clock.stops)
    fewer = Clock(clock.accepted, clock.limit, clock.stops[1:])
    assert clock.read(today).due >= fewer.read(today).due


@given(clocks())
def test_procedures_at_the_same_time_count_once_in_any_order(drawn: tuple[Clock, date]) -> None:
    clock, today = drawn
    doubled = Clock(clock.accepted, clock.limit, (*reversed(clock.stops), *clock.stops))
    assert doubled.read(today) == clock.read(today)


@given(ACCEPTED, LIMITS, st.integers(-5, 40), st.integers(0, 20), st.integers(0, 20))
def test_a_procedure_in_two_parts_counts_as_one(
    accepted: date, limit: int, begin: int, first_part: int, second_part: int
) -> None:
    first = accepted + timedelta(begin)
    middle = first + timedelta(first_part)
    last = middle + timedelta(second_part)
    one = Clock(accepted, limit, (hearing(first, last),))
    overlapping = Clock(accepted, limit, (hearing(first, middle), hearing(middle, last)))
    assert one.read(accepted) == overlapping.read(accepted)


@given(ACCEPTED, st.integers(1, 60), st.integers(1, 40))
def test_a_procedure_within_the_limit_puts_it_off_by_its_working_days(
    accepted: date, limit: int, days: int
) -> None:
    first = accepted + timedelta(1)
    last = first + timedelta(days - 1)
    pause = working_days_between(accepted, last)
    assert Clock(accepted, limit, (hearing(first, last),)).read(accepted).due == (
        due_date(accepted, limit + pause).date
    )


@given(clocks())
def test_used_and_left_make_the_limit_and_red_means_after_the_due_day(
    drawn: tuple[Clock, date],
) -> None:
    clock, today = drawn
    reading = clock.read(today)
    assert reading.used + reading.left == clock.limit
    assert (reading.card is Card.RED) == (today > reading.due)
    assert (reading.left >= 0) or reading.card is Card.RED
    assert clock.limit == 0 or is_working_day(reading.due)


@given(clocks())
def test_a_clock_never_runs_backwards(drawn: tuple[Clock, date]) -> None:
    clock, today = drawn
    now, tomorrow = clock.read(today), clock.read(today + timedelta(1))
    assert 0 <= tomorrow.used - now.used <= 1
    assert tomorrow.due >= now.due


@given(clocks())
def test_on_its_due_day_the_limit_is_just_used_up(drawn: tuple[Clock, date]) -> None:
    clock, today = drawn
    assume(all(stop.last is not None for stop in clock.stops))
    due = clock.read(today).due
    assert clock.read(due).left == 0
