"""A publisher, a real broker, an agent, and the store that the agent shares with its terminal."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from uuid import uuid4

from fleet.agent.agent import Agent
from fleet.agent.link import Broker, Link, Will
from fleet.agent.reporter import Reporter
from fleet.agent.surroundings import Given
from fleet.protocol.manifest import Manifest, target_path
from fleet.protocol.messages import (
    Desired,
    Report,
    SignedDesired,
    Update,
    UpdateState,
    read,
)
from fleet.protocol.topics import CHUNK_BYTES, Kind, Terminal, chunk, metadata
from fleet.release.repository import Repository
from fleet.release.trust import Trust
from kiosk.catalogue.items import release_name
from kiosk.catalogue.release_rows import TerminalRow
from kiosk.catalogue.release_store import ReleaseStore
from tests.fleet.mqtt_client import MqttClient, connected
from tests.fleet.release.publication import ITEMS, Clock, Publication
from tests.harness.broker import RunningBroker
from tests.harness.devices import eventually

WITHIN_S = 30.0  # two shared cores; nothing here takes more than a few


def reported(manager: MqttClient, terminal: Terminal) -> list[Report]:
    """Every report that the manager heard from this terminal."""
    topic = terminal.topic(Kind.REPORT)
    return [read(Report, payload) for heard, payload in manager.heard.copy() if heard == topic]


class TerminalSide:
    """What the terminal's process does with the store, at the pace of a test.

    `finding`: what its self-check is to find; `busy`: somebody is in a session; `checks`: whether
    it checks at all.
    """

    def __init__(self, store: ReleaseStore) -> None:
        self.store = store
        self.busy = False
        self.checks = True
        self.finding = ""
        self.served: list[str] = []
        self.mixed: list[str] = []
        self._run = uuid4().hex
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._live, daemon=True)

    def start(self) -> None:
        if self.store.in_force() is None:
            release = release_name(ITEMS)
            self.store.install(release, ITEMS)
        self._thread.start()

    def stop(self) -> None:
        self._stop.set()
        self._thread.join()
        assert self.mixed == []

    def _live(self) -> None:
        beat, checked, finding = 0, 0, ""
        in_use = self.store.in_force().active
        while not self._stop.wait(0.05):
            in_force = self.store.in_force()
            if self.checks and in_force.serial != checked:
                found = release_name(self.store.items(in_force.active))
                self.mixed += [found] if found != in_force.active else []
                checked = in_force.serial
                finding = "" if in_force.confirmed else self.finding
            if not self.busy and not finding and checked == in_force.serial:
                in_use = in_force.active
            if not self.served or self.served[-1] != in_use:
                self.served.append(in_use)
            beat += 1
            self.store.say(TerminalRow(self._run, beat, self.busy, in_use, checked, finding))


@dataclass
class OneBank(Publication):
    """The publication of a bank that no other test has, since all share one broker."""

    bank: str = "sample-bank"

    def __post_init__(self) -> None:
        self.repository = Repository.open(self.folder / "fleet", self.bank, now=self.clock)


@dataclass
class Fleet:
    """The manager's side of one bank, spoken by hand, and what a terminal's folder needs."""

    folder: Path
    broker: RunningBroker
    manager: MqttClient
    terminal: Terminal
    publication: Publication
    number: int = 0

    @property
    def data(self) -> Path:
        return self.folder / "data"

    def publish_metadata(self) -> None:
        for file, content in self.publication.repository.metadata_files().items():
            self.put_metadata(file, content)

    def put_metadata(self, file: str, content: bytes) -> None:
        self.manager.publish(metadata(self.terminal.bank, file), content, retain=True)

    def publish_blobs(self) -> None:
        for sha256, content in self.publication.repository.blobs():
            for number, at in enumerate(range(0, len(content), CHUNK_BYTES)):
                self.put_piece(sha256, number, content[at : at + CHUNK_BYTES])

    def put_piece(self, sha256: str, number: int, content: bytes) -> None:
        self.manager.publish(chunk(sha256, number), content, retain=True)

    def desire(self, release: str, **changes: object) -> None:
        self.number += 1
        values = {"bank": self.terminal.bank, "terminal": self.terminal.name}
        desired = Desired(**(values | {"number": self.number, "release": release} | changes))
        self.say(self.publication.repository.sign_desired(desired))

    def say(self, signed: SignedDesired) -> None:
        self.manager.publish(self.terminal.topic(Kind.DESIRED), signed.to_bytes(), retain=True)

    def release(self, days: int) -> str:
        """Published, and the desired one."""
        name = self.publication.release(days)
        self.publish_blobs()
        self.publish_metadata()
        self.desire(name)
        return name

    def packs(self, release: str) -> Manifest:
        blobs = dict(self.publication.repository.blobs())
        targets = self.publication.repository._files.targets().signed.targets
        return Manifest.model_validate_json(blobs[targets[target_path(release)].hashes["sha256"]])

    def reports(self) -> list[Report]:
        return reported(self.manager, self.terminal)

    def says(self, state: UpdateState, release: str | None = None, reason: str = "") -> Update:
        """Wait for a report of that state, release and reason."""

        def said() -> Update | None:
            for report in self.reports():
                update = report.update
                fits = update.state is state and release in (None, update.release)
                if fits and reason in update.reason:
                    return update
            return None

        return eventually(said, f"{state.value} {reason!r}", WITHIN_S)

    def last(self) -> Report:
        return self.reports()[-1]

    def wait_last(self, what: str, **expected: object) -> Report:
        """Wait until the newest report says so."""

        def fits() -> Report | None:
            said = self.reports()
            ok = said and all(getattr(said[-1], k) == v for k, v in expected.items())
            return said[-1] if ok else None

        return eventually(fits, what, WITHIN_S)


@contextmanager
def running_agent(
    fleet: Fleet, store: ReleaseStore, check_s: float = 60.0, clock: Clock | None = None
) -> Iterator[Agent]:
    """An agent in a thread of the test, on the real wire."""
    credentials = fleet.broker.certificate(fleet.terminal.client_id)

    def now() -> datetime:
        return datetime.now(UTC)

    reporter = Reporter(fleet.terminal, uuid4().hex, now)
    repository = fleet.publication.repository
    trust = Trust(fleet.data / "trust", repository.root, now=clock or fleet.publication.clock)
    agent = Agent(
        fleet.terminal, store, trust, reporter, Given(clock or now, Random(1), check_s=check_s)
    )
    link = Link(
        Broker(
            fleet.broker.host,
            fleet.broker.port,
            credentials.authority,
            credentials.certificate,
            credentials.key,
        ),
        Will(reporter.status_topic, reporter.death),
        agent.hear,
        Random(2),
    )
    reporter.over(link)
    thread = threading.Thread(target=agent.run, args=(link,), daemon=True)
    link.start()
    thread.start()
    try:
        yield agent
    finally:
        agent.stop()
        thread.join(WITHIN_S)
        reporter.leave()
        link.stop()
        assert not thread.is_alive()


@contextmanager
def fleet_at(folder: Path, broker: RunningBroker) -> Iterator[Fleet]:
    """A fleet of one terminal, in a bank of its own."""
    terminal = Terminal(f"bank-{uuid4().hex[:12]}", "XJ0001")
    with connected(broker, "manager") as manager:
        manager.subscribe(terminal.topic(Kind.REPORT))
        manager.subscribe(terminal.topic(Kind.STATUS))
        yield Fleet(folder, broker, manager, terminal, OneBank(folder, bank=terminal.bank))


def settings_file(fleet: Fleet) -> Path:
    """The settings of this test's agent, as an administrator writes them."""
    files = fleet.broker.certificate(fleet.terminal.client_id)
    root = fleet.folder / "root.json"
    root.write_bytes(fleet.publication.repository.root)
    file = fleet.folder / "agent.toml"
    file.write_text(
        f"""
        bank = "{fleet.terminal.bank}"
        terminal = "{fleet.terminal.name}"
        data = "data"
        root = "root.json"
        live = false
        [broker]
        host = "{fleet.broker.host}"
        port = {fleet.broker.port}
        authority = "{files.authority}"
        certificate = "{files.certificate}"
        key = "{files.key}"
        """,
        "utf-8",
    )
    return file
