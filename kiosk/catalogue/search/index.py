"""The index: texts of entries in a fixed order, and the search that ranks what fits."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from heapq import merge
from typing import NamedTuple

from kiosk.catalogue.search.characters import Characters, Sounds
from kiosk.catalogue.search.entry import Entry, Hit, Manner, Place
from kiosk.catalogue.search.labels import Label, Shelf, labels_of
from kiosk.catalogue.search.loose import contained, scattered
from kiosk.catalogue.search.normal import Spans, normalise
from kiosk.catalogue.search.query import Meaning, meanings
from kiosk.catalogue.search.texts import Found

LONGEST_QUERY = 40  # characters; what is typed beyond is not looked at

# Tried only if nothing better was found, because they also find what was not meant.
LOOSE = frozenset({Manner.MIXED, Manner.HOMOPHONE, Manner.SCATTERED, Manner.CONTAINED})


class _Fit(NamedTuple):
    """Where a query fits a label; sorts by rank. `spans` are parts of the label's normal form."""

    place: Place
    label: Label
    spans: Spans


class Index:
    """Finds entries by what is typed. Built once, then only read: threads may share it."""

    def __init__(
        self, entries: Sequence[Entry], characters: Characters, fillers: Iterable[str]
    ) -> None:
        self._entries = tuple(entries)
        self._simplified = characters.simplified
        labels = sorted(labels_of(self._entries, self._simplified))
        self._shelves = tuple(
            Shelf([label for label in labels if label.alias is alias], LONGEST_QUERY, alias=alias)
            for alias in (False, True)
        )
        alphabet = frozenset[str]().union(*(shelf.texts.alphabet for shelf in self._shelves))
        self._sounds = Sounds(characters, alphabet)
        normal = (normalise(filler, self._simplified, LONGEST_QUERY).text for filler in fillers)
        self._fillers = tuple(sorted(filter(None, normal), key=len, reverse=True))

    @classmethod
    def of(
        cls, entries: Sequence[Entry], characters: Characters, fillers: Iterable[str] = ()
    ) -> Index:
        """Index these entries. `fillers` are words that say nothing of what is wanted: 怎么办.

        Takes about 15 µs a text; nothing of the arguments is changed.
        """
        return cls(entries, characters, fillers)

    def search(self, query: str, limit: int = 8) -> tuple[Hit, ...]:
        """The entries that fit best, each once, at most `limit`; none if nothing fits.

        Sorted by manner, then by place, then life events first, then short texts first; of what a
        query contains, the longest first. Any string is harmless; only its first 40 characters
        count. Raises ValueError if limit is below 1.
        """
        if limit < 1:
            raise ValueError(f"limit must be at least 1, not {limit}")
        text = normalise(query, self._simplified, LONGEST_QUERY).text
        if not text:
            return ()
        found = self._search(text, limit)
        if not found:
            rest = self._without_fillers(text)
            if rest not in ("", text):
                found = self._search(rest, limit)
        return found

    def _search(self, text: str, limit: int) -> tuple[Hit, ...]:
        hits: dict[int, Hit] = {}
        for meaning in meanings(text, self._sounds):
            if hits and meaning.manner in LOOSE:
                continue
            for fit in self._fits(text, meaning):
                if fit.label.entry not in hits:
                    hits[fit.label.entry] = self._hit(fit, meaning.manner)
                    if len(hits) == limit:
                        return tuple(hits.values())
        return tuple(hits.values())

    def _fits(self, text: str, meaning: Meaning) -> Iterable[_Fit]:
        """All fits in one manner, the best first, worked out only as far as they are taken."""
        found: Iterable[Iterable[_Fit]]
        match meaning.manner:
            case Manner.WORDS:
                found = (
                    _ranked(shelf, shelf.latin, shelf.words.find(text), len(text))
                    for shelf in self._shelves
                )
            case Manner.SCATTERED:
                found = (_scattered(shelf, text) for shelf in self._shelves)
            case Manner.CONTAINED:
                return self._contained(text)
            case _:
                found = (
                    _ranked(
                        shelf,
                        shelf.chinese,
                        shelf.texts.find(pattern, at_start=meaning.at_start),
                        len(pattern),
                    )
                    for pattern in meaning.patterns
                    for shelf in self._shelves
                )
        return merge(*found)

    def _contained(self, text: str) -> Iterator[_Fit]:
        for part in contained(text):
            for shelf in self._shelves:
                for label in shelf.with_text(part):
                    yield _Fit(shelf.places.exact, label, ((0, label.length),))

    def _hit(self, fit: _Fit, manner: Manner) -> Hit:
        marks = fit.label.normalised(self._simplified).marks(fit.spans)
        return Hit(self._entries[fit.label.entry], fit.label.text, marks, manner, fit.place)

    def _without_fillers(self, text: str) -> str:
        """The query without what is said before and after what is wanted."""
        before = ""
        while text != before:
            before = text
            for filler in self._fillers:
                text = text.removeprefix(filler).removesuffix(filler)
        return text


def _ranked(shelf: Shelf, labels: Sequence[Label], found: Found, length: int) -> Iterator[_Fit]:
    start = ((0, length),)
    for number in found.starting:
        if labels[number].length == length:
            yield _Fit(shelf.places.exact, labels[number], start)
    for number in found.starting:
        if labels[number].length != length:
            yield _Fit(shelf.places.prefix, labels[number], start)
    for number, place in found.inside:
        yield _Fit(shelf.places.inside, labels[number], ((place, place + length),))


def _scattered(shelf: Shelf, text: str) -> Iterator[_Fit]:
    for number, spans in scattered(text, shelf.texts):
        yield _Fit(shelf.places.inside, shelf.chinese[number], spans)
