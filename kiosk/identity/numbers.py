"""Numbers that people have: identity documents, mobile phones, bank cards.

Every reader takes what a person may type (spaces, full-width digits, small x) and gives the
number as it is stored, or raises InvalidNumber. No text raised or shown here holds a number.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from stdnum import luhn
from stdnum.iso7064 import mod_11_2

from kiosk.identity.person import DocumentType, Sex

ID_LENGTH = 18
MOBILE_LENGTH = 11
FIXED_PHONE = re.compile(r"0[1-9][0-9]{1,2}[0-9]{7,8}")  # as typed: without dashes
CARD_LENGTHS = range(12, 20)  # ISO/IEC 7812
OLDEST_BIRTH = date(1850, 1, 1)  # nobody alive was born before; catches mistyped centuries

# First two digits after GB/T 2260: provinces and what ranks with them.
_PROVINCES = frozenset(
    str(code)
    for codes in ((11, 15), (21, 23), (31, 37), (41, 46), (50, 54), (61, 65), (71, 71))
    for code in range(codes[0], codes[1] + 1)
)
# Residence permits of residents of Hong Kong, Macao and Taiwan (港澳台居民居住证).
_PERMIT_AREAS = frozenset({"810000", "820000", "830000"})
_FOREIGNER = "9"  # permanent residence card since 2023: 9, province, country, birth, serial


class Fault(StrEnum):
    """The rule that a number breaks."""

    LENGTH = "length"
    CHARACTERS = "characters"
    AREA = "area"  # no such province, permit or registering authority
    BIRTH = "birth"  # no such day, or not a day on which somebody alive was born
    CHECK_DIGIT = "check_digit"
    PREFIX = "prefix"  # the beginning is not that of such a number


class InvalidNumber(ValueError):
    """A number breaks a rule; says which, never the number."""

    def __init__(self, what: str, fault: Fault) -> None:
        super().__init__(f"{what}: wrong {fault.value.replace('_', ' ')}")
        self.fault = fault


@dataclass(frozen=True)
class IdNumber:
    """An 18-character identity number taken apart.

    `area` is the six-digit GB/T 2260 code; of a foreigner only `province` is known, and
    `country` (ISO 3166-1 numeric). `sex` is UNKNOWN where the number does not tell it.
    """

    number: str
    document_type: DocumentType
    province: str
    area: str
    country: str
    birth: date
    sex: Sex

    def __repr__(self) -> str:
        """Says nothing personal."""
        return "IdNumber(…)"


def id_number(text: str, today: date) -> IdNumber:
    """Read an identity number after GB 11643-1999, or one of the same build.

    These are citizens' numbers, residence permits (81, 82, 83) and foreigners' permanent
    residence cards of 2023 (9…). Raises InvalidNumber.
    """
    what = "identity number"
    number = as_typed(text)
    if len(number) != ID_LENGTH:
        raise InvalidNumber(what, Fault.LENGTH)
    if not re.fullmatch(r"[0-9]{17}[0-9X]", number):
        raise InvalidNumber(what, Fault.CHARACTERS)
    document_type = _document_type(number)
    foreigner = document_type is DocumentType.FOREIGNER_PERMANENT_RESIDENCE
    birth = _birth(number, today)
    if not mod_11_2.is_valid(number):
        raise InvalidNumber(what, Fault.CHECK_DIGIT)
    odd = int(number[16]) % 2
    return IdNumber(
        number=number,
        document_type=document_type,
        province=number[1:3] if foreigner else number[:2],
        area="" if foreigner else number[:6],
        country=number[3:6] if foreigner else "",
        birth=birth,
        # GB 11643 gives odd serials to men; no published rule says so for foreigners' cards.
        sex=Sex.UNKNOWN if foreigner else Sex.MALE if odd else Sex.FEMALE,
    )


def mobile_phone(text: str) -> str:
    """A mobile number of mainland China: 1, then 3 to 9, then nine digits; +86 is dropped.

    Raises InvalidNumber.
    """
    what = "mobile number"
    number = re.sub(r"^(\+|00)86", "", as_typed(text))
    if not re.fullmatch(r"[0-9]*", number):
        raise InvalidNumber(what, Fault.CHARACTERS)
    if len(number) != MOBILE_LENGTH:
        raise InvalidNumber(what, Fault.LENGTH)
    if not re.match(r"1[3-9]", number):
        raise InvalidNumber(what, Fault.PREFIX)
    return number


def phone(text: str) -> str:
    """A mobile number, or a fixed one with its area code: 0731-88857992, 073188857992.

    Raises InvalidNumber.
    """
    number = as_typed(text)
    return number if FIXED_PHONE.fullmatch(number) else mobile_phone(number)


def post_code(text: str) -> str:
    """A postal code of China: six digits. Raises InvalidNumber."""
    number = as_typed(text)
    if not re.fullmatch(r"[0-9]{6}", number):
        raise InvalidNumber("postal code", Fault.LENGTH)
    return number


def bank_card(text: str) -> str:
    """A payment card number after ISO/IEC 7812: 12 to 19 digits with a Luhn check digit.

    Raises InvalidNumber.
    """
    what = "bank card number"
    number = as_typed(text)
    if not re.fullmatch(r"[0-9]*", number):
        raise InvalidNumber(what, Fault.CHARACTERS)
    if len(number) not in CARD_LENGTHS:
        raise InvalidNumber(what, Fault.LENGTH)
    if not luhn.is_valid(number):
        raise InvalidNumber(what, Fault.CHECK_DIGIT)
    return number


def masked(number: str, first: int = 4, last: int = 4) -> str:
    """All but the first and last characters as stars: `4301**********0023`.

    Of something shorter as many fewer as it takes to hide at least as much as is shown, so that
    its holder still knows it: `439******310`.
    """
    twice = 2 * (first + last)
    if len(number) < twice:
        first, last = first * len(number) // twice, last * len(number) // twice
    shown = first + last
    return number[:first] + "*" * (len(number) - shown) + number[len(number) - last :]


def masked_phone(number: str) -> str:
    """A mobile number as citizens know it masked: `138****0000`."""
    if len(number) != MOBILE_LENGTH:
        return masked(number)
    return f"{number[:3]}****{number[-4:]}"


def as_typed(text: str) -> str:
    """What was typed, without spaces and dashes, full-width forms as plain, in capitals."""
    return re.sub(r"[\s-]", "", unicodedata.normalize("NFKC", text)).upper()


def _document_type(number: str) -> DocumentType:
    if number[0] == _FOREIGNER:
        if number[1:3] not in _PROVINCES:
            raise InvalidNumber("identity number", Fault.AREA)
        return DocumentType.FOREIGNER_PERMANENT_RESIDENCE
    if number[:6] in _PERMIT_AREAS:
        return DocumentType.HMT_RESIDENCE_PERMIT
    if number[:2] not in _PROVINCES:
        raise InvalidNumber("identity number", Fault.AREA)
    return DocumentType.ID_CARD


def _birth(number: str, today: date) -> date:
    try:
        birth = date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        raise InvalidNumber("identity number", Fault.BIRTH) from None
    if not OLDEST_BIRTH <= birth <= today:
        raise InvalidNumber("identity number", Fault.BIRTH)
    return birth
