"""Chinese characters from Latin letters: what the keyboard of a page asks of an input method.

Composing is local to the keyboard; only `Composition.committed` ever becomes a signal.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Protocol


class ChineseInputUnavailable(Exception):
    """The input method cannot be used here; says why and what to do."""


@dataclass(frozen=True)
class Composition:
    """What stands between the letters typed and the characters wanted.

    What is typed may be a name or an address, so it is kept out of the `repr`.
    """

    preedit: str = field(default="", repr=False)  # characters chosen so far, then letters
    candidates: tuple[str, ...] = field(default=(), repr=False)  # one page of them, best first
    has_more: bool = False  # a page of candidates follows
    has_earlier: bool = False  # a page of candidates goes before
    committed: str = field(
        default="", repr=False
    )  # finished by this very action; goes to the field


class ChineseInput(Protocol):
    """An input method, used by one thread. Every method answers with the composition it leads to.

    The first call may load dictionaries. Every method raises ChineseInputUnavailable when that
    fails; the keyboard then offers what it has without it.
    """

    def type(self, letter: str) -> Composition:
        """Add one letter a–z, or ' between two syllables. Anything else changes nothing."""
        ...

    def backspace(self) -> Composition:
        """Take back the last letter, or the last choice when it was the last thing done."""
        ...

    def choose(self, index: int) -> Composition:
        """Take candidate `index`, from 0, of the page shown; a wrong index changes nothing."""
        ...

    def turn(self, *, forward: bool) -> Composition:
        """Show the next or the previous page of candidates, if there is one."""
        ...

    def clear(self) -> Composition:
        """Forget what is being composed; the answer is the empty composition."""
        ...
