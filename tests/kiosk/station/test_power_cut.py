"""The power fails between handing in and the acknowledgement: there is one case all the same."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager

from tests.harness.devices import eventually
from tests.harness.platform import KEY
from tests.harness.walk import ROOT
from tests.kiosk.station.conftest import Site


@contextmanager
def doomed(site: Site) -> Iterator[Callable[[], None]]:
    """A terminal on its check page, and what hands in; killed on leaving, as a power cut would."""
    command = [sys.executable, "-m", "tests.harness.doomed_terminal", str(site.folder)]
    command += [site.platform.base_url, KEY, site.reader.url, site.printer.url]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, cwd=ROOT, stdin=pipe, stdout=pipe, text=True) as process:
        assert process.stdout is not None
        assert process.stdin is not None
        keys = process.stdin

        def hand_in() -> None:
            keys.write("\n")
            keys.flush()

        try:
            assert process.stdout.readline() == "waiting\n"
            site.reader.lay(site.people["chen"])
            assert process.stdout.readline() == "checking\n"
            yield hand_in
        finally:
            process.kill()


def states(site: Site) -> list[str]:
    """How the items of the terminal's outbox stand, read past the terminal."""
    file = site.folder / "data/terminal.db"
    with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as database:
        return [state for (state,) in database.execute("SELECT state FROM outbox")]


def cases(site: Site) -> int:
    return int(site.platform.desk("counts")["cases"])


def test_killed_before_the_platform_has_it_the_case_arrives_once_after_the_restart(site: Site):
    before = cases(site)
    with doomed(site) as hand_in:
        site.platform.fault("down")
        hand_in()
        eventually(lambda: states(site) not in ([], ["acknowledged"]), "written ahead", 15)
    assert cases(site) == before
    site.platform.fault("none")
    with site.open():
        eventually(lambda: states(site) == ["acknowledged"], "delivered", 15)
    assert cases(site) == before + 1


def test_killed_after_the_platform_has_it_the_case_is_not_there_twice(site: Site):
    before = cases(site)
    with doomed(site) as hand_in:
        site.platform.fault("drop_after_commit")
        hand_in()
        eventually(lambda: cases(site) == before + 1, "stored, and the answer lost", 15)
    assert states(site) == ["sending"] or states(site) == ["waiting"]
    site.platform.fault("none")
    with site.open():
        eventually(lambda: states(site) == ["acknowledged"], "acknowledged", 15)
    assert cases(site) == before + 1
