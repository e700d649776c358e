"""The driver of an identity-card reader with a SAM_A module, on a serial line or over TCP.

Of every card that is laid the listener hears CardLaid, wanted or not, and when it leaves,
CardRemoved once. While reading is wanted, CardRead or CardFailed follows. A card is read once for
each time that reading becomes wanted: it is not read again while it stays, but is when
`want(False)` and `want(True)` came in between, also when it was laid long before; then CardLaid is
told anew. One that lay there unseen when the reader came up is not read before that either: whether
it is the citizen's, the listener knows.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, replace

from drivers.id_card import commands
from drivers.id_card.card_text import CardTextError, parse
from drivers.id_card.commands import (
    Answer,
    Garbled,
    StatusWord,
    ask,
    card_photo_of,
    card_text_of,
)
from drivers.id_card.photo import PhotoDecoder, PhotoError
from drivers.id_card.port import (
    CardFailed,
    CardFault,
    CardLaid,
    CardRead,
    CardRemoved,
    ReaderEvent,
)
from drivers.life import BackOff
from drivers.owner import DeviceFault, DeviceOwner
from drivers.self_test import SELF_TEST_S, SelfTestReport, Tested
from drivers.status import DeviceStatus
from drivers.wire import Wire

BAUD_RATE = 115200

_PRESENT = (StatusWord.OK, StatusWord.NO_SUCH_ITEM)


@dataclass(frozen=True)
class ReaderTimes:
    """Seconds. Reading text and photo takes a module 0.5 to 1.5 s.

    `poll`: between two looks for a card while one is wanted, `watch`: while none is.
    """

    poll: float = 0.25
    watch: float = 0.5
    answer: float = 1.0
    read: float = 3.0


class SamAReader:
    """An `IdCardReader`. `url` is a device path or `socket://host:port`."""

    def __init__(
        self,
        url: str,
        *,
        device: str = "id_card",
        baud_rate: int = BAUD_RATE,
        back_off: BackOff | None = None,
        times: ReaderTimes | None = None,
        photo_decoder: PhotoDecoder | None = None,
    ) -> None:
        self._owner: DeviceOwner[ReaderEvent] = DeviceOwner(
            device, url, baud_rate, back_off or BackOff()
        )
        self._duty = _Reading(self._owner, times or ReaderTimes(), photo_decoder)

    def start(self, on_event: Callable[[ReaderEvent], None]) -> None:
        """Begin; returns at once. RuntimeError when begun before."""
        self._owner.start(self._duty, on_event)

    def want(self, wanted: bool) -> None:
        """Whether a card may be read now; turning it on has a card that lies there read anew."""
        self._duty.want(wanted)
        self._owner.wake()

    def self_test(
        self, within_s: float = SELF_TEST_S, given_up: Callable[[], bool] = lambda: False
    ) -> SelfTestReport:
        """The module's own test, its identifier, and a look for a card. See `SelfTesting`."""
        return self._owner.self_test(within_s, given_up)

    def status(self) -> DeviceStatus:
        """The last known status."""
        return self._owner.status()

    def stop(self) -> None:
        """End the thread and close the port; returns when both are done (at most 2 s)."""
        self._owner.stop()


class _Reading:
    """What the reader's thread does. `_lies`, `_selected`, `_tried`: of the present card."""

    def __init__(
        self,
        owner: DeviceOwner[ReaderEvent],
        times: ReaderTimes,
        photo_decoder: PhotoDecoder | None,
    ) -> None:
        self._owner = owner
        self._photo_decoder = photo_decoder
        self._times = times
        self._lock = threading.Lock()
        self._wanted = False
        self._tried = False
        self._lies = False
        self._selected = False
        self._reading = False

    def want(self, wanted: bool) -> None:
        """From any thread. Only the change from off to on forgets that a card was read."""
        with self._lock:
            if wanted and not self._wanted:
                self._tried = False
            self._wanted = wanted

    def begin(self, wire: Wire) -> None:
        """Ask the module for its self-test, and whether a card lies there, of before or unseen."""
        self._check_health(wire)
        self._note_photos()
        if self._lies:
            if not self._still_lies(wire):
                self._removed()
        elif self._found(wire):
            self._lies = True
            with self._lock:
                self._tried = True
            self._owner.tell(CardLaid(unseen=True))

    def turn(self, wire: Wire) -> None:
        """One look for a card, or after its removal; what is found is read if that is wanted."""
        if self._lies and not self._still_lies(wire):
            self._removed()
        new = not self._lies and self._found(wire)
        self._lies = self._lies or new
        if self._lies and self._to_read():
            self._read(wire)
        elif new:
            self._owner.tell(CardLaid())
        self._owner.idle(wire, self._times.poll if self._wanted else self._times.watch)

    def self_test(self, wire: Wire) -> Tested:
        """A card that lies there is not touched: selecting it anew would disturb its reading."""
        self._check_health(wire)
        sam = ask(wire, commands.SAM_ID, self._times.answer)
        there = self._lies or self._found(wire)
        findings = {"sam": sam.data.hex(), "card": "there" if there else "none"}
        if self._photo_decoder is None:
            return Tested(findings | {"photo": "no decoder is set"})
        try:
            self._photo_decoder.check()
        except PhotoError as error:
            return Tested(findings | {"photo": str(error)}, attention=True)
        return Tested(findings | {"photo": "decoder there"})

    def without_device(self) -> None:
        """Nothing waits for a reader."""

    def lost(self) -> None:
        """A card half read failed; read or not, it may still lie there when the reader returns."""
        self._selected = False
        if self._reading:
            self._reading = False
            with self._lock:
                self._tried = False
            self._owner.tell(CardFailed(CardFault.UNREADABLE, "reader lost while reading"))

    def end(self) -> None:
        """Nothing is left over."""

    def _to_read(self) -> bool:
        with self._lock:
            return self._wanted and not self._tried

    def _check_health(self, wire: Wire) -> None:
        word = ask(wire, commands.MODULE_STATUS, self._times.answer).word
        if word != StatusWord.OK:
            raise DeviceFault(f"module status 0x{word:02X}")

    def _found(self, wire: Wire) -> bool:
        answer = ask(wire, commands.FIND_CARD, self._times.answer)
        return answer.word == StatusWord.FOUND

    def _still_lies(self, wire: Wire) -> bool:
        # Most modules do not find a selected card a second time, so a selected card is asked
        # for an item that most cards lack: "no such item" comes from a card, an error from none.
        if self._selected:
            answer = ask(wire, commands.READ_MORE_ADDRESS, self._times.answer)
            return answer.word in _PRESENT
        # Some find no card a second time, selected or not; then only selecting it tells.
        return self._found(wire) or self._selects(wire)

    def _removed(self) -> None:
        self._lies = self._selected = False
        with self._lock:
            self._tried = False
        self._owner.tell(CardRemoved())

    def _read(self, wire: Wire) -> None:
        with self._lock:
            self._tried = True
        self._reading = True
        with self._owner.busy():
            self._owner.tell(CardLaid())
            outcome = self._outcome(wire)
            self._reading = False
            self._owner.tell(outcome)
        if isinstance(outcome, CardFailed) and outcome.fault is CardFault.REMOVED:
            self._removed()

    def _outcome(self, wire: Wire) -> CardRead | CardFailed:
        try:
            answer = self._answer(wire)
            if answer is None:
                return self._why_no_text(wire)
            text = card_text_of(answer)
            if text is None:
                return CardFailed(CardFault.UNREADABLE, "lengths of text and photo are wrong")
            return CardRead(replace(parse(text), photo=self._photo(card_photo_of(answer))))
        except Garbled as error:
            return CardFailed(CardFault.UNREADABLE, str(error))
        except CardTextError as error:
            return CardFailed(error.fault, str(error))

    def _answer(self, wire: Wire) -> Answer | None:
        """Text and photo; None when the module says that it cannot have them."""
        answer = self._read_selected(wire) if self._selected else None
        if answer is None and self._select(wire):
            answer = self._read_selected(wire)
        return answer

    def _photo(self, wlt: bytes) -> bytes | None:
        """A card is as good without its photo: what hinders that, the status says."""
        if self._photo_decoder is None or not wlt:
            return None
        try:
            photo = self._photo_decoder.decode(wlt, lambda: self._owner.stopped)
        except PhotoError as error:
            self._owner.note(detail=_no_photos(error))
            return None
        self._owner.note()
        return photo

    def _note_photos(self) -> None:
        if self._photo_decoder is not None:
            try:
                self._photo_decoder.check()
            except PhotoError as error:
                self._owner.note(detail=_no_photos(error))

    def _read_selected(self, wire: Wire) -> Answer | None:
        answer = ask(wire, commands.READ_TEXT, self._times.read)
        return answer if answer.word == StatusWord.OK else None

    def _select(self, wire: Wire) -> bool:
        self._found(wire)  # whatever it says: some modules find a card once and select it later
        return self._selects(wire)

    def _selects(self, wire: Wire) -> bool:
        answer = ask(wire, commands.SELECT_CARD, self._times.answer)
        self._selected = answer.word == StatusWord.OK
        return self._selected

    def _why_no_text(self, wire: Wire) -> CardFailed:
        if self._still_lies(wire):
            return CardFailed(CardFault.UNREADABLE, "the module could not read the card")
        return CardFailed(CardFault.REMOVED)


def _no_photos(error: PhotoError) -> str:
    return f"no photos: {error}"
