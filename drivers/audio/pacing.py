"""How far sound is ahead of what is heard, by the clock. Pure.

ALSA's buffer bounds it too, but not on every device: `null` and `file` take sound as fast as it
comes.
"""

from __future__ import annotations

from collections.abc import Callable


class Pacing:
    """`ahead_s`: how much may have been handed on and not yet heard."""

    def __init__(self, ahead_s: float, clock: Callable[[], float]) -> None:
        self._ahead_s = ahead_s
        self._clock = clock
        self._heard_at = 0.0  # when all that was handed on will have been heard

    def wait_s(self, piece_s: float) -> float:
        """Seconds until a piece of that length may be handed on; 0 when it may now."""
        return max(0.0, self._heard_at - self._clock() + piece_s - self._ahead_s)

    def handed_on(self, piece_s: float) -> None:
        """A piece went to the device."""
        self._heard_at = max(self._heard_at, self._clock()) + piece_s

    def dropped(self) -> None:
        """Nothing is ahead any more."""
        self._heard_at = 0.0
