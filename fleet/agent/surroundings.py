"""What an agent is given from outside: a connection, time and chance."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from random import Random
from typing import Protocol

CHECK_S = 120.0  # for the terminal to check a release that was switched to


class Connection(Protocol):
    """What the agent needs of `link.Link`."""

    def subscribe(self, topics: Sequence[str]) -> None:
        """Ask for topics."""

    def publish(self, topic: str, payload: bytes, *, retain: bool = False) -> bool:
        """Say something."""


@dataclass(frozen=True)
class Given:
    """Time and chance. `now` has its zone and is believed for nothing but `not_before`."""

    now: Callable[[], datetime]
    random: Random
    monotonic_s: Callable[[], float] = time.monotonic
    check_s: float = CHECK_S
