"""What the rest of the program knows of sound: two outputs, each of which may be missing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from drivers.self_test import SELF_TEST_S, SelfTestReport
from drivers.status import DeviceStatus, StatusChanged

SAMPLE_RATE = 22_050  # Hz; 16 bit, one channel, little endian
AHEAD_S = 0.1  # longest that sound was handed on before it is heard


AudioEvent = StatusChanged


class Output(Protocol):
    """One output. Calls may come from any thread."""

    def play(self, samples: bytes) -> None:
        """Hand on a piece of sound, at most 0.1 s of it for a quick end.

        Returns when the device wants more: never more than 0.1 s before it is heard. What is
        dropped meanwhile is not played, without an error. Raises OSError when the device is gone
        or takes no more sound within 1 s.
        """

    def drop(self) -> None:
        """Be silent at once: what was handed on and not yet heard is thrown away.

        Raises OSError when the device does not do so within 0.5 s.
        """


class Audio(Protocol):
    """Both outputs; events come from several threads, one at a time, in order.

    The status is that of the output that is worse off; its detail says which.
    """

    @property
    def loudspeaker(self) -> Output:
        """Heard by all who stand there."""

    @property
    def headphones(self) -> Output | None:
        """Heard by who wears them; None where the terminal has no socket for them."""

    def start(self, on_event: Callable[[AudioEvent], None]) -> None:
        """Begin; returns at once."""

    def self_test(
        self, within_s: float = SELF_TEST_S, given_up: Callable[[], bool] = lambda: False
    ) -> SelfTestReport:
        """A short tone on each output in turn; whether it was heard, only somebody there can say.

        See `drivers.self_test.SelfTesting`.
        """

    def status(self) -> DeviceStatus:
        """The last known status."""

    def stop(self) -> None:
        """End the threads and close the outputs (at most 2 s each)."""
