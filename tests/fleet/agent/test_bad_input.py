"""Whatever comes over the wire, the terminal keeps a whole catalogue and says what is wrong."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from random import Random

import pytest
from tuf.api.metadata import Metadata

from fleet.protocol.messages import UpdateState
from fleet.protocol.topics import CHUNK_BYTES, Kind, chunk, metadata
from fleet.release.keys import read_all
from fleet.release.parties import EVERYBODY
from kiosk.catalogue.items import canonical, parse, release_name
from kiosk.catalogue.release_store import ReleaseStore
from tests.fleet.agent.site import Fleet, OneBank, TerminalSide, fleet_at, running_agent
from tests.fleet.mqtt_client import connected
from tests.fleet.release.publication import ITEMS, YEAR, Clock
from tests.fleet.release.test_trust import announced
from tests.harness.broker import RunningBroker

SHIPPED = release_name(ITEMS)


def large_items(seed: str) -> dict[str, bytes]:
    """A catalogue whose pack has several pieces: a help text that does not compress.

    Blobs belong to no bank, so each test has a text of its own.
    """
    key = next(key for key in ITEMS if key.startswith("element/"))
    chance = Random(seed)
    text = "".join(chr(chance.randrange(0x4E00, 0x9FA5)) for _ in range(150_000))
    tree = parse(ITEMS[key]) | {"help": {"zh": text, "en": "long"}}
    return ITEMS | {key: canonical(tree)}


def publish_large(fleet: Fleet) -> tuple[str, str, list[bytes]]:
    """A large release, published but for its pack: its name, the pack's hash and its pieces."""
    repository = fleet.publication.repository
    built = repository.build(large_items(fleet.terminal.bank))
    fleet.publication.sign("city", "bank")
    repository.publish()
    full = built.manifest.full.sha256
    content = built.packs[full]
    for sha256, blob in repository.blobs():
        if sha256 != full:
            fleet.put_piece(sha256, 0, blob)
    fleet.publish_metadata()
    fleet.desire(built.name)
    return (
        built.name,
        full,
        [content[at : at + CHUNK_BYTES] for at in range(0, len(content), CHUNK_BYTES)],
    )


@pytest.fixture
def clock() -> Clock:
    return Clock()


# pieces


def test_a_tampered_piece_is_refused_and_the_right_one_taken(fleet, store, terminal):
    with running_agent(fleet, store):
        name, pack, pieces = publish_large(fleet)
        assert len(pieces) > 2
        for number, piece in enumerate(pieces):
            fleet.put_piece(pack, number, piece if number != 1 else piece[:-1] + b"!")
        fleet.says(UpdateState.REFUSED, name, "not what the manifest says")
        assert store.in_force().active == SHIPPED
        fleet.put_piece(pack, 1, pieces[1])
        fleet.says(UpdateState.CURRENT, name)


def test_missing_pieces_are_told_as_fetching_and_asked_for_until_they_come(fleet, store, terminal):
    with running_agent(fleet, store):
        name, pack, pieces = publish_large(fleet)
        fleet.says(UpdateState.FETCHING, name, f"(0 of {len(pieces)})")
        for number, piece in list(enumerate(pieces))[:-1]:
            fleet.put_piece(pack, number, piece)
        fleet.says(UpdateState.FETCHING, name, f"({len(pieces) - 1} of {len(pieces)})")
        assert all(r.update.state is not UpdateState.REFUSED for r in fleet.reports())
        assert store.in_force().active == SHIPPED
        fleet.put_piece(pack, len(pieces) - 1, pieces[-1])
        fleet.says(UpdateState.CURRENT, name)


def test_a_piece_that_is_taken_away_from_the_broker_is_no_empty_piece(fleet, store, terminal):
    with running_agent(fleet, store):
        name, pack, pieces = publish_large(fleet)
        for number in range(len(pieces)):
            fleet.put_piece(pack, number, b"")
        fleet.says(UpdateState.FETCHING, name, f"(0 of {len(pieces)})")
        for number, piece in enumerate(pieces):
            fleet.put_piece(pack, number, piece)
        fleet.says(UpdateState.CURRENT, name)
    assert all(r.update.state is not UpdateState.REFUSED for r in fleet.reports())


# lists


def test_a_list_that_one_party_alone_signed_is_refused(fleet, store, terminal, tmp_path):
    signers = read_all(tmp_path / "fleet/keys", EVERYBODY)
    with running_agent(fleet, store):
        first = fleet.release(7)
        fleet.says(UpdateState.CURRENT, first)
        built = fleet.publication.repository.build(large_items(fleet.terminal.bank))
        fleet.publication.sign("city")
        _, waiting = fleet.publication.repository._files.pending()
        assert isinstance(waiting, Metadata)
        forged = announced(waiting.to_bytes(), signers, fleet.publication.clock)
        for file, content in forged.items():
            fleet.put_metadata(file, content)
        fleet.desire(built.name)
        fleet.says(UpdateState.REFUSED, built.name, "sign")
    assert store.in_force().active == first


def test_lists_of_yesterday_are_refused(fleet, store, terminal):
    with running_agent(fleet, store):
        first = fleet.release(7)
        old = fleet.publication.repository.metadata_files()
        second = fleet.release(8)
        fleet.says(UpdateState.CURRENT, second)
        for file, content in old.items():
            fleet.put_metadata(file, content)
        fleet.desire(first)
        fleet.says(UpdateState.REFUSED, first)
    assert store.in_force().active == second


def test_a_terminal_goes_on_serving_when_the_lists_have_expired(fleet, store, terminal, clock):
    with running_agent(fleet, store, clock=clock):
        first = fleet.release(7)
        fleet.says(UpdateState.CURRENT, first)
        second = fleet.publication.release(8)
        late = fleet.publication.repository.metadata_files()
        fleet.publish_blobs()
        clock.pass_(YEAR)
        for file, content in late.items():
            fleet.put_metadata(file, content)
        fleet.desire(second)
        fleet.says(UpdateState.REFUSED, second, "expired")
        assert fleet.last().release == first
        assert terminal.served[-1] == first


@pytest.mark.parametrize("wrong", [YEAR, -YEAR], ids=["a year fast", "a year slow"])
def test_a_wrong_clock_stops_nothing_for_good(fleet, store, terminal, clock, wrong):
    right = clock.time
    clock.pass_(wrong)
    with running_agent(fleet, store, clock=clock):
        release = fleet.release(7)
        if wrong > timedelta(0):
            fleet.says(UpdateState.REFUSED, release, "expired")
            assert fleet.last().release == SHIPPED
        clock.time = right
        fleet.says(UpdateState.CURRENT, release)


# releases


def test_a_release_for_a_later_program_is_refused_and_says_so(fleet, store, terminal, monkeypatch):
    monkeypatch.setattr("fleet.agent.gather.SCHEMA", 0)
    with running_agent(fleet, store):
        fleet.says(UpdateState.REFUSED, fleet.release(7), "needs item schema 1")
    assert store.in_force().active == SHIPPED


def test_signed_items_that_are_no_catalogue_are_refused_before_they_are_switched_to(
    fleet, store, terminal
):
    repository = fleet.publication.repository
    with running_agent(fleet, store):
        built = repository.build(ITEMS | {"matter/nobodys": b'{"slug":"nobodys"}'})
        fleet.publication.sign("city", "bank")
        repository.publish()
        fleet.publish_blobs()
        fleet.publish_metadata()
        fleet.desire(built.name)
        fleet.says(UpdateState.REFUSED, built.name, "matter/nobodys")
    assert store.in_force().active == SHIPPED


def test_a_full_disk_is_said_and_the_release_taken_when_there_is_room(fleet, store, terminal):
    def limit(pages: int) -> None:
        store._database.write(
            lambda db: db.conn.execute(f"PRAGMA max_page_count = {pages}").fetchone()
        )

    used = store._database.read(lambda db: db.conn.execute("PRAGMA page_count").fetchone()[0])
    with running_agent(fleet, store):
        limit(used + 4)
        name, pack, pieces = publish_large(fleet)
        for number, piece in enumerate(pieces):
            fleet.put_piece(pack, number, piece)
        fleet.says(UpdateState.FETCHING, name, "free space")
        assert store.in_force().active == SHIPPED
        limit(1_000_000)
        fleet.says(UpdateState.CURRENT, name)


# desired state


def test_a_desired_state_of_another_signer_is_not_followed(fleet, store, terminal, tmp_path):
    with running_agent(fleet, store):
        first = fleet.release(7)
        fleet.says(UpdateState.CURRENT, first)
        stranger = OneBank(tmp_path / "stranger", bank=fleet.terminal.bank)
        own, fleet.publication = fleet.publication, stranger
        fleet.desire("0" * 12)
        fleet.wait_last("unmoved", release=first)
        fleet.says(UpdateState.CURRENT, first, "a key that may not")
        fleet.publication = own


def test_a_desired_state_for_another_terminal_is_not_followed(fleet, store, terminal):
    with running_agent(fleet, store):
        first = fleet.release(7)
        fleet.says(UpdateState.CURRENT, first)
        fleet.desire("0" * 12, terminal="XJ0002")
        fleet.says(UpdateState.CURRENT, first, "another terminal")


def test_an_older_desired_state_is_not_followed(fleet, store, terminal):
    with running_agent(fleet, store):
        first = fleet.release(7)
        fleet.says(UpdateState.CURRENT, first)
        second = fleet.release(8)
        fleet.says(UpdateState.CURRENT, second)
        fleet.desire(first, number=1)
        third = fleet.release(9)
        fleet.says(UpdateState.CURRENT, third)
    assert terminal.served == [SHIPPED, first, second, third]


def test_noise_on_every_topic_is_survived(fleet, store, terminal):
    chance = Random(7)
    with running_agent(fleet, store):
        for _ in range(10):
            noise = chance.randbytes(chance.randrange(1, 3000))
            fleet.put_metadata("timestamp.json", noise)
            fleet.put_metadata(f"{chance.randrange(1, 9)}.targets.json", noise)
            fleet.put_metadata(f"{chance.randrange(2, 9)}.root.json", noise)
            fleet.manager.publish(fleet.terminal.topic(Kind.DESIRED), noise, retain=True)
            fleet.manager.publish(chunk("0" * 64, 0), noise)
            fleet.manager.publish(metadata(fleet.terminal.bank, "7.snapshot.json"), noise)
        for number in range(2, 9):
            fleet.put_metadata(f"{number}.root.json", b"")
        fleet.says(UpdateState.CURRENT, fleet.release(7))


# the broker


def test_a_broker_that_lost_its_memory_is_filled_again_and_the_release_comes(
    fresh_broker: RunningBroker, tmp_path: Path
):
    with fleet_at(tmp_path, fresh_broker) as fleet:
        store = ReleaseStore.open(fleet.data)
        terminal = TerminalSide(store)
        terminal.start()
        with running_agent(fleet, store):
            name, pack, pieces = publish_large(fleet)
            fleet.put_piece(pack, 0, pieces[0])
            fleet.says(UpdateState.FETCHING, name, "(1 of")
            fleet.manager.close()  # or it would come back, and the broker part with the other one
            fresh_broker.kill()
            fresh_broker.start_again()
            with connected(fresh_broker, "manager") as manager:
                manager.subscribe(fleet.terminal.topic(Kind.REPORT))
                fleet.manager = manager
                fleet.publish_blobs()
                fleet.publish_metadata()
                fleet.desire(name)
                fleet.says(UpdateState.CURRENT, name)
        terminal.stop()
        store.close()
