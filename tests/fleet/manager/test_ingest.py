"""From the wire into the store: real broker, real certificates, real SQLite."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from structlog.testing import capture_logs

from fleet.manager.ingest import Ingest
from fleet.manager.link import Heard
from fleet.manager.reading import totals
from fleet.manager.service import Service
from fleet.manager.store import Store
from fleet.protocol.messages import LONGEST, Presence
from fleet.protocol.topics import Kind, Terminal
from tests.fleet.manager.parts import report, row, running_manager, status
from tests.fleet.mqtt_client import connected
from tests.harness.broker import RunningBroker, utc_now
from tests.yici.waiting import wait_until


@pytest.fixture
def terminal() -> Terminal:
    """One of a bank that no other test has, since the broker retains statuses."""
    return Terminal(uuid4().hex[:12], "A1")


@pytest.fixture
def manager(broker: RunningBroker, store: Store) -> Iterator[Service]:
    with running_manager(broker, store, {}) as running:
        wait_until(lambda: running.up)
        yield running


def test_what_a_terminal_says_is_stored(
    broker: RunningBroker, manager: Service, store: Store, terminal: Terminal
):
    with connected(broker, terminal.client_id) as agent:
        agent.publish(terminal.topic(Kind.STATUS), status().to_bytes(), retain=True)
        agent.publish(terminal.topic(Kind.REPORT), report(waiting=3).to_bytes())
        wait_until(lambda: (kept := row(store, terminal)) is not None and kept.waiting == 3)
    kept = row(store, terminal)
    assert kept is not None
    assert kept.presence is Presence.ONLINE


def test_a_terminal_cannot_report_for_another(
    broker: RunningBroker, manager: Service, store: Store, terminal: Terminal
):
    victim = Terminal(terminal.bank, "B1")
    with connected(broker, terminal.client_id) as forger:
        forger.publish(victim.topic(Kind.STATUS), status().to_bytes(), retain=True)
        forger.publish(victim.topic(Kind.REPORT), report().to_bytes())
        forger.publish(terminal.topic(Kind.REPORT), report().to_bytes())
        wait_until(lambda: row(store, terminal) is not None)
    assert row(store, victim) is None


def test_rubbish_is_counted_logged_without_its_content_and_harms_nothing(
    broker: RunningBroker, manager: Service, store: Store, terminal: Terminal
):
    rubbish = [b"", b"\xff\x00", b"{}", b"[1]", b'{"secret": "440101"}', b"x" * (LONGEST + 1)]
    with capture_logs() as logged, connected(broker, terminal.client_id) as agent:
        for payload in rubbish:
            agent.publish(terminal.topic(Kind.REPORT), payload)
        agent.publish(terminal.topic(Kind.REPORT), report(waiting=1).to_bytes())
        wait_until(lambda: row(store, terminal) is not None)
    assert manager.counts.refused == len(rubbish)
    (told,) = [line for line in logged if line["event"] == "message refused"]
    assert told["terminal"] == terminal.client_id
    assert "Report" in told["reason"]
    assert "440101" not in str(logged)


def test_who_left_without_a_word_is_offline(
    broker: RunningBroker, manager: Service, store: Store, terminal: Terminal
):
    death = (terminal.topic(Kind.STATUS), status(Presence.OFFLINE).to_bytes())
    with connected(broker, terminal.client_id, will=death) as agent:
        agent.publish(terminal.topic(Kind.STATUS), status().to_bytes(), retain=True)
        wait_until(lambda: presence(store, terminal) is Presence.ONLINE)
        agent.vanish()
        wait_until(lambda: presence(store, terminal) is Presence.OFFLINE)
    kept = row(store, terminal)
    assert kept is not None
    assert kept.wants_care


def test_a_manager_that_starts_later_hears_who_is_there(
    broker: RunningBroker, store: Store, terminal: Terminal
):
    with connected(broker, terminal.client_id) as agent:
        agent.publish(terminal.topic(Kind.STATUS), status().to_bytes(), retain=True)
        with running_manager(broker, store, {}):
            wait_until(lambda: presence(store, terminal) is Presence.ONLINE)
    assert presence(store, terminal) is None, "a manager that has left knows of nobody"


def presence(store: Store, terminal: Terminal) -> Presence | None:
    kept = row(store, terminal)
    return kept.presence if kept else None


def test_the_broker_killed_and_started_again_is_found_again(
    fresh_broker: RunningBroker, store: Store, terminal: Terminal
):
    with running_manager(fresh_broker, store, {}) as manager, capture_logs() as logged:
        with connected(fresh_broker, terminal.client_id) as agent:
            agent.publish(terminal.topic(Kind.STATUS), status().to_bytes(), retain=True)
            wait_until(lambda: row(store, terminal) is not None)
            fresh_broker.kill()
            wait_until(lambda: not manager.up)
            wait_until(lambda: (kept := row(store, terminal)) is not None and kept.presence is None)
            wait_until(lambda: len(waits(logged)) >= 4)
            fresh_broker.start_again()
            wait_until(lambda: manager.up)
        with connected(fresh_broker, terminal.client_id) as agent:
            agent.publish(terminal.topic(Kind.REPORT), report(waiting=7).to_bytes())
            wait_until(lambda: (kept := row(store, terminal)) is not None and kept.waiting == 7)
    between = waits(logged)
    assert len(set(between)) > 1, "without jitter, terminals and managers return together"
    assert all(0.05 <= seconds <= 0.4 for seconds in between)
    assert between[0] <= 0.1 < max(between), "it waits longer the longer the broker is away"


def waits(logged: list[dict[str, object]]) -> list[float]:
    return [float(str(line["again_in_s"])) for line in logged if line["event"] == "broker lost"]


def test_a_number_that_no_table_can_hold_does_not_keep_out_the_others(
    store: Store, terminal: Terminal
):
    ingest = Ingest(store, utc_now)
    ingest.start()
    for text in (b'"sequence":99999999999999999999999', b'"sequence":5'):
        payload = report().to_bytes().replace(b'"sequence":1', text)
        ingest.heard(Heard(terminal.topic(Kind.REPORT), payload, retained=False))
    ingest.stop()
    assert row(store, terminal) is not None
    assert ingest.counts.refused == 1


def test_what_has_come_is_written_before_the_end(store: Store, terminal: Terminal):
    ingest = Ingest(store, utc_now)
    for sequence in range(1, 2001):
        said = report(sequence, waiting=sequence).to_bytes()
        ingest.heard(Heard(terminal.topic(Kind.REPORT), said, retained=False))
    ingest.start()
    ingest.stop()
    kept = row(store, terminal)
    assert kept is not None
    assert kept.waiting == 2000


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner),
    max_leaves=6,
)


@settings(max_examples=120, deadline=None)
@given(
    topic=st.sampled_from(
        ["yici/v1/b/x/t/A1/report", "yici/v1/b/x/t/A1/status", "yici/v1/b/x/t/A1/desired"]
    )
    | st.text(max_size=60),
    payload=st.binary(max_size=200)
    | st.builds(
        lambda key, value: report().model_copy(update={key: value}).model_dump_json().encode(),
        st.sampled_from(["sequence", "waiting", "at", "devices", "update", "release", "boot"]),
        JSON,
    ),
)
@pytest.mark.filterwarnings("ignore:Pydantic serializer warnings")
def test_nothing_that_arrives_ends_the_ingest(
    tmp_path_factory: pytest.TempPathFactory, topic: str, payload: bytes
):
    store = shared_store(tmp_path_factory)
    ingest = Ingest(store, utc_now)
    ingest.start()
    ingest.heard(Heard(topic, payload, retained=False))
    after = Terminal("after", uuid4().hex[:12])
    ingest.heard(Heard(after.topic(Kind.REPORT), report().to_bytes(), retained=False))
    ingest.stop()
    assert row(store, after) is not None
    assert totals(store.engine).terminals > 0


_STORES: list[Store] = []


def shared_store(folders: pytest.TempPathFactory) -> Store:
    if not _STORES:
        _STORES.append(Store.open(folders.mktemp("fuzz") / "fleet.db"))
    return _STORES[0]
