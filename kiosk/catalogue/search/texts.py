"""All Chinese texts as one string, with the places of every character."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from types import MappingProxyType
from typing import NamedTuple

END = "\n"  # stands between texts; no normal form holds it
Pattern = Sequence[frozenset[str]]  # the characters that may stand at each place, one after another


class Found(NamedTuple):
    """Where something fits: numbers of the texts that begin with it, ascending, and then number and
    place of where it stands elsewhere, ascending, worked out only as far as they are taken.
    """

    starting: Sequence[int]
    inside: Iterable[tuple[int, int]]


class Texts:
    """Finds patterns in texts, which are known by their numbers. Built once, then only read.

    The rarest character of a pattern says where to look, so that the work is by its places and not
    by the number of texts. `longest` is the most characters a pattern may have.
    """

    def __init__(self, texts: Sequence[str], longest: int) -> None:
        self.texts = tuple(texts)
        # Looking before the first text or behind the last one finds no character of a pattern.
        margin = END * longest
        self._whole = margin + END.join(texts) + margin
        self._starts = array("I")
        self._numbers = array("I", bytes(4 * longest))
        places: dict[str, array[int]] = {}
        start = longest
        for number, text in enumerate(texts):
            self._starts.append(start)
            self._numbers.extend([number] * (len(text) + 1))
            for place, character in enumerate(text, start):
                if character not in places:
                    places[character] = array("I")
                places[character].append(place)
            start += len(text) + 1
        self._places = MappingProxyType(places)

    @property
    def alphabet(self) -> frozenset[str]:
        """Every character of any text."""
        return frozenset(self._places)

    def count(self, characters: frozenset[str]) -> int:
        """How often any of these characters stands in the texts."""
        return sum(len(self._places[c]) for c in characters if c in self._places)

    def find(self, pattern: Pattern, *, at_start: bool = False) -> Found:
        """Where the pattern fits; with `at_start` only where a text begins with it."""
        whole, numbers, starts = self._whole, self._numbers, self._starts
        places = self._fitting(pattern, at_start=at_start)
        starting = sorted(numbers[place] for place in places if whole[place - 1] == END)
        inside = (
            (numbers[place], place - starts[numbers[place]])
            for place in (() if at_start else sorted(places))
            if whole[place - 1] != END
        )
        return Found(starting, inside)

    def _fitting(self, pattern: Pattern, *, at_start: bool) -> list[int]:
        order = sorted(range(len(pattern)), key=lambda i: self.count(pattern[i]))
        if at_start:
            places = list(self._starts)
        else:
            rarest = order.pop(0)
            places = [
                place - rarest
                for character in pattern[rarest]
                for place in self._places.get(character, ())
            ]
        whole = self._whole
        for i in order:
            characters = pattern[i]
            places = [place for place in places if whole[place + i] in characters]
        return places

    def holding_all(self, characters: frozenset[str]) -> list[int]:
        """Numbers of the texts in which every one of these characters stands, ascending."""
        rarest = min(characters, key=lambda c: self.count(frozenset(c)))
        numbers = {self._numbers[place] for place in self._places.get(rarest, ())}
        return sorted(n for n in numbers if all(c in self.texts[n] for c in characters))
