"""The station: one thread owns the session, feeds signals to steps and runs their effects.

Signals come from the screen, the devices, the platform and the clock through one inbox; what
was asked for an earlier session is dropped when its answer arrives.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from queue import Empty, SimpleQueue
from typing import Any

import structlog

from drivers.id_card.port import ReaderEvent
from drivers.kinds import Kind
from drivers.nav_keypad.port import HeadphonesChanged, KeyPressed
from drivers.receipt_printer.port import PrinterEvent
from drivers.signals.port import LightState
from drivers.status import DeviceStatus, StatusChanged
from kiosk.catalogue.model import Catalogue
from kiosk.documents.receipt import laid_out
from kiosk.journey import signals
from kiosk.journey.effects import (
    Effect,
    EndSession,
    PrintReceipt,
    QueryCases,
    QueryLicences,
    ReportProblem,
    SendRating,
    Submit,
)
from kiosk.journey.lights import lights
from kiosk.journey.page import Page
from kiosk.journey.places.broken import BROKEN
from kiosk.journey.session import IDLE, Session
from kiosk.journey.signals import CardLaid, CodeShown, Signal
from kiosk.journey.step import Step, fresh, show, step
from kiosk.journey.view import View
from kiosk.journey.world import Moment, World
from kiosk.station.clock import Deadlines
from kiosk.station.devices import from_attached, from_printer, from_reader
from kiosk.station.ports import Ports
from kiosk.station.tally import Tally

log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class _Inbound:
    """A signal; `session` is the one it was asked for, empty when it belongs to whoever is here.

    `key`: a key of the keypad, for the screen.
    """

    signal: Signal | None
    session: str = ""
    touched: bool = False
    key: str = ""
    catalogue: Catalogue | None = None


@dataclass(frozen=True)
class Standing:
    """How the terminal is, for those who look after it; nothing in it is personal."""

    busy: bool
    release: str
    devices: tuple[DeviceStatus, ...]


class Station:
    """`start` shows the first page and then starts the devices; `stop` ends all of it."""

    def __init__(
        self,
        world: World,
        ports: Ports,
        now: Callable[[], datetime],
        fresh_id: Callable[[], str],
    ) -> None:
        """`now` gives local time with its offset; `fresh_id` an id never given before."""
        self._world = world
        self._offered: Catalogue | None = None
        self._devices: dict[str, DeviceStatus] = {}
        self._ports = ports
        self._now = now
        self._fresh_id = fresh_id
        self._inbox: SimpleQueue[_Inbound | None] = SimpleQueue()
        self._session = fresh(fresh_id())
        self._page: Page | None = None
        self._profile = self._session.profile
        self._wanted = False
        self._tally = Tally()
        self._deadlines = Deadlines(world.timing.idle_warning_s)
        self._thread = threading.Thread(target=self._run, name="station", daemon=True)

    def start(self) -> None:
        """Show the idle picture, then bring up devices and platform; returns at once."""
        self._present(show(self._world, self._session, self._moment()), touched=False)
        self._thread.start()

    def stop(self) -> None:
        """End the session's thread, the devices and the platform's runner."""
        self._inbox.put(None)
        if self._thread.is_alive():
            self._thread.join()
        self._ports.reader.stop()
        self._ports.printer.stop()
        if self._ports.voice is not None:
            self._ports.voice.stop()
        self._ports.attached.stop()
        self._ports.platform.stop()

    def post(self, signal: Signal) -> None:
        """Hand in a signal from any thread."""
        self._inbox.put(_Inbound(signal))

    def touched(self) -> None:
        """Somebody touched the glass or a key, whether it meant anything or not."""
        self._inbox.put(_Inbound(None, touched=True))

    def offer(self, catalogue: Catalogue) -> None:
        """Take this catalogue as soon as nobody is in a session; a session keeps its own."""
        self._inbox.put(_Inbound(None, catalogue=catalogue))

    def standing(self) -> Standing:
        """How the terminal is now; from any thread."""
        busy = self._session.place != IDLE
        return Standing(busy, self._world.catalogue.release, tuple(self._devices.copy().values()))

    def _run(self) -> None:
        self._ports.reader.start(self._from_reader)
        self._ports.printer.start(self._from_printer)
        self._ports.platform.start()
        if self._ports.voice is not None:
            self._ports.voice.start()
        self._ports.attached.start(self._from_attached)
        while True:
            try:
                inbound = self._inbox.get(timeout=self._deadlines.wait_s(time.monotonic()) or 0.001)
            except Empty:
                inbound = _Inbound(self._deadlines.due(time.monotonic()))
            if inbound is None:
                return
            if inbound.session in ("", self._session.id):
                self._take(inbound)

    def _from_reader(self, event: ReaderEvent) -> None:
        self._note(event)
        self.post(from_reader(event))

    def _from_printer(self, event: PrinterEvent) -> None:
        self._note(event)
        self.post(from_printer(event))

    def _from_attached(self, kind: Kind, event: Any) -> None:
        self._note(event)
        if isinstance(event, KeyPressed):
            # Whoever pressed it is the one who is here now; what outlives them is dropped.
            self._inbox.put(_Inbound(None, self._session.id, touched=True, key=event.key))
        if isinstance(event, HeadphonesChanged) and self._ports.voice is not None:
            self._ports.voice.headphones(plugged=event.plugged)
        if signal := from_attached(kind, event):
            self.post(signal)

    def _note(self, event: object) -> None:
        if isinstance(event, StatusChanged):
            self._devices[event.status.device] = event.status

    def _take(self, inbound: _Inbound) -> None:
        if inbound.catalogue is not None:
            self._offered = inbound.catalogue
            self._adopt_when_idle()
        try:
            self._step(inbound)
        except Exception as error:  # noqa: BLE001  the last line of defence: whatever a step
            # raises ends one session and not the terminal. Its text may quote the citizen.
            trace = error.__traceback__
            while trace is not None and trace.tb_next is not None:
                trace = trace.tb_next
            log.critical(
                "step failed",
                error=type(error).__name__,
                place=self._session.place.id,
                module=trace.tb_frame.f_globals.get("__name__") if trace else "",
                line=trace.tb_lineno if trace else 0,
            )
            self._break_off()

    def _step(self, inbound: _Inbound) -> None:
        if inbound.touched:
            self._tally.touches += 1
        if inbound.touched or isinstance(inbound.signal, CardLaid | CodeShown):
            self._deadlines.touched(time.monotonic(), self._profile.patience)
        moment = self._moment()
        if inbound.signal is None:
            done = show(self._world, self._session, moment)
        else:
            done = step(self._world, self._session, inbound.signal, moment)
        if self._session.place == IDLE and done.session.place != IDLE:
            self._deadlines.touched(time.monotonic(), self._profile.patience)
            self._tally = Tally(began_s=time.monotonic())
            log.info("session began", session=done.session.id)
        self._session = done.session
        for effect in done.effects:
            self._run_effect(effect)
        if any(isinstance(effect, EndSession) for effect in done.effects):
            done = self._end(self._session)
        self._present(done, touched=inbound.touched)
        if inbound.signal == CardLaid(unseen=True) and self._wanted:
            self._ports.reader.want(False)  # it was asked for here, so it is this citizen's
            self._ports.reader.want(True)
        if inbound.key:
            self._ports.display.press(inbound.key)
        pulled = inbound.signal == signals.HeadphonesChanged(plugged=False)
        if pulled and done.session.profile.speech.on:
            self._ports.display.press("again")  # pulling them silenced what was being said

    def _end(self, session: Session) -> Step:
        self._tally.log_end(View(self._world, session, self._moment()))
        self._session = fresh(self._fresh_id(), session)
        self._adopt_when_idle()
        self._ports.display.forget()
        self._ports.attached.want(Kind.NAV_KEYPAD, False)  # no key reaches the next citizen
        return show(self._world, self._session, self._moment())

    def _adopt_when_idle(self) -> None:
        if self._offered is not None and self._session.place == IDLE:
            self._world = replace(self._world, catalogue=self._offered)
            self._offered = None
            log.info("catalogue taken", release=self._world.catalogue.release)

    def _break_off(self) -> None:
        before = self._session
        ended = replace(
            fresh(self._fresh_id(), before),
            profile=before.profile,
            gone_out=before.submission is not None,
        )
        self._session = ended.at(BROKEN)
        self._ports.display.forget()
        self._present(show(self._world, self._session, self._moment()), touched=False)

    def _run_effect(self, effect: Effect) -> None:
        session = self._session.id

        def tell(signal: Signal) -> None:
            self._inbox.put(_Inbound(signal, session))

        match effect:
            case QueryLicences(request=request):
                self._ports.platform.licences(request, tell)
            case QueryCases(holder=holder):
                self._ports.platform.cases(holder, tell)
            case Submit(submission=submission):
                self._ports.platform.submit(submission, tell)
            case SendRating(rating=rating):
                self._ports.platform.leave(rating)
            case ReportProblem(problem=problem):
                self._ports.platform.leave(problem)
            case PrintReceipt(job=job, receipt=receipt):
                self._ports.printer.print(job, laid_out(receipt))
            case EndSession():
                pass

    def _present(self, done: Step, *, touched: bool) -> None:
        profile = done.session.profile
        if self._page is None or done.page.id != self._page.id:
            self._tally.pages += 1
        if done.page != self._page or profile != self._profile:
            self._page, self._profile = done.page, profile
            self._ports.display.show(done.page, profile)
        self._deadlines.shown(done.page, profile.speech, time.monotonic(), touched=touched)
        if done.wants_card != self._wanted:
            self._wanted = done.wants_card
            self._ports.reader.want(done.wants_card)
        shining = lights(done.session, wants_card=done.wants_card)
        self._ports.attached.light({light: LightState(how) for light, how in shining.items()})
        self._ports.attached.want(Kind.CODE_SCANNER, done.wants_code)
        self._ports.attached.want(Kind.NAV_KEYPAD, True)

    def _moment(self) -> Moment:
        return Moment(self._now(), self._fresh_id())
