"""A terminal in a process of its own, to be killed: hands in one life event and then waits.

`python -m tests.harness.doomed_terminal FOLDER PLATFORM KEY READER PRINTER`; the test lays the
card when it prints `waiting`, and says when to hand in after `checking` by a line of input.
"""

from __future__ import annotations

import sys
import threading
from pathlib import Path

from kiosk.station.log import log_to
from tests.harness.station import running_station, terminal_settings
from tests.kiosk.station.conftest import SCRIPT


def main() -> None:
    folder, platform, key, reader, printer = sys.argv[1:]
    settings = terminal_settings(Path(folder), platform, key, reader, printer)
    log_to(settings.log)
    with running_station(settings) as (citizen, screen):
        citizen.go("begin", "choose")
        citizen.go("newborn", "identify")
        print("waiting", flush=True)  # noqa: T201
        screen.wait_for("consent")
        citizen.to("check", SCRIPT)
        print("checking", flush=True)  # noqa: T201
        sys.stdin.readline()
        citizen.press("submit")
        threading.Event().wait()


if __name__ == "__main__":
    main()
