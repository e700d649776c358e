"""Commands to a card and its answers (ISO/IEC 7816-4), in T=0 and T=1. Pure.

Short lengths only: up to 255 bytes to the card and 256 from it; what is longer comes in parts,
by `61 xx` and GET RESPONSE.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from dataclasses import dataclass

OK = 0x9000
NO_SUCH_FILE = 0x6A82
NO_SUCH_RECORD = 0x6A83
ANY_LENGTH = 256  # as expected length: as much as the card has, up to that

_LONGEST_DATA = 255
_MORE, _OTHER_LENGTH = 0x61, 0x6C  # first status byte: so much more waits; ask with this length
_STATUS_BYTES = 2
_FIRST_BYTES = (*range(0x61, 0x70), *range(0x90, 0xA0))  # of a status, ISO/IEC 7816-3
_MOST_ROUNDS = 32  # of one command: 8 KB, more than any file that is read here


class BadAnswer(Exception):
    """What came is no answer of a card; the message names no byte of it."""


@dataclass(frozen=True)
class Command:
    """`expected`: how many bytes the card may answer with, 1 to 256; None if none."""

    instruction: int
    p1: int
    p2: int
    data: bytes = b""
    expected: int | None = None

    def __post_init__(self) -> None:
        if len(self.data) > _LONGEST_DATA:
            raise ValueError(f"a command carries up to {_LONGEST_DATA} bytes, not {len(self.data)}")
        if self.expected is not None and not 1 <= self.expected <= ANY_LENGTH:
            raise ValueError(f"a card answers with 1 to {ANY_LENGTH} bytes, not {self.expected}")

    def __repr__(self) -> str:
        """Says nothing of the data, which may be a PIN."""
        return f"Command({self.instruction:02X} {self.p1:02X} {self.p2:02X})"

    def encode(self, *, t0: bool) -> bytes:
        """Its bytes. T=0 always has one length: that of the data if there is any."""
        head = bytes((0, self.instruction, self.p1, self.p2))
        expected = b"" if self.expected is None else bytes((self.expected % ANY_LENGTH,))
        if self.data:
            return head + bytes((len(self.data),)) + self.data + (b"" if t0 else expected)
        return head + (expected or (b"\0" if t0 else b""))


@dataclass(frozen=True)
class Answer:
    """What the card answered: its status word, and the data before it."""

    status: int
    data: bytes = b""

    def __repr__(self) -> str:
        """Says nothing of the data, which may be personal."""
        return f"Answer({self.status:04X}, {len(self.data)} bytes)"


def answer_of(raw: bytes) -> Answer:
    """The answer in these bytes; raises BadAnswer."""
    if len(raw) < _STATUS_BYTES:
        raise BadAnswer(f"an answer of {len(raw)} bytes")
    if raw[-2] not in _FIRST_BYTES:
        raise BadAnswer("an answer without a status")
    return Answer(int.from_bytes(raw[-_STATUS_BYTES:], "big"), raw[:-_STATUS_BYTES])


def exchange(send: Callable[[bytes], bytes], command: Command, *, t0: bool) -> Answer:
    """The whole answer to a command, asking on where the card says so.

    `send` passes bytes to the card and gives its answer. Raises BadAnswer, also for a card that
    never comes to an end, and what `send` raises.
    """
    data = b""
    for _ in range(_MOST_ROUNDS):
        answer = answer_of(send(command.encode(t0=t0)))
        first, length = answer.status >> 8, answer.status & 0xFF or ANY_LENGTH
        data += answer.data
        if first == _OTHER_LENGTH:
            command = dataclasses.replace(command, expected=length)
        elif first == _MORE:
            command = get_response(length)
        else:
            return Answer(answer.status, data)
    raise BadAnswer("an answer without an end")


def select_application(identifier: bytes) -> Command:
    """SELECT by name."""
    return Command(0xA4, 0x04, 0x00, identifier, ANY_LENGTH)


def select_file(identifier: int) -> Command:
    """SELECT an elementary file of the present application; nothing is asked about it."""
    return Command(0xA4, 0x00, 0x00, identifier.to_bytes(2, "big"))


def read_record(number: int) -> Command:
    """READ RECORD of the selected file, by number from 1."""
    return Command(0xB2, number, 0x04, expected=ANY_LENGTH)


def read_binary(short_identifier: int) -> Command:
    """READ BINARY from the beginning of the file with that short identifier, 1 to 30."""
    return Command(0xB0, 0x80 | short_identifier, 0x00, expected=ANY_LENGTH)


def get_response(length: int) -> Command:
    """GET RESPONSE."""
    return Command(0xC0, 0x00, 0x00, expected=length)
