"""Opening hours as data, and what they mean on a given day.

Guides of 湖南政务服务网 publish them as 法定工作日, with a summer (夏季) and a winter (冬季) that
differ in the midday break. Nobody is there on the days off that a decree gives, and everybody on
the weekend days it makes working days (调休). The "5+X" pattern (湘政办发〔2019〕15号, point 5)
adds hours beyond those. The paper does not say what is done in them; here, what can be finished
on the spot (即办件) is finished, and what is promised (承诺件) is taken in, its limit counting from
the next working day.

Nothing here imports the catalogue's model, so that the model can hold opening hours.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from itertools import combinations
from typing import Annotated, Self

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainSerializer,
    model_validator,
)

from kiosk.beijing import BEIJING

NOON = time(12)
AFTERNOON = time(13)  # ours: what closes by then is a morning still
LONGEST_SEARCH_DAYS = 366  # hours that do not come within a year do not come
LONGEST_BOOKING_DAYS = 366
LEAP_YEAR = 2024  # any year that has a 29 February
_FIRST_DAY = "01-01"
_MINUTES_A_DAY = 24 * 60
_SATURDAY = 6

IsWorkingDay = Callable[[date], bool]
"""Whether offices work on that day by the decreed calendar, 调休 included."""


def _clock_time(value: object) -> time:
    # Without quotes YAML reads 9:00 as the number 540, which pydantic takes for 00:09.
    if isinstance(value, time) and value == time(value.hour, value.minute):
        return value
    if isinstance(value, str) and re.fullmatch(r"([01][0-9]|2[0-3]):[0-5][0-9]", value):
        return time.fromisoformat(value)
    raise ValueError('must be hours and minutes in quotes, such as "09:00"')


def _day_of_year(value: str) -> str:
    if not re.fullmatch(r"[0-9]{2}-[0-9]{2}", value):
        raise ValueError('must be month and day in quotes, such as "07-01"')
    try:
        date.fromisoformat(f"{LEAP_YEAR}-{value}")
    except ValueError:
        raise ValueError(f"there is no day {value} in any year") from None
    return value


ClockTime = Annotated[
    time,
    BeforeValidator(_clock_time, json_schema_input_type=str),
    PlainSerializer(lambda value: f"{value:%H:%M}", return_type=str),
]
DayOfYear = Annotated[str, AfterValidator(_day_of_year)]
Weekday = Annotated[int, Field(ge=1, le=7)]


class DayKind(StrEnum):
    """What the calendar makes of a day."""

    WORKING = "working"  # 法定工作日, also a weekend day that is worked in exchange
    WEEKEND = "weekend"
    HOLIDAY = "holiday"  # a break that is decreed, with the weekends it takes in


class Service(StrEnum):
    """What can be had at a moment."""

    CLOSED = "closed"
    EXTENDED = "extended"  # 5+X: instant matters are finished, promised ones only taken in
    ORDINARY = "ordinary"


class Part(StrEnum):
    """The half of a day that a visit is booked for."""

    MORNING = "morning"  # 上午
    AFTERNOON = "afternoon"  # 下午


class _Hours(BaseModel):
    """As all records of the catalogue: frozen, and refusing keys that it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Period(_Hours):
    """A stretch of a day, its closing time excluded; `closes` at 00:00 is the end of the day.

    `weekdays` (ISO 8601: Monday is 1) only where the hours differ among them. None is the rule:
    it takes in the Saturdays and Sundays that a decree makes working days.
    """

    opens: ClockTime
    closes: ClockTime
    weekdays: Annotated[tuple[Weekday, ...], Field(min_length=1)] | None = None

    @model_validator(mode="after")
    def _closes_after_opening(self) -> Self:
        if self.last_minute <= self.first_minute:
            raise ValueError(f"closes at {self.closes:%H:%M}, not after {self.opens:%H:%M}")
        return self

    @property
    def first_minute(self) -> int:
        """Minutes from midnight."""
        return self.opens.hour * 60 + self.opens.minute

    @property
    def last_minute(self) -> int:
        """Minutes from midnight at which it is closed again, at most 24 × 60."""
        return self.closes.hour * 60 + self.closes.minute or _MINUTES_A_DAY

    def on(self, day: date) -> bool:
        """Whether its weekdays take in that day."""
        return self.weekdays is None or day.isoweekday() in self.weekdays

    def overlaps(self, other: Period) -> bool:
        """Whether there is a moment in both."""
        if self.weekdays and other.weekdays and not set(self.weekdays) & set(other.weekdays):
            return False
        return self.first_minute < other.last_minute and other.first_minute < self.last_minute


class Season(_Hours):
    """The hours of working days in a part of the year, both its days included.

    A season may go over the end of the year: winter is 10-01 to 06-30.
    """

    since: DayOfYear = _FIRST_DAY
    until: DayOfYear = "12-31"
    periods: Annotated[tuple[Period, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _periods_stand_apart(self) -> Self:
        for one, other in combinations(self.periods, 2):
            if one.overlaps(other):
                raise ValueError(f"two periods share {max(one.opens, other.opens):%H:%M}")
        return self

    def covers(self, day: date) -> bool:
        """Whether the day is in it."""
        return self.has(f"{day:%m-%d}")

    def has(self, day: DayOfYear) -> bool:
        """Whether that day of every year is in it."""
        if self.since <= self.until:
            return self.since <= day <= self.until
        return day >= self.since or day <= self.until


class Extension(Period):
    """5+X: hours beyond the ordinary ones, on what kinds of days."""

    days: Annotated[tuple[DayKind, ...], Field(min_length=1)] = (DayKind.WEEKEND,)


class OpeningHours(_Hours):
    """When a place is open: its seasons, which make up the year, and what 5+X adds."""

    seasons: Annotated[tuple[Season, ...], Field(min_length=1)]
    extended: tuple[Extension, ...] = ()

    @model_validator(mode="after")
    def _seasons_make_up_the_year(self) -> Self:
        starts = {season.since for season in self.seasons}
        ends = {_day_after(season.until) for season in self.seasons}
        for day in sorted({_FIRST_DAY, *starts, *ends}):  # what holds then, holds until the next
            count = sum(season.has(day) for season in self.seasons)
            if count != 1:
                what = "in no season" if count == 0 else "in more than one season"
                raise ValueError(f"{day} is {what}; each day must be in exactly one")
        return self


@dataclass(frozen=True)
class Slot:
    """A half day on which a place can be visited."""

    day: date
    part: Part


@dataclass(frozen=True)
class Timetable:
    """Opening hours together with a calendar.

    A moment without a zone is Beijing time. Every method raises what `is_working_day` raises, such
    as ValueError for a day that has no calendar.
    """

    hours: OpeningHours
    is_working_day: IsWorkingDay

    def kind_of(self, day: date) -> DayKind:
        """A weekend that touches a weekday off belongs to that break (假期), as decrees count."""
        if self.is_working_day(day):
            return DayKind.WORKING
        if day.isoweekday() < _SATURDAY:
            return DayKind.HOLIDAY
        towards_the_week = timedelta(-1 if day.isoweekday() == _SATURDAY else 1)
        other, beyond = day - towards_the_week, day - 2 * towards_the_week
        in_break = not self.is_working_day(day + towards_the_week) or not (
            self.is_working_day(other) or self.is_working_day(beyond)
        )
        return DayKind.HOLIDAY if in_break else DayKind.WEEKEND

    def ordinary(self, day: date) -> tuple[Period, ...]:
        """The ordinary periods of a day in their order; none on a day off."""
        if not self.is_working_day(day):
            return ()
        season = next(season for season in self.hours.seasons if season.covers(day))
        return tuple(sorted(_on(season.periods, day), key=lambda period: period.opens))

    def extended(self, day: date) -> tuple[Extension, ...]:
        """What 5+X adds on that day, in order."""
        if not self.hours.extended:
            return ()
        kind = self.kind_of(day)
        added = (period for period in self.hours.extended if kind in period.days and period.on(day))
        return tuple(sorted(added, key=lambda period: period.opens))

    def service_at(self, moment: datetime) -> Service:
        """What can be had then. Where both overlap, it is ordinary."""
        local = _in_beijing(moment)
        minute = local.hour * 60 + local.minute
        for service, periods in (
            (Service.ORDINARY, self.ordinary(local.date())),
            (Service.EXTENDED, self.extended(local.date())),
        ):
            if any(period.first_minute <= minute < period.last_minute for period in periods):
                return service
        return Service.CLOSED

    def open_at(self, moment: datetime) -> bool:
        """Whether anybody is there."""
        return self.service_at(moment) is not Service.CLOSED

    def next_opening(self, moment: datetime) -> datetime | None:
        """When it is open next, in Beijing time: the moment itself if it is open then.

        None when it does not open within a year.
        """
        local = _in_beijing(moment)
        midnight = local.replace(hour=0, minute=0, second=0, microsecond=0)
        for start in (midnight + timedelta(n) for n in range(LONGEST_SEARCH_DAYS)):
            day = start.date()
            openings = [
                max(local, start + timedelta(minutes=period.first_minute))
                for period in (*self.ordinary(day), *self.extended(day))
                if start + timedelta(minutes=period.last_minute) > local
            ]
            if openings:
                return min(openings)
        return None

    def limit_counts_from(self, moment: datetime) -> date:
        """The first day that counts of a limit for what is taken in then: the next working day.

        It is so at any hour, since the day of acceptance does not count (Civil Code of the PRC,
        article 201). Raises ValueError when a year has no working day.
        """
        today = _in_beijing(moment).date()
        for day in (today + timedelta(n) for n in range(1, LONGEST_SEARCH_DAYS)):
            if self.is_working_day(day):
                return day
        raise ValueError(f"the calendar has no working day within a year of {today}")

    def slots(self, first_day: date, days: int) -> tuple[Slot, ...]:
        """The half days open for visits, from `first_day` on for so many days, in order.

        Ordinary hours only: a visit is for what 5+X does not finish. Raises ValueError for less
        than 0 or more than 366 days.
        """
        if not 0 <= days <= LONGEST_BOOKING_DAYS:
            raise ValueError(f"slots for {days} days; give 0 to {LONGEST_BOOKING_DAYS}")
        return tuple(
            Slot(day, part)
            for day in (first_day + timedelta(n) for n in range(days))
            for part in _parts(self.ordinary(day))
        )


def _day_after(day: DayOfYear) -> DayOfYear:
    return f"{date.fromisoformat(f'{LEAP_YEAR}-{day}') + timedelta(1):%m-%d}"


def _in_beijing(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        return moment.replace(tzinfo=BEIJING)
    return moment.astimezone(BEIJING)


def _on(periods: tuple[Period, ...], day: date) -> Iterator[Period]:
    return (period for period in periods if period.on(day))


def _parts(periods: tuple[Period, ...]) -> Iterator[Part]:
    if any(period.opens < NOON for period in periods):
        yield Part.MORNING
    if any(period.last_minute > AFTERNOON.hour * 60 for period in periods):
        yield Part.AFTERNOON
