"""What the rest of the program knows of a signal board. Every part of it is optional."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from drivers.self_test import SELF_TEST_S, SelfTestReport
from drivers.status import DeviceStatus, StatusChanged


class PowerSource(StrEnum):
    """What the terminal runs on."""

    MAINS = "mains"
    BATTERY = "battery"


class LightState(StrEnum):
    """How a light is."""

    OFF = "off"
    ON = "on"
    BLINK = "blink"


@dataclass(frozen=True)
class Power:
    """`charge`: of the battery, in percent."""

    source: PowerSource
    charge: int


@dataclass(frozen=True)
class DoorChanged:
    """The housing was opened or closed; None: nobody knows any more."""

    open: bool | None


@dataclass(frozen=True)
class PresenceChanged:
    """Somebody stands before the terminal, or nobody; None: nobody knows any more."""

    present: bool | None


@dataclass(frozen=True)
class PowerChanged:
    """Power source or charge changed; None: nobody knows any more."""

    power: Power | None


@dataclass(frozen=True)
class LightRefused:
    """The board has no such light; told once for each name while the board is there."""

    light: str


@dataclass(frozen=True)
class SignalState:
    """What the board last said; None: it has not that part, or it is gone."""

    door_open: bool | None = None
    present: bool | None = None
    power: Power | None = None


SignalsEvent = DoorChanged | PresenceChanged | PowerChanged | LightRefused | StatusChanged


class SignalBoard(Protocol):
    """One owner thread; events come on that thread, in order, one at a time."""

    def start(self, on_event: Callable[[SignalsEvent], None]) -> None:
        """Begin; returns at once."""

    def light(self, name: str, state: LightState) -> None:
        """How a light shall be, now and whenever the board comes back; returns at once.

        ValueError for a name that is not 1 to 16 of `a-z 0-9 _`.
        """

    def state(self) -> SignalState:
        """What is known now."""

    def self_test(
        self, within_s: float = SELF_TEST_S, given_up: Callable[[], bool] = lambda: False
    ) -> SelfTestReport:
        """See `drivers.self_test.SelfTesting`: what it tells, and its lights."""

    def status(self) -> DeviceStatus:
        """The last known status."""

    def stop(self) -> None:
        """End the thread and close the port; returns when both are done (at most 2 s)."""
