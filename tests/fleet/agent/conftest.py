"""A terminal of a fleet: broker, publisher, store, the terminal's side of it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.backoff import Backoff
from kiosk.catalogue.release_store import ReleaseStore
from tests.fleet.agent.site import Fleet, TerminalSide, fleet_at
from tests.harness.broker import RunningBroker


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is missing is asked for again sooner than on a terminal."""
    monkeypatch.setattr("fleet.agent.agent.ASK_AGAIN", Backoff(0.3, 60.0))
    monkeypatch.setattr("fleet.agent.agent.TICK_S", 0.05)
    monkeypatch.setattr("fleet.agent.link.WAITS", Backoff(0.1, 60.0))


@pytest.fixture
def fleet(tmp_path: Path, broker: RunningBroker) -> Iterator[Fleet]:
    with fleet_at(tmp_path, broker) as made:
        yield made


@pytest.fixture
def store(fleet: Fleet) -> Iterator[ReleaseStore]:
    opened = ReleaseStore.open(fleet.data)
    yield opened
    opened.close()


@pytest.fixture
def terminal(store: ReleaseStore) -> Iterator[TerminalSide]:
    side = TerminalSide(store)
    side.start()
    yield side
    side.stop()
