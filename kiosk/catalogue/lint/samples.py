"""A few values of each data element, with which conditions are tried.

Every sample fits its element (`checks.problem`), since nothing else becomes a value. Of what is
chosen all options are samples, so a proof is exact; of what is written or counted a few that lie on
both sides of what conditions usually ask.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from stdnum import luhn
from stdnum.cn import uscc
from stdnum.iso7064 import mod_11_2

from kiosk.catalogue.checks import months_before, problem
from kiosk.catalogue.model import Catalogue, Check, Element, ElementKind

MOST_OPTIONS = 12  # of a longer list, those that conditions name and two others
LITERAL = re.compile(r"\"([^\"\\]*)\"|'([^'\\]*)'")
NUMBER = re.compile(r"(?<![\w.\"])(\d{1,9})(?![\w\"])")
AGES = (40 * 12, 59 * 12, 61 * 12, 20 * 12, 17 * 12, 80 * 12, 8 * 12, 1)  # months
DAYS = (0, 40, 400, 8, -1, -40, -400, -200 * 12)  # days from today; the last is long ago
AREA = "430104"  # 岳麓区
YEARS = (1975, 1992, 2003)
TIMES = ("12:00", "00:00", "23:59")
PHONES = ("13800000000", "13900000000", "073188880000")
AMOUNTS = ("1", "2", "100", "0", "15", "3000", "500000", "410005")
TYPED = (
    "样例甲乙",
    "样例丙",
    "样例市样例路一号样例楼",
    "样例市样例路二号",
    "A12345678",
    "7",
    "J4301",
)


@dataclass(frozen=True)
class Samples:
    """Values to try, the empty one first. `exact`: there are no others."""

    values: tuple[str, ...]
    exact: bool


def literals(conditions: Iterable[str]) -> tuple[str, ...]:
    """Texts and numbers that conditions compare with, and the numbers next to those."""
    found: dict[str, None] = {}
    for condition in conditions:
        for one, other in LITERAL.findall(condition):
            found[one or other] = None
        for number in NUMBER.findall(condition):
            for near in (int(number), int(number) + 1, int(number) - 1):
                found[str(near)] = None
    return tuple(found)


def samples_of(
    catalogue: Catalogue,
    element: Element,
    named: tuple[str, ...],
    beside: Iterable[Element],
    today: date,
) -> Samples:
    """The samples of an element; `named` are the literals of the conditions that name it, and
    `beside` the elements that they name too, whose values it may be compared with.
    """
    options = catalogue.options(element)
    if element.kind is ElementKind.CHOICE:
        values = [option.value for option in options]
        if len(values) > MOST_OPTIONS:
            known = [value for value in named if value in values]
            others = [value for value in values if value not in known][:2]
            return Samples(("", *dict.fromkeys([*known, *others])), exact=False)
        return Samples(("", *dict.fromkeys(values)), exact=True)
    candidates = dict.fromkeys([*named, *_made(catalogue, element, today)])
    for other in beside:
        if other.check is not element.check:
            candidates |= dict.fromkeys(list(_made(catalogue, other, today))[:2])
    fitting = [v for v in candidates if v and problem(element, v, today, options) is None]
    return Samples(("", *fitting), exact=False)


def _made(catalogue: Catalogue, element: Element, today: date) -> Iterator[str]:
    by_check: dict[Check, Callable[[], Iterable[str]]] = {
        Check.ID_NUMBER: lambda: _id_numbers(today),
        Check.CREDIT_CODE: _credit_codes,
        Check.MOBILE_PHONE: lambda: PHONES,
        Check.PHONE: lambda: PHONES,
        Check.BANK_ACCOUNT: _bank_accounts,
        Check.CLOCK_TIME: lambda: TIMES,
        Check.REGION: lambda: [*list(catalogue.regions)[:2], *list(catalogue.regions)[-2:]],
    }
    if element.check in by_check:
        yield from by_check[element.check]()
    elif element.kind is ElementKind.DATE:
        yield from (date.fromordinal(today.toordinal() + days).isoformat() for days in DAYS)
        yield from (months_before(today, age).isoformat() for age in AGES)
        yield from (f"{year}-06-15" for year in YEARS)
    elif element.kind in (ElementKind.DIGITS, ElementKind.MONEY):
        bounds = (element.lowest, element.highest)
        yield from (str(bound) for bound in bounds if bound is not None)
        if element.lowest is not None:
            yield from (str(element.lowest + more) for more in (1, 12))
        yield from AMOUNTS
    else:
        yield from TYPED


def _id_numbers(today: date) -> Iterator[str]:
    """Men and women of several ages; the last is a foreigner's."""
    for age in AGES:
        for serial in ("001", "002"):
            body = AREA + months_before(today, age).strftime("%Y%m%d") + serial
            yield body + mod_11_2.calc_check_digit(body)
    body = "943840" + months_before(today, AGES[0]).strftime("%Y%m%d") + "001"
    yield body + mod_11_2.calc_check_digit(body)


def _credit_codes() -> Iterator[str]:
    for serial in ("MA4L00001", "MA4L00002"):
        body = f"91{AREA}{serial}"
        yield body + str(uscc.calc_check_digit(body))


def _bank_accounts() -> Iterator[str]:
    for body in ("622202190200000001", "621700292000000002"):
        yield body + str(luhn.calc_check_digit(body))
