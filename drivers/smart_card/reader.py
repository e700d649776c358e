"""The driver of a smart-card reader that pcscd serves.

Of every card the listener hears SmartCardInserted, SmartCardRemoved once when it goes, and in
between, for each time that reading became wanted, one SmartCardRead or SmartCardFailed. A reader
that is lost says nothing of its card; when it is back, a card that is not the same is told as
removed, and what is then in the reader as inserted.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from drivers.life import BackOff
from drivers.owner import LinkOwner
from drivers.self_test import SELF_TEST_S, SelfTestReport, Tested
from drivers.smart_card import social_security, staff
from drivers.smart_card.pcsc import CardError, PcscLink, PcscOpener, Session, Slot
from drivers.smart_card.port import (
    SmartCard,
    SmartCardEvent,
    SmartCardFailed,
    SmartCardFault,
    SmartCardInserted,
    SmartCardRead,
    SmartCardRemoved,
)
from drivers.status import DeviceStatus


class Application(Protocol):
    """Reads one kind of card; None when it is another. Raises as `Session.ask`."""

    def __call__(self, session: Session, /) -> SmartCard | None:
        """The card in the reader."""


APPLICATIONS: tuple[Application, ...] = (staff.read, social_security.read)


@dataclass(frozen=True)
class SmartCardTimes:
    """Seconds. `service`: for pcscd, without the card; `power`: for a card's power-up and reset.

    `answer`: cards that need longer ask their reader for more time, up to this.

    `settle`: pcscd asks some readers only each 0.4 s whether a card is there, so a failed exchange
    is given this long to turn out as a removal.
    """

    poll: float = 0.25
    service: float = 2.0
    power: float = 3.0
    answer: float = 3.0
    settle: float = 0.8


class PcscReader:
    """A `SmartCardReader`. `pattern`: the reader's name with `*` and `?`."""

    def __init__(
        self,
        pattern: str = "*",
        *,
        device: str = "smart_card",
        applications: Sequence[Application] = APPLICATIONS,
        back_off: BackOff | None = None,
        times: SmartCardTimes | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        times = times or SmartCardTimes()
        self._owner: LinkOwner[PcscLink, SmartCardEvent] = LinkOwner(
            device, PcscOpener(pattern, times.service), back_off or BackOff()
        )
        self._duty = _Watching(self._owner, applications, times, clock)

    def start(self, on_event: Callable[[SmartCardEvent], None]) -> None:
        """Begin; returns at once. RuntimeError when begun before."""
        self._owner.start(self._duty, on_event)

    def want(self, wanted: bool) -> None:
        """Whether a card may be read now; turning it on has a card that is in there read anew."""
        self._duty.want(wanted)
        self._owner.wake()

    def self_test(
        self, within_s: float = SELF_TEST_S, given_up: Callable[[], bool] = lambda: False
    ) -> SelfTestReport:
        """The reader's name, and the answer to reset of a card that is in it. See `SelfTesting`."""
        return self._owner.self_test(within_s, given_up)

    def status(self) -> DeviceStatus:
        """The last known status; online, its detail is the reader's name."""
        return self._owner.status()

    def stop(self) -> None:
        """End the thread and let the reader go; returns when both are done (at most 2 s).

        An exchange that hangs in pcscd is left behind on a thread that ends when it returns.
        """
        self._owner.stop()


class _Watching:
    """What the reader's thread does. `_card`: the slot as it was when its card was told."""

    def __init__(
        self,
        owner: LinkOwner[PcscLink, SmartCardEvent],
        applications: Sequence[Application],
        times: SmartCardTimes,
        clock: Callable[[], float],
    ) -> None:
        self._owner = owner
        self._applications = tuple(applications)
        self._times = times
        self._clock = clock
        self._lock = threading.Lock()
        self._wanted = False
        self._tried = False
        self._card: Slot | None = None
        self._reading = False

    def want(self, wanted: bool) -> None:
        """From any thread. Only the change from off to on forgets that a card was read."""
        with self._lock:
            if wanted and not self._wanted:
                self._tried = False
            self._wanted = wanted

    def begin(self, link: PcscLink) -> None:
        """A reader is there when pcscd knows what is in it."""
        self._look(link)
        self._owner.note(detail=link.reader)

    def turn(self, link: PcscLink) -> None:
        """One look at the reader; a card is read when one is wanted."""
        slot = self._look(link)
        if slot.present and self._to_read():
            self._read(link, slot)
        self._owner.rest(self._times.poll)

    def self_test(self, link: PcscLink) -> Tested:
        """A card is not powered for it: pcscd keeps its answer to reset."""
        slot = self._look(link)
        card = slot.atr.hex() or ("mute" if slot.mute else "none")
        return Tested({"reader": link.reader, "card": card}, attention=slot.mute)

    def without_device(self) -> None:
        """Nothing waits for a reader."""

    def lost(self) -> None:
        """A card half read failed; if it is still in the reader when that returns, it is read."""
        if self._reading:
            self._reading = False
            with self._lock:
                self._tried = False
            self._owner.tell(
                SmartCardFailed(SmartCardFault.UNREADABLE, "reader lost while reading")
            )

    def end(self) -> None:
        """Nothing is left over."""

    def _to_read(self) -> bool:
        with self._lock:
            return self._wanted and not self._tried

    def _look(self, link: PcscLink) -> Slot:
        slot = link.slot()
        if self._card is not None and not _same_card(self._card, slot):
            self._card = None
            with self._lock:
                self._tried = False
            self._owner.tell(SmartCardRemoved())
        if self._card is None and slot.present:
            self._card = slot
            self._owner.tell(SmartCardInserted(slot.atr))
        return slot

    def _read(self, link: PcscLink, slot: Slot) -> None:
        with self._lock:
            self._tried = True
        self._reading = True
        with self._owner.busy():
            outcome = self._outcome(link, slot)
            self._reading = False
            self._owner.tell(outcome)
        self._look(link)

    def _outcome(self, link: PcscLink, slot: Slot) -> SmartCardRead | SmartCardFailed:
        if slot.mute:
            return SmartCardFailed(SmartCardFault.MUTE, "no answer to reset")
        try:
            with link.session(self._times.power, self._times.answer) as session:
                card = self._card_of(session)
        except CardError as error:
            if error.fault is not SmartCardFault.INVALID and self._gone(link, slot):
                return SmartCardFailed(SmartCardFault.REMOVED)
            return SmartCardFailed(error.fault, str(error))
        if card is None:
            return SmartCardFailed(SmartCardFault.UNKNOWN_TYPE, "none of its applications is known")
        return SmartCardRead(card)

    def _card_of(self, session: Session) -> SmartCard | None:
        for application in self._applications:
            if card := application(session):
                return card
        return None

    def _gone(self, link: PcscLink, slot: Slot) -> bool:
        until = self._clock() + self._times.settle
        while _same_card(slot, link.slot()):
            left = until - self._clock()
            if left <= 0:
                return False
            self._owner.rest(min(left, self._times.poll))
        return True


def _same_card(before: Slot, now: Slot) -> bool:
    return now.present and (before.count, before.atr) == (now.count, now.atr)
