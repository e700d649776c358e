"""What a terminal's store of releases says: one dataclass for each of its rows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

FILE = "catalogue.db"  # in the terminal's data folder


class UnknownRelease(Exception):
    """No release of that name is in the store."""


@dataclass(frozen=True)
class InForce:
    """The release that sessions begin with, and the one before it for a roll-back.

    `shipped`: the active one came with the program. `serial` grows with every switch, so that a
    check of an earlier switch is never taken for one of this. `starts` counts the terminal's
    starts with a release that is not yet confirmed.
    """

    active: str
    previous: str | None
    serial: int
    confirmed: bool
    starts: int
    shipped: bool


@dataclass(frozen=True)
class AgentRow:
    """Where the agent is with a release, in the words of its own table (`fleet/agent/update.py`).

    `number`, `wanted` and `not_before` are those of the newest desired state that was verified.
    """

    state: str
    release: str | None = None
    reason: str = ""
    number: int = 0
    wanted: str | None = None
    not_before: datetime | None = None


@dataclass(frozen=True)
class DeviceRow:
    """A device in the words of `drivers/status.py`."""

    device: str
    state: str
    paper: str
    cover_open: bool


@dataclass(frozen=True)
class TerminalRow:
    """What the terminal's process says of itself.

    It lives as long as `run` or `beat` go on changing; no clock is compared, so a wrong one does
    no harm. `release` is in use; `checked` is the serial of the switch that was checked last, and
    `finding` what the check found wrong, empty when it passed. `waiting`: items in the outbox.
    """

    run: str
    beat: int
    busy: bool
    release: str
    checked: int
    finding: str = ""
    waiting: int = 0
    devices: tuple[DeviceRow, ...] = ()
