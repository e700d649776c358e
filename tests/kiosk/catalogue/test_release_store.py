"""What the store of releases promises to the two processes that share it."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from kiosk.catalogue.consistency import CatalogueError
from kiosk.catalogue.release_rows import FILE, AgentRow, DeviceRow, TerminalRow, UnknownRelease
from kiosk.catalogue.release_store import ReleaseStore
from kiosk.catalogue.start import STARTS, starting_catalogue
from tests.harness.walk import ROOT
from tests.kiosk.catalogue.releases import shipped_items, with_limit

SHIPPED = ROOT / "config/catalogue"
OLD, OLD_ITEMS = with_limit(40)
NEW, NEW_ITEMS = with_limit(41)


@pytest.fixture
def store(tmp_path: Path):
    opened = ReleaseStore.open(tmp_path)
    yield opened
    opened.close()


def switched(store: ReleaseStore) -> None:
    store.stage(AgentRow("staged", OLD), OLD, OLD_ITEMS)
    store.switch(AgentRow("switched", OLD), OLD)
    store.confirm(AgentRow("current", OLD))
    store.stage(AgentRow("staged", NEW), NEW, NEW_ITEMS)
    store.switch(AgentRow("switched", NEW), NEW)


def limit(file: Path) -> int | None:
    return starting_catalogue(file, SHIPPED).catalogue.matter("birth_certificate").promise_days


def test_a_release_comes_out_as_it_went_in_and_is_in_force_after_the_switch(store):
    switched(store)
    assert store.items(NEW) == NEW_ITEMS
    in_force = store.in_force()
    assert (in_force.active, in_force.previous, in_force.confirmed) == (NEW, OLD, False)
    assert store.agent() == AgentRow("switched", NEW)


def test_a_roll_back_puts_the_release_before_in_force_and_leads_no_further(store):
    switched(store)
    store.roll_back(AgentRow("rolled_back", NEW))
    assert (store.in_force().active, store.in_force().previous) == (OLD, None)
    with pytest.raises(UnknownRelease):
        store.roll_back(AgentRow("rolled_back", NEW))


def test_every_switch_has_a_serial_of_its_own(store):
    switched(store)
    before = store.in_force().serial
    store.roll_back(AgentRow("rolled_back", NEW))
    store.switch(AgentRow("switched", NEW), NEW)
    assert store.in_force().serial == before + 2


def test_a_release_that_is_not_there_is_not_switched_to(store):
    switched(store)
    with pytest.raises(UnknownRelease):
        store.switch(AgentRow("switched", "0" * 12), "0" * 12)
    assert store.in_force().active == NEW
    assert store.agent().release == NEW


def test_a_shipped_catalogue_never_replaces_a_signed_one(store):
    switched(store)
    store.install("f" * 12, shipped_items())
    assert store.in_force().active == NEW


def test_what_no_release_needs_any_more_is_dropped(store, tmp_path):
    for days in range(50, 60):
        release, items = with_limit(days)
        store.stage(AgentRow("staged", release), release, items)
        store.switch(AgentRow("switched", release), release)
    with closing(sqlite3.connect(tmp_path / FILE)) as db:
        (releases,) = db.execute("SELECT count(*) FROM releases").fetchone()
        (items,) = db.execute("SELECT count(*) FROM items").fetchone()
    assert releases == 3  # in force, before, and that before until the next is confirmed
    assert items == len(shipped_items()) + 2


def test_what_the_terminal_says_reaches_the_agent(store):
    row = TerminalRow(
        run="r",
        beat=7,
        busy=True,
        release=OLD,
        checked=3,
        finding="life_event/newborn: KeyError",
        waiting=2,
        devices=(DeviceRow("id_card", "online", "unknown", False),),
    )
    store.say(row)
    assert store.terminal() == row


def test_a_terminal_without_a_fleet_starts_with_what_its_folder_says(store, tmp_path):
    store.install(OLD, OLD_ITEMS)
    assert limit(tmp_path / FILE) != 40


def test_a_terminal_starts_with_the_signed_release_in_force(store, tmp_path):
    switched(store)
    assert limit(tmp_path / FILE) == 41
    assert starting_catalogue(tmp_path / FILE, SHIPPED).finding == ""


def test_a_release_that_ends_the_terminal_at_every_start_is_given_up(store, tmp_path):
    switched(store)
    for _ in range(STARTS):
        assert limit(tmp_path / FILE) == 41
    given_up = starting_catalogue(tmp_path / FILE, SHIPPED)
    assert given_up.catalogue.release == OLD
    assert given_up.serial == store.in_force().serial
    assert "never passed" in given_up.finding


def test_starts_of_a_confirmed_release_are_not_counted(store, tmp_path):
    switched(store)
    store.confirm(AgentRow("current", NEW))
    for _ in range(STARTS + 2):
        assert limit(tmp_path / FILE) == 41


def test_items_that_were_changed_on_the_disk_are_not_served(store, tmp_path):
    switched(store)
    with closing(sqlite3.connect(tmp_path / FILE)) as db:
        db.execute(
            "UPDATE items SET content = ? WHERE content = ?",
            [with_limit(99)[1]["matter/birth_certificate"], NEW_ITEMS["matter/birth_certificate"]],
        )
        db.commit()
    began = starting_catalogue(tmp_path / FILE, SHIPPED)
    assert began.catalogue.release == OLD
    assert NEW in began.finding


@pytest.mark.parametrize("content", [b"", b"not a database at all" * 300])
def test_a_damaged_store_leaves_the_terminal_its_shipped_catalogue(tmp_path, content):
    (tmp_path / FILE).write_bytes(content)
    began = starting_catalogue(tmp_path / FILE, SHIPPED)
    assert began.finding
    assert began.catalogue.life_event("newborn")


def test_a_broken_shipped_catalogue_is_said(tmp_path):
    with pytest.raises(CatalogueError):
        starting_catalogue(tmp_path / FILE, tmp_path)
