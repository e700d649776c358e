"""Whether a value fits its data element. Gives the key of a phrase, never the value itself."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, time
from decimal import Decimal

from kiosk.catalogue.model import Check, Element, ElementKind, Option
from kiosk.identity import codes, numbers

NAME = re.compile(r"[\u3400-\u9fff\U00020000-\U000323af·]{2,50}|[A-Za-z][A-Za-z .'-]{1,49}")
# Conditions compare them as text, so no other form of ISO 8601 is taken.
DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
DATES = (Check.PAST_DATE, Check.COMING_DATE, Check.ANY_DATE)
TIME = re.compile(r"[0-9]{2}:[0-9]{2}")
REGION = re.compile(r"[0-9]{12}")
ID_NUMBER = f"check.{Check.ID_NUMBER.value}"
ADDRESS_SHORTEST = 6  # 长沙市 with a street and a number is longer


def problem(
    element: Element, value: str, today: date, options: tuple[Option, ...] = ()
) -> str | None:
    """The phrase key of what is wrong (`check.mobile_phone`), or None when the value fits.

    `today` bounds dates; `options` are those of a choice element.
    """
    if not value:
        return "check.empty"
    if len(value) > element.longest:
        return "check.too_long"
    if element.kind is ElementKind.CHOICE:
        return None if any(o.value == value for o in options) else "check.choice"
    if element.kind is ElementKind.DATE:
        return _date(element, value, today)
    if element.check is Check.ID_NUMBER:
        return None if _reads(lambda text: numbers.id_number(text, today), value) else ID_NUMBER
    check = CHECKS.get(element.check, CHECKS[Check.PLAIN])
    return None if check(element, value) else f"check.{element.check.value}"


def _date(element: Element, value: str, today: date) -> str | None:
    try:
        day = date.fromisoformat(value) if DATE.fullmatch(value) else None
    except ValueError:
        day = None
    if day is None:
        return f"check.{element.check.value}" if element.check in DATES else "check.any_date"
    if element.check is Check.PAST_DATE and day > today:
        return "check.future_date"
    if element.check is Check.COMING_DATE and day < today:
        return "check.gone_date"
    if element.ahead_months is not None and day > months_before(today, -element.ahead_months):
        return "check.ahead_months"
    if element.months is not None and day < months_before(today, element.months):
        return "check.months"
    return None


def months_before(day: date, months: int) -> date:
    """The same day so many months earlier (later where negative), or the month's last day."""
    month = day.year * 12 + day.month - 1 - months
    year, month = divmod(month, 12)
    for last in range(day.day, 0, -1):
        try:
            return date(year, month + 1, last)
        except ValueError:
            continue
    raise AssertionError("every month has a first day")


def _reads(read: Callable[[str], object], value: str) -> bool:
    try:
        read(value)
    except numbers.InvalidNumber:
        return False
    return True


def _clock_time(_: Element, value: str) -> bool:
    if not TIME.fullmatch(value):
        return False
    try:
        time.fromisoformat(value)
    except ValueError:
        return False
    return True


def _decimal(places: int) -> Callable[[Element, str], bool]:
    """A number with so many decimals at most, within the element's bounds."""
    form = re.compile(rf"[0-9]{{1,12}}(\.[0-9]{{1,{places}}})?")

    def check(element: Element, value: str) -> bool:
        if not form.fullmatch(value):
            return False
        lowest = element.lowest if element.lowest is not None else 0
        return lowest <= Decimal(value) and (
            element.highest is None or Decimal(value) <= element.highest
        )

    return check


def _whole_number(element: Element, value: str) -> bool:
    if not value.isascii() or not value.isdigit():
        return False
    lowest = element.lowest if element.lowest is not None else 0
    highest = element.highest if element.highest is not None else 10**element.longest
    return lowest <= int(value) <= highest


CHECKS: dict[Check, Callable[[Element, str], bool]] = {
    Check.PERSON_NAME: lambda _, value: NAME.fullmatch(value) is not None,
    Check.CREDIT_CODE: lambda _, value: _reads(codes.credit_code, value),
    Check.PHONE: lambda _, value: _reads(numbers.phone, value),
    Check.POST_CODE: lambda _, value: _reads(numbers.post_code, value),
    Check.MOBILE_PHONE: lambda _, value: _reads(numbers.mobile_phone, value),
    Check.BANK_ACCOUNT: lambda _, value: _reads(numbers.bank_card, value),
    Check.CLOCK_TIME: _clock_time,
    Check.WHOLE_NUMBER: _whole_number,
    Check.DECIMAL: _decimal(2),
    Check.MONEY: _decimal(2),
    Check.REGION: lambda _, value: REGION.fullmatch(value) is not None,
    Check.ADDRESS: lambda _, value: len(value.strip()) >= ADDRESS_SHORTEST,
    Check.PLAIN: lambda _, value: bool(value.strip()),
}
