"""The broker retains what the repository holds, in an order in which nobody is told too soon."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from uuid import uuid4

import pytest

from fleet.manager.link import Said
from fleet.manager.publisher import Publisher
from fleet.manager.service import Service
from fleet.manager.store import Reported, Store
from fleet.protocol import topics
from fleet.protocol.messages import SignedDesired, read, read_desired
from fleet.protocol.topics import ChunkTopic, Kind, MetadataTopic, Terminal
from fleet.release.repository import Repository
from kiosk.backoff import Backoff
from tests.fleet.manager.parts import NOW, report, running_manager
from tests.fleet.mqtt_client import Heard, MqttClient, connected
from tests.harness.broker import RunningBroker
from tests.yici.waiting import wait_until

EVERYTHING = ("yici/v1/blob/+/+", "yici/v1/b/+/tuf/+")


@pytest.fixture
def bank() -> str:
    return uuid4().hex[:12]


@pytest.fixture
def repository(tmp_path: Path, bank: str) -> Repository:
    return Repository.open(tmp_path / "repository", bank)


def publish_release(repository: Repository, text: str) -> str:
    """Made of one big item, so that its pack has several pieces."""
    noise = "".join(uuid4().hex for _ in range(6000))
    built = repository.build({"matter/one": f'{{"text":"{text} {noise}"}}'.encode()})
    for party in ("city", "bank"):
        repository.sign(repository.party_key(party))
    repository.publish()
    return built.name


@pytest.fixture
def manager(
    broker: RunningBroker, store: Store, bank: str, repository: Repository
) -> Iterator[Service]:
    with running_manager(broker, store, {bank: repository}) as running:
        wait_until(lambda: running.up)  # a report that is said before is heard by nobody
        yield running


def file_of(topic: str) -> str:
    """`blob` for a piece, the file's name without its version for metadata, else the kind."""
    read_topic = topics.read(topic)
    if isinstance(read_topic, ChunkTopic):
        return "blob"
    if isinstance(read_topic, MetadataTopic):
        return read_topic.file.removesuffix(".json").rpartition(".")[2]
    return topic.rpartition("/")[2]


def order(heard: Sequence[Heard]) -> list[str]:
    """The kinds of what was heard, repetitions run together."""
    kinds = [file_of(topic) for topic, payload in heard if payload]
    return [kind for at, kind in enumerate(kinds) if at == 0 or kinds[at - 1] != kind]


WHOLE = ["blob", "root", "targets", "snapshot", "timestamp", "desired"]


def listening(terminal: MqttClient, name: Terminal) -> None:
    for topic in (*EVERYTHING, name.topic(Kind.DESIRED)):
        terminal.subscribe(topic)


def known(store: Store, *terminals: Terminal) -> None:
    store.record([Reported(terminal, report(), NOW) for terminal in terminals])


def test_pieces_come_before_what_names_them_and_desired_comes_last(
    broker: RunningBroker, store: Store, bank: str, repository: Repository
):
    terminal = Terminal(bank, "A1")
    known(store, terminal)
    release = publish_release(repository, "first")
    with connected(broker, terminal.client_id) as agent:
        listening(agent, terminal)
        with running_manager(broker, store, {bank: repository}):
            wait_until(lambda: "desired" in order(agent.heard))
            wait_until(lambda: not lacking(store, repository, bank))  # it notes what it has told
    ours = [said for said in agent.heard if bank in said[0] or "blob" in said[0]]
    assert order(ours) == WHOLE
    signed = read(SignedDesired, ours[-1][1])
    told = read_desired(signed.signed)
    assert (told.bank, told.terminal, told.release) == (bank, "A1", release)
    assert store.lacking(bank, release, told.number) == []


def test_what_is_retained_is_the_repository_byte_for_byte(
    broker: RunningBroker, manager: Service, store: Store, bank: str, repository: Repository
):
    publish_release(repository, "retained")
    blobs = dict(repository.blobs())
    known(store, Terminal(bank, "A1"))
    wait_until(lambda: store.known(bank) != [] and not lacking(store, repository, bank))
    with connected(broker, Terminal(bank, "A1").client_id) as agent:
        for digest in blobs:
            agent.subscribe(topics.every_chunk(digest))
        agent.subscribe(topics.every_metadata(bank))
        retained = {topics.metadata(bank, file) for file in repository.metadata_files()}
        for digest, content in blobs.items():
            retained |= {topics.chunk(digest, n) for n in range(topics.chunks_of(len(content)))}
        wait_until(lambda: retained <= {topic for topic, _ in agent.heard})  # in no order
    heard = dict(agent.heard)
    for digest, content in blobs.items():
        pieces = [heard[topics.chunk(digest, n)] for n in range(topics.chunks_of(len(content)))]
        assert b"".join(pieces) == content
    for file, content in repository.metadata_files().items():
        assert heard[topics.metadata(bank, file)] == content


def lacking(store: Store, repository: Repository, bank: str) -> list[Terminal]:
    wanted = repository.desired()
    assert wanted is not None
    return store.lacking(bank, wanted.release, wanted.number)


def test_a_release_published_while_it_runs_reaches_terminals_by_itself(
    broker: RunningBroker, manager: Service, store: Store, bank: str, repository: Repository
):
    terminal = Terminal(bank, "A1")
    known(store, terminal)
    with connected(broker, terminal.client_id) as agent:
        agent.subscribe(terminal.topic(Kind.DESIRED))
        told = []
        for number, text in enumerate(("first", "second"), 1):
            told.append(publish_release(repository, text))
            wait_until(lambda number=number: len(agent.heard) == number)
    releases = [read_desired(read(SignedDesired, said).signed).release for _, said in agent.heard]
    assert releases == told


def test_a_terminal_heard_of_later_is_told_too(
    broker: RunningBroker, manager: Service, store: Store, bank: str, repository: Repository
):
    publish_release(repository, "for all")
    late = Terminal(bank, "LATE")
    with connected(broker, late.client_id) as agent:
        agent.subscribe(late.topic(Kind.DESIRED))
        agent.publish(late.topic(Kind.REPORT), report(release=None).to_bytes())
        wait_until(lambda: len(agent.heard) == 1)


@dataclass(frozen=True)
class HeldBack(Backoff):
    """Waits until it is let go, at the end of its `with` at the latest."""

    let_go: threading.Event = field(default_factory=threading.Event)

    def delay_s(self, failures: int, random: Random) -> float:
        self.let_go.wait()
        return super().delay_s(failures, random)

    def __enter__(self) -> None:
        return None

    def __exit__(self, *_: object) -> None:
        self.let_go.set()


def test_a_broker_that_has_lost_its_memory_gets_everything_again_in_order(
    fresh_broker: RunningBroker, store: Store, bank: str, repository: Repository
):
    terminal = Terminal(bank, "A1")
    known(store, terminal)
    publish_release(repository, "kept")
    held = HeldBack(first_s=0.1, longest_s=0.1)  # the terminal is back before the manager
    with running_manager(fresh_broker, store, {bank: repository}, held) as manager, held:
        wait_until(lambda: not lacking(store, repository, bank))
        fresh_broker.kill()
        wait_until(lambda: not manager.up)
        fresh_broker.start_again()
        with connected(fresh_broker, terminal.client_id) as agent:
            listening(agent, terminal)
            assert not manager.up
            assert agent.heard == []
            held.let_go.set()
            wait_until(lambda: "desired" in order(agent.heard))
    assert order(agent.heard) == WHOLE
    assert {topic for topic, _ in agent.heard} >= {
        topics.metadata(bank, file) for file in repository.metadata_files()
    }


def test_a_broker_that_kept_its_memory_is_not_sent_everything_again(
    fresh_broker: RunningBroker,
    store: Store,
    bank: str,
    repository: Repository,
    monkeypatch: pytest.MonkeyPatch,
):
    monkeypatch.setattr("fleet.manager.publisher.RETAINED_S", 60.0)  # the broker may be slow here
    terminal = Terminal(bank, "A1")
    known(store, terminal)
    publish_release(repository, "kept")
    pieces = sum(topics.chunks_of(len(content)) for _, content in repository.blobs())
    with running_manager(fresh_broker, store, {bank: repository}) as manager:
        wait_until(lambda: not lacking(store, repository, bank))
        fresh_broker.stop()  # in order: it saves what it retains
        wait_until(lambda: not manager.up)
        fresh_broker.start_again()
        wait_until(lambda: manager.up)
        with connected(fresh_broker, terminal.client_id) as agent:
            agent.subscribe("yici/v1/blob/+/+")
            wait_until(lambda: len(agent.heard) >= pieces)
            agent.subscribe(terminal.topic(Kind.DESIRED))
            wanted = repository.publish(repository.releases()[0].name)  # the same release
            wait_until(lambda: wanted.number in numbers(agent))
            assert order(agent.heard) == ["blob", "desired"]
            assert sum(file_of(topic) == "blob" for topic, _ in agent.heard) == pieces


def numbers(agent: MqttClient) -> list[int]:
    """Of the desired states heard."""
    said = [payload for topic, payload in agent.heard if file_of(topic) == "desired"]
    return [read_desired(read(SignedDesired, payload).signed).number for payload in said]


def test_a_release_published_while_another_goes_out_is_desired_after_its_list(
    store: Store, bank: str, repository: Repository
):
    known(store, Terminal(bank, "A1"))
    first, following, said = publish_release(repository, "first"), [], []

    def publish(messages: list[Said], within_s: float) -> None:
        if not following:
            following.append(publish_release(repository, "following"))
        said.extend((message.topic, message.payload) for message in messages)

    publisher = Publisher(bank, repository, store, publish)
    publisher.start()
    publisher.changed(True)
    wait_until(lambda: order(said).count("desired") == 2)
    publisher.stop()
    assert order(said) == WHOLE + [kind for kind in WHOLE if kind != "root"]
    told = [payload for topic, payload in said if file_of(topic) == "desired"]
    releases = [read_desired(read(SignedDesired, payload).signed).release for payload in told]
    assert releases == [first, *following]


def test_pieces_that_no_listed_release_needs_are_taken_away(
    broker: RunningBroker, manager: Service, store: Store, bank: str, repository: Repository
):
    known(store, Terminal(bank, "A1"))
    publish_release(repository, "oldest")
    oldest = set(dict(repository.blobs()))
    wait_until(lambda: not lacking(store, repository, bank))
    for text in ("second", "third", "fourth"):
        publish_release(repository, text)
    gone = oldest - set(dict(repository.blobs()))
    assert gone
    wait_until(lambda: not lacking(store, repository, bank))
    with connected(broker, Terminal(bank, "A1").client_id) as later:
        for digest in gone:
            later.subscribe(topics.every_chunk(digest))
        later.subscribe(topics.metadata(bank, "timestamp.json"))
        wait_until(lambda: bool(later.heard))
        assert order(later.heard) == ["timestamp"]
