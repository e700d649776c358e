"""Brings what terminals say into the store: validated at the edge, written in batches."""

from __future__ import annotations

import contextlib
import queue
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

import structlog
from sqlalchemy.exc import OperationalError, SQLAlchemyError

from fleet.manager.link import Heard
from fleet.manager.store import Entry, LinkLost, Present, Reported, Store
from fleet.protocol import topics
from fleet.protocol.messages import MessageError, Report, Status, read
from fleet.protocol.topics import Kind, Terminal, TerminalTopic

SUBSCRIPTIONS = (topics.every_terminal(Kind.STATUS), topics.every_terminal(Kind.REPORT))
BATCH = 500
QUEUE = 20_000  # messages; what a fleet of 10,000 says when all of it connects at once
PUT_S = 5.0  # after that the queue is taken to be stuck and the message is let go
AGAIN_S = 1.0  # a store that cannot be written is tried again after this
QUIET_S = 10.0  # one terminal's rubbish is logged once in this time, and always counted

log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Counts:
    """What became of the messages since the start."""

    stored: int = 0
    refused: int = 0  # no message of the protocol
    let_go: int = 0  # the store could not be written for too long


class Ingest:
    """`heard` and `lost` may be called from the link's thread; one thread of its own writes."""

    def __init__(self, store: Store, now: Callable[[], datetime]) -> None:
        self._store = store
        self._now = now
        self._waiting: queue.Queue[Entry] = queue.Queue(QUEUE)
        self._stopped = threading.Event()
        self._stored = self._refused = self._let_go = 0
        self._told: dict[Terminal | None, float] = {}
        self._thread = threading.Thread(target=self._run, name="fleet ingest", daemon=True)

    @property
    def counts(self) -> Counts:
        """As of now."""
        return Counts(self._stored, self._refused, self._let_go)

    def start(self) -> None:
        """Begin to write. What was known of the terminals' presence is forgotten first."""
        self._waiting.put(LinkLost())
        self._thread.start()

    def stop(self) -> None:
        """Write what has come, and end."""
        self._stopped.set()
        self._thread.join()

    def heard(self, said: Heard) -> None:
        """Take one message; whatever does not fit is counted, logged and dropped."""
        topic = topics.read(said.topic)
        if not isinstance(topic, TerminalTopic) or topic.kind is Kind.DESIRED:
            self._refuse(None, f"{said.topic[:120]!r} is no terminal's topic")
            return
        terminal, came = topic.terminal, self._now()
        try:
            if topic.kind is Kind.REPORT:
                self._put(Reported(terminal, read(Report, said.payload), came))
            elif said.payload:  # an empty one only takes a retained status away
                self._put(Present(terminal, read(Status, said.payload), came, said.retained))
        except MessageError as error:
            self._refuse(terminal, str(error))

    def lost(self) -> None:
        """The broker is out of reach."""
        self._put(LinkLost())

    def _put(self, entry: Entry) -> None:
        try:
            self._waiting.put(entry, timeout=PUT_S)
        except queue.Full:
            self._let_go += 1
            log.warning("message let go", reason="the store is not written", let_go=self._let_go)

    def _refuse(self, terminal: Terminal | None, reason: str) -> None:
        self._refused += 1
        now_s = time.monotonic()
        if now_s - self._told.get(terminal, -QUIET_S) < QUIET_S:
            return
        self._told[terminal] = now_s
        who = terminal.client_id if terminal else "unknown"
        log.warning("message refused", terminal=who, reason=reason, refused=self._refused)

    def _run(self) -> None:
        while not (self._stopped.is_set() and self._waiting.empty()):
            if batch := self._batch():
                self._write(batch)

    def _batch(self) -> list[Entry]:
        batch: list[Entry] = []
        with contextlib.suppress(queue.Empty):
            batch.append(self._waiting.get(timeout=0.1))
            while len(batch) < BATCH:
                batch.append(self._waiting.get_nowait())
        return batch

    def _write(self, batch: list[Entry]) -> None:
        while True:
            try:
                self._store.record(batch)
            except OperationalError as error:  # locked, disk full: a matter of time
                log.warning("reports not stored", reason=str(error.orig))
                if self._stopped.wait(AGAIN_S):
                    self._let_go += len(batch)
                    return
            except SQLAlchemyError:
                self._let_go += len(batch)
                log.exception("reports let go", count=len(batch))
                return
            else:
                self._stored += len(batch)
                return
