"""When a touch counts: begun and ended on the same target, one finger, not twice at once. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from screens.commands import Choose, Command, Press, Turn
from screens.sketch import Target

DOUBLE_S = 0.3  # a second touch of the same action sooner than this is a trembling hand
ONCE = (Press, Choose, Turn)  # keys of a keyboard may be touched as fast as one likes


@dataclass
class Touches:
    """Follows one finger at a time; others are ignored while it is down."""

    _finger: object = None
    _began: Target | None = None
    _last: tuple[Command, float] | None = None

    @property
    def held(self) -> Target | None:
        """The target under the finger."""
        return self._began

    def begin(self, finger: object, target: Target | None) -> None:
        """A finger came down, on a target or beside all of them."""
        if self._finger is None:
            self._finger, self._began = finger, target

    def end(self, finger: object, target: Target | None, at: float) -> Target | None:
        """The finger left the glass; the target that counts as touched, if any. `at` in s."""
        if finger != self._finger:
            return None
        began, self._finger, self._began = self._began, None, None
        if began is None or target is None or began.name != target.name:
            return None
        if began.command != target.command or self._twice(target.command, at):
            return None
        return target

    def drop(self) -> None:
        """Let the finger that is down count for nothing: what it began on has gone."""
        self._began = None

    def _twice(self, command: Command, at: float) -> bool:
        last, self._last = self._last, (command, at)
        return (
            isinstance(command, ONCE)
            and last is not None
            and last[0] == command
            and at - last[1] < DOUBLE_S
        )
