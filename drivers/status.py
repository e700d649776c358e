"""One life for every device, in the words of XFS4IoT where it has them.

absent → starting → online ⇄ busy → faulted → back-off → starting …
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class DeviceState(StrEnum):
    """Where a device is in its life."""

    ABSENT = "absent"  # XFS4IoT NoDevice: the port cannot be opened
    STARTING = "starting"
    ONLINE = "online"
    BUSY = "busy"  # DeviceBusy
    FAULTED = "faulted"  # HardwareError
    BACK_OFF = "back_off"  # waiting to be tried again


class PaperState(StrEnum):
    """XFS4IoT's paper words. No answer is unknown, never full."""

    UNKNOWN = "unknown"
    FULL = "full"
    LOW = "low"
    OUT = "out"
    JAMMED = "jammed"


@dataclass(frozen=True)
class DeviceStatus:
    """What is known of a device now. `detail` is for staff and logs and names no person."""

    device: str
    state: DeviceState
    detail: str = ""
    paper: PaperState = PaperState.UNKNOWN
    cover_open: bool = False

    @property
    def usable(self) -> bool:
        """Whether work can be given to the device."""
        return self.state in (DeviceState.ONLINE, DeviceState.BUSY)


@dataclass(frozen=True)
class StatusChanged:
    """Told once when a device's status becomes another."""

    status: DeviceStatus
