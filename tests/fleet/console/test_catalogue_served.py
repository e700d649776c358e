"""The catalogue's page as `yici fleet serve` serves it, beside everything else that it does."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import httpx
import pytest

from tests.fleet.console.catalogue_pages import words
from tests.harness.broker import RunningBroker
from tests.harness.walk import ROOT
from tests.yici.waiting import wait_until
from yici.loopback import free_ports

READY_S = 120.0  # two shared cores: it begins by building a release
ANSWER_S = 30.0


@pytest.mark.timeout(READY_S + 3 * ANSWER_S)
def test_the_manager_shows_the_catalogue_that_it_began_with(broker: RunningBroker, tmp_path: Path):
    (port,) = free_ports((0,))
    url = f"http://127.0.0.1:{port}/catalogue"
    command = [sys.executable, "-m", "yici.fleet_serve", "serve", "--port", str(port)]
    command += ["--broker-port", str(broker.port), "--credentials", str(broker.ca.parent)]
    command += ["--folder", str(tmp_path / "fleet"), "--data", str(tmp_path / "manager")]
    command += ["--begin-with", str(ROOT / "config/catalogue")]
    with (tmp_path / "log").open("wb") as log:
        manager = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=log)
    try:
        wait_until(lambda: answers(url), READY_S)
        seen = words(httpx.get(url, timeout=ANSWER_S).text)
    finally:
        manager.terminate()
        manager.wait(ANSWER_S)
    assert "一件事 29" in seen
    assert "1 新生儿出生 含示例" in seen


def answers(url: str) -> bool:
    try:
        return httpx.get(url, timeout=ANSWER_S).status_code == 200
    except httpx.TransportError:
        return False
