"""A simulated smart-card reader: a real pcscd with a virtual reader, and the card in it.

simulator = SmartCardSimulator()
simulator.start()
simulator.insert(staff_image(StaffCard("S-0001")))
simulator.fault = CardSimulatorFault.TORN_OUT
simulator.remove()
simulator.unplug()                                  # pcscd without a reader; plug() brings it back
simulator.stop_service()                            # no pcscd; start_service() brings it back

Debian: pcscd and vsmartcard-vpcd. In the driver's process the environment must hold
`PCSCLITE_CSOCK_NAME=simulator.socket_path` before PC/SC is used for the first time.
"""

from __future__ import annotations

import contextlib
import random
import signal
import socket
import struct
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path

from drivers.simulators.pcscd_process import PcscdProcess
from drivers.simulators.virtual_card import CardImage, VirtualCard

_LENGTH = struct.Struct(">H")
_POWER_OFF, _POWER_ON, _RESET, _ATR = b"\x00", b"\x01", b"\x02", b"\x04"
_NO_ATR = b"\x00"  # vpcd knows no mute card; what is no answer to reset comes closest
_CONNECT_S, _STOP_S = 2.0, 2.0
_SLOW_S = 0.02
_LOOK_S = 0.45  # pcscd looks each 0.4 s whether there is a card
_READING = (0xB0, 0xB2)


class CardSimulatorFault(StrEnum):
    """What can be wrong with the card in the reader."""

    NONE = "none"
    MUTE = "mute"  # its answer to reset is none; from the next card on
    SILENT = "silent"  # it never answers a command
    SLOW = "slow"
    TORN_OUT = "torn_out"  # it is pulled as soon as a record is asked for
    WRONG_STATUS = "wrong_status"  # to all reading it says "technical problem"
    GARBAGE = "garbage"  # noise in place of answers
    SHORT = "short"  # one byte in place of answers
    ENDLESS = "endless"  # there is always more to ask for


class SmartCardSimulator:
    """The service, its reader, and the card in that."""

    def __init__(
        self, socket_path: Path | None = None, chance: random.Random | None = None
    ) -> None:
        self._chance = chance or random.Random()  # noqa: S311 - noise, not secrets
        self._service = PcscdProcess(socket_path, self._chance)
        self._wire: socket.socket | None = None
        self._thread: threading.Thread | None = None
        self._stopping = threading.Event()
        self._with_reader = False
        self._unanswered = False
        self._free_at = 0.0
        self.fault = CardSimulatorFault.NONE
        self.commands = 0

    def start(self) -> None:
        """Plug the reader in; SimulatorError when something is missing."""
        self._run(with_reader=True)

    def stop(self) -> None:
        """End card and service."""
        self._stopping.set()
        self.remove()
        self._service.stop()

    @property
    def socket_path(self) -> str:
        """What PCSCLITE_CSOCK_NAME must be in the driver's process."""
        return self._service.socket_path

    @property
    def plugged(self) -> bool:
        """Whether pcscd runs with the reader."""
        return self._service.running and self._with_reader

    def stop_service(self) -> None:
        """Kill pcscd; the card's power goes with it."""
        self._service.kill()
        self.remove()

    def start_service(self) -> None:
        """Start pcscd again, with the reader."""
        self._run(with_reader=True)

    def unplug(self) -> None:
        """Take the reader away. vpcd cannot go by itself, so pcscd starts anew without it."""
        self.stop_service()
        self._run(with_reader=False)

    def plug(self) -> None:
        """Bring the reader back, empty."""
        self.stop_service()
        self._run(with_reader=True)

    def _run(self, *, with_reader: bool) -> None:
        self._service.start(with_reader=with_reader)
        self._with_reader = with_reader

    @contextmanager
    def hanging(self) -> Iterator[None]:
        """pcscd takes requests and answers none, for as long as the block runs."""
        self._service.signal(signal.SIGSTOP)
        try:
            yield
        finally:
            self._service.signal(signal.SIGCONT)

    @property
    def card_is_in(self) -> bool:
        """Whether there is a card in the reader."""
        return self._wire is not None

    def insert(self, image: CardImage, *, t0: bool = False) -> None:
        """Put a card in, in place of one that is there; pcscd sees it within 0.4 s.

        `t0`: a card that speaks T=0. ConnectionRefusedError while there is no reader.
        """
        self.remove()
        self._stopping.wait(max(0.0, self._free_at - time.monotonic()))
        self._unanswered = False
        card = VirtualCard(image, t0=t0)
        wire = socket.create_connection(("127.0.0.1", self._service.port), _CONNECT_S)
        wire.settimeout(None)
        wire.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._wire = wire
        self._thread = threading.Thread(
            target=self._serve, args=(card, wire), name="simulated-card", daemon=True
        )
        self._thread.start()

    def remove(self) -> None:
        """Take the card out, in whatever it is doing; returns when the reader has noticed.

        The reader notices at pcscd's next look, but in an exchange at once: pcscd then has not
        looked yet, and would take the next card for this one if it came before that.
        """
        thread, self._thread = self._thread, None
        wire, self._wire = self._wire, None
        if thread is not None and wire is not None:
            _pull(wire)
            thread.join(_STOP_S)
            wire.close()
            if self._unanswered:
                self._free_at = time.monotonic() + _LOOK_S

    # -- the card, on its thread

    def _serve(self, card: VirtualCard, wire: socket.socket) -> None:
        """Until the reader hangs up, which it does some time after the card was pulled."""
        try:
            while (message := _received(wire)) is not None:
                answer = self._answer(card, message)
                if self.fault is CardSimulatorFault.TORN_OUT and _reads(message):
                    self._unanswered = True
                    _pull(wire)
                elif answer is not None:
                    wire.sendall(_LENGTH.pack(len(answer)) + answer)
        except OSError:
            return  # pulled, or pcscd has ended

    def _answer(self, card: VirtualCard, message: bytes) -> bytes | None:
        """None when nothing is to be answered."""
        if message == _ATR:
            return _NO_ATR if self.fault is CardSimulatorFault.MUTE else card.atr
        if message in (_POWER_OFF, _POWER_ON, _RESET):
            card.reset()
            return None
        self.commands += 1
        return self._as_faulty(card, message)

    def _as_faulty(self, card: VirtualCard, command: bytes) -> bytes | None:
        match self.fault:
            case CardSimulatorFault.SILENT:
                self._unanswered = True
                return None
            case CardSimulatorFault.WRONG_STATUS if _reads(command):
                return b"\x6f\x00"
            case CardSimulatorFault.GARBAGE:
                return self._chance.randbytes(self._chance.randrange(1, 300))
            case CardSimulatorFault.SHORT:
                return b"\x90"
            case CardSimulatorFault.ENDLESS:
                return bytes(256) + b"\x61\x00"
            case CardSimulatorFault.SLOW:
                self._stopping.wait(_SLOW_S)
        return card.receive(command)


def _reads(command: bytes) -> bool:
    return len(command) > 1 and command[1] in _READING


def _pull(wire: socket.socket) -> None:
    with contextlib.suppress(OSError):  # pcscd has closed it already
        wire.shutdown(socket.SHUT_WR)


def _received(wire: socket.socket) -> bytes | None:
    """The next message; None when the other end hung up."""
    # vpcd sends length and message apart; without this Nagle's algorithm makes that 40 ms each
    wire.setsockopt(socket.IPPROTO_TCP, socket.TCP_QUICKACK, 1)
    head = wire.recv(_LENGTH.size, socket.MSG_WAITALL)
    if len(head) < _LENGTH.size:
        return None
    (length,) = _LENGTH.unpack(head)
    body = wire.recv(length, socket.MSG_WAITALL)
    return body if len(body) == length else None
