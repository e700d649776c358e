"""What the store takes and what it does not: newer wins, whatever the order of arrival."""

from __future__ import annotations

import itertools
import sqlite3
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fleet.manager.reading import page, totals
from fleet.manager.store import Entry, LinkLost, Present, Reported, Store
from fleet.protocol.messages import DeviceReport, Presence, Update, UpdateState
from fleet.protocol.topics import Terminal
from tests.fleet.manager.parts import (
    FIRST_BOOT,
    NEXT_BOOT,
    NOW,
    RELEASE,
    report,
    row,
    status,
)

ONE, TWO = Terminal("sample", "A1"), Terminal("sample", "A2")


def reported(sequence: int, boot: str = FIRST_BOOT, **changed: object) -> Reported:
    return Reported(ONE, report(sequence, boot, **changed), NOW)


def present(presence: Presence, boot: str = FIRST_BOOT, *, retained: bool = False) -> Present:
    return Present(ONE, status(presence, boot), NOW, retained)


def test_a_report_is_kept_as_it_was_said(store: Store):
    devices = (DeviceReport(device="receipt_printer", state="online", paper="low"),)
    told = Update(state=UpdateState.REFUSED, release="f" * 12, reason="bad signature")
    store.record([reported(3, devices=devices, update=told, waiting=2, busy=True)])
    kept = row(store, ONE)
    assert kept is not None
    assert (kept.release, kept.update, kept.update_reason) == (
        RELEASE,
        UpdateState.REFUSED,
        "bad signature",
    )
    assert (kept.devices, kept.waiting, kept.busy, kept.last_seen) == (devices, 2, True, NOW)
    assert kept.wants_care


@pytest.mark.parametrize("order", list(itertools.permutations([1, 2, 3])))
@pytest.mark.parametrize("together", [True, False])
def test_within_a_run_the_highest_sequence_wins(
    store: Store, order: tuple[int, ...], together: bool
):
    entries = [reported(sequence, waiting=sequence) for sequence in order]
    for batch in [entries] if together else [[entry] for entry in entries]:
        store.record(batch)
    kept = row(store, ONE)
    assert kept is not None
    assert kept.waiting == 3


@pytest.mark.parametrize("together", [True, False])
def test_a_run_that_was_followed_by_another_says_nothing_any_more(store: Store, together: bool):
    entries = [
        reported(7, FIRST_BOOT, waiting=1),
        reported(1, NEXT_BOOT, waiting=2),
        reported(8, FIRST_BOOT, waiting=3),
    ]
    for batch in [entries] if together else [[entry] for entry in entries]:
        store.record(batch)
    kept = row(store, ONE)
    assert kept is not None
    assert kept.waiting == 2


def test_a_clock_set_back_makes_no_report_old(store: Store):
    store.record([reported(1, at=NOW.replace(year=2030), waiting=1)])
    store.record([reported(1, NEXT_BOOT, at=NOW.replace(year=1970), waiting=2)])
    kept = row(store, ONE)
    assert kept is not None
    assert kept.waiting == 2


def test_the_death_of_an_earlier_run_does_not_hide_the_present_one(store: Store):
    store.record([present(Presence.ONLINE, FIRST_BOOT), present(Presence.ONLINE, NEXT_BOOT)])
    store.record([present(Presence.OFFLINE, FIRST_BOOT)])
    kept = row(store, ONE)
    assert kept is not None
    assert kept.presence is Presence.ONLINE


def test_a_terminal_that_comes_back_in_the_same_run_is_online_again(store: Store):
    for presence in (Presence.ONLINE, Presence.OFFLINE, Presence.ONLINE):
        store.record([present(presence)])
    kept = row(store, ONE)
    assert kept is not None
    assert kept.presence is Presence.ONLINE


def test_without_the_broker_nobody_is_said_to_be_there_or_away(store: Store):
    store.record([present(Presence.ONLINE), reported(1), LinkLost()])
    kept = row(store, ONE)
    assert kept is not None
    assert kept.presence is None
    assert kept.release == RELEASE
    assert not kept.wants_care


def test_what_the_broker_retained_is_no_sign_of_life(store: Store):
    store.record([present(Presence.ONLINE, retained=True)])
    kept = row(store, ONE)
    assert kept is not None
    assert kept.last_seen is None


def test_terminals_that_want_care_come_first(store: Store):
    quiet = [Reported(Terminal("sample", f"A{n}"), report(), NOW) for n in range(5)]
    jammed = report(devices=(DeviceReport(device="receipt_printer", state="faulted"),))
    store.record([*quiet, Reported(Terminal("sample", "Z9"), jammed, NOW)])
    first = page(store.engine, size=2)
    assert [one.terminal.name for one in first.rows] == ["Z9", "A0"]
    assert first.pages == 3
    assert [one.terminal.name for one in page(store.engine, size=2, number=99).rows] == ["A3", "A4"]
    only = page(store.engine, only_wanting_care=True)
    assert [one.terminal.name for one in only.rows] == ["Z9"]
    assert (totals(store.engine).terminals, totals(store.engine).wanting_care) == (6, 1)


def test_what_a_terminal_should_have_is_noted_once_it_is_known(store: Store):
    store.record([reported(1), Reported(TWO, report(), NOW)])
    assert store.lacking("sample", RELEASE, 4) == [ONE, TWO]
    store.desire([(ONE, RELEASE, 4)])
    assert store.lacking("sample", RELEASE, 4) == [TWO]
    assert store.lacking("sample", RELEASE, 5) == [ONE, TWO]
    assert store.lacking("elsewhere", RELEASE, 4) == []
    assert totals(store.engine).up_to_date == 1


def test_everything_is_there_after_a_restart(tmp_path: Path):
    file = tmp_path / "fleet.db"
    first = Store.open(file)
    first.record([reported(5), reported(1, NEXT_BOOT, waiting=4)])
    first.close()
    again = Store.open(file)
    again.record([reported(6, FIRST_BOOT, waiting=9)])
    kept = row(again, ONE)
    again.close()
    assert kept is not None
    assert kept.waiting == 4


def test_runs_long_ended_are_forgotten(tmp_path: Path):
    file = tmp_path / "fleet.db"
    first = Store.open(file)
    first.record([reported(1, f"{number:032x}") for number in range(80)])
    first.close()
    Store.open(file).close()
    connection = sqlite3.connect(file)
    assert connection.execute("SELECT count(*), max(number) FROM boots").fetchone() == (50, 80)
    connection.close()


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(data=st.data())
def test_any_order_of_arrival_within_two_runs_ends_with_the_newest(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
):
    said = [(FIRST_BOOT, n) for n in range(1, 5)] + [(NEXT_BOOT, n) for n in range(1, 5)]
    order = data.draw(st.permutations(said))
    store = Store.open(tmp_path_factory.mktemp("order") / "fleet.db")
    sizes = data.draw(st.lists(st.integers(1, 4), min_size=8, max_size=8))
    entries: list[Entry] = [reported(n, boot, waiting=n) for boot, n in order]
    # The first run is heard of first, as at a real start.
    store.record([present(Presence.ONLINE, FIRST_BOOT), present(Presence.ONLINE, NEXT_BOOT)])
    for size in sizes:
        batch, entries = entries[:size], entries[size:]
        if batch:
            store.record(batch)
    kept = row(store, ONE)
    store.close()
    assert kept is not None
    assert kept.waiting == 4
