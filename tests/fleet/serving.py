"""`yici fleet serve` as a process of its own, on a free port."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.harness.broker import RunningBroker
from tests.yici.waiting import wait_until

END_S = 30.0  # two shared cores


@dataclass(frozen=True)
class Manager:
    """A manager that takes connections. `log`: what it writes meanwhile."""

    url: str
    process: subprocess.Popen[bytes]
    log: Path


@contextmanager
def manager(
    broker: RunningBroker, folder: Path, *options: str, ready_s: float = 60.0
) -> Iterator[Manager]:
    """With its files in `folder`; it is killed on leaving, where it has not ended before."""
    command = [sys.executable, "-m", "yici.fleet_serve", "serve", "--port", "0"]
    command += ["--broker-port", str(broker.port), "--credentials", str(broker.ca.parent)]
    command += ["--folder", str(folder / "fleet"), "--data", str(folder / "manager"), *options]
    said, log = folder / "said", folder / "log"
    with said.open("wb") as output, log.open("wb") as errors:
        process = subprocess.Popen(command, stdout=output, stderr=errors)

    def takes_connections() -> bool:
        assert process.poll() is None, log.read_text("utf-8")
        return said.read_text("utf-8").endswith("\n")

    try:
        wait_until(takes_connections, ready_s)
        yield Manager(said.read_text("utf-8").strip(), process, log)
    finally:
        process.kill()
        process.wait(END_S)
