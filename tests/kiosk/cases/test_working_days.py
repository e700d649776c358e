"""Time limits end on the day that the decreed calendar, exchanges included, gives."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.cases.working_days import (
    DueDate,
    decreed_until,
    due_date,
    is_working_day,
    working_days_between,
)

DAYS = st.dates(date(2002, 1, 1), date(2090, 12, 31))
LIMITS = st.integers(0, 120)


@pytest.mark.parametrize(
    ("accepted", "working_days", "due"),
    [
        # An ordinary week: Monday, then Tuesday to Monday.
        (date(2026, 11, 9), 5, date(2026, 11, 16)),
        # Accepted on a Saturday: counting starts on Monday.
        (date(2026, 11, 14), 1, date(2026, 11, 16)),
        # National Day 2025: off 1-8 October, Saturday 11 October is worked.
        (date(2025, 9, 30), 1, date(2025, 10, 9)),
        (date(2025, 9, 30), 3, date(2025, 10, 11)),
        (date(2025, 9, 30), 4, date(2025, 10, 13)),
        # Sunday 28 September 2025 is worked.
        (date(2025, 9, 26), 1, date(2025, 9, 28)),
        # Spring Festival 2026: off 15-23 February, Saturdays 14 and 28 February are worked.
        (date(2026, 2, 13), 1, date(2026, 2, 14)),
        (date(2026, 2, 13), 2, date(2026, 2, 24)),
        (date(2026, 2, 13), 6, date(2026, 2, 28)),
        (date(2026, 2, 13), 7, date(2026, 3, 2)),
        # New Year 2026: off 1-3 January, Sunday 4 January is worked.
        (date(2025, 12, 31), 1, date(2026, 1, 4)),
    ],
)
def test_known_limits_end_on_the_decreed_day(accepted: date, working_days: int, due: date) -> None:
    assert due_date(accepted, working_days) == DueDate(due, provisional=False)


def test_saturday_at_the_end_of_december_is_worked_when_the_next_decree_says_so() -> None:
    assert is_working_day(date(2018, 12, 29))
    assert not is_working_day(date(2018, 12, 31))


def test_limit_of_zero_ends_on_the_day_of_acceptance() -> None:
    assert due_date(date(2026, 10, 1), 0).date == date(2026, 10, 1)


def test_limit_that_reaches_past_the_decree_is_provisional() -> None:
    firm = due_date(decreed_until() - timedelta(30), 5)
    reaching = due_date(decreed_until() - timedelta(3), 20)

    assert not firm.provisional
    assert reaching.provisional


def test_decree_of_2026_is_known() -> None:
    assert decreed_until() >= date(2026, 12, 26)


@given(DAYS, LIMITS)
def test_days_left_of_a_fresh_limit_are_the_limit(accepted: date, limit: int) -> None:
    assert working_days_between(accepted, due_date(accepted, limit).date) == limit


@given(DAYS, st.integers(1, 120))
def test_limit_ends_on_a_working_day_and_a_longer_one_ends_later(
    accepted: date, limit: int
) -> None:
    due = due_date(accepted, limit).date

    assert is_working_day(due)
    assert accepted < due < due_date(accepted, limit + 1).date


@given(DAYS, st.integers(-200, 200))
def test_overdue_days_count_as_the_same_days_ahead_would(day: date, distance: int) -> None:
    other = day + timedelta(distance)

    assert working_days_between(day, other) == -working_days_between(other, day)


@given(DAYS, st.integers(0, 100), st.integers(0, 100))
def test_stretches_of_working_days_add_up(day: date, first: int, second: int) -> None:
    middle = day + timedelta(first)
    end = middle + timedelta(second)

    parts = working_days_between(day, middle) + working_days_between(middle, end)
    assert working_days_between(day, end) == parts


@pytest.mark.parametrize("limit", [-1, 1001])
def test_absurd_limit_is_refused(limit: int) -> None:
    with pytest.raises(ValueError, match="0 to 1000"):
        due_date(date(2026, 1, 5), limit)


def test_day_outside_the_calendar_is_refused() -> None:
    with pytest.raises(ValueError, match="2001 to 2099"):
        due_date(date(1999, 12, 31), 0)
