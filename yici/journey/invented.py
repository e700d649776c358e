"""Values made up to fit a data element, which nobody can take for a real person's or company's.

Area codes begin 4399, which belongs to no place; names say 样例 (sample); phone numbers are in the
block 1380000; card numbers stand under issuer 999999, who is nobody.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from stdnum import luhn
from stdnum.cn import uscc
from stdnum.iso7064 import mod_11_2

from kiosk.catalogue.checks import months_before
from kiosk.catalogue.model import Catalogue, Check, Element, ElementKind

SURNAMES = "陈周李王刘张杨吴"
SIDES = "东南西北"
CREDIT_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"  # GB 32100
BACK_DAYS = 9000  # how far back a date lies that has no bound, about 25 years
AHEAD_DAYS = 300
NEAR_DAYS = 20
MOST_DIGITS = 12  # of an amount, before its point
FEW = 90  # numbers are made up within so many above the lowest that is allowed
NUMBERS = (Check.WHOLE_NUMBER, Check.DECIMAL, Check.MONEY)


@dataclass(frozen=True)
class Inventor:
    """Makes values up by chance. `today` bounds dates."""

    catalogue: Catalogue
    today: date
    chance: Random

    def value(self, key: str, attempt: int = 0) -> str:
        """A value for an element, or the n-th entry's (`heir_name.2`).

        Choices and regions are not typed; KeyError for an unknown element. `attempt` counts from
        0: one that was refused for a rule between elements is followed by the latest or highest
        value that fits, by the earliest or lowest, then by chance again.
        """
        element = self.catalogue.element(key)
        if element.kind is ElementKind.DATE:
            return self._date(element, attempt).isoformat()
        if element.kind is ElementKind.TIME:
            return f"{self.chance.randrange(24):02d}:{self.chance.randrange(60):02d}"
        if element.check in NUMBERS:
            return self._number(element, attempt)
        make = MAKERS.get(element.check)
        return make(self.chance) if make else self._plain(element)[: element.longest]

    def _date(self, element: Element, attempt: int) -> date:
        first, last = self._bounds(element)
        if attempt in {1, 2}:
            return last if attempt == 1 else first
        if element.check is Check.ANY_DATE and attempt == 0:  # what begins about now
            first = max(first, self.today - timedelta(days=NEAR_DAYS))
            last = min(last, self.today + timedelta(days=NEAR_DAYS))
        inside = (last - first).days - 1
        return first + timedelta(days=self.chance.randint(min(1, inside), max(1, inside)))

    def _bounds(self, element: Element) -> tuple[date, date]:
        first = self.today - timedelta(days=BACK_DAYS)
        if element.months is not None:
            first = months_before(self.today, element.months)
        last = self.today + timedelta(days=AHEAD_DAYS)
        if element.ahead_months is not None:
            last = months_before(self.today, -element.ahead_months)
        if element.check is Check.COMING_DATE:
            return self.today, last
        return first, self.today if element.check is Check.PAST_DATE else last

    def _number(self, element: Element, attempt: int) -> str:
        lowest = element.lowest or 0
        places = element.longest - (0 if element.check is Check.WHOLE_NUMBER else 3)
        room = 10 ** min(places, MOST_DIGITS) - 1
        highest = min(element.highest if element.highest is not None else room, room)
        if attempt in {1, 2}:
            return str(highest if attempt == 1 else lowest)
        number = str(self.chance.randint(lowest, min(highest, lowest + FEW)))
        return number if element.check is Check.WHOLE_NUMBER else f"{number}.5"

    def _plain(self, element: Element) -> str:
        digits = "".join(self.chance.choices("123456789", k=8))
        if element.kind is ElementKind.DIGITS:
            return digits
        if element.kind is ElementKind.TEXT:
            return f"YL{digits}"
        return f"样例{self.chance.choice(SIDES)}"


def _id_number(chance: Random) -> str:
    birth = date(1950, 1, 1) + timedelta(days=chance.randrange(18_000))
    body = f"4399{chance.randrange(100):02d}{birth:%Y%m%d}{chance.randrange(1000):03d}"
    return body + mod_11_2.calc_check_digit(body)


def _credit_code(chance: Random) -> str:
    body = "91439900" + "".join(chance.choices(CREDIT_ALPHABET, k=9))
    return body + uscc.calc_check_digit(body)


def _bank_account(chance: Random) -> str:
    body = "999999" + "".join(chance.choices("0123456789", k=12))
    return body + luhn.calc_check_digit(body)


def _mobile_phone(chance: Random) -> str:
    return f"1380000{chance.randrange(10_000):04d}"


MAKERS: Mapping[Check, Callable[[Random], str]] = {
    Check.PERSON_NAME: lambda chance: f"{chance.choice(SURNAMES)}样例",
    Check.ID_NUMBER: _id_number,
    Check.CREDIT_CODE: _credit_code,
    Check.MOBILE_PHONE: _mobile_phone,
    Check.PHONE: _mobile_phone,
    Check.POST_CODE: lambda chance: f"43{chance.randrange(10_000):04d}",
    Check.BANK_ACCOUNT: _bank_account,
    Check.ADDRESS: lambda chance: f"样例市样{chance.choice(SIDES)}路",
}
