"""In which order candidates are offered, and a page of them at a time. Knows no input method.

An input method orders by how often words are used. That leaves, for strokes, rare characters
before common ones that are not yet written to their end, and for a person's name, words before
surnames.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

PAGE = 9  # candidates shown at once
CHUNK = 200  # candidates that are read and ordered together; 22 pages

Rank = Callable[[str], tuple[int, ...] | None]
"""What a candidate is sorted by, smallest first; None: it is not offered."""

Read = Callable[[int, int], Sequence[str]]
"""Candidates of the input method: from which number on, and how many at the most."""


class Offer:
    """The candidates of one composition, read no further than they are looked at."""

    def __init__(self, read: Read, rank: Rank) -> None:
        self._read = read
        self._rank = rank
        self._seen = 0
        self._ended = False
        self._ordered: list[tuple[int, str]] = []  # number in the input method, text

    def page(self, number: int) -> tuple[tuple[str, ...], bool]:
        """The candidates of a page, from 0, and whether another page follows."""
        start = number * PAGE
        self._read_up_to(start + PAGE + 1)
        shown = self._ordered[start : start + PAGE]
        return tuple(text for _, text in shown), len(self._ordered) > start + PAGE

    def number(self, page: int, index: int) -> int | None:
        """The input method's number of a candidate of a page; None when there is none."""
        if not 0 <= index < PAGE:
            return None
        self.page(page)
        place = page * PAGE + index
        return self._ordered[place][0] if place < len(self._ordered) else None

    def _read_up_to(self, count: int) -> None:
        while len(self._ordered) < count and not self._ended:
            chunk = self._read(self._seen, CHUNK)
            ranked = [
                (rank, self._seen + place, text)
                for place, text in enumerate(chunk)
                if (rank := self._rank(text)) is not None
            ]
            self._ordered += [(number, text) for _, number, text in sorted(ranked)]
            self._seen += len(chunk)
            self._ended = len(chunk) < CHUNK


@dataclass(frozen=True)
class Surnames:
    """How surnames are read, and how common they are. `common`: the most common first."""

    common: tuple[str, ...]
    readings: Mapping[str, tuple[str, ...]]  # in pinyin without tones, ü as v

    @classmethod
    def of(cls, lines: Sequence[str], others: str = "# others") -> Surnames:
        """From lines `surname TAB reading`; the common ones stand above the line `others`."""
        readings: dict[str, tuple[str, ...]] = {}
        common: list[str] = []
        ranked = True
        for line in lines:
            if line.strip() == others:
                ranked = False
            if not line.strip() or line.startswith("#"):
                continue
            surname, reading = line.split("\t")
            readings[surname] = (*readings.get(surname, ()), reading.strip())
            if ranked:
                common.append(surname)
        return cls(tuple(common), readings)

    def rank(self, text: str, letters: str | None) -> tuple[int, ...] | None:
        """What a text that begins with a surname is sorted by; None when it begins with none.

        `letters`: what was typed of its reading, and maybe of what follows; None: strokes were.
        A surname typed to its end comes first, then whole names, then surnames begun, the most
        common first.
        """
        for head in (text[:2], text[:1]):
            for reading in self.readings.get(head, ()):
                if letters is None or _agree(letters, reading, alone=text == head):
                    return letters != reading, -len(head), -len(text), self._place(head)
        return None

    def _place(self, surname: str) -> int:
        return self._places.get(surname, len(self.common))

    @cached_property
    def _places(self) -> Mapping[str, int]:
        return {surname: place for place, surname in enumerate(self.common)}


def _agree(letters: str, reading: str, *, alone: bool) -> bool:
    """Whether letters can mean the surname, `alone` or with what follows it."""
    if alone and reading.startswith(letters):
        return True
    return letters.startswith(reading) and (alone or letters != reading)


def usage(text: str) -> int:
    """How usual the characters are: 0 simplified ones of GB 2312, 1 those of GBK, 2 others."""
    for rank, charset in enumerate(("gb2312", "gbk")):
        try:
            text.encode(charset)
        except UnicodeEncodeError:
            continue
        return rank
    return 2
