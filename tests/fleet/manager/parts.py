"""Reports, a store and a running manager, for the tests of this room."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from random import Random

from fleet.manager.link import Address
from fleet.manager.reading import TerminalRow, page
from fleet.manager.service import Service
from fleet.manager.store import Store
from fleet.protocol.messages import (
    DeviceReport,
    Presence,
    Report,
    Status,
    Update,
    UpdateState,
)
from fleet.protocol.topics import Terminal
from fleet.release.repository import Repository
from kiosk.backoff import Backoff
from tests.harness.broker import RunningBroker, utc_now

NOW = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
FIRST_BOOT, NEXT_BOOT = "a" * 32, "0" * 32  # their order as text is not that of time
QUICK = Backoff(first_s=0.1, longest_s=0.4)
RELEASE = "0123456789ab"


def report(sequence: int = 1, boot: str = FIRST_BOOT, **changed: object) -> Report:
    fields: dict[str, object] = {
        "boot": boot,
        "sequence": sequence,
        "at": NOW,
        "release": RELEASE,
        "update": Update(state=UpdateState.CURRENT),
        "terminal_running": True,
        "busy": False,
        "devices": (DeviceReport(device="receipt_printer", state="online", paper="full"),),
    }
    return Report.model_validate(fields | changed)


def status(presence: Presence = Presence.ONLINE, boot: str = FIRST_BOOT) -> Status:
    return Status(presence=presence, boot=boot, at=NOW)


def row(store: Store, terminal: Terminal) -> TerminalRow | None:
    """A terminal as the console would show it."""
    rows = page(store.engine, bank=terminal.bank, size=1000).rows
    return next((one for one in rows if one.terminal == terminal), None)


@contextmanager
def running_manager(
    broker: RunningBroker,
    store: Store,
    repositories: Mapping[str, Repository],
    waits: Backoff = QUICK,
) -> Iterator[Service]:
    service = Service(
        Address(broker.host, broker.port),
        broker.certificate("manager"),
        store,
        repositories,
        now=utc_now,
        random=Random(7),
        waits=waits,
    )
    service.start()
    try:
        yield service
    finally:
        service.stop()
