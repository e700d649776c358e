"""The scripted citizen's hand on a switch, or on two: the ring is waited for, or moved."""

from __future__ import annotations

import time
from collections.abc import Callable

from drivers.nav_keypad.port import Key
from screens.driver import NotOnTheGlass, WindowDriver
from screens.sketch import Box, Target
from screens.window import TerminalWindow

MOST_MOVES = 600  # of the ring for one touch
FRESH_S = 0.2  # half of what the ring rests on a place here; a press takes a tenth of that
SLACK = 3.0  # px


class SwitchDriver(WindowDriver):
    """Touches nothing. `press` presses a switch of the keypad; `one`: there is only SELECT."""

    def __init__(self, window: TerminalWindow, press: Callable[[Key], None], *, one: bool) -> None:
        super().__init__(window)
        self._press_switch = press
        self._one = one
        self.presses = 0
        self._seen: object = None  # the ring, and on which side of which page
        self._came = time.monotonic()

    def step(self) -> None:
        """One round of the loop, with an eye on the ring."""
        super().step()
        if self._ringed != self._seen:
            self._seen, self._came = self._ringed, time.monotonic()

    @property
    def _ringed(self) -> object:
        """The ring where it is: a button at the same place of another side is another one."""
        frame = self.window.stage.frame
        return self.ring, frame and (frame.page, frame.turns)

    @property
    def _late(self) -> bool:
        """Whether the ring may go on before a press arrives: then it is let go round once more."""
        return self._one and time.monotonic() - self._came > FRESH_S

    def touch(self, name: str) -> None:
        """Choose it with the ring. Raises NotOnTheGlass when the ring never comes to it."""
        if name == "turn.next":
            self._next_side()
            return
        opened: object = None
        for _ in range(MOST_MOVES):
            self.step()  # whatever was done meanwhile took its time: the ring may have moved
            target = self._there(name)
            if target is None or not _around(self.ring, target.box) or self._late:
                self._move()
            elif _same(self.ring, target.box):
                self._strike(Key.SELECT)
                return
            elif self._ringed == opened:  # a group that lies around it and does not have it
                opened = None
                self._move()
            else:
                opened = self._ringed
                self._strike(Key.SELECT)  # its group
        raise NotOnTheGlass(f"the ring does not come to {name} on {self.frame.page}")

    def _next_side(self) -> None:
        """By its button where the ring comes to it; else the page turns to where the ring is."""
        side = self.frame.turns.at
        for _ in range(MOST_MOVES):
            if self.frame.turns.at > side:
                return
            turning = self._there("turn.next")
            if turning is not None and _same(self.ring, turning.box) and not self._late:
                self._strike(Key.SELECT)
            else:
                self._move()
        raise NotOnTheGlass(f"the ring does not leave side {side} of {self.frame.page}")

    def _there(self, name: str) -> Target | None:
        return next((target for target in self.frame.targets if target.name == name), None)

    def _move(self) -> None:
        """Wait until the ring has moved, or move it; woken by a press where it rests."""
        if self.ring is None or not self._one:
            self._strike(Key.SELECT if self._one else Key.NEXT)
            return
        before = self._ringed
        self.wait(lambda: self._ringed != before, "the ring to move")

    def _strike(self, key: Key) -> None:
        """Press, and look again only when that was answered: the ring may move meanwhile."""
        self.presses += 1
        before = self.window.answered
        self._press_switch(key)
        self.wait(lambda: self.window.answered > before, f"an answer to {key}")


def _around(ring: Box | None, box: Box) -> bool:
    return ring is not None and ring.contains(box, SLACK)


def _same(ring: Box | None, box: Box) -> bool:
    return ring is not None and box.contains(ring, SLACK) and ring.contains(box, SLACK)
