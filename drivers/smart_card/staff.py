"""The staff's card: a small application of ours, which any blank ISO/IEC 7816-4 card can carry.

Its name is `F0 59 49 43 49 01`: F0 begins names that need no registration (ISO/IEC 7816-5), then
`YICI`, then the version of what follows. It has one file that anybody can read, with the short
identifier 1: the byte 01, the identifier's length in one byte, and the identifier, 4 to 32 of
`A-Z a-z 0-9 -`. Whatever follows is not read. The file can be copied, so the card only names who
signs in; the PIN proves it.
"""

from __future__ import annotations

import re

from drivers.smart_card import apdu
from drivers.smart_card.pcsc import CardError, Session
from drivers.smart_card.port import SmartCardFault, StaffCard

APPLICATION = b"\xf0YICI\x01"
IDENTIFIER_FILE = 1

_VERSION = 1
_HEAD = 2
_IDENTIFIER = re.compile(rb"[A-Za-z0-9-]{4,32}")


def read(session: Session) -> StaffCard | None:
    """The card in the reader; None when it has not this application. Raises as `Session.ask`."""
    if session.ask(apdu.select_application(APPLICATION)).status != apdu.OK:
        return None
    answer = session.ask(apdu.read_binary(IDENTIFIER_FILE))
    if answer.status != apdu.OK:
        raise CardError(SmartCardFault.UNREADABLE, f"identifier file: status {answer.status:04X}")
    return parse(answer.data)


def parse(contents: bytes) -> StaffCard:
    """The card with this identifier file; raises CardError with INVALID."""
    if len(contents) < _HEAD or contents[0] != _VERSION:
        raise CardError(SmartCardFault.INVALID, "identifier file is of another version")
    identifier = contents[_HEAD : _HEAD + contents[1]]
    if len(identifier) != contents[1] or not _IDENTIFIER.fullmatch(identifier):
        raise CardError(SmartCardFault.INVALID, "identifier cannot be")
    return StaffCard(identifier.decode("ascii"))


def contents_of(card: StaffCard) -> bytes:
    """The identifier file of a card, for whoever makes one; raises ValueError."""
    identifier = card.identifier.encode("ascii", "replace")
    if not _IDENTIFIER.fullmatch(identifier):
        raise ValueError("an identifier is 4 to 32 of A-Z a-z 0-9 -")
    return bytes((_VERSION, len(identifier))) + identifier
