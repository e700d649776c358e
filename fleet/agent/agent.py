"""The agent's one thread: hears, verifies, moves the update on by its table, reports.

What it decides is in `update.py`, what it believes in `fleet/release/trust.py`; here is when.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from queue import Empty, Full, Queue

import structlog

from fleet.agent.arrivals import Blobs, Files
from fleet.agent.gather import Gatherer
from fleet.agent.heartbeat import Heartbeat
from fleet.agent.journal import Journal
from fleet.agent.link import Connected, Heard, LinkEvent, Lost
from fleet.agent.reporter import Remark, Reporter
from fleet.agent.surroundings import Connection, Given
from fleet.agent.update import Happening, due
from fleet.protocol import topics
from fleet.protocol.messages import MessageError, SignedDesired, UpdateState, read
from fleet.protocol.topics import ChunkTopic, Kind, MetadataTopic, Terminal, TerminalTopic
from fleet.release.trust import Incomplete, Refused, Trust
from kiosk.backoff import Backoff
from kiosk.catalogue.release_rows import AgentRow, InForce, TerminalRow
from kiosk.catalogue.release_store import ReleaseStore
from kiosk.storage.faults import DatabaseBusy, DatabaseFault

TICK_S = 0.2  # how soon a change in the terminal's row is seen
QUIET_S = 0.03  # retained messages come in a burst; it is looked at when the burst is over
INBOX = 2000  # messages; beyond, the connection is held up
INBOX_WAIT_S = 5.0
ASK_AGAIN = Backoff(first_s=2.0, longest_s=60.0)  # until what is missing is asked for again

log = structlog.get_logger(__name__)


class Agent:
    """`hear` from any thread; `run` until `stop`."""

    def __init__(
        self,
        terminal: Terminal,
        store: ReleaseStore,
        trust: Trust,
        reporter: Reporter,
        given: Given,
    ) -> None:
        """Goes on where the last run ended. Raises DatabaseFault."""
        self._terminal = terminal
        self._store = store
        self._trust = trust
        self._reporter = reporter
        self._given = given
        self._journal = Journal(store)
        self._inbox: Queue[LinkEvent] = Queue(INBOX)
        self._files, self._blobs = Files(), Blobs()
        self._gatherer = Gatherer(trust, self._files, self._blobs, store)
        self._heartbeat = Heartbeat()
        self._random = given.random
        self._asks = 0  # in vain so far
        self._asked: list[str] = []
        self._ask_at_s = 0.0
        self._arrived = True
        self._metadata_came = self._desired_came = False
        self._signed: SignedDesired | None = None
        self._switched_s: float | None = None
        self._link: Connection | None = None
        self._stopping = False

    def hear(self, event: LinkEvent) -> None:
        """Hand in what the link tells. Holds up the link while too much waits."""
        try:
            self._inbox.put(event, timeout=INBOX_WAIT_S)
        except Full:
            # Nothing is lost for good: what is missing is asked for again.
            log.warning("message dropped, too many wait", kind=type(event).__name__)

    def stop(self) -> None:
        """End `run` at its next tick. Takes no lock, so a signal's handler may call it."""
        self._stopping = True

    def run(self, link: Connection) -> None:
        """Work until `stop`."""
        self._link = link
        log.info("agent began", state=self._journal.row.state, release=self._journal.row.release)
        while self._take_in():
            for act in (self._work, self._tell):
                try:
                    act()
                except DatabaseBusy as fault:
                    log.warning("store of releases is busy", reason=str(fault))
                except DatabaseFault as fault:
                    self._trouble(str(fault))

    # what comes in

    def _take_in(self) -> bool:
        """Wait for messages, then take all of the burst; False when the agent is to end."""
        wait_s = TICK_S
        deadline_s = self._given.monotonic_s() + TICK_S
        while True:
            try:
                event = self._inbox.get(timeout=wait_s)
            except Empty:
                return not self._stopping
            self._take(event)
            wait_s = QUIET_S
            if self._given.monotonic_s() > deadline_s:
                return not self._stopping

    def _take(self, event: LinkEvent) -> None:
        match event:
            case Connected():
                self._files.forget()
                self._reporter.connected()
                self._subscribe(
                    [
                        topics.every_metadata(self._terminal.bank),
                        self._terminal.topic(Kind.DESIRED),
                        *self._blobs.topics(),
                    ]
                )
            case Lost():
                self._reporter.lost()
            case Heard(topic=topic, payload=payload):
                self._take_message(topic, payload)

    def _take_message(self, topic: str, payload: bytes) -> None:
        match topics.read(topic):
            case MetadataTopic(bank=bank, file=file) if bank == self._terminal.bank:
                self._metadata_came |= self._files.put(file, payload)
            case ChunkTopic(sha256=sha256, number=number):
                self._arrived |= self._blobs.put(sha256, number, payload)
            case TerminalTopic(terminal=terminal, kind=Kind.DESIRED) if terminal == self._terminal:
                try:
                    self._signed = read(SignedDesired, payload)
                    self._desired_came = True
                except MessageError as error:
                    self._reporter.remark(Remark.DESIRED, f"desired state: {error}")
            case _:
                log.warning("message on a topic that was not asked for")

    def _subscribe(self, wanted: Sequence[str]) -> None:
        if self._link is not None:
            self._link.subscribe(wanted)

    # what follows from it

    def _work(self) -> None:
        in_force = self._store.in_force()
        terminal = self._store.terminal()
        now_s = self._given.monotonic_s()
        alive = self._heartbeat.alive(terminal, now_s)
        if self._metadata_came:
            self._refresh()
        if self._desired_came:
            self._read_desired(in_force)
        asked_for = due(self._journal.row, in_force.active if in_force else None)
        if asked_for is not None:
            self._begin(asked_for)
        match self._journal.state:
            case UpdateState.FETCHING | UpdateState.REFUSED:
                self._fetch(now_s)
            case UpdateState.STAGED if alive and terminal is not None and not terminal.busy:
                if self._time_has_come():
                    self._switched_s = None
                    self._journal.move(Happening.MAY_SWITCH)
            case UpdateState.SWITCHED if in_force is not None:
                self._judge(in_force, terminal, now_s)

    def _tell(self) -> None:
        terminal = self._store.terminal()
        alive = self._heartbeat.alive(terminal, self._given.monotonic_s())
        self._reporter.tell(self._journal.row, self._store.in_force(), terminal, alive=alive)

    def _refresh(self) -> None:
        """Take in new metadata, whether a release is wanted or not: old lists stay out for good."""
        self._metadata_came = False
        self._arrived = self._desired_came = True
        try:
            self._trust.refresh(self._files.get)
        except Incomplete as incomplete:
            log.info("metadata incomplete", missing=incomplete.what)
        except Refused as refused:
            log.warning("metadata refused", reason=refused.reason)
            self._reporter.remark(Remark.METADATA, f"signed lists: {refused.reason}")
        except OSError as error:
            self._trouble(str(error))
        else:
            self._reporter.remark(Remark.METADATA, "")

    def _read_desired(self, in_force: InForce | None) -> None:
        """Take up a desired state that is signed, for this terminal, and newer."""
        self._desired_came = False
        if self._signed is None:
            return
        try:
            desired = self._trust.desired(self._signed)
        except Refused as refused:
            # Tried again when metadata comes: the key may be that of a root still under way.
            self._reporter.remark(Remark.DESIRED, f"desired state: {refused.reason}")
            return
        if (desired.bank, desired.terminal) != (self._terminal.bank, self._terminal.name):
            self._reporter.remark(Remark.DESIRED, "desired state: is for another terminal")
            return
        self._reporter.remark(Remark.DESIRED, "")
        if desired.number <= self._journal.row.number:
            return
        log.info("release desired", release=desired.release, number=desired.number)
        row = replace(
            self._journal.row,
            number=desired.number,
            wanted=desired.release,
            not_before=desired.not_before,
        )
        had = in_force is not None and in_force.active == desired.release
        self._begin(Happening.HAD if had else Happening.WANTED, row)

    def _begin(self, happening: Happening, row: AgentRow | None = None) -> None:
        self._journal.move(happening, row=row)
        if self._journal.state is UpdateState.FETCHING:
            self._blobs.forget()
            self._asked = []
            self._asks = 0
            self._arrived = True

    def _fetch(self, now_s: float) -> None:
        """Try with what there is, when something came or it is time to ask again."""
        again = bool(self._asked) and now_s >= self._ask_at_s
        if not (self._arrived or again) or self._journal.row.release is None:
            return
        self._arrived = False
        try:
            items = self._gatherer.items(self._journal.row.release)
            self._journal.move(Happening.VERIFIED, items=items)
        except Incomplete as incomplete:
            self._journal.move(Happening.INCOMPLETE, str(incomplete))
        except Refused as refused:
            self._journal.move(Happening.BAD, refused.reason)
        except (DatabaseFault, OSError) as fault:
            self._trouble(str(fault))
        else:
            self._reporter.remark(Remark.STORE, "")
            self._blobs.forget()
            self._asked = []
            return
        self._ask(now_s, again=again)

    def _ask(self, now_s: float, *, again: bool) -> None:
        """Subscribe to what is missing; again only when that has had its time."""
        missing = self._blobs.topics()
        new = [topic for topic in missing if topic not in self._asked]
        if again:
            self._subscribe([topics.every_metadata(self._terminal.bank), *missing])
        elif new:
            self._subscribe(new)
        if again or new or not self._asked:
            self._asks += 1
            self._ask_at_s = now_s + ASK_AGAIN.delay_s(self._asks, self._random)
        self._asked = missing or [topics.every_metadata(self._terminal.bank)]

    def _time_has_come(self) -> bool:
        return (
            self._journal.row.not_before is None
            or self._given.now() >= self._journal.row.not_before
        )

    def _judge(self, in_force: InForce, terminal: TerminalRow | None, now_s: float) -> None:
        """Wait for the terminal's check of the switch, and for it to use the release."""
        if self._switched_s is None or (terminal is not None and terminal.busy):
            self._switched_s = now_s
        if terminal is not None and terminal.checked == in_force.serial:
            if terminal.finding:
                self._journal.move(Happening.FAILED, terminal.finding)
                return
            if terminal.release == in_force.active:
                self._journal.move(Happening.PASSED)
                return
        if now_s - self._switched_s > self._given.check_s:
            waited = f"no self-check within {self._given.check_s:.0f} s"
            self._journal.move(Happening.FAILED, waited)

    def _trouble(self, what: str) -> None:
        """The store cannot be written: said in the report, tried again."""
        log.error("store of releases cannot be used", reason=what)
        self._reporter.remark(Remark.STORE, what)
