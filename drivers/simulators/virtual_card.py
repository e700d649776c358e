"""A smart card without plastic: applications, files and the commands of ISO/IEC 7816-4 on them.

Pure: bytes of a command in, bytes of its answer out. As long as a T=0 card has it, its answers
come in parts (`61 xx`, GET RESPONSE) and only when asked for with the right length (`6C xx`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from drivers.smart_card import social_security, staff
from drivers.smart_card.apdu import NO_SUCH_FILE, NO_SUCH_RECORD, OK
from drivers.smart_card.port import SocialSecurityCard, StaffCard

ATR_T0 = bytes.fromhex("3b021450")
ATR_T1 = bytes.fromhex("3b80800101")

_SELECT, _READ_BINARY, _READ_RECORD, _GET_RESPONSE = 0xA4, 0xB0, 0xB2, 0xC0
_BY_NAME = 0x04
_WRONG_LENGTH, _UNKNOWN_INSTRUCTION, _WRONG_PARAMETERS = 0x6700, 0x6D00, 0x6B00
_NEEDS_KEY = 0x6982
_HEAD, _MOST = 4, 256
_SHORT_FILE, _SHORT_MASK, _BY_NUMBER = 0x80, 0x1F, 0x04


@dataclass(frozen=True)
class CardFile:
    """Records, or one piece of data as the only one. `locked`: which need a key."""

    records: tuple[bytes, ...]
    locked: bool = False
    locked_records: frozenset[int] = frozenset()


@dataclass(frozen=True)
class CardApplication:
    """Files by identifier. `control`: what SELECT answers with."""

    files: Mapping[int, CardFile]
    control: bytes = b"\x6f\x00"


@dataclass(frozen=True)
class CardImage:
    """What is on a card: its applications by name."""

    applications: Mapping[bytes, CardApplication]


@dataclass
class VirtualCard:
    """A card with power."""

    image: CardImage
    t0: bool = False
    _application: CardApplication | None = None
    _file: CardFile | None = None
    _waiting: bytes = field(default=b"", repr=False)

    @property
    def atr(self) -> bytes:
        """Its answer to reset."""
        return ATR_T0 if self.t0 else ATR_T1

    def reset(self) -> None:
        """Forget what was selected."""
        self._application = self._file = None
        self._waiting = b""

    def receive(self, command: bytes) -> bytes:
        """The answer to a command."""
        if len(command) <= _HEAD:
            return _status(_WRONG_LENGTH)
        instruction, p1, p2 = command[1:_HEAD]
        if instruction == _GET_RESPONSE:
            return self._part(command[_HEAD] or _MOST)
        data, expected = _body(command, carries=instruction == _SELECT)
        status, answer = self._done(instruction, p1, p2, data)
        if status != OK:
            return _status(status)
        return self._given(answer, expected, carried=bool(data))

    def _done(self, instruction: int, p1: int, p2: int, data: bytes) -> tuple[int, bytes]:
        match instruction:
            case 0xA4:
                return self._select_application(data) if p1 == _BY_NAME else self._select_file(data)
            case 0xB0:
                return self._read_binary(p1)
            case 0xB2:
                return self._read_record(p1, p2)
        return _UNKNOWN_INSTRUCTION, b""

    def _select_application(self, name: bytes) -> tuple[int, bytes]:
        application = self.image.applications.get(name)
        if application is None:
            return NO_SUCH_FILE, b""
        self._application, self._file = application, None
        return OK, application.control

    def _select_file(self, identifier: bytes) -> tuple[int, bytes]:
        files = self._application.files if self._application else {}
        found = files.get(int.from_bytes(identifier, "big"))
        if found is None:
            return NO_SUCH_FILE, b""
        if found.locked:
            return _NEEDS_KEY, b""
        self._file = found
        return OK, b""

    def _read_binary(self, p1: int) -> tuple[int, bytes]:
        files = self._application.files if self._application else {}
        short = p1 & _SHORT_MASK
        if not p1 & _SHORT_FILE:
            return _WRONG_PARAMETERS, b""
        found = next(
            (file for number, file in files.items() if number & _SHORT_MASK == short), None
        )
        return (OK, found.records[0]) if found else (NO_SUCH_FILE, b"")

    def _read_record(self, number: int, p2: int) -> tuple[int, bytes]:
        if p2 != _BY_NUMBER or self._file is None:
            return _WRONG_PARAMETERS, b""
        if number in self._file.locked_records:
            return _NEEDS_KEY, b""
        if not 1 <= number <= len(self._file.records):
            return NO_SUCH_RECORD, b""
        return OK, self._file.records[number - 1]

    def _given(self, answer: bytes, expected: int | None, *, carried: bool) -> bytes:
        if self.t0 and answer:
            if carried:
                self._waiting = answer
                return _status(0x6100 | _length_byte(answer))
            if expected != len(answer) % _MOST or len(answer) > _MOST:
                return _status(0x6C00 | _length_byte(answer))
        if len(answer) > _MOST:
            self._waiting = answer[_MOST:]
            return answer[:_MOST] + _status(0x6100 | _length_byte(self._waiting))
        return answer + _status(OK)

    def _part(self, length: int) -> bytes:
        part, self._waiting = self._waiting[:length], self._waiting[length:]
        more = _status(0x6100 | _length_byte(self._waiting)) if self._waiting else _status(OK)
        return part + more


def social_security_image(
    card: SocialSecurityCard, *, locked_holder: bool = False, control: bytes = b"\x6f\x00"
) -> CardImage:
    """A social-security card; `locked_holder`: keeps its number and its holder to itself."""
    keeps = social_security.CARD_NUMBER
    first = card.version.startswith("1")
    holder = {
        social_security.NUMBER: _an(card.number, 18),
        social_security.NAME: _an(card.name, 30),
        social_security.NAME_EXTENSION: _an(card.name_extension, 20),
        social_security.SEX: _an(card.sex, 1),
        social_security.NATION: bytes.fromhex(card.nation or "ff"),
        0x0C: bytes.fromhex(f"{card.region:0<6}"),
        social_security.BIRTH: _day(card.birth),
    }
    if first:
        del holder[social_security.NAME_EXTENSION]
    issuer = {
        social_security.CARD_CODE: bytes.fromhex(f"{card.region}D1560000059911014500FFFFFF")[:16],
        0x02: b"3",
        social_security.VERSION: _an(card.version, 4),
        0x04: bytes.fromhex("910000020000020000000000"),
        social_security.ISSUED: _day(card.issued),
        social_security.EXPIRES: _day(card.expires),
        social_security.CARD_NUMBER: _an(card.card_number, 9),
    }
    files = {
        social_security.CARD_FILE: CardFile(
            _records(issuer), locked_records=frozenset({keeps} if locked_holder else ())
        ),
        social_security.HOLDER_FILE: CardFile(_records(holder), locked=locked_holder),
    }
    return CardImage({social_security.APPLICATION: CardApplication(files, control)})


def staff_image(card: StaffCard, *, control: bytes = b"\x6f\x00") -> CardImage:
    """A staff card."""
    contents = staff.contents_of(card)
    files = {staff.IDENTIFIER_FILE: CardFile((contents + bytes(64 - len(contents)),))}
    return CardImage({staff.APPLICATION: CardApplication(files, control)})


def bank_image() -> CardImage:
    """A card of a kind that the terminal does not know."""
    return CardImage({bytes.fromhex("a000000333010101"): CardApplication({})})


def _records(items: Mapping[int, bytes]) -> tuple[bytes, ...]:
    return tuple(bytes((identifier, len(value))) + value for identifier, value in items.items())


def _an(text: str, length: int) -> bytes:
    return text.encode("gb18030")[:length].ljust(length, b"\0")


def _day(day: date | None) -> bytes:
    return bytes.fromhex(f"{day:%Y%m%d}") if day else b"\xff" * 4


def _body(command: bytes, *, carries: bool) -> tuple[bytes, int | None]:
    """Data and expected length (0: the most) behind a command's head."""
    length, rest = command[_HEAD], command[_HEAD + 1 :]
    if not carries:
        return b"", length
    return rest[:length], rest[length] if len(rest) > length else None


def _length_byte(data: bytes) -> int:
    return min(len(data), _MOST) % _MOST


def _status(word: int) -> bytes:
    return word.to_bytes(2, "big")
