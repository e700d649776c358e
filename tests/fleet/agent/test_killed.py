"""The agent is killed at every row of its table: it goes on, and the catalogue is always whole."""

from __future__ import annotations

import signal
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from fleet.agent.update import TABLE, Act
from fleet.protocol.messages import UpdateState
from kiosk.catalogue.items import release_name
from tests.fleet.agent.site import running_agent, settings_file
from tests.fleet.release.publication import ITEMS, with_limit
from tests.harness.walk import ROOT

ENDS = {
    "record": UpdateState.CURRENT,
    "stage": UpdateState.CURRENT,
    "switch": UpdateState.CURRENT,
    "confirm": UpdateState.CURRENT,
    "roll_back": UpdateState.ROLLED_BACK,
}


def run_until_killed(file: Path, write: str, moment: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.fleet.agent.doomed_agent", str(file), write, moment],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )
    assert done.returncode == -signal.SIGKILL, done.stderr


def test_every_write_of_the_table_is_cut_off_here():
    assert {step.act.value for step in TABLE.values()} == ENDS.keys() == {a.value for a in Act}


@pytest.mark.parametrize("write", ENDS)
def test_killed_within_and_after_a_write_it_converges_and_nothing_is_mixed(
    fleet, store, terminal, write
):
    fleet.publication.clock.time = datetime.now(UTC)
    if write == "roll_back":
        terminal.finding = "life_event/newborn: KeyError"
    release = fleet.release(7)
    shipped = release_name(ITEMS)
    file = settings_file(fleet)
    for moment in ("within", "after"):
        run_until_killed(file, write, moment)
        in_force = store.in_force()
        assert in_force.active in (shipped, release)
        assert release_name(store.items(in_force.active)) == in_force.active
    with running_agent(fleet, store):
        fleet.says(ENDS[write], release)
        end = shipped if write == "roll_back" else release
        fleet.wait_last("the end", release=end)
    assert store.in_force().active == end
    assert store.items(end) == (ITEMS if write == "roll_back" else with_limit(7))
    assert set(terminal.served) <= {shipped, release}
