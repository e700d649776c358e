"""A simulated identity-card reader with a SAM_A module.

simulator = SamASimulator(PtyLine(folder / "id-card"))
simulator.start()
simulator.lay(card)                # a card on the reader
simulator.fault = ReaderFault.WRONG_CHECK
simulator.unplug()                 # the port breaks; plug() brings it back
"""

from __future__ import annotations

import random
import threading
from collections.abc import Callable, Mapping
from enum import StrEnum

from drivers.id_card import commands
from drivers.id_card.commands import StatusWord
from drivers.id_card.frames import BadFrame, Frame, FrameDecoder, encode
from drivers.id_card.layouts import TYPE_FLAG
from drivers.id_card.port import IdCard
from drivers.simulators.card_image import PHOTO, card_text
from drivers.simulators.line import Line, Pace
from drivers.simulators.simulated import Simulated

_SLOW = Pace(delay_s=0.6)
_PIECES = Pace(piece=1)
_SAM_ID = bytes.fromhex("0501000021d4330132dd2b00d3f5a8c7")  # made up


class ReaderFault(StrEnum):
    """What can be wrong with the reader."""

    NONE = "none"
    GARBAGE = "garbage"  # answers are noise
    WRONG_CHECK = "wrong_check"  # every card text arrives damaged
    WRONG_CHECK_ONCE = "wrong_check_once"  # only the next one does
    SILENT = "silent"
    SLOW = "slow"
    PIECES = "pieces"  # answers come byte by byte
    UNKNOWN_TYPE = "unknown_type"  # cards carry a type flag nobody knows
    REMOVED_WHILE_READ = "removed_while_read"  # the card is taken as soon as reading begins


class Finds(StrEnum):
    """Which cards a module finds; makers differ."""

    ALL = "all"
    UNSELECTED = "unselected"  # most: none that was selected, until it leaves the field
    ONCE = "once"  # none a second time, until it leaves the field


_PACES: Mapping[ReaderFault, Pace] = {ReaderFault.SLOW: _SLOW, ReaderFault.PIECES: _PIECES}


class SamASimulator(Simulated[Line]):
    """The module, its card field and its faults."""

    def __init__(
        self,
        line: Line,
        *,
        finds: Finds = Finds.UNSELECTED,
        chance: random.Random | None = None,
    ) -> None:
        super().__init__(line)
        self._finds = finds
        self._chance = chance or random.Random()  # noqa: S311 - noise, not secrets
        self._lock = threading.RLock()
        self._decoder = FrameDecoder()
        self._text: bytes | None = None
        self._found = self._selected = False
        self._fault = ReaderFault.NONE
        self.texts_read = 0
        self.requests = 0

    def lay(self, card: IdCard) -> None:
        """Lay a card on the reader, in place of one that may lie there."""
        self.lay_text(card_text(card))

    def lay_text(self, text: bytes) -> None:
        """Lay a card with this text, which may be none that a real card has."""
        with self._lock:
            self._text = text
            self._found = self._selected = False

    def remove(self) -> None:
        """Take the card away."""
        with self._lock:
            self._text = None
            self._found = self._selected = False

    @property
    def card_lies(self) -> bool:
        """Whether a card is on the reader."""
        return self._text is not None

    @property
    def fault(self) -> ReaderFault:
        """What is wrong with the reader now."""
        return self._fault

    @fault.setter
    def fault(self, fault: ReaderFault) -> None:
        with self._lock:
            self._fault = fault
            self._line.pace(_PACES.get(fault, Pace()))

    # -- the module, as its line calls it

    def power_on(self) -> None:
        """Forget what is half received and which card was found or selected."""
        with self._lock:
            self._decoder.reset()
            self._found = self._selected = False

    def receive(self, data: bytes) -> bytes:
        """The answers to the requests that are whole now."""
        with self._lock:
            return b"".join(self._answer(frame) for frame in self._decoder.feed(data))

    def _answer(self, frame: Frame | BadFrame) -> bytes:
        self.requests += 1
        if self._fault is ReaderFault.SILENT:
            return b""
        if self._fault is ReaderFault.GARBAGE:
            return self._chance.randbytes(24)
        if isinstance(frame, BadFrame):
            return _reply(StatusWord.BAD_CHECK)
        handlers: Mapping[bytes, Callable[[], bytes]] = {
            commands.MODULE_STATUS: lambda: _reply(StatusWord.OK),
            commands.SAM_ID: lambda: _reply(StatusWord.OK, _SAM_ID),
            commands.FIND_CARD: self._find,
            commands.SELECT_CARD: self._select,
            commands.READ_TEXT: self._read,
            commands.READ_MORE_ADDRESS: self._read_more_address,
        }
        handler = handlers.get(frame.body)
        return handler() if handler else _reply(StatusWord.UNKNOWN_COMMAND)

    def _find(self) -> bytes:
        hidden = {Finds.ALL: False, Finds.UNSELECTED: self._selected, Finds.ONCE: self._found}
        if self._text is None or hidden[self._finds]:
            return _reply(StatusWord.NOT_FOUND)
        self._found, self._selected = True, False
        return _reply(StatusWord.FOUND, bytes(4))

    def _select(self) -> bytes:
        if self._text is None:
            return _reply(StatusWord.NOT_SELECTED)
        self._selected = True
        return _reply(StatusWord.OK, bytes(8))

    def _read(self) -> bytes:
        if self._fault is ReaderFault.REMOVED_WHILE_READ:
            self.remove()
        if self._text is None or not self._selected:
            return _reply(StatusWord.READ_FAILED)
        self.texts_read += 1
        text = self._text
        if self._fault is ReaderFault.UNKNOWN_TYPE:
            text = text[: TYPE_FLAG.start] + "Q".encode("utf-16-le") + text[TYPE_FLAG.stop :]
        lengths = len(text).to_bytes(2, "big") + len(PHOTO).to_bytes(2, "big")
        return self._damaged(_reply(StatusWord.OK, lengths + text + PHOTO))

    def _damaged(self, reply: bytes) -> bytes:
        if self._fault not in (ReaderFault.WRONG_CHECK, ReaderFault.WRONG_CHECK_ONCE):
            return reply
        if self._fault is ReaderFault.WRONG_CHECK_ONCE:
            self._fault = ReaderFault.NONE
        return reply[:-1] + bytes([reply[-1] ^ 0xFF])

    def _read_more_address(self) -> bytes:
        there = self._text is not None and self._selected
        return _reply(StatusWord.NO_SUCH_ITEM if there else StatusWord.READ_FAILED)


def _reply(word: StatusWord, data: bytes = b"") -> bytes:
    return encode(bytes([0, 0, word]) + data)
