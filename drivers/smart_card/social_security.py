"""The social-security card (社会保障卡): what it lets anybody read, without a key or PIN.

The application is named `sx1.sh.社会保障` (in GBK). Two of its files hold what is wanted, EF05 on
card and issuer, EF06 on the holder. Each of their records is one data item: its identifier in one
byte, its length in one byte, its value. Format `cn` is decimal digits, two in a byte, filled up
with F; `an` is characters, filled up with zero bytes. Sources: the file structure of 人社信息函
〔2012〕37号 as public implementations for cards of generations 1 to 3 have it, which agree on all
that is used here; LD/T 32.5-2015 for the commands. Items are told by their identifiers, not by
their places: the places are not the same in all generations.

Generation 3 cards keep most items from readers without the security module (PSAM) that the
authorities give out. What is kept stays empty; no key or PIN is ever tried, for tries are counted.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from datetime import date

from stdnum.iso7064 import mod_11_2

from drivers.smart_card import apdu
from drivers.smart_card.pcsc import CardError, Session
from drivers.smart_card.port import SmartCardFault, SocialSecurityCard

APPLICATION = "sx1.sh.社会保障".encode("gbk")
CARD_FILE, HOLDER_FILE = 0xEF05, 0xEF06

CARD_CODE, VERSION, ISSUED, EXPIRES, CARD_NUMBER = 0x01, 0x03, 0x05, 0x06, 0x07
NUMBER, NAME, NAME_EXTENSION, SEX, NATION, BIRTH = 0x08, 0x09, 0x4E, 0x0A, 0x0B, 0x0D

_MOST_RECORDS = 10  # of a file; EF05 has 7, EF06 up to 7
_NEEDS_KEY = (0x6982, 0x6985, 0x6988)  # security status, conditions of use, secure messaging
_NO_MORE = (apdu.NO_SUCH_RECORD, 0x6A86, 0x6B00)  # cards that lack it say "wrong parameters", too
_ITEM_HEAD = 2
_REGION_DIGITS = 6  # GB/T 2260, of the issuer, at the beginning of the card's code

_GB_11643 = re.compile(r"[0-9]{17}[0-9X]", re.ASCII)
_BIRTH_IN_NUMBER = slice(6, 14)
_VERSION = re.compile(r"[0-9]\.[0-9]{2}", re.ASCII)
_CARD_NUMBER = re.compile(r"[0-9A-Z]{0,9}", re.ASCII)
_REGION = re.compile(r"(?:[0-9]{6})?", re.ASCII)
_SEX = re.compile(r"[0129]?", re.ASCII)  # GB/T 2261.1
_NATION = re.compile(r"(?:[0-9]{2})?", re.ASCII)  # GB/T 3304
_DAY = re.compile(r"[0-9]{8}", re.ASCII)
_NO_DAYS = ("", "00000000")


def read(session: Session) -> SocialSecurityCard | None:
    """The card in the reader; None when it has not this application. Raises as `Session.ask`."""
    selected = session.ask(apdu.select_application(APPLICATION))
    if selected.status != apdu.OK:
        return None
    return parse(_items(session, CARD_FILE) | _items(session, HOLDER_FILE))


def parse(items: Mapping[int, bytes]) -> SocialSecurityCard:
    """The card of these data items, by identifier; those it lacks are empty.

    Raises CardError with INVALID for an item that cannot be, UNREADABLE without a version, which
    every card gives.
    """
    if VERSION not in items:
        raise CardError(SmartCardFault.UNREADABLE, "version is not there")
    number = _characters(items, NUMBER)
    _require(number == "" or _is_gb_11643(number), "number")
    birth = _day(items, BIRTH)
    _require(not number or birth in (None, _day_of(number[_BIRTH_IN_NUMBER], "number")), "birth")
    return SocialSecurityCard(
        version=_matched(_VERSION, _characters(items, VERSION), "version"),
        region=_matched(_REGION, _digits(items, CARD_CODE)[:_REGION_DIGITS], "card code"),
        issued=_day(items, ISSUED),
        expires=_day(items, EXPIRES),
        card_number=_matched(_CARD_NUMBER, _characters(items, CARD_NUMBER), "card number"),
        number=number,
        name=_characters(items, NAME),
        name_extension=_characters(items, NAME_EXTENSION),
        sex=_matched(_SEX, _characters(items, SEX), "sex"),
        nation=_matched(_NATION, _digits(items, NATION), "nation"),
        birth=birth,
    )


def item_of(record: bytes) -> tuple[int, bytes]:
    """The identifier and value in a record; raises CardError with UNREADABLE."""
    if len(record) < _ITEM_HEAD or len(record) - _ITEM_HEAD < record[1]:
        raise CardError(SmartCardFault.UNREADABLE, "a record is shorter than it says")
    return record[0], record[_ITEM_HEAD : _ITEM_HEAD + record[1]]


def _items(session: Session, file: int) -> dict[int, bytes]:
    """What can be read of a file; nothing when it is not there or needs a key."""
    status = session.ask(apdu.select_file(file)).status
    if status in (apdu.NO_SUCH_FILE, *_NEEDS_KEY):
        return {}
    _accept(status, f"file {file:04X}")
    items: dict[int, bytes] = {}
    for number in range(1, _MOST_RECORDS + 1):
        answer = session.ask(apdu.read_record(number))
        if answer.status in _NO_MORE:
            break
        if answer.status not in _NEEDS_KEY:
            _accept(answer.status, f"file {file:04X}, record {number}")
            identifier, value = item_of(answer.data)
            items[identifier] = value
    return items


def _accept(status: int, what: str) -> None:
    if status != apdu.OK:
        raise CardError(SmartCardFault.UNREADABLE, f"{what}: status {status:04X}")


def _is_gb_11643(number: str) -> bool:
    return bool(_GB_11643.fullmatch(number)) and mod_11_2.is_valid(number)


def _characters(items: Mapping[int, bytes], identifier: int) -> str:
    raw = items.get(identifier, b"").rstrip(b"\0\xff ")
    try:
        text = raw.decode("gb18030")
    except UnicodeDecodeError:
        # `from None`: the decoder's own error quotes the bytes
        raise CardError(SmartCardFault.INVALID, f"item {identifier:02X} is no text") from None
    printable = not any(unicodedata.category(character) == "Cc" for character in text)
    _require(printable, f"item {identifier:02X}")
    return text.strip()


def _digits(items: Mapping[int, bytes], identifier: int) -> str:
    return items.get(identifier, b"").hex().upper().rstrip("F")


def _day(items: Mapping[int, bytes], identifier: int) -> date | None:
    digits = _digits(items, identifier)
    return None if digits in _NO_DAYS else _day_of(digits, f"item {identifier:02X}")


def _day_of(digits: str, what: str) -> date:
    _matched(_DAY, digits, what)
    try:
        return date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        raise CardError(SmartCardFault.INVALID, f"{what} is no day") from None


def _matched(shape: re.Pattern[str], text: str, what: str) -> str:
    _require(bool(shape.fullmatch(text)), what)
    return text


def _require(holds: bool, what: str) -> None:
    if not holds:
        raise CardError(SmartCardFault.INVALID, f"{what} cannot be")
