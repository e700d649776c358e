"""`yici fleet serve` and `yici fleet terminals` as they are called."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import httpx
import pytest

from fleet.protocol.topics import Kind, Terminal
from tests.fleet.manager.parts import report, status
from tests.fleet.mqtt_client import connected
from tests.fleet.serving import END_S, Manager, manager
from tests.harness.broker import RunningBroker
from tests.yici.waiting import wait_until

FLEET = (sys.executable, "-m", "yici.fleet_serve")


def test_a_report_reaches_the_page_and_the_list(fresh_broker: RunningBroker, tmp_path: Path):
    terminal = Terminal("sample", "XJ0001")
    with manager(fresh_broker, tmp_path) as serving:
        with connected(fresh_broker, terminal.client_id) as agent:
            agent.publish(terminal.topic(Kind.STATUS), status().to_bytes(), retain=True)
            wait_until(lambda: "XJ0001" in page(serving))
            agent.publish(terminal.topic(Kind.REPORT), report().to_bytes())
            wait_until(lambda: "空闲" in page(serving))
        listed = subprocess.run(
            [*FLEET, "terminals", "--data", str(tmp_path / "manager")],
            capture_output=True,
            text=True,
            timeout=30,
            check=True,
        ).stdout
        assert "sample.XJ0001" in listed
        assert "online" in listed
        serving.process.send_signal(signal.SIGTERM)
        assert serving.process.wait(END_S) == 0
    assert '"event": "broker connected"' in serving.log.read_text("utf-8")


def page(serving: Manager) -> str:
    try:
        return httpx.get(f"{serving.url}/live", timeout=5).text
    except httpx.TransportError:
        return ""


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("serve", "--credentials", "{here}"), "authority.crt"),
        (("terminals",), "no manager has kept a store there"),
    ],
)
def test_what_cannot_start_says_why(tmp_path: Path, arguments: tuple[str, ...], told: str):
    command = [*FLEET, *(word.format(here=tmp_path) for word in arguments)]
    command += ["--data", str(tmp_path / "manager")]
    command += ["--folder", str(tmp_path / "fleet")] if arguments[0] == "serve" else []
    command += ["--port", "0"] if arguments[0] == "serve" else []
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 1
    assert told in done.stderr
    assert "Traceback" not in done.stderr
