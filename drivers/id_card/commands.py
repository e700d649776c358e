"""Commands and status words of the SAM_A module, and one question and answer over a wire."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

from drivers.id_card.frames import BadFrame, Frame, FrameDecoder, encode
from drivers.id_card.layouts import TEXT_BYTES
from drivers.owner import DeviceFault
from drivers.wire import Wire

MODULE_STATUS = bytes.fromhex("11ff")
SAM_ID = bytes.fromhex("12ff")
FIND_CARD = bytes.fromhex("2001")
SELECT_CARD = bytes.fromhex("2002")
READ_TEXT = bytes.fromhex("3001")  # text and photo
READ_MORE_ADDRESS = bytes.fromhex("3003")

_STATUS_BYTES = 3
_LENGTHS_BYTES = 4


class StatusWord(IntEnum):
    """SW3, the last of the three status bytes; SW1 and SW2 are always 0."""

    OK = 0x90
    FOUND = 0x9F
    BAD_CHECK = 0x10
    BAD_LENGTH = 0x11
    BAD_COMMAND = 0x21
    UNKNOWN_COMMAND = 0x24
    CARD_NOT_AUTHENTICATED = 0x31
    MODULE_NOT_AUTHENTICATED = 0x32
    NOT_VERIFIED = 0x33
    WRONG_CARD = 0x40
    READ_FAILED = 0x41
    NO_RANDOM_NUMBER = 0x47
    SELF_TEST_FAILED = 0x60
    UNAUTHORISED = 0x66
    NOT_FOUND = 0x80
    NOT_SELECTED = 0x81
    NO_SUCH_ITEM = 0x91


class Garbled(DeviceFault):
    """Something came back, twice, and no answer could be made of it."""


@dataclass(frozen=True)
class Answer:
    """What the module replied: SW3, and the data after the status words."""

    word: int
    data: bytes

    def __repr__(self) -> str:
        """Says nothing of the data, which may be a card's text."""
        return f"Answer(word=0x{self.word:02X})"


def answer_of(frame: Frame) -> Answer | None:
    """The answer in a frame; None when it holds none."""
    if len(frame.body) < _STATUS_BYTES or frame.body[:2] != b"\0\0":
        return None
    return Answer(frame.body[2], frame.body[_STATUS_BYTES:])


def card_text_of(answer: Answer) -> bytes | None:
    """The 256 bytes of text in the answer to READ_TEXT; None when its lengths are wrong."""
    text_bytes = int.from_bytes(answer.data[:2], "big")
    photo_bytes = int.from_bytes(answer.data[2:_LENGTHS_BYTES], "big")
    if text_bytes != TEXT_BYTES or len(answer.data) != _LENGTHS_BYTES + text_bytes + photo_bytes:
        return None
    return answer.data[_LENGTHS_BYTES : _LENGTHS_BYTES + text_bytes]


def card_photo_of(answer: Answer) -> bytes:
    """The packed photo (WLT) in the answer of which `card_text_of` gave the text; may be empty."""
    return answer.data[_LENGTHS_BYTES + TEXT_BYTES :]


def ask(wire: Wire, command: bytes, timeout_s: float) -> Answer:
    """Send a command and wait for its answer; what cannot be understood is asked for once more.

    Raises DeviceFault when nothing comes within `timeout_s`, Garbled when only nonsense came
    twice, and what the wire raises.
    """
    for _ in range(2):
        if answer := _ask_once(wire, command, timeout_s):
            return answer
    raise Garbled("answers garbled twice")


def _ask_once(wire: Wire, command: bytes, timeout_s: float) -> Answer | None:
    wire.drain()
    until = wire.deadline(timeout_s)
    request = encode(command)
    if wire.write(request, until) < len(request):
        raise DeviceFault("does not take commands")
    decoder = FrameDecoder()
    heard = False
    while data := wire.read(until):
        heard = True
        for frame in decoder.feed(data):
            if isinstance(frame, BadFrame):
                return None
            answer = answer_of(frame)
            return None if answer is None or answer.word == StatusWord.BAD_CHECK else answer
    if not heard:
        raise DeviceFault(f"no answer within {timeout_s:g} s")
    return None
