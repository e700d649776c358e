"""`make run` as a person meets it: the real parts, on a virtual display, from start to end."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.yici.waiting import wait_until

READY_S = 120.0  # two shared cores
END_S = 30.0

pytestmark = pytest.mark.timeout(2 * READY_S + 2 * END_S)


class RunningStation:
    """A station in a process group of its own; `told` is all it has said so far."""

    def __init__(self, data: Path, programs: Path | None = None) -> None:
        """`programs`: a folder whose programs come before those of the machine."""
        self._output = data / "told.txt"
        self._mark = f"YICI_TEST_STATION={data}"
        name, _, value = self._mark.partition("=")
        before = f"{programs}{os.pathsep}" if programs else ""
        with self._output.open("wb") as output:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "yici.station", "--view", "browser", "--data", str(data)],
                stdout=output,
                stderr=subprocess.STDOUT,
                env={**os.environ, name: value, "PATH": before + os.environ["PATH"]},
            )

    @property
    def told(self) -> str:
        return self._output.read_text(encoding="utf-8")

    def addresses(self) -> list[str]:
        return sorted(set(re.findall(r"http://127\.0\.0\.1:\d+\S*", self.told)))

    def end(self, number: signal.Signals) -> int:
        self._process.send_signal(number)
        return self._process.wait(END_S)

    def kill(self) -> None:
        self._process.kill()
        self._process.wait(END_S)

    def left_running(self) -> list[str]:
        """Names of processes that carry this station's mark in their environment."""
        left = []
        for folder in Path("/proc").glob("[0-9]*"):
            try:
                if self._mark.encode() in (folder / "environ").read_bytes().split(b"\0"):
                    left.append((folder / "comm").read_text(encoding="utf-8").strip())
            except (FileNotFoundError, PermissionError, ProcessLookupError):
                continue  # it ended meanwhile, or is not ours to look at
        return left


@pytest.fixture
def station(tmp_path: Path) -> Iterator[RunningStation]:
    running = RunningStation(tmp_path)
    yield running
    running.kill()


@pytest.fixture
def starting(tmp_path: Path) -> Iterator[RunningStation]:
    """A station that never comes to the end of its start: its last part takes no connections."""
    last = tmp_path / "programs" / "websockify"
    last.parent.mkdir()
    last.write_text("#!/bin/sh\nexec sleep 600\n", encoding="utf-8")
    last.chmod(0o755)
    running = RunningStation(tmp_path, last.parent)
    yield running
    running.kill()


def test_every_address_told_answers_and_ctrl_c_leaves_nothing_behind(
    station: RunningStation,
) -> None:
    wait_until(lambda: "Ctrl-C stops everything" in station.told, READY_S)
    addresses = station.addresses()
    assert len(addresses) == 4, station.told
    for address in addresses:
        assert httpx.get(address, follow_redirects=True, timeout=END_S).status_code == 200
    assert {"Xvfb", "x11vnc", "websockify", "mosquitto"} <= set(station.left_running())
    console = re.search(r"console\): (\S+)", station.told)
    assert console is not None
    wait_until(lambda: terminal_on(console[1]) == ["XJ0001", "online", "current"], READY_S)
    assert station.end(signal.SIGINT) == 0, station.told
    assert station.left_running() == []
    assert "Everything is stopped." in station.told


def terminal_on(console: str) -> list[str]:
    """The terminal's name, presence and update as the console shows them."""
    page = httpx.get(f"{console}/live?lang=en", timeout=END_S).text
    return re.findall(r'(?:scope="row">|badge \w+">)([\w ]+)<', page)


@pytest.mark.parametrize(
    ("number", "part"),
    [(signal.SIGINT, "virtual display"), (signal.SIGTERM, "view in the browser")],
)
def test_it_can_be_stopped_while_it_starts(
    starting: RunningStation, number: signal.Signals, part: str
) -> None:
    wait_until(lambda: f"Starting: {part}" in starting.told, READY_S)
    assert starting.end(number) == 0, starting.told
    assert starting.left_running() == []
    assert "Ctrl-C stops everything" not in starting.told
