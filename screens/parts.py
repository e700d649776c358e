"""Dates and times typed part by part: years, months, days; hours, minutes. Pure.

What is complete is handed on as YYYY-MM-DD or HH:MM; whether such a day exists or is allowed is
not decided here.
"""

from __future__ import annotations

import calendar
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from kiosk.journey.page import FieldKind


@dataclass(frozen=True)
class Part:
    """One column: its phrase key, digits, and the numbers it can hold."""

    name: str
    digits: int
    lowest: int
    highest: int


YEAR = Part("year", 4, 1900, 2100)
MONTH = Part("month", 2, 1, 12)
DAY = Part("day", 2, 1, 31)
HOUR = Part("hour", 2, 0, 23)
MINUTE = Part("minute", 2, 0, 59)

COLUMNS: Mapping[FieldKind, tuple[Part, ...]] = {
    FieldKind.DATE: (YEAR, MONTH, DAY),
    FieldKind.TIME: (HOUR, MINUTE),
}
JOINT: Mapping[FieldKind, str] = {FieldKind.DATE: "-", FieldKind.TIME: ":"}
NOON = ("12", "00")


@dataclass(frozen=True)
class Parts:
    """The digits of each column so far and the column that digits go to."""

    kind: FieldKind
    digits: tuple[str, ...]
    selected: int = 0

    @classmethod
    def of(cls, kind: FieldKind, text: str) -> Parts:
        """Parts of a text; empty ones when the text is none of the kind."""
        columns = COLUMNS[kind]
        pieces = text.split(JOINT[kind])
        fits = len(pieces) == len(columns) and all(
            piece.isascii() and piece.isdigit() and len(piece) <= column.digits
            for piece, column in zip(pieces, columns, strict=True)
        )
        return cls(kind, tuple(pieces) if fits else ("",) * len(columns))

    @property
    def columns(self) -> tuple[Part, ...]:
        """The columns of the kind."""
        return COLUMNS[self.kind]

    @property
    def text(self) -> str:
        """The whole as it is handed on; empty while a column is."""
        if not all(self.digits) or (
            self.kind is FieldKind.DATE and len(self.digits[0]) < YEAR.digits
        ):
            return ""
        filled = (
            digits.zfill(column.digits)
            for digits, column in zip(self.digits, self.columns, strict=True)
        )
        return JOINT[self.kind].join(filled)

    @property
    def shown(self) -> str:
        """The whole as it is shown while it is typed, with dashes for what is missing."""
        if not any(self.digits):
            return ""
        filled = (
            digits or "–" * column.digits
            for digits, column in zip(self.digits, self.columns, strict=True)
        )
        return f" {JOINT[self.kind]} ".join(filled)

    def select(self, index: int) -> Parts:
        """Let digits go to another column."""
        return replace(self, selected=max(0, min(index, len(self.columns) - 1)))

    def type(self, digit: str) -> Parts:
        """Add a digit; a column that is full, or can take no other digit, leads to the next."""
        column = self.columns[self.selected]
        before = self.digits[self.selected]
        digits = digit if len(before) >= column.digits else before + digit
        if int(digits) > column.highest:
            digits = digit
        full = len(digits) == column.digits or int(digits) * 10 > column.highest
        changed = self._with(self.selected, digits.zfill(column.digits) if full else digits)
        return changed.select(self.selected + 1) if full else changed

    def erase(self) -> Parts:
        """Take back a digit, of the column before when this one is empty."""
        here = self
        if not here.digits[here.selected] and here.selected > 0:
            here = here.select(here.selected - 1)
        return here._with(here.selected, here.digits[here.selected][:-1])

    def clear(self) -> Parts:
        """Empty all columns."""
        return Parts(self.kind, ("",) * len(self.columns))

    def step(self, index: int, by: int, today: date) -> Parts:
        """One more or less in a column, beginning from today (or noon); days end with the month."""
        column = self.columns[index]
        if not self.digits[index]:
            starts = (
                (f"{today.year:04}", f"{today.month:02}", f"{today.day:02}")
                if self.kind is FieldKind.DATE
                else NOON
            )
            return self._with(index, starts[index]).select(index)
        highest = self._month_length() if column is DAY else column.highest
        number = int(self.digits[index]) + by
        if number > highest:
            number = column.highest if column is YEAR else column.lowest
        elif number < column.lowest:
            number = column.lowest if column is YEAR else highest
        return self._with(index, str(number).zfill(column.digits)).select(index)._within_month()

    def _with(self, index: int, digits: str) -> Parts:
        every = list(self.digits)
        every[index] = digits
        return replace(self, digits=tuple(every))

    def _month_length(self) -> int:
        year, month, _ = self.digits
        if not month or not MONTH.lowest <= int(month) <= MONTH.highest:
            return DAY.highest
        leap_or_any = int(year) if len(year) == YEAR.digits and int(year) > 0 else 2000
        return calendar.monthrange(leap_or_any, int(month))[1]

    def _within_month(self) -> Parts:
        if self.kind is not FieldKind.DATE or not self.digits[2]:
            return self
        last = self._month_length()
        return self._with(2, f"{last:02}") if int(self.digits[2]) > last else self
