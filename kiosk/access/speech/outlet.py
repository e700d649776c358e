"""A sink that may fail: tried again after growing waits; loss and return are logged once each.

One that only answers late is not lost for that: the machine may be busy.
"""

from __future__ import annotations

import errno
from collections.abc import Callable
from dataclasses import dataclass
from random import Random

import structlog

from kiosk.access.speech.port import Sink
from kiosk.backoff import Backoff

log = structlog.get_logger(__name__)

WAITS = Backoff(first_s=0.3, longest_s=10.0)
LATE_AT_MOST = 4  # times in a row, of 1 s each; then the sink takes no more sound


@dataclass(frozen=True)
class Chance:
    """Time and chance. `clock` gives seconds."""

    clock: Callable[[], float]
    random: Random


class Outlet:
    """One sink, by name for the log. Belongs to the voice's thread."""

    def __init__(self, name: str, sink: Sink, chance: Chance, waits: Backoff = WAITS) -> None:
        self._name = name
        self._sink = sink
        self._chance = chance
        self._waits = waits
        self._failures = 0
        self._not_before = 0.0
        self._late = 0

    @property
    def late(self) -> bool:
        """Whether the last sound was not taken in time, and can be handed on once more."""
        return self._late > 0

    def play(self, samples: bytes) -> bool:
        """Hand sound on; False when the sink is late or gone, or not yet to be tried again."""
        if self._failures and self._chance.clock() < self._not_before:
            return False
        try:
            self._sink.play(samples)
        except OSError as error:
            self._late = 0 if self._failures or error.errno != errno.ETIMEDOUT else self._late + 1
            if self._late in (0, LATE_AT_MOST):
                self._late = 0
                self._lose(error)
            return False
        self._late = 0
        if self._failures:
            log.info("speech.sink_returned", sink=self._name)
            self._failures = 0
        return True

    def drop(self) -> None:
        """Be silent at once. Whether a sink that does not answer is gone, the next sound tells.

        A busy machine answers late, and what is said next must not be lost for it.
        """
        try:
            self._sink.drop()
        except OSError as error:
            log.info("speech.slow_silence", sink=self._name, reason=error.strerror or "unknown")

    def _lose(self, error: OSError) -> None:
        if not self._failures:
            log.warning("speech.sink_lost", sink=self._name, reason=error.strerror or "unknown")
        self._failures += 1
        wait = self._waits.delay_s(self._failures, self._chance.random)
        self._not_before = self._chance.clock() + wait
