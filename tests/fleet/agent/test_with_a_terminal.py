"""From the publisher's desk to the notice that the next citizen reads, all but the window."""

from __future__ import annotations

import pytest

from fleet.protocol.messages import UpdateState
from kiosk.catalogue.items import release_name
from tests.fleet.agent.site import Fleet, running_agent
from tests.fleet.release.publication import ITEMS
from tests.harness.devices import eventually
from tests.kiosk.station.conftest import Site, site
from tests.kiosk.station.test_catalogue_switch import leave, to_notice, watched

__all__ = ["site"]


@pytest.fixture(autouse=True)
def lively(monkeypatch: pytest.MonkeyPatch) -> None:
    """The agent believes a terminal's second beat; here it comes soon."""
    monkeypatch.setattr("kiosk.station.catalogue_watch.BEAT_EVERY_S", 0.2)


def test_the_next_citizen_reads_the_new_limit(fleet: Fleet, site: Site):
    with watched(site) as terminal, running_agent(fleet, terminal.store):
        fleet.wait_last("the terminal", terminal_running=True, busy=False)
        assert "44" not in to_notice(terminal.citizen, site)
        fleet.wait_last("somebody is there", busy=True)
        release = fleet.release(44)
        fleet.says(UpdateState.STAGED, release)
        assert fleet.last().release == release_name(ITEMS)
        leave(terminal.citizen, site)
        fleet.says(UpdateState.CURRENT, release)
        fleet.wait_last("in use", release=release)
        assert "44" in to_notice(terminal.citizen, site)


def test_what_the_console_shows_of_devices_comes_from_the_terminal(
    fleet: Fleet,
    site: Site,
):
    with watched(site) as terminal, running_agent(fleet, terminal.store):
        fleet.wait_last("the terminal", terminal_running=True)

        def online() -> bool:
            return {d.device: d.state for d in fleet.last().devices} == {
                "id_card": "online",
                "receipt_printer": "online",
            }

        eventually(online, "both devices online", 15)
