"""The texts of entries, in the order in which equally good ones are shown, on two shelves."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

from kiosk.catalogue.search.entry import Entry, Place
from kiosk.catalogue.search.normal import Normal, normalise
from kiosk.catalogue.search.texts import Texts
from kiosk.catalogue.search.words import Words

LONGEST_TEXT = 200  # characters of a name that are searched


class Label(NamedTuple):
    """One text of an entry, `number` among the entry's own. Sorts in the order of showing."""

    kind: int
    length: int
    order: int
    entry: int
    number: int
    alias: bool
    normal: str
    text: str

    def normalised(self, simplified: Mapping[int, str]) -> Normal:
        """The normal form with its origins, which are not kept because they are large."""
        return normalise(self.text, simplified, LONGEST_TEXT)


class Places(NamedTuple):
    """What a fit is called on one shelf."""

    exact: Place
    prefix: Place
    inside: Place


NAMES = Places(Place.EXACT, Place.PREFIX, Place.INSIDE)
ALIASES = Places(Place.ALIAS_EXACT, Place.ALIAS_PREFIX, Place.ALIAS_INSIDE)


class Shelf:
    """Either all names or all aliases. Built once, then only read."""

    def __init__(self, labels: Sequence[Label], longest_query: int, *, alias: bool) -> None:
        self.places = ALIASES if alias else NAMES
        self.chinese = tuple(label for label in labels if not label.normal.isascii())
        self.latin = tuple(label for label in labels if label.normal.isascii())
        self.texts = Texts([label.normal for label in self.chinese], longest_query)
        self.words = Words([label.normal for label in self.latin])
        same: dict[str, tuple[Label, ...]] = {}
        for label in self.chinese:
            same[label.normal] = (*same.get(label.normal, ()), label)
        self._by_text = MappingProxyType(same)

    def with_text(self, text: str) -> tuple[Label, ...]:
        """All labels whose whole normal form this is."""
        return self._by_text.get(text, ())


def labels_of(entries: Sequence[Entry], simplified: Mapping[int, str]) -> Iterator[Label]:
    """Every text of every entry that has anything to search in it."""
    for place, entry in enumerate(entries):
        texts = [
            *((False, 0, name) for name in entry.names),
            *((True, alias.order, alias.text) for alias in entry.aliases),
        ]
        for number, (alias, order, text) in enumerate(texts):
            normal = normalise(text, simplified, LONGEST_TEXT).text
            if normal:
                yield Label(entry.kind, len(normal), order, place, number, alias, normal, text)
