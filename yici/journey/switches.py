"""The scripted citizen's hand on a switch, or on two: the ring is waited for, or moved."""

from __future__ import annotations

from collections.abc import Callable

from drivers.nav_keypad.port import Key
from screens.driver import NotOnTheGlass, WindowDriver
from screens.sketch import Box, Target
from screens.window import TerminalWindow

MOST_MOVES = 600  # of the ring for one touch
SLACK = 3.0  # px


class SwitchDriver(WindowDriver):
    """Touches nothing. `press` presses a switch of the keypad; `one`: there is only SELECT."""

    def __init__(self, window: TerminalWindow, press: Callable[[Key], None], *, one: bool) -> None:
        super().__init__(window)
        self._press_switch = press
        self._one = one
        self.presses = 0

    def touch(self, name: str) -> None:
        """Choose it with the ring. Raises NotOnTheGlass when the ring never comes to it."""
        if name == "turn.next":
            self._next_side()
            return
        for _ in range(MOST_MOVES):
            target = self._there(name)
            if target is None or not _around(self.ring, target.box):
                self._move()
            elif _same(self.ring, target.box):
                self._strike(Key.SELECT)
                return
            else:
                self._strike(Key.SELECT)  # its group
        raise NotOnTheGlass(f"the ring does not come to {name} on {self.frame.page}")

    def _next_side(self) -> None:
        """The page turns by itself to where the ring is."""
        side = self.frame.turns.at
        for _ in range(MOST_MOVES):
            if self.frame.turns.at > side:
                return
            self._move()
        raise NotOnTheGlass(f"the ring does not leave side {side} of {self.frame.page}")

    def _there(self, name: str) -> Target | None:
        return next((target for target in self.frame.targets if target.name == name), None)

    def _move(self) -> None:
        """Wait until the ring has moved, or move it; woken by a press where it rests."""
        if self.ring is None or not self._one:
            self._strike(Key.SELECT if self._one else Key.NEXT)
            return
        before = (self.ring, self.frame.page, self.frame.turns)
        self.wait(
            lambda: (self.ring, self.frame.page, self.frame.turns) != before, "the ring to move"
        )

    def _strike(self, key: Key) -> None:
        self.presses += 1
        drawn = self.redraws
        self._press_switch(key)
        self.wait(lambda: self.redraws > drawn, f"an answer to {key}")


def _around(ring: Box | None, box: Box) -> bool:
    return ring is not None and ring.contains(box, SLACK)


def _same(ring: Box | None, box: Box) -> bool:
    return ring is not None and box.contains(ring, SLACK) and ring.contains(box, SLACK)
