"""The life of a device as a table, and how long to wait before it is tried again."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from drivers.status import DeviceState


class Happening(StrEnum):
    """What moves a device from one state to the next."""

    PORT_OPENED = "port_opened"
    PORT_MISSING = "port_missing"
    ANSWERED = "answered"
    WORK_BEGUN = "work_begun"
    WORK_DONE = "work_done"
    FAILED = "failed"  # no answer, nonsense, or the wire broke
    PORT_CLOSED = "port_closed"


LIFE: Mapping[tuple[DeviceState, Happening], DeviceState] = {
    (DeviceState.ABSENT, Happening.PORT_MISSING): DeviceState.ABSENT,
    (DeviceState.ABSENT, Happening.PORT_OPENED): DeviceState.STARTING,
    (DeviceState.STARTING, Happening.ANSWERED): DeviceState.ONLINE,
    (DeviceState.STARTING, Happening.FAILED): DeviceState.FAULTED,
    (DeviceState.ONLINE, Happening.WORK_BEGUN): DeviceState.BUSY,
    (DeviceState.BUSY, Happening.WORK_DONE): DeviceState.ONLINE,
    (DeviceState.ONLINE, Happening.FAILED): DeviceState.FAULTED,
    (DeviceState.BUSY, Happening.FAILED): DeviceState.FAULTED,
    (DeviceState.FAULTED, Happening.PORT_CLOSED): DeviceState.BACK_OFF,
    (DeviceState.BACK_OFF, Happening.PORT_OPENED): DeviceState.STARTING,
    (DeviceState.BACK_OFF, Happening.PORT_MISSING): DeviceState.ABSENT,
}


@dataclass
class BackOff:
    """Growing waits with jitter, so that devices lost together are not all tried together.

    `steady_s`: how long a device must do its work before it counts as returned.
    """

    first_s: float = 0.3
    longest_s: float = 10.0
    steady_s: float = 10.0
    chance: random.Random = field(default_factory=random.Random)
    _failures: int = 0

    def next_s(self) -> float:
        """Seconds to wait now: between half and the whole of a span that doubles each time."""
        span = min(self.longest_s, self.first_s * 2.0 ** min(self._failures, 16))
        self._failures += 1
        return span * self.chance.uniform(0.5, 1.0)

    def reset(self) -> None:
        """The device has returned: begin again with the shortest wait."""
        self._failures = 0
