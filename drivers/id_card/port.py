"""What the rest of the program knows of an identity-card reader."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Protocol

from drivers.self_test import SELF_TEST_S, SelfTestReport
from drivers.status import DeviceStatus, StatusChanged


class CardType(StrEnum):
    """The document layouts a SAM_A module delivers, by the type flag at text offset 248."""

    CITIZEN = "citizen"  # 居民身份证, flag blank
    HMT_RESIDENT = "hmt_resident"  # 港澳台居民居住证, flag J
    FOREIGNER_2017 = "foreigner_2017"  # 外国人永久居留身份证, flag I
    FOREIGNER_2023 = "foreigner_2023"  # 外国人永久居留身份证, flag Y


@dataclass(frozen=True)
class IdCard:
    """The text of one identity document.

    `sex` is the GB/T 2261.1 digit, `nation` the GB/T 3304 two digits (empty where the layout
    has none); `valid_to` None means 长期. `name` is the Chinese name where the document has one.
    `photo` is a PNG; None where no decoder is set up, and where the photo could not be decoded.
    """

    type: CardType
    name: str
    sex: str
    nation: str
    birth: date
    address: str
    number: str
    authority: str
    valid_from: date
    valid_to: date | None
    latin_name: str = ""
    country: str = ""
    pass_number: str = ""
    photo: bytes | None = None

    def __repr__(self) -> str:
        """Says nothing personal, so that no log or exception can."""
        return f"IdCard(type={self.type.value})"


class CardFault(StrEnum):
    """Why a card that was laid gave no text."""

    REMOVED = "removed"
    UNREADABLE = "unreadable"
    UNKNOWN_TYPE = "unknown_type"
    INVALID = "invalid"


@dataclass(frozen=True)
class CardLaid:
    """A card was found, or reading one that lay there begins.

    `unseen`: it lay there when the reader came up, so nobody knows how long already, or whose. It
    is not read until `want(False)` and `want(True)` say that it is to be.
    """

    unseen: bool = False


@dataclass(frozen=True)
class CardRead:
    """A card was read whole and every frame's check byte held."""

    card: IdCard


@dataclass(frozen=True)
class CardFailed:
    """A card that was laid could not be read. `detail` is for staff and names no person."""

    fault: CardFault
    detail: str = ""


@dataclass(frozen=True)
class CardRemoved:
    """The card that was laid is gone."""


ReaderEvent = CardLaid | CardRead | CardFailed | CardRemoved | StatusChanged


class IdCardReader(Protocol):
    """One owner thread; events come on that thread, in order, one at a time.

    While `wanted` is on, a card seen being laid is read by itself; while off, the reader only tells
    of cards being laid and taken away, and reads nothing of them.
    """

    def start(self, on_event: Callable[[ReaderEvent], None]) -> None:
        """Begin; returns at once."""

    def want(self, wanted: bool) -> None:
        """Whether a card may be read now; returns at once."""

    def self_test(
        self, within_s: float = SELF_TEST_S, given_up: Callable[[], bool] = lambda: False
    ) -> SelfTestReport:
        """See `drivers.self_test.SelfTesting`: the module's test, and a look for a card."""

    def status(self) -> DeviceStatus:
        """The last known status."""

    def stop(self) -> None:
        """End the thread and close the port; returns when both are done (at most 2 s)."""
