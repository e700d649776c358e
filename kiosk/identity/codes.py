"""Codes of enterprises and electronic licences. They are public, yet no error quotes one."""

from __future__ import annotations

import re
from dataclasses import dataclass

from stdnum.cn import uscc
from stdnum.iso7064 import mod_37_36

from kiosk.identity.numbers import Fault, InvalidNumber, as_typed

CREDIT_CODE_LENGTH = 18
_ALPHABET = "0-9A-HJ-NPQRTUWXY"  # GB 32100: no I, O, S, V, Z
# The library takes digits only in the first two places; rural collectives have N2, others Y1.
_CREDIT_CODE = re.compile(rf"[{_ALPHABET}]{{2}}[0-9]{{6}}[{_ALPHABET}]{{10}}")
_LICENCE = re.compile(
    r"1\.2\.156\.3005\.2\."
    r"(?P<type>[0-9A-Z]{21})\.(?P<issuer>[0-9A-Z]{18})\.(?P<serial>[0-9A-Z]{1,64})"
    r"\.(?P<version>[0-9A-Z]{3})\.(?P<check>[0-9A-Z])"
)


@dataclass(frozen=True)
class LicenceIdentifier:
    """An electronic licence's identifier (电子证照标识) taken apart."""

    type_code: str
    issuer: str
    serial: str
    version: str


def credit_code(text: str) -> str:
    """A unified social credit code (统一社会信用代码) after GB 32100-2015.

    Raises InvalidNumber.
    """
    what = "credit code"
    code = as_typed(text)
    if len(code) != CREDIT_CODE_LENGTH:
        raise InvalidNumber(what, Fault.LENGTH)
    if not _CREDIT_CODE.fullmatch(code):
        raise InvalidNumber(what, Fault.CHARACTERS)
    if uscc.calc_check_digit(code[:17]) != code[17]:
        raise InvalidNumber(what, Fault.CHECK_DIGIT)
    return code


def licence_identifier(text: str) -> LicenceIdentifier:
    """Read an identifier after GB/T 36904-2018.

    The check character is ISO 7064 MOD 37,36 over type, issuer, serial and version without dots.
    Raises InvalidNumber.
    """
    what = "licence identifier"
    found = _LICENCE.fullmatch(text)
    if found is None:
        prefix = text.startswith("1.2.156.3005.2.")
        raise InvalidNumber(what, Fault.CHARACTERS if prefix else Fault.PREFIX)
    parts = (found["type"], found["issuer"], found["serial"], found["version"])
    if not mod_37_36.is_valid("".join((*parts, found["check"]))):
        raise InvalidNumber(what, Fault.CHECK_DIGIT)
    return LicenceIdentifier(*parts)
