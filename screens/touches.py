"""When a touch counts: begun and ended on the same target, one finger, not twice at once. Pure.

For unsteady hands (`steady`) it counts only after it was held, and may slide a little meanwhile.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from screens.commands import Choose, Command, Press, Turn
from screens.sketch import Target

DOUBLE_S = 0.3  # a second touch of the same action sooner than this is a trembling hand
ONCE = (Press, Choose, Turn)  # keys of a keyboard may be touched as fast as one likes

# Like "hold duration" and "ignore repeat" of phones, which begin at 0.1 s and are set up to 4 s;
# half a second is longer than a tremor of 4 to 12 Hz rests on the glass.
HOLD_S = 0.5
DOUBLE_STEADY_S = 0.8  # from when the finger left to when it comes back
SLIDE_MM = 6.0  # how far beside the target a finger held there may slide


@dataclass
class Touches:
    """Follows one finger at a time; while it is on its target, others are ignored.

    A finger that counts for nothing holds nobody up: a palm that rests beside all targets, one
    that slid away, one whose page has gone (and of which no glass may ever say that it left).

    `slide`: `SLIDE_MM` in pixels. All moments are in seconds of one clock.
    """

    slide: float = 0.0
    _finger: object = None
    _began: Target | None = None
    _since: float = 0.0
    _steady: bool = False
    _last: tuple[Command, float, float] | None = None  # when it began, when it ended

    @property
    def held(self) -> Target | None:
        """The target under the finger."""
        return self._began

    @property
    def filling(self) -> bool:
        """Whether the touch must be held to count."""
        return self._began is not None and self._steady

    @staticmethod
    def share_of(held_s: float) -> float:
        """How much of the time that a touch must be held is over, 0 to 1."""
        return min(1.0, max(0.0, held_s / HOLD_S))

    def begin(self, finger: object, target: Target | None, at: float, *, steady: bool) -> None:
        """A finger came down, on a target or beside all of them."""
        if self._began is None:
            self._finger, self._began = finger, target
            self._since, self._steady = at, steady

    def move(self, finger: object, x: float, y: float) -> None:
        """The finger moved, px from the top left; away from its target it no longer counts."""
        if finger == self._finger and self._steady and not self._near(x, y):
            self._began = None

    def end(
        self, finger: object, targets: Sequence[Target], at: float, x: float, y: float
    ) -> Target | None:
        """The finger left the glass there; the target that counts as touched, if any.

        `targets`: those on the glass now, what lies over others last.
        """
        if finger != self._finger:
            return None
        began, self._finger, self._began = self._began, None, None
        if began is None or (self._steady and at - self._since < HOLD_S):
            return None
        if self._steady:
            here = [one for one in targets if one.box.grown(self.slide).holds(x, y)]
        else:
            here = [one for one in targets if one.box.holds(x, y)][-1:]
        same = [one for one in here if (one.name, one.command) == (began.name, began.command)]
        return same[0] if same and not self._twice(began.command, at) else None

    def drop(self) -> None:
        """Let the finger that is down count for nothing: what it began on has gone."""
        self._began = None

    def _near(self, x: float, y: float) -> bool:
        return self._began is not None and self._began.box.grown(self.slide).holds(x, y)

    def _twice(self, command: Command, at: float) -> bool:
        last, self._last = self._last, (command, self._since, at)
        if last is None or last[0] != command:
            return False
        if self._steady:
            return self._since - last[2] < DOUBLE_STEADY_S
        return isinstance(command, ONCE) and self._since - last[1] < DOUBLE_S
