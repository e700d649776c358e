"""Fixtures for devices on real wires: simulators behind pseudo-terminals, and what a driver tells.

A plugin of tests/conftest.py: `people`, `reader_end`, `printer_end`, `glyphs`, `heard`.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TypeVar

import pytest

from drivers.id_card.port import IdCard
from drivers.life import BackOff
from drivers.receipt_printer.glyphs import Glyphs
from drivers.receipt_printer.paper import PAPER_80_MM
from drivers.simulators import people as test_people
from drivers.simulators.esc_pos import EscPosSimulator
from drivers.simulators.line import PtyLine
from drivers.simulators.sam_a import SamASimulator
from drivers.status import DeviceState, StatusChanged

REPOSITORY = Path(__file__).parents[2]
PEOPLE = REPOSITORY / "config" / "sandbox" / "people.yaml"

# Debian: fonts-noto-cjk; the third font of the collection is Simplified Chinese
CHINESE_FONT = Path("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc")
SIMPLIFIED = 2

WITHIN_S = 20.0  # two shared cores; nothing here takes more than a few

T = TypeVar("T")


def soon(condition: Callable[[], T], timeout_s: float = WITHIN_S) -> T:
    """The first true value of the condition, or its last when none comes in time."""
    until = time.monotonic() + timeout_s
    while not (value := condition()) and time.monotonic() <= until:
        time.sleep(0.005)
    return value


def eventually(condition: Callable[[], T], what: str, timeout_s: float = WITHIN_S) -> T:
    """The first true value of the condition; fails with `what` when it does not come in time."""
    if not (value := soon(condition, timeout_s)):
        pytest.fail(f"not within {timeout_s:g} s: {what}")
    return value


class Heard:
    """A listener for a driver: everything told, in order, from whichever thread."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self.events: list[Any] = []
        self.threads: set[int] = set()

    def __call__(self, event: object) -> None:
        with self._changed:
            self.events.append(event)
            self.threads.add(threading.get_ident())
            self._changed.notify_all()

    def wait_for(self, kind: type[T], count: int = 1, timeout_s: float = WITHIN_S) -> T:
        """The count-th event of a kind, waiting until it was told."""
        with self._changed:
            if not self._changed.wait_for(lambda: len(self.all(kind)) >= count, timeout_s):
                pytest.fail(f"{kind.__name__} {count} not told; told: {self.events}")
            return self.all(kind)[count - 1]

    def wait_for_state(
        self, state: DeviceState, count: int = 1, timeout_s: float = WITHIN_S
    ) -> None:
        """Wait until a status with that state was told for the count-th time."""
        with self._changed:
            if not self._changed.wait_for(lambda: self.states.count(state) >= count, timeout_s):
                pytest.fail(f"{state} {count} not told; told: {self.states}")

    def all(self, kind: type[T]) -> list[T]:
        """All events of a kind so far."""
        return [event for event in self.events if isinstance(event, kind)]

    @property
    def states(self) -> list[DeviceState]:
        """The states told, each run of equal ones once."""
        states: list[DeviceState] = []
        for change in self.all(StatusChanged):
            if not states or states[-1] is not change.status.state:
                states.append(change.status.state)
        return states

    def story(self) -> list[str]:
        """The names of all events but changes of status."""
        return [type(event).__name__ for event in self.events if type(event) is not StatusChanged]


def quick_back_off() -> BackOff:
    """Waits short enough for tests; growth and jitter are the real ones."""
    return BackOff(first_s=0.02, longest_s=0.1, steady_s=0.0)


@pytest.fixture
def heard() -> Heard:
    """A listener."""
    return Heard()


@pytest.fixture(scope="session")
def people() -> dict[str, IdCard]:
    """The cards of the test people by slug."""
    return {person.slug: person.card for person in test_people.load(PEOPLE)}


@pytest.fixture
def reader_end(tmp_path: Path) -> Iterator[SamASimulator]:
    """A simulated card reader, plugged in, on the pseudo-terminal `reader_end.url`."""
    simulator = SamASimulator(PtyLine(tmp_path / "id-card"))
    simulator.start()
    yield simulator
    simulator.stop()


@pytest.fixture
def printer_end(tmp_path: Path) -> Iterator[EscPosSimulator]:
    """A simulated 80 mm receipt printer, plugged in, on the pseudo-terminal `printer_end.url`."""
    simulator = EscPosSimulator(PtyLine(tmp_path / "receipt-printer"), PAPER_80_MM)
    simulator.start()
    yield simulator
    simulator.stop()


@pytest.fixture(scope="session")
def glyphs() -> Glyphs:
    """The Chinese font that the set-up installs."""
    if not CHINESE_FONT.exists():
        pytest.fail(f"{CHINESE_FONT} is missing: install fonts-noto-cjk")
    return Glyphs(CHINESE_FONT, SIMPLIFIED)
