"""How long to wait before trying again."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random


@dataclass(frozen=True)
class Backoff:
    """Doubling waits with jitter, so that those cut off together do not return together."""

    first_s: float
    longest_s: float

    def delay_s(self, failures: int, random: Random) -> float:
        """Seconds to wait after that many failures in a row: half to all of the doubled wait."""
        # The exponent is capped because 2.0 ** 1024 overflows, and an outage can last that long.
        ceiling = min(self.longest_s, self.first_s * 2.0 ** min(failures - 1, 32))
        return random.uniform(ceiling / 2, ceiling)
