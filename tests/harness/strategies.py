"""Invented people and enterprises for generated tests; nobody real can be meant.

Area codes begin 4399, which belongs to no place; names say 样例 (sample); phone numbers are in
the block 1380000; credit codes stand under the same area.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from hypothesis import strategies as st
from stdnum import luhn
from stdnum.cn import uscc
from stdnum.iso7064 import mod_11_2

from kiosk.identity.person import DocumentType, Person, Sex

TODAY = date(2026, 11, 22)
NATIONS = tuple(f"{code:02d}" for code in range(1, 57))

_BIRTHS = st.dates(date(1900, 1, 1), TODAY)
_SERIALS = st.integers(0, 999)
_SURNAMES = st.sampled_from(["陈", "周", "李", "欧阳", "𠮷", "䶮", "㙍"])
_GIVEN = st.text("样例乐安康㛃㼆𬭎𣲗喆", min_size=1, max_size=3)
_MINORITY = st.text("古丽尼格尔阿卜杜热合曼买提江", min_size=2, max_size=10)
_CREDIT_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"


@dataclass(frozen=True)
class Enterprise:
    """An invented enterprise."""

    name: str
    credit_code: str


def _numbered(body: str) -> str:
    return body + mod_11_2.calc_check_digit(body)


def id_numbers(births: st.SearchStrategy[date] = _BIRTHS) -> st.SearchStrategy[str]:
    """Citizens' numbers of an area that does not exist."""
    return st.builds(
        lambda area, birth, serial: _numbered(f"4399{area:02d}{birth:%Y%m%d}{serial:03d}"),
        st.integers(0, 99),
        births,
        _SERIALS,
    )


def permit_numbers() -> st.SearchStrategy[str]:
    """Numbers of residence permits for residents of Hong Kong, Macao and Taiwan."""
    return st.builds(
        lambda area, birth, serial: _numbered(f"{area}{birth:%Y%m%d}{serial:03d}"),
        st.sampled_from(["810000", "820000", "830000"]),
        _BIRTHS,
        _SERIALS,
    )


def foreigner_numbers() -> st.SearchStrategy[str]:
    """Numbers of foreigners' permanent residence cards of 2023, issued in Hunan."""
    return st.builds(
        lambda country, birth, serial: _numbered(f"943{country:03d}{birth:%Y%m%d}{serial:03d}"),
        st.integers(4, 894),
        _BIRTHS,
        _SERIALS,
    )


def names() -> st.SearchStrategy[str]:
    """Names with rare characters, and long ones with a separating dot."""
    han = st.builds(lambda surname, given: surname + given, _SURNAMES, _GIVEN)
    minority = st.builds("{}·样例{}".format, _MINORITY, _MINORITY)
    return st.one_of(han, minority)


def addresses() -> st.SearchStrategy[str]:
    """Addresses on streets that do not exist."""
    return st.builds(
        "湖南省{}样例路{}号{}栋{}室".format,
        st.sampled_from(["长沙市岳麓区", "浏阳市样例镇", "湘西土家族苗族自治州样例县"]),
        st.integers(1, 9999),
        st.integers(1, 99),
        st.integers(101, 3399),
    )


def mobile_phones() -> st.SearchStrategy[str]:
    """Mobile numbers of a block kept for examples."""
    return st.builds("1380000{:04d}".format, st.integers(0, 9999))


def bank_cards() -> st.SearchStrategy[str]:
    """Card numbers of 16 to 19 digits; issuer 999999 is nobody's."""
    bodies = st.text("0123456789", min_size=9, max_size=12).map("999999{}".format)
    return bodies.map(lambda body: body + luhn.calc_check_digit(body))


def credit_codes() -> st.SearchStrategy[str]:
    """Credit codes registered in an area that does not exist."""
    return st.builds(
        lambda kind, area, body: _credit_code(f"{kind}4399{area:02d}{body}"),
        st.sampled_from(["91", "92", "12", "52", "N2", "Y1"]),
        st.integers(0, 99),
        st.text(_CREDIT_ALPHABET, min_size=9, max_size=9),
    )


def _credit_code(body: str) -> str:
    return body + uscc.calc_check_digit(body)


def people() -> st.SearchStrategy[Person]:
    """Citizens whose number agrees with their birth and sex."""
    return st.builds(
        _person,
        names(),
        st.sampled_from(NATIONS),
        addresses(),
        id_numbers(),
        st.none() | st.dates(TODAY, date(2076, 12, 31)),
    )


def _person(name: str, nation: str, address: str, number: str, valid_to: date | None) -> Person:
    return Person(
        name=name,
        sex=Sex.MALE if int(number[16]) % 2 else Sex.FEMALE,
        nation=nation,
        birth=date(int(number[6:10]), int(number[10:12]), int(number[12:14])),
        address=address,
        document_type=DocumentType.ID_CARD,
        number=number,
        valid_to=valid_to,
    )


def enterprises() -> st.SearchStrategy[Enterprise]:
    """Enterprises with a credit code."""
    return st.builds(
        Enterprise,
        st.builds("湖南样例{}有限公司".format, st.text("安康乐盛达信", min_size=2, max_size=4)),
        credit_codes(),
    )


@st.composite
def with_one_digit_changed(draw: st.DrawFn, numbers: st.SearchStrategy[str]) -> str:
    """A number in which one digit was mistyped, which every check digit here notices."""
    number = draw(numbers)
    place = draw(st.sampled_from([i for i, c in enumerate(number) if c in "0123456789"]))
    others = [digit for digit in "0123456789" if digit != number[place]]
    return number[:place] + draw(st.sampled_from(others)) + number[place + 1 :]


@st.composite
def with_wrong_length(draw: st.DrawFn, numbers: st.SearchStrategy[str]) -> str:
    """A number with digits left out or typed twice."""
    number = draw(numbers)
    place = draw(st.integers(0, len(number) - 1))
    if draw(st.booleans()):
        return number[:place] + number[place + 1 :]
    return number[:place] + number[place] + number[place:]


def without_check_digit_holding(numbers: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Identity numbers right in every part but the check digit."""
    return st.builds(_other_check_digit, numbers, st.integers(1, 10))


def _other_check_digit(number: str, distance: int) -> str:
    digits = "0123456789X"
    return number[:-1] + digits[(digits.index(number[-1]) + distance) % len(digits)]
