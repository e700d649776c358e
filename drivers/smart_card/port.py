"""What the rest of the program knows of a smart-card reader."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Protocol

from drivers.self_test import SELF_TEST_S, SelfTestReport
from drivers.status import DeviceStatus, StatusChanged


@dataclass(frozen=True)
class SocialSecurityCard:
    """What a 社会保障卡 gives without a key; what it keeps to itself is empty or None.

    Cards of the first two generations give all of this; of the third, without the terminal's
    security module (PSAM), often no more than `version`, `region` and the days. `number` is the
    社会保障号码, for citizens the number of their identity card; `sex` is the GB/T 2261.1 digit,
    `nation` the GB/T 3304 two digits. `name_extension` is kept apart: how the two parts of a long
    name are joined is not published. Such a card can be copied: it shows possession, not identity.
    """

    version: str
    region: str
    issued: date | None = None
    expires: date | None = None
    card_number: str = ""
    number: str = ""
    name: str = ""
    name_extension: str = ""
    sex: str = ""
    nation: str = ""
    birth: date | None = None

    def __repr__(self) -> str:
        """Says nothing personal, so that no log or exception can."""
        return f"SocialSecurityCard(version={self.version})"


@dataclass(frozen=True)
class StaffCard:
    """A card of ours. The identifier can be copied: without its PIN it proves nothing."""

    identifier: str

    def __repr__(self) -> str:
        """Says nothing of whose card it is."""
        return "StaffCard()"


SmartCard = SocialSecurityCard | StaffCard


class SmartCardFault(StrEnum):
    """Why a card that was inserted gave nothing."""

    REMOVED = "removed"
    MUTE = "mute"  # no sensible answer to reset: most likely inserted the wrong way round
    UNREADABLE = "unreadable"
    UNKNOWN_TYPE = "unknown_type"  # none of the applications that we know
    INVALID = "invalid"


@dataclass(frozen=True)
class SmartCardInserted:
    """A card is in the reader. `atr`: its answer to reset, which names its kind; empty if mute."""

    atr: bytes


@dataclass(frozen=True)
class SmartCardRead:
    """A card was read."""

    card: SmartCard


@dataclass(frozen=True)
class SmartCardFailed:
    """The card could not be read. `detail` is for staff and names no person."""

    fault: SmartCardFault
    detail: str = ""


@dataclass(frozen=True)
class SmartCardRemoved:
    """The card that was inserted is gone."""


SmartCardEvent = (
    SmartCardInserted | SmartCardRead | SmartCardFailed | SmartCardRemoved | StatusChanged
)


class SmartCardReader(Protocol):
    """One owner thread; events come on that thread, in order, one at a time.

    Insertion and removal are told always. While `wanted` is on, an inserted card is read by
    itself, once; after `want(False)` and `want(True)` it is read anew.
    """

    def start(self, on_event: Callable[[SmartCardEvent], None]) -> None:
        """Begin; returns at once."""

    def want(self, wanted: bool) -> None:
        """Whether a card may be read now; returns at once."""

    def self_test(
        self, within_s: float = SELF_TEST_S, given_up: Callable[[], bool] = lambda: False
    ) -> SelfTestReport:
        """See `drivers.self_test.SelfTesting`: the reader's name, its card's answer to reset."""

    def status(self) -> DeviceStatus:
        """The last known status."""

    def stop(self) -> None:
        """End the thread and let the reader go; returns when both are done (at most 2 s)."""
