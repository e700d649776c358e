"""How long to wait before trying again."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random


@dataclass
class Backoff:
    """Growing waits with jitter, so that terminals cut off together do not return together."""

    first_s: float
    longest_s: float
    random: Random
    failures: int = 0

    def next_s(self) -> float:
        """Seconds to wait now: half to all of a span that doubles each time."""
        span_s = min(self.longest_s, self.first_s * 2.0 ** min(self.failures, 32))
        self.failures += 1
        return self.random.uniform(span_s / 2, span_s)

    def reset(self) -> None:
        """It worked: begin again with the shortest wait."""
        self.failures = 0
