"""The near end of PC/SC: one reader of pcscd's, its card and their exchange, every wait bounded.

The only module that knows pyscard, and imports it only when a reader is opened. pyscard's own
threads (CardMonitor) are not used: the owner's thread looks four times a second, which costs pcscd
some 0.2 ms, and so needs no call that waits.
"""

from __future__ import annotations

import fnmatch
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import IntEnum
from importlib import import_module
from typing import Any

from drivers.owner import DeviceFault
from drivers.smart_card.apdu import Answer, BadAnswer, Command, exchange
from drivers.smart_card.calls import Calls, TooSlow
from drivers.smart_card.port import SmartCardFault
from drivers.wire import WireLost

_STATE_PRESENT, _STATE_MUTE = 0x20, 0x200
_COUNT_SHIFT = 16  # above it, pcscd counts insertions and removals
_UNSIGNED = 0xFFFFFFFF

_Scard = Any  # the module smartcard.scard, which carries no types


class _Code(IntEnum):
    """Results of calls, winscard.h."""

    OK = 0
    INVALID_HANDLE = 0x80100003
    UNKNOWN_READER = 0x80100009
    SHARING_VIOLATION = 0x8010000B
    NO_SMARTCARD = 0x8010000C
    PROTO_MISMATCH = 0x8010000F
    NOT_READY = 0x80100010
    COMM_ERROR = 0x80100013
    NOT_TRANSACTED = 0x80100016
    READER_UNAVAILABLE = 0x80100017
    NO_SERVICE = 0x8010001D
    SERVICE_STOPPED = 0x8010001E
    NO_READERS = 0x8010002E
    UNSUPPORTED_CARD = 0x80100065
    UNRESPONSIVE_CARD = 0x80100066
    UNPOWERED_CARD = 0x80100067
    RESET_CARD = 0x80100068
    REMOVED_CARD = 0x80100069


_GONE = frozenset(
    {
        _Code.INVALID_HANDLE,
        _Code.UNKNOWN_READER,
        _Code.COMM_ERROR,
        _Code.READER_UNAVAILABLE,
        _Code.NO_SERVICE,
        _Code.SERVICE_STOPPED,
        _Code.NO_READERS,
    }
)
_CARD_FAULTS = {
    _Code.NO_SMARTCARD: SmartCardFault.REMOVED,
    _Code.REMOVED_CARD: SmartCardFault.REMOVED,
    _Code.PROTO_MISMATCH: SmartCardFault.MUTE,
    _Code.UNSUPPORTED_CARD: SmartCardFault.MUTE,
    _Code.UNRESPONSIVE_CARD: SmartCardFault.MUTE,
    _Code.UNPOWERED_CARD: SmartCardFault.MUTE,
    _Code.SHARING_VIOLATION: SmartCardFault.UNREADABLE,  # another program has it
    _Code.NOT_TRANSACTED: SmartCardFault.UNREADABLE,
    _Code.RESET_CARD: SmartCardFault.UNREADABLE,
}


class CardError(Exception):
    """The card, not the reader, is at fault; names no person."""

    def __init__(self, fault: SmartCardFault, message: str) -> None:
        super().__init__(message)
        self.fault = fault


@dataclass(frozen=True)
class Slot:
    """What is in the reader. `count` changes whenever a card comes or goes."""

    present: bool
    mute: bool
    atr: bytes
    count: int


class Session:
    """One card, powered and ours alone."""

    def __init__(self, transmit: Callable[[bytes], bytes], *, t0: bool) -> None:
        self._transmit = transmit
        self._t0 = t0

    def ask(self, command: Command) -> Answer:
        """The card's whole answer, whatever its status.

        Raises CardError; what the reader raises: DeviceFault, WireLost, Stopped.
        """
        try:
            return exchange(self._transmit, command, t0=self._t0)
        except BadAnswer as error:
            raise CardError(SmartCardFault.UNREADABLE, f"{command}: {error}") from error


class PcscLink:
    """One reader, found. Belongs to one thread."""

    def __init__(
        self, scard: _Scard, calls: Calls, context: int, reader: str, service_s: float
    ) -> None:
        self._scard = scard
        self._calls = calls
        self._context = context
        self._reader = reader
        self._service_s = service_s

    @property
    def reader(self) -> str:
        """The reader's name, as pcscd has it."""
        return self._reader

    def slot(self) -> Slot:
        """What is in the reader now; raises WireLost when it is gone."""
        unaware = [(self._reader, self._scard.SCARD_STATE_UNAWARE)]
        code, states = self._call(
            "status",
            lambda: self._scard.SCardGetStatusChange(self._context, 0, unaware),
            self._service_s,
        )
        _check("status", code)
        _, state, atr = states[0]
        return Slot(
            present=bool(state & _STATE_PRESENT),
            mute=bool(state & _STATE_MUTE),
            atr=bytes(atr),
            count=state >> _COUNT_SHIFT,
        )

    @contextmanager
    def session(self, power_s: float, answer_s: float) -> Iterator[Session]:
        """The card, for as long as the block runs; then it is reset, so that it forgets all.

        `power_s` is for its power-up, `answer_s` for each answer, as long as nothing comes.
        Raises as `Session.ask`.
        """
        scard = self._scard
        both = scard.SCARD_PROTOCOL_T0 | scard.SCARD_PROTOCOL_T1
        exclusive = scard.SCARD_SHARE_EXCLUSIVE
        code, handle, protocol = self._call(
            "power-up",
            lambda: scard.SCardConnect(self._context, self._reader, exclusive, both),
            power_s,
        )
        _check("power-up", code)
        t0 = protocol == scard.SCARD_PROTOCOL_T0
        head = scard.SCARD_PCI_T0 if t0 else scard.SCARD_PCI_T1

        def transmit(data: bytes) -> bytes:
            code, answer = self._call(
                "exchange", lambda: scard.SCardTransmit(handle, head, list(data)), answer_s
            )
            _check("exchange", code)
            return bytes(answer)

        try:
            yield Session(transmit, t0=t0)
        finally:
            if not self._calls.hung:
                # its result is not asked: the card may be gone, and then nothing is left to reset
                self._call(
                    "reset", lambda: scard.SCardDisconnect(handle, scard.SCARD_RESET_CARD), power_s
                )

    def _call(self, name: str, work: Callable[[], Any], timeout_s: float) -> Any:
        return _called(self._calls, name, work, timeout_s)


class PcscOpener:
    """Finds a reader. `pattern`: its name with `*` and `?`, in small or capital letters.

    `service_s`: how long pcscd may take to answer what it can answer without the card.
    """

    def __init__(self, pattern: str, service_s: float) -> None:
        self._pattern = pattern
        self._service_s = service_s
        self._calls: Calls | None = None

    @contextmanager
    def __call__(self, stopping: Callable[[], bool]) -> Iterator[PcscLink]:
        """The reader, for as long as the block runs; raises WireLost, Stopped."""
        scard = _library()
        if self._calls is not None and not self._calls.ended:
            raise WireLost("PC/SC: an earlier call has not returned; taking the card out may help")
        calls = self._calls = Calls(stopping)
        contexts: list[int] = []  # filled by the call itself, which may come back when given up

        def establish() -> tuple[int, int]:
            code, context = scard.SCardEstablishContext(scard.SCARD_SCOPE_SYSTEM)
            if code == _Code.OK:
                contexts.append(context)
            return code, context

        try:
            code, context = self._opened(calls, establish)
            if code != _Code.OK:
                raise WireLost(f"PC/SC: no service ({_name(code)}); is pcscd running?")
            code, readers = self._opened(calls, lambda: scard.SCardListReaders(context, []))
            if code not in (_Code.OK, _Code.NO_READERS):
                raise WireLost(f"PC/SC: readers: {_name(code)}")
            yield PcscLink(scard, calls, context, self._chosen(readers), self._service_s)
        finally:
            calls.close(lambda: [scard.SCardReleaseContext(context) for context in contexts])

    def _opened(self, calls: Calls, work: Callable[[], Any]) -> tuple[int, Any]:
        try:
            code, value = _called(calls, "open", work, self._service_s)
        except DeviceFault as error:
            raise WireLost(f"PC/SC: {error}") from error
        return code & _UNSIGNED, value

    def _chosen(self, readers: list[str]) -> str:
        """The first that fits, in the order of names, so that it is the same each time."""
        for name in sorted(readers):
            if fnmatch.fnmatchcase(name.lower(), self._pattern.lower()):
                return name
        there = ", ".join(sorted(readers)) or "none"
        raise WireLost(f"PC/SC: no reader is named like {self._pattern}; there are: {there}")


def _library() -> _Scard:
    try:
        return import_module("smartcard.scard")
    except ImportError as error:
        raise WireLost("PC/SC: pyscard or libpcsclite1 is missing") from error


def _called(calls: Calls, name: str, work: Callable[[], Any], timeout_s: float) -> Any:
    try:
        return calls.call(work, timeout_s)
    except TooSlow as error:
        raise DeviceFault(f"{name}: {error}") from error
    except SystemError as error:
        # pyscard returns nothing and sets no error when pcscd ends in the middle of a call
        raise WireLost(f"PC/SC: {name}: the service ended") from error


def _check(name: str, code: int) -> None:
    code &= _UNSIGNED
    if code == _Code.OK:
        return
    if code in _GONE:
        raise WireLost(f"PC/SC: {name}: {_name(code)}")
    if fault := _CARD_FAULTS.get(_Code(code) if code in set(_Code) else _Code.OK):
        raise CardError(fault, f"{name}: {_name(code)}")
    raise DeviceFault(f"{name}: {_name(code)}")


def _name(code: int) -> str:
    known = code in set(_Code)
    return _Code(code).name.lower().replace("_", " ") if known else f"code 0x{code:08x}"
