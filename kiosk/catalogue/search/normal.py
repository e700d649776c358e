"""One form for what is typed and for what is searched, whatever the keyboard made of it."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

Spans = tuple[tuple[int, int], ...]  # half-open ranges of characters, ascending

SPACE = " "
UMLAUT = {"ü": "v", "Ü": "v"}  # as keyboards type it; decomposed it would be a plain u


@dataclass(frozen=True, slots=True)
class Normal:
    """Characters that count, and for each the place in the original where it stood."""

    text: str
    origins: tuple[int, ...]

    def marks(self, spans: Spans) -> Spans:
        """The parts of the original that ascending parts of `text` stand for, none touching."""
        marks: list[tuple[int, int]] = []
        for first, end in spans:
            start, stop = self.origins[first], self.origins[end - 1] + 1
            if marks and start <= marks[-1][1]:
                start = marks.pop()[0]
            marks.append((start, stop))
        return tuple(marks)


def latin(character: str) -> bool:
    """Whether it is one of the letters that pinyin is typed with."""
    return "a" <= character <= "z"


def normalise(text: str, simplified: Mapping[int, str], longest: int) -> Normal:
    """At most `longest` characters: NFKD without marks, lower case, simplified.

    Punctuation and blanks are left out, but for one space where they part Latin letters or digits.
    """
    kept: list[str] = []
    origins: list[int] = []
    parted = False
    for origin, original in enumerate(text):
        for character in _plain(original, simplified):
            if not character.isalnum():
                parted = parted or not unicodedata.combining(character)
                continue
            if parted and kept and kept[-1].isascii() and character.isascii():
                kept.append(SPACE)
                origins.append(origin)
            parted = False
            kept.append(character)
            origins.append(origin)
        if len(kept) >= longest:
            break
    return Normal("".join(kept[:longest]).rstrip(SPACE), tuple(origins[:longest]))


def _plain(character: str, simplified: Mapping[int, str]) -> str:
    if character.isascii():
        return character.lower()
    decomposed = UMLAUT.get(character) or unicodedata.normalize("NFKD", character)
    return decomposed.casefold().translate(simplified)
