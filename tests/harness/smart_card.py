"""A smart-card reader behind a real pcscd.

A plugin of tests/conftest.py: `pcsc_socket`, `pcscd_end`, `card_end`, `card_reader`.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from drivers.simulators.smart_card import CardSimulatorFault, SmartCardSimulator
from drivers.smart_card.port import SmartCardRead, SocialSecurityCard, StaffCard
from drivers.smart_card.reader import PcscReader, SmartCardTimes
from drivers.status import DeviceState
from tests.harness.devices import Heard, quick_back_off

TIMES = SmartCardTimes(poll=0.02, service=3.0, power=10.0, answer=3.0, settle=0.1)
STAFF = StaffCard("S-0042")
HOLDER = SocialSecurityCard(
    version="2.00",
    region="430100",
    issued=date(2016, 5, 20),
    expires=date(2026, 5, 20),
    card_number="K12345678",
    number="11010519491231002X",
    name="李𠮷㙍",
    sex="2",
    nation="01",
    birth=date(1949, 12, 31),
)


def a_reader(pattern: str = "simulated*", times: SmartCardTimes = TIMES) -> PcscReader:
    """A driver that looks often and waits shortly."""
    return PcscReader(pattern, back_off=quick_back_off(), times=times)


def cards(heard: Heard) -> list[object]:
    """The cards that were read."""
    return [event.card for event in heard.all(SmartCardRead)]


@pytest.fixture(scope="session", autouse=True)
def pcsc_socket() -> Iterator[Path]:
    """Where this process looks for pcscd: one path, set before any test can have it looked up.

    libpcsclite reads it once.
    """
    with tempfile.TemporaryDirectory(prefix="pcsc-") as folder:
        path = Path(folder) / "pcscd.comm"
        os.environ["PCSCLITE_CSOCK_NAME"] = str(path)
        yield path


@pytest.fixture(scope="module")
def pcscd_end(pcsc_socket: Path) -> Iterator[SmartCardSimulator]:
    """pcscd with a reader."""
    simulator = SmartCardSimulator(pcsc_socket)
    simulator.start()
    yield simulator
    simulator.stop()


@pytest.fixture
def card_end(pcscd_end: SmartCardSimulator) -> Iterator[SmartCardSimulator]:
    """The reader, empty and without fault."""
    yield pcscd_end
    pcscd_end.fault = CardSimulatorFault.NONE
    pcscd_end.plug()  # starts pcscd anew, with an empty reader


@pytest.fixture
def card_reader(card_end: SmartCardSimulator, heard: Heard) -> Iterator[PcscReader]:
    """The driver, online."""
    reader = a_reader()
    reader.start(heard)
    heard.wait_for_state(DeviceState.ONLINE)
    yield reader
    reader.stop()
