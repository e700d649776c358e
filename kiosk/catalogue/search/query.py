"""The ways in which a query can be meant, the likeliest first."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from itertools import islice, product
from typing import NamedTuple

from kiosk.catalogue.search.characters import LONGEST_SYLLABLE, Sounds
from kiosk.catalogue.search.entry import Manner
from kiosk.catalogue.search.normal import latin
from kiosk.catalogue.search.texts import Pattern

PIECE = re.compile(r"[a-z]+|[^a-z ]")
MOST_WAYS = 12  # of cutting one query; xianggang is xiang'gang and xi'ang'gang, few are more
MOST_MIXED_WAYS = 4  # there are very many, and what is meant is among those with long parts
NOTHING: frozenset[str] = frozenset()

Find = Callable[[str], frozenset[str]]
Cut = tuple[frozenset[str], ...]
Cutter = Callable[[str], list[Cut]]


class Meaning(NamedTuple):
    """One manner, with every pattern that the query can be in it, if it is found by patterns."""

    manner: Manner
    patterns: tuple[Pattern, ...] = ()
    at_start: bool = False


def meanings(query: str, sounds: Sounds) -> Iterator[Meaning]:
    """Every manner that the query can be meant in, the best first."""
    yield Meaning(Manner.CHARACTERS, (tuple(frozenset(c) for c in query),))
    pieces: list[str] = PIECE.findall(query)
    if any(latin(piece[0]) for piece in pieces):
        yield from _typed(query, pieces, sounds)
    elif query.isascii():
        yield Meaning(Manner.WORDS)
    else:
        if len(pieces) > 1:
            yield Meaning(Manner.HOMOPHONE, (tuple(sounds.homophones(one) for one in pieces),))
        yield Meaning(Manner.SCATTERED)
    if not query.isascii():
        yield Meaning(Manner.CONTAINED)


def _typed(query: str, pieces: list[str], sounds: Sounds) -> Iterator[Meaning]:
    whole = _cutter(_finder(sounds.syllable))
    yield Meaning(Manner.PINYIN, _patterns(pieces, whole, whole))
    if query.isascii():
        yield Meaning(Manner.WORDS)
    if latin(pieces[-1][0]):
        yield Meaning(
            Manner.UNFINISHED, _patterns(pieces, whole, lambda run: _unfinished(run, sounds))
        )
    first = _cutter(_finder(sounds.initial))
    # One letter begins something in almost every name: only those that begin with it are meant.
    yield Meaning(Manner.INITIALS, _patterns(pieces, first, first), at_start=len(query) == 1)
    if len(query) > 1:
        mixed = _cutter(lambda part: sounds.syllable.get(part) or sounds.initial.get(part, NOTHING))
        ways = _patterns(pieces, mixed, mixed)[:MOST_MIXED_WAYS]
        yield Meaning(Manner.MIXED, ways)
        like = _cutter(sounds.fuzzy)
        yield Meaning(Manner.FUZZY, _patterns(pieces, like, like))


def _finder(table: Mapping[str, frozenset[str]]) -> Find:
    return lambda part: table.get(part, NOTHING)


def _cutter(find: Find) -> Cutter:
    return lambda run: _cuts(run, find)


def _patterns(pieces: list[str], cuts: Cutter, last: Cutter) -> tuple[Pattern, ...]:
    options: list[list[Cut]] = []
    for i, piece in enumerate(pieces):
        if not latin(piece[0]):
            options.append([(frozenset(piece),)])
        else:
            options.append((last if i == len(pieces) - 1 else cuts)(piece))
    ways = islice(product(*options), MOST_WAYS)
    return tuple(tuple(one for cut in way for one in cut) for way in ways)


def _cuts(run: str, find: Find) -> list[Cut]:
    """Cut letters into parts that `find` knows, long parts first, `MOST_WAYS` at most."""
    ends = [False] * len(run) + [True]  # whether the rest from here on can be cut to its end
    for start in range(len(run) - 1, -1, -1):
        ends[start] = any(ends[end] and find(run[start:end]) for end in _ends(run, start))

    def cut(start: int) -> Iterator[Cut]:
        if start == len(run):
            yield ()
            return
        for end in _ends(run, start):
            if ends[end] and (known := find(run[start:end])):
                for rest in cut(end):
                    yield (known, *rest)

    return list(islice(cut(0), MOST_WAYS))


def _ends(run: str, start: int) -> range:
    return range(min(len(run), start + LONGEST_SYLLABLE), start, -1)


def _unfinished(run: str, sounds: Sounds) -> list[Cut]:
    """Whole syllables and the beginning of one more; a beginning alone has two letters."""
    found: list[Cut] = []
    for start in range(max(0, len(run) - LONGEST_SYLLABLE), len(run)):
        part = run[start:]
        if (known := sounds.part.get(part, NOTHING)) and (start or len(part) > 1):
            found += [(*cut, known) for cut in _cuts(run[:start], _finder(sounds.syllable))]
    return found[:MOST_WAYS]
