"""What the rest of the program knows of an assistive keypad."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from drivers.self_test import SELF_TEST_S, SelfTestReport
from drivers.status import DeviceStatus, StatusChanged


class Key(StrEnum):
    """What a key is for. Two-switch scanning is NEXT and SELECT; its pace is the screen's."""

    UP = "up"
    DOWN = "down"
    LEFT = "left"
    RIGHT = "right"
    NEXT = "next"
    SELECT = "select"
    BACK = "back"
    HELP = "help"
    VOLUME_UP = "volume_up"
    VOLUME_DOWN = "volume_down"


@dataclass(frozen=True)
class KeyPressed:
    """A key went down; told once however long it is held."""

    key: Key


@dataclass(frozen=True)
class HeadphonesChanged:
    """Headphones were plugged in or out; None: the keypad is gone, nobody knows any more."""

    plugged: bool | None


NavKeypadEvent = KeyPressed | HeadphonesChanged | StatusChanged


class NavKeypad(Protocol):
    """One owner thread; events come on that thread, in order, one at a time.

    Keys are told only while they are wanted: one pressed before never reaches the next page or
    the next citizen, also when it is still held. Headphones are told always.
    """

    def start(self, on_event: Callable[[NavKeypadEvent], None]) -> None:
        """Begin; returns at once."""

    def want(self, wanted: bool) -> None:
        """Whether keys may be told now; returns at once."""

    def headphones(self) -> bool | None:
        """Whether headphones are plugged in; None while that is not known."""

    def self_test(
        self, within_s: float = SELF_TEST_S, given_up: Callable[[], bool] = lambda: False
    ) -> SelfTestReport:
        """See `drivers.self_test.SelfTesting`: whether it has its keys."""

    def status(self) -> DeviceStatus:
        """The last known status."""

    def stop(self) -> None:
        """End the thread and let the keypad go; returns when both are done (at most 2 s)."""
