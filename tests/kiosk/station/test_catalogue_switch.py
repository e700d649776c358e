"""A new catalogue under a running terminal: who has begun keeps theirs, who comes next has it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import pytest

from kiosk import beijing
from kiosk.catalogue.items import canonical, parse, release_name
from kiosk.catalogue.release_rows import FILE, AgentRow, TerminalRow
from kiosk.catalogue.release_store import ReleaseStore
from kiosk.catalogue.start import starting_catalogue
from kiosk.journey.world import World
from kiosk.station.catalogue_watch import CatalogueWatch, Surroundings
from run_kiosk import fresh_id
from tests.harness.devices import eventually
from tests.harness.station import WAIT_S, Citizen, running_station
from tests.harness.walk import ROOT, world
from tests.kiosk.catalogue.releases import shipped_items, with_limit
from tests.kiosk.station.conftest import SCRIPT, Site

NEW, NEW_ITEMS = with_limit(44)
QUICK_S = 0.02


@dataclass
class Watched:
    """A running terminal, and its store as the agent sees it."""

    citizen: Citizen
    store: ReleaseStore

    def put_in_force(self, release: str, items: dict[str, bytes]) -> int:
        self.store.stage(AgentRow("staged", release), release, items)
        self.store.switch(AgentRow("switched", release), release)
        return self.store.in_force().serial

    def says(self, what: str, **expected: object) -> TerminalRow:
        def said() -> TerminalRow | None:
            row = self.store.terminal()
            fits = row and all(getattr(row, k) == v for k, v in expected.items())
            return row if fits else None

        return eventually(said, what, WAIT_S)


@contextmanager
def watched(site: Site) -> Iterator[Watched]:
    folder = site.folder / "data"
    began = starting_catalogue(folder / FILE, ROOT / "config/catalogue")
    shown = World(began.catalogue, world().phrases, world().site)
    with running_station(site.settings, of=shown) as (citizen, _):
        around = Surroundings(folder, fresh_id(), beijing.now, lambda: 0, QUICK_S)
        watch = CatalogueWatch(shown, citizen.station, began, around)
        watch.start()
        store = eventually(lambda: ReleaseStore.open(folder), "a store", WAIT_S)
        try:
            yield Watched(citizen, store)
        finally:
            watch.stop()
            store.close()


@pytest.fixture
def terminal(site: Site) -> Iterator[Watched]:
    with watched(site) as running:
        running.says("the shipped release", checked=1)
        yield running


def to_notice(citizen: Citizen, site: Site) -> str:
    """All that the one notice says."""
    site.identify(citizen)
    return str(citizen.to("notice", SCRIPT))


def leave(citizen: Citizen, site: Site) -> None:
    citizen.go("leave", "leave")
    citizen.go("end", "goodbye")
    site.reader.remove()
    citizen.go("finish", "idle")


def test_the_shipped_catalogue_is_put_in_force_at_the_first_start(terminal: Watched):
    in_force = terminal.store.in_force()
    assert in_force.active == release_name(shipped_items())
    assert in_force.shipped
    assert terminal.store.items(in_force.active) == shipped_items()


def test_a_session_keeps_its_catalogue_and_the_next_one_has_the_new_limit(
    terminal: Watched, site: Site
):
    terminal.citizen.go("begin", "choose")
    terminal.citizen.go("newborn", "identify")
    terminal.says("busy", busy=True)
    serial = terminal.put_in_force(NEW, NEW_ITEMS)
    checked = terminal.says("checked", checked=serial)
    assert (checked.finding, checked.release) == ("", release_name(shipped_items()))
    site.reader.lay(site.people["chen"])
    terminal.citizen.screen.wait_for("consent")
    assert "44" not in str(terminal.citizen.to("notice", SCRIPT))
    leave(terminal.citizen, site)
    terminal.says("in use", release=NEW, busy=False)
    assert "44" in to_notice(terminal.citizen, site)


def test_a_case_carries_the_release_it_began_with(terminal: Watched, site: Site):
    site.identify(terminal.citizen)
    terminal.put_in_force(NEW, NEW_ITEMS)
    terminal.says("checked", checked=2)
    terminal.citizen.to("done", SCRIPT)
    submission = terminal.citizen.station._session.submission
    assert submission.catalogue == release_name(shipped_items())


def test_an_idle_terminal_takes_a_new_release_at_once(terminal: Watched):
    terminal.put_in_force(NEW, NEW_ITEMS)
    terminal.says("in use", release=NEW, finding="", busy=False)


def test_a_release_whose_pages_cannot_be_made_is_refused_and_named(terminal: Watched):
    key = "life_event/newborn"
    tree = parse(shipped_items()[key])
    del tree["guide"]
    items = {**shipped_items(), key: canonical(tree)}
    serial = terminal.put_in_force(release_name(items), items)
    row = terminal.says("a finding", checked=serial)
    assert "newborn" in row.finding
    assert row.release == release_name(shipped_items())
    terminal.store.roll_back(AgentRow("rolled_back"))
    terminal.says("the release before", checked=serial + 1, finding="")


def test_a_restart_after_the_switch_begins_with_the_new_release(site: Site):
    with watched(site) as running:
        running.says("the shipped release", checked=1)
        running.put_in_force(NEW, NEW_ITEMS)
    with watched(site) as running:
        assert running.says("in use", release=NEW).checked == 2


def test_the_terminal_beats_for_as_long_as_it_runs(terminal: Watched, monkeypatch):
    monkeypatch.setattr("kiosk.station.catalogue_watch.BEAT_EVERY_S", 0.05)
    first = terminal.says("a beat").beat
    eventually(lambda: terminal.store.terminal().beat > first + 2, "more beats")


def test_the_devices_are_told_in_their_own_words(terminal: Watched, site: Site):
    def online() -> bool:
        states = {line.device: line.state for line in terminal.store.terminal().devices}
        return states == {"id_card": "online", "receipt_printer": "online"}

    eventually(online, "both devices")
