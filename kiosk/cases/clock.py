"""The clock of a matter in hand: its due day, what is used and left of its limit, and its card.

A limit counts the working days after the one of acceptance (`working_days.due_date`). Time that a
special procedure needs - an inspection, an expert review, a hearing, a public notice - is not
counted (Administrative Licensing Law of the PRC, article 45), nor is an extension (article 42);
GB/T 39046-2020 reports both as 特别程序 with beginning and end (tables 7 and A.7).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from itertools import islice

from kiosk.cases.working_days import (
    LONGEST_LIMIT,
    decreed_until,
    is_working_day,
    working_days_after,
)
from kiosk.catalogue.model.matter import ProcedureCode

# When a card turns yellow. The seeds ask for yellow and red cards (红黄牌) and no published rule
# says from when, so these two are ours.
YELLOW_DAYS = 1  # working days left
YELLOW_PERCENT = 20  # of the limit left


class Card(StrEnum):
    """How a matter stands against its limit (红黄牌)."""

    GREEN = "green"
    YELLOW = "yellow"  # little is left
    RED = "red"  # the due day has passed


@dataclass(frozen=True)
class Stop:
    """A special procedure (特别程序) as it ran: both its first and its last day are not counted.

    `last` is None while it runs. Raises ValueError when it ends before it begins.
    """

    procedure: ProcedureCode
    name: str
    first: date
    last: date | None = None

    def __post_init__(self) -> None:
        if self.last is not None and self.last < self.first:
            raise ValueError(
                f"the special procedure {self.name} ends on {self.last}, before {self.first}"
            )

    def covers(self, day: date, today: date) -> bool:
        """Whether the clock stands on `day`; one that still runs stands until `today`."""
        return self.first <= day <= (today if self.last is None else self.last)


@dataclass(frozen=True)
class Reading:
    """What a clock shows on one day. `used` and `left` in working days.

    `left` is negative by the working days that a matter is overdue. `provisional`: the due day may
    still move, since a procedure runs without an end or a decree of days off is still to come.
    """

    due: date
    provisional: bool
    used: int
    left: int
    card: Card
    stopped: bool


@dataclass(frozen=True)
class Clock:
    """`accepted` on that day with a promise of `limit` working days; 0: on that very day.

    Raises ValueError for a limit outside 0..1000 and a day outside 2001..2099.
    """

    accepted: date
    limit: int
    stops: tuple[Stop, ...] = ()

    def __post_init__(self) -> None:
        if not 0 <= self.limit <= LONGEST_LIMIT:
            raise ValueError(f"a limit of {self.limit} working days; give 0 to {LONGEST_LIMIT}")
        is_working_day(self.accepted)  # raises where there is no calendar

    def read(self, today: date) -> Reading:
        """What it shows on `today`; of a matter that is finished, read it on the day it was.

        A procedure without an end is taken to end today, so the due day is the earliest there can
        be. Raises ValueError for a day before acceptance and when the due day leaves 2001..2099.
        """
        if today < self.accepted:
            raise ValueError(f"{today} is before the day of acceptance, {self.accepted}")
        due = self._due(today)
        used = self._used(today)
        left = self.limit - used
        running = any(stop.last is None and due >= stop.first for stop in self.stops)
        return Reading(
            due=due,
            provisional=running or due > decreed_until(),
            used=used,
            left=left,
            card=_card(overdue=today > due, left=left, limit=self.limit),
            stopped=self._stands(today, today),
        )

    def _due(self, today: date) -> date:
        if self.limit == 0:
            return self.accepted
        return next(islice(self._counted_days(today), self.limit - 1, None))

    def _used(self, today: date) -> int:
        days = (self.accepted + timedelta(n) for n in range(1, (today - self.accepted).days + 1))
        return sum(is_working_day(day) and not self._stands(day, today) for day in days)

    def _counted_days(self, today: date) -> Iterator[date]:
        return (day for day in working_days_after(self.accepted) if not self._stands(day, today))

    def _stands(self, day: date, today: date) -> bool:
        return any(stop.covers(day, today) for stop in self.stops)


def _card(*, overdue: bool, left: int, limit: int) -> Card:
    if overdue:
        return Card.RED
    if left <= YELLOW_DAYS or left * 100 <= limit * YELLOW_PERCENT:
        return Card.YELLOW
    return Card.GREEN
