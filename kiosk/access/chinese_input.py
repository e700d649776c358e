"""Chinese characters from pinyin or strokes: what a keyboard asks of an input method.

Composing is local to the keyboard; only `Composition.committed` ever becomes a signal.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol


class Method(StrEnum):
    """How characters are composed."""

    PINYIN = "pinyin"  # letters a–z, and ' between two syllables
    STROKE = "stroke"  # h s p n z for 横 竖 撇 点 折, in the order in which one writes


STROKES = "hspnz"  # letters of Method.STROKE


class ChineseInputUnavailable(Exception):
    """The input method cannot be used here; says why and what to do."""


@dataclass(frozen=True)
class Composition:
    """What stands between the letters typed and the characters wanted.

    What is typed may be a name or an address, so it is kept out of the `repr`.
    """

    preedit: str = field(default="", repr=False)  # chosen so far, then letters or strokes
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

    @property
    def method(self) -> Method:
        """How characters are composed: as begun last, pinyin for everybody who comes anew."""
        ...

    def begin(self, method: Method, *, surname: bool = False) -> Composition:
        """Forget what is being composed, and compose this way from now on.

        `surname`: a person's name begins here, so surnames are offered before other characters.
        """
        ...

    def type(self, letter: str) -> Composition:
        """Add one letter of the method. Anything else changes nothing."""
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

    def forget(self) -> None:
        """Forget all of a session: what is being composed, and by which method."""
        ...

    def surnames(self) -> tuple[str, ...]:
        """The surnames that most people have, the most common first; needs no dictionary."""
        ...
