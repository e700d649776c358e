"""Time as a printer's test has it, where no answer comes or a long while must have passed.

A busy machine may be late with anything, so what a printer is given is long; a test does not wait
until it is over, but puts the clock on, or hurries for as long as nothing can come in any case.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any


class Clock:
    """A driver's clock; `ahead` is how many seconds a test has put it on."""

    def __init__(self) -> None:
        self.ahead = 0.0

    def __call__(self) -> float:
        return time.monotonic() + self.ahead


class Hurried:
    """A driver's times: the patient ones, but inside `hurry()` the quick ones."""

    def __init__(self, patient: object, quick: object) -> None:
        self._patient, self._quick = patient, quick
        self._present = patient

    def __getattr__(self, name: str) -> Any:
        return getattr(self._present, name)

    @contextmanager
    def hurry(self) -> Iterator[None]:
        """Around what no answer comes to."""
        self._present = self._quick
        try:
            yield
        finally:
            self._present = self._patient
