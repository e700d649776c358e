"""Debian's mosquitto as the fleet runs it: TLS, certificates, access list, on a loopback port."""

from __future__ import annotations

import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest

from fleet.broker.authority import MANAGER, Credentials
from fleet.broker.installation import install
from fleet.protocol.topics import Terminal
from tests.yici.waiting import wait_until
from yici.loopback import HOST, hold, takes_connections

TEXTS = Path(__file__).parents[2] / "config" / "broker"
START_TIMEOUT_S = 30.0  # two shared cores
STOP_TIMEOUT_S = 10.0


def utc_now() -> datetime:
    return datetime.now(UTC)


class RunningBroker:
    """A broker with an authority of its own."""

    host = HOST

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._held = hold()  # while the broker starts, and from one start to the next
        self.port: int = self._held.getsockname()[1]
        self._installation = install(folder, TEXTS, HOST, self.port, utc_now)
        self._log = folder / "log.txt"
        self._process: subprocess.Popen[bytes] | None = None
        self.start_again()

    @property
    def ca(self) -> Path:
        """The authority's certificate."""
        return self.certificate(MANAGER).authority

    def certificate(self, client_id: str) -> Credentials:
        """For the terminal `bank.terminal`, or for `manager`."""
        authority = self._installation.authority
        if client_id == MANAGER:
            return authority.for_manager()
        bank, _, name = client_id.partition(".")
        return authority.for_terminal(Terminal(bank, name))

    def log(self) -> str:
        """What the broker has logged so far."""
        return self._log.read_text(encoding="utf-8", errors="replace")

    def kill(self) -> None:
        """As a power cut would: what it retained since its last save is gone."""
        assert self._process is not None
        self._process.kill()
        self._process.wait(STOP_TIMEOUT_S)

    def start_again(self) -> None:
        """Start on the same folder and port, and wait until it takes connections."""
        with self._log.open("ab") as log:
            self._process = process = subprocess.Popen(
                self._installation.command, stdin=subprocess.DEVNULL, stdout=log, stderr=log
            )

        def is_up() -> bool:
            assert process.poll() is None, self.log()
            return takes_connections((HOST, self.port))

        wait_until(is_up, START_TIMEOUT_S)

    def stop(self) -> None:
        """Ask it to end, and wait."""
        assert self._process is not None
        self._process.terminate()
        try:
            self._process.wait(STOP_TIMEOUT_S)
        finally:
            self._process.kill()

    def let_go(self) -> None:
        """Leave its port to others."""
        self._held.close()

    def raw_connection(self) -> socket.socket:
        """A plain TCP connection to it; the caller closes it."""
        return socket.create_connection((HOST, self.port), timeout=START_TIMEOUT_S)


@contextmanager
def running_broker(folder: Path) -> Iterator[RunningBroker]:
    running = RunningBroker(folder)
    try:
        yield running
    finally:
        running.stop()
        running.let_go()


@pytest.fixture(scope="session")
def broker(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningBroker]:
    """The broker of the whole run: use a bank of your own. Not to be killed."""
    with running_broker(tmp_path_factory.mktemp("broker")) as running:
        yield running


@pytest.fixture
def fresh_broker(tmp_path: Path) -> Iterator[RunningBroker]:
    """A broker of this test alone, which it may kill and start again."""
    with running_broker(tmp_path / "broker") as running:
        yield running
