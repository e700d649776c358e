"""The simulated page printer itself: its power, its port and its processes."""

from __future__ import annotations

import os
import signal
import socket
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from drivers.simulators.page_printer import IppEveSimulator
from drivers.simulators.simulated import SimulatorError
from tests.harness.devices import eventually


@pytest.fixture
def page_end(tmp_path: Path) -> Iterator[IppEveSimulator]:
    simulator = IppEveSimulator(tmp_path / "page-printer")
    simulator.start()
    yield simulator
    simulator.stop()


def test_a_printer_that_dies_while_its_cover_is_opened_has_it_open_when_it_is_back(
    page_end: IppEveSimulator,
) -> None:
    with ThreadPoolExecutor(1) as hand, page_end.hanging():
        opening = hand.submit(setattr, page_end, "cover_open", True)
        eventually(lambda: page_end.cover_open, "the hand is at the cover")
        port = str(urlsplit(page_end.uri).port)
        [printer] = [child for child in children() if port in command_of(child)]
        os.kill(int(printer), signal.SIGKILL)
        opening.result(20.0)
    assert not page_end.plugged
    page_end.plug()
    assert page_end.cover_open


def test_nobody_else_gets_the_port_of_a_printer_without_power(page_end: IppEveSimulator) -> None:
    uri, port = page_end.uri, urlsplit(page_end.uri).port
    page_end.unplug()
    with socket.socket() as other, pytest.raises(OSError, match="in use"):
        other.bind(("127.0.0.1", port))
    page_end.plug()
    assert page_end.uri == uri


def test_a_port_that_another_has_is_named(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        with pytest.raises(SimulatorError, match=f"port {port} is taken"):
            IppEveSimulator(tmp_path / "page-printer", port=port).start()


def test_the_simulator_leaves_no_process_behind(tmp_path: Path) -> None:
    simulator = IppEveSimulator(tmp_path / "page-printer")
    before = children()
    simulator.start()
    assert len(children() - before) == 2  # the printer and its bus
    simulator.stop()
    assert children() <= before  # what an earlier test left may end meanwhile


def command_of(process: str) -> list[str]:
    return Path(f"/proc/{process}/cmdline").read_text().split("\0")


def children() -> set[str]:
    return set(Path(f"/proc/self/task/{threading.get_native_id()}/children").read_text().split())
