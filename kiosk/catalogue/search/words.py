"""Texts in Latin letters, found by whole words and the beginning of the last one."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Sequence
from types import MappingProxyType

from kiosk.catalogue.search.normal import SPACE
from kiosk.catalogue.search.texts import Found

SHORTEST_WORD = 2  # letters, if it stands alone
SHORTEST_BEGINNING = 3  # letters; fewer are rather pinyin


class Words:
    """Finds words in texts, which are known by their numbers. Built once, then only read."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._texts = tuple(texts)
        holders: dict[str, array[int]] = {}
        for number, text in enumerate(texts):
            for word in set(text.split(SPACE)):
                holders.setdefault(word, array("I")).append(number)
        self._holders = MappingProxyType(holders)
        self._words = tuple(sorted(holders))

    def find(self, query: str) -> Found:
        """Where the query's words stand one after another.

        The last word may be unfinished, if it has at least three letters.
        """
        if len(query) < SHORTEST_WORD:
            return Found((), ())
        *whole, last = query.split(SPACE)
        numbers = set(self._begun(last))
        for word in whole:
            numbers.intersection_update(self._holders.get(word, ()))
        wanted = query + SPACE if len(last) < SHORTEST_BEGINNING else query
        texts, ordered = self._texts, sorted(numbers)
        starting = [n for n in ordered if (texts[n] + SPACE).startswith(wanted)]
        others = ((n, (texts[n] + SPACE).find(SPACE + wanted) + 1) for n in ordered)
        return Found(starting, ((number, place) for number, place in others if place > 0))

    def _begun(self, beginning: str) -> list[int]:
        if len(beginning) < SHORTEST_BEGINNING:
            return list(self._holders.get(beginning, ()))
        first = bisect_left(self._words, beginning)
        last = bisect_left(self._words, beginning + "\U0010ffff")
        return [n for word in self._words[first:last] for n in self._holders[word]]
