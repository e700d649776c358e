"""Time limits that run in working days (工作日), by the calendar the State Council decrees.

A decree moves days off and, in exchange, makes some Saturdays and Sundays working days (调休).
The `holidays` library carries the decrees; for years not decreed yet it knows the statutory
days but no exchanges, so whatever reaches into them is marked provisional.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from itertools import islice

from holidays import country_holidays
from holidays.countries.china import ChinaStaticHolidays

FIRST_YEAR = 2001  # the first year whose decree the library was checked against
LAST_YEAR = 2099  # the library's lunar calendar ends here
LONGEST_LIMIT = 1000  # working days, about four years; no published limit comes near

_SATURDAY = 5


@dataclass(frozen=True)
class DueDate:
    """The last day of a time limit. `provisional`: a decree still to come may move it."""

    date: date
    provisional: bool


def due_date(accepted: date, working_days: int) -> DueDate:
    """The last day of a limit of `working_days`, counted from the day after acceptance.

    The day of acceptance does not count (Civil Code of the PRC, article 201); a limit of 0 ends
    on that day. Raises ValueError for a limit outside 0..1000 or a day outside 2001..2099.
    """
    if not 0 <= working_days <= LONGEST_LIMIT:
        raise ValueError(f"a limit of {working_days} working days; give 0 to {LONGEST_LIMIT}")
    last = accepted
    if working_days:
        last = next(islice(working_days_after(accepted), working_days - 1, None))
    else:
        _year(accepted.year)
    return DueDate(last, last > decreed_until())


def working_days_between(start: date, end: date) -> int:
    """Working days after `start` up to and including `end`; negative when `end` is before it.

    So `working_days_between(accepted, due_date(accepted, n).date) == n`, and a case that is
    overdue has a negative number of days left. Raises ValueError for a day outside 2001..2099.
    """
    if end < start:
        return -working_days_between(end, start)
    return sum(is_working_day(start + timedelta(n)) for n in range(1, (end - start).days + 1))


def working_days_after(day: date) -> Iterator[date]:
    """Every working day after `day`, in order. Raises ValueError once it leaves 2001..2099."""
    while True:
        day += timedelta(1)
        if is_working_day(day):
            yield day


def is_working_day(day: date) -> bool:
    """Whether offices work on that day. Raises ValueError for a day outside 2001..2099."""
    year = _year(day.year)
    if day.weekday() >= _SATURDAY:
        return day in year.working_weekends
    return day not in year.days_off


@cache
def decreed_until() -> date:
    """The last day no decree can still move.

    The last days of December belong to the next year's decree, which may exchange them for New
    Year (29 December 2018 was a working Saturday), and no decree has reached before the 29th.
    """
    return date(max(ChinaStaticHolidays.special_public_holidays), 12, 26)


@dataclass(frozen=True)
class _Year:
    days_off: frozenset[date]
    working_weekends: frozenset[date]


@cache
def _year(year: int) -> _Year:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise ValueError(f"no calendar for the year {year}; it covers {FIRST_YEAR} to {LAST_YEAR}")
    # The next year too: its decree may reach back into December.
    calendar = country_holidays("CN", years=(year, year + 1), expand=False)
    return _Year(
        days_off=frozenset(day for day in calendar if day.year == year),
        working_weekends=frozenset(day for day in calendar.weekend_workdays if day.year == year),
    )
