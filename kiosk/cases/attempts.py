"""Which item to try next, and when: pure bookkeeping of failures, in memory only.

Two waits run at once. An item that fails waits by itself and steps behind those that failed less,
so that one the platform chokes on does not hold up the rest. The platform as a whole is left alone
after any failure, since most failures mean that it is out of reach.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from kiosk.backoff import Backoff


@dataclass
class _Failures:
    in_a_row: int = 0
    not_before_s: float = 0.0


class Attempts:
    """Failures so far. Times are seconds of a monotonic clock."""

    def __init__(self, backoff: Backoff, random: Random) -> None:
        self._backoff = backoff
        self._random = random
        self._platform = _Failures()
        self._items: dict[str, _Failures] = {}

    def next(self, waiting: Sequence[str], now_s: float) -> str | None:
        """The item to try now of those waiting, in their order; None when it is too early."""
        if now_s < self._platform.not_before_s:
            return None
        due = [item for item in waiting if now_s >= self._of(item).not_before_s]
        return min(due, key=lambda item: self._of(item).in_a_row, default=None)

    def wait_s(self, waiting: Sequence[str], now_s: float) -> float | None:
        """Seconds until `next` will name an item; None when nothing waits."""
        if not waiting:
            return None
        first = min(self._of(item).not_before_s for item in waiting)
        return max(0.0, first - now_s, self._platform.not_before_s - now_s)

    def failed(self, item: str, now_s: float) -> None:
        """There was no answer for that item."""
        for failures in (self._platform, self._items.setdefault(item, _Failures())):
            failures.in_a_row += 1
            failures.not_before_s = now_s + self._backoff.delay_s(failures.in_a_row, self._random)

    def answered(self, item: str) -> None:
        """The platform answered, yes or no: it is there, and the item needs no more attempts."""
        self._platform = _Failures()
        self._items.pop(item, None)

    def _of(self, item: str) -> _Failures:
        return self._items.get(item, _Failures())
