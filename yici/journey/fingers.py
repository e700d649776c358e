"""Finding keys by ear: a map of a keyboard, made while its keys are walked over."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable

from drivers.nav_keypad.port import Key

WAYS = (Key.RIGHT, Key.DOWN, Key.LEFT, Key.UP)
MOST_STEPS = 400


class KeyNotFound(LookupError):
    """A key is nowhere on the keyboard; says which were."""


class Fingers:
    """Walks over one face of a keyboard. `press` gives the key then heard, empty outside it."""

    def __init__(self, press: Callable[[Key], str], here: str) -> None:
        """`here`: the key on which one stands."""
        self._press = press
        self._here = here
        self._ways: dict[str, dict[Key, str]] = {here: {}}

    def go(self, wanted: str) -> None:
        """Stand on that key. Raises KeyNotFound when it is nowhere."""
        for _ in range(MOST_STEPS):
            if self._here == wanted:
                return
            way = self._to(lambda key: key == wanted) or self._to(self._untried)
            if way is None:
                break
            for step in way or (self._next(),):
                self._step(step)
        raise KeyNotFound(f"there is no key {wanted}; there are {' '.join(self._ways)}")

    def lost(self, here: str) -> None:
        """One stands elsewhere now."""
        self._here = here
        self._ways.setdefault(here, {})

    def _untried(self, key: str) -> bool:
        return len(self._ways.get(key, {})) < len(WAYS)

    def _next(self) -> Key:
        return next(way for way in WAYS if way not in self._ways[self._here])

    def _step(self, way: Key) -> None:
        came = self._press(way)
        self._ways[self._here][way] = came
        if not came:  # beside the keyboard: the opposite way leads back
            came = self._press(_opposite(way))
            if not came:
                raise KeyNotFound(f"the keyboard is not found again from {self._here}")
        self.lost(came)

    def _to(self, wanted: Callable[[str], bool]) -> tuple[Key, ...] | None:
        """The shortest way over known keys to one that is wanted; None when there is none."""
        found: dict[str, tuple[Key, ...]] = {self._here: ()}
        waiting = deque([self._here])
        while waiting:
            key = waiting.popleft()
            if wanted(key):
                return found[key]
            for way, there in self._ways.get(key, {}).items():
                if there and there not in found:
                    found[there] = (*found[key], way)
                    waiting.append(there)
        return None


def _opposite(way: Key) -> Key:
    pairs = {Key.UP: Key.DOWN, Key.DOWN: Key.UP, Key.LEFT: Key.RIGHT, Key.RIGHT: Key.LEFT}
    return pairs[way]
