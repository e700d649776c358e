"""What a device's self-test comes to, and what a device that can be tested offers. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol, runtime_checkable

from drivers.status import DeviceStatus, PaperState

SELF_TEST_S = 5.0  # a device that was asleep, or answered noise once, is tried again within this

_WANTS_STAFF = (PaperState.OUT, PaperState.JAMMED)

# What a test found: names and values for staff, in the words of the device; names no person.
Findings = Mapping[str, str]


class Result(StrEnum):
    """What the test came to."""

    PASSED = "passed"
    ATTENTION = "attention"  # it answers, and wants somebody: paper, a cover, a key that is missing
    UNKNOWN = "unknown"  # its port is open; it is one-way, so that nothing can be asked
    BUSY = "busy"  # it was at work for all of the time; nothing was tested
    CANCELLED = "cancelled"
    FAILED = "failed"


@dataclass(frozen=True)
class SelfTestReport:
    """`seconds`: from asking for the test to its end."""

    result: Result
    status: DeviceStatus
    seconds: float
    findings: Findings = field(default_factory=dict)


@dataclass(frozen=True)
class Tested:
    """What a device's own test found. `attention`: it works, and wants somebody all the same.

    `answers` is False for a device that only speaks: that its port is open is all that is known.
    """

    findings: Findings = field(default_factory=dict)
    answers: bool = True
    attention: bool = False


@runtime_checkable
class SelfTesting(Protocol):
    """A device that can test itself, as all of this package can."""

    def self_test(
        self, within_s: float = SELF_TEST_S, given_up: Callable[[], bool] = lambda: False
    ) -> SelfTestReport:
        """Test the device on its own thread and wait for the end, at most so many seconds.

        A device that is lost is tried anew at once. Ends early as CANCELLED when `given_up` says
        so. RuntimeError before start(), and on the device's own thread, which would wait for
        itself.
        """


def judge(status: DeviceStatus, tested: Tested) -> Result:
    """What a status and the findings mean."""
    if not status.usable:
        return Result.FAILED
    if tested.attention or status.cover_open or status.paper in _WANTS_STAFF:
        return Result.ATTENTION
    return Result.PASSED if tested.answers else Result.UNKNOWN
