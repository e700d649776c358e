"""The sandbox platform as a process of its own, on a free loopback port."""

from __future__ import annotations

import selectors
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

import httpx
import pytest

from kiosk.gateway.http_client import HttpGateway
from yici.loopback import hold

ROOT = Path(__file__).parents[2]
CATALOGUE = ROOT / "config" / "catalogue"
PEOPLE = ROOT / "config" / "sandbox" / "people.yaml"
KEY = "key-of-the-tests"
TERMINAL = "T-0001"
START_TIMEOUT_S = 30.0  # two shared cores, cold imports
STOP_TIMEOUT_S = 10.0


class SandboxPlatform:
    """A running sandbox. Its faults, counts and cases are asked for over HTTP as well."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._held = hold()  # while it starts, and from one start to the next
        self._process, self.base_url = _start(folder, self._port)
        self._http = httpx.Client(trust_env=False, timeout=10.0)

    def gateway(self, timeout_s: float = 8.0, key: str = KEY) -> HttpGateway:
        """A client for it; the caller closes it."""
        return HttpGateway(self.base_url, TERMINAL, key, timeout_s=timeout_s)

    def fault(self, kind: str, *, seconds: float = 0.0, times: int | None = None) -> None:
        """What goes wrong from now on: `none`, `down`, `slow`, `rubbish`, `drop_after_commit`."""
        answer = self._http.put(
            f"{self.base_url}/faults", json={"kind": kind, "seconds": seconds, "times": times}
        )
        answer.raise_for_status()

    def desk(self, what: str) -> Any:
        """`cases` or `counts`, as staff see them."""
        return self.get(f"/desk/{what}").json()

    def advance(self, project_no: str, task_code: str, state: str) -> int:
        """A department brings its matter on; gives the HTTP status."""
        address = f"{self.base_url}/desk/cases/{project_no}/tasks/{task_code}"
        return self._http.put(address, json={"task_state": state}).status_code

    def get(self, path: str) -> httpx.Response:
        """A page, which must be there."""
        return self._http.get(f"{self.base_url}{path}").raise_for_status()

    def raw(self, method: str, path: str, **request: Any) -> httpx.Response:
        """Any request, without the client's care."""
        return self._http.request(method, f"{self.base_url}{path}", **request)

    def kill(self) -> None:
        """As a power cut would."""
        self._process.kill()
        self._process.wait(STOP_TIMEOUT_S)

    def start_again(self) -> None:
        """Start on the same data and port."""
        self._process, self.base_url = _start(self._folder, self._port)

    @property
    def _port(self) -> int:
        port: int = self._held.getsockname()[1]
        return port

    def stop(self) -> None:
        """Ask it to end, and wait."""
        self._http.close()
        self._process.terminate()
        self._process.wait(STOP_TIMEOUT_S)
        self._held.close()


@contextmanager
def running_platform(folder: Path) -> Iterator[SandboxPlatform]:
    """A sandbox that keeps its data in `folder`."""
    platform = SandboxPlatform(folder)
    try:
        yield platform
    finally:
        platform.stop()


@pytest.fixture(scope="session")
def shared_platform(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SandboxPlatform]:
    with running_platform(tmp_path_factory.mktemp("platform")) as platform:
        yield platform


@pytest.fixture
def platform(shared_platform: SandboxPlatform) -> Iterator[SandboxPlatform]:
    """The sandbox of the whole run, without faults; earlier tests' cases are in it."""
    yield shared_platform
    shared_platform.fault("none")


@pytest.fixture
def fresh_platform(tmp_path: Path) -> Iterator[SandboxPlatform]:
    """A sandbox of this test alone, which it may kill."""
    with running_platform(tmp_path / "platform") as platform:
        yield platform


def _start(folder: Path, port: int) -> tuple[subprocess.Popen[str], str]:
    folder.mkdir(parents=True, exist_ok=True)
    command = [sys.executable, "-m", "kiosk.gateway.sandbox", "--port", str(port), "--faults"]
    command += ["--data", str(folder), "--key", KEY]
    command += ["--people", str(PEOPLE), "--catalogue", str(CATALOGUE)]
    with (folder / "stderr.txt").open("a") as errors:
        process = subprocess.Popen(
            command, cwd=ROOT, stdout=subprocess.PIPE, stderr=errors, text=True
        )
    assert process.stdout is not None
    address = _line(process.stdout)
    if not address.startswith("http://"):
        process.kill()
        process.wait(STOP_TIMEOUT_S)
        raise RuntimeError(f"the sandbox did not start: {(folder / 'stderr.txt').read_text()}")
    return process, address


def _line(stream: IO[str]) -> str:
    with selectors.DefaultSelector() as selector:
        selector.register(stream, selectors.EVENT_READ)
        return stream.readline().strip() if selector.select(START_TIMEOUT_S) else ""
