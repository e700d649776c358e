"""What a code that was shown is: one of a few kinds, told by its text alone.

Nothing is looked up, opened or believed here. A number is in the form of its kind, no more; a token
is for the platform to judge; a URL is only ever named as one, for whoever prints a code on a
sticker could send the terminal anywhere.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from kiosk.identity.codes import LicenceIdentifier, licence_identifier
from kiosk.identity.numbers import InvalidNumber

LONGEST = 4096  # characters; no code holds more

_NUMBER = re.compile(r"[0-9A-Za-z-]{1,50}")  # GB/T 39046: a case number has at most 50 characters
_TOKEN = re.compile(r"[0-9A-Za-z._~+/=:-]{8,1024}")
_URL = re.compile(r"[A-Za-z][0-9A-Za-z+.-]*://\S+|www\.\S+", re.IGNORECASE)


class _Discreet:
    """Says nothing of what it holds, so that no log or exception can."""

    def __repr__(self) -> str:
        return f"{type(self).__name__}(…)"


@dataclass(frozen=True, repr=False)
class CaseReceipt(_Discreet):
    """The receipt of a case that was handed in (受理回执): its number (办件编号)."""

    case_no: str


@dataclass(frozen=True, repr=False)
class ProvisionalReceipt(_Discreet):
    """The receipt of a submission that was kept to be handed in later."""

    provisional_no: str


@dataclass(frozen=True, repr=False)
class ElectronicId(_Discreet):
    """An electronic identity shown on a phone (电子身份): a token that the platform can redeem."""

    token: str


@dataclass(frozen=True, repr=False)
class StaffCode(_Discreet):
    """A member of branch staff, before the PIN."""

    token: str


@dataclass(frozen=True, repr=False)
class Ticket(_Discreet):
    """A queue ticket (排队号)."""

    number: str


@dataclass(frozen=True, repr=False)
class Licence(_Discreet):
    """An electronic licence by its identifier (电子证照标识), whole and taken apart."""

    text: str
    identifier: LicenceIdentifier


@dataclass(frozen=True, repr=False)
class Url(_Discreet):
    """An address. It is never opened."""

    text: str


@dataclass(frozen=True, repr=False)
class UnknownText(_Discreet):
    """Anything else."""

    text: str


Payload = (
    CaseReceipt
    | ProvisionalReceipt
    | ElectronicId
    | StaffCode
    | Ticket
    | Licence
    | Url
    | UnknownText
)
Prefixed = (
    type[CaseReceipt]
    | type[ProvisionalReceipt]
    | type[ElectronicId]
    | type[StaffCode]
    | type[Ticket]
)

# Prefixes of the codes that this house issues. A city's own (its e-ID, its tickets) are added to
# them; they must end so that no one of them begins another. Behind those of receipts stands a
# number and nothing personal.
CASE, PROVISIONAL = "yici:case:", "yici:provisional:"
ISSUED_HERE: Mapping[str, Prefixed] = {
    CASE: CaseReceipt,
    PROVISIONAL: ProvisionalReceipt,
    "yici:e-id:": ElectronicId,
    "yici:staff:": StaffCode,
    "yici:ticket:": Ticket,
}
_FORMS: Mapping[Prefixed, re.Pattern[str]] = {
    CaseReceipt: _NUMBER,
    ProvisionalReceipt: _NUMBER,
    ElectronicId: _TOKEN,
    StaffCode: _TOKEN,
    Ticket: _NUMBER,
}


def recognise(text: str, prefixes: Mapping[str, Prefixed] = ISSUED_HERE) -> Payload:
    """The kind of a code that says `text`; never raises."""
    if len(text) > LONGEST:
        return UnknownText(text)
    shown = text.strip()
    for prefix, kind in prefixes.items():
        if shown.startswith(prefix):
            rest = shown.removeprefix(prefix)
            return kind(rest) if _FORMS[kind].fullmatch(rest) else UnknownText(text)
    if _URL.fullmatch(shown):
        return Url(shown)
    try:
        return Licence(shown, licence_identifier(shown))
    except InvalidNumber:
        return UnknownText(text)
