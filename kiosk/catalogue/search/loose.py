"""Looser ways to find a text, for when nothing fits as a whole. Chinese characters only."""

from __future__ import annotations

from collections.abc import Iterator

from kiosk.catalogue.search.normal import Spans
from kiosk.catalogue.search.texts import Texts

WIDEST_GAP = 3  # characters left out between two of the query: 残疾证 in 残疾人证
WIDEST_GAP_OF_TWO = 2  # 开店 in 开餐饮店; two characters far from each other mean nothing
SHORTEST_PART = 2


def scattered(query: str, texts: Texts) -> Iterator[tuple[int, Spans]]:
    """Number of each text that holds all of the query, and the parts of it that do.

    In the query's order with small gaps; or cut in two parts that stand anywhere, each whole.
    """
    if len(query) < SHORTEST_PART:
        return
    gap = WIDEST_GAP if len(query) > SHORTEST_PART else WIDEST_GAP_OF_TWO
    for number in texts.holding_all(frozenset(query)):
        text = texts.texts[number]
        spans = _spread(query, text, gap) or _parts(query, text)
        if spans:
            yield number, spans


def _spread(query: str, text: str, gap: int) -> Spans:
    start = text.find(query[0])
    while start >= 0:
        places = [start]
        for character in query[1:]:
            place = text.find(character, places[-1] + 1, places[-1] + gap + 2)
            if place < 0:
                break
            places.append(place)
        else:
            return tuple((place, place + 1) for place in places)
        start = text.find(query[0], start + 1)
    return ()


def _parts(query: str, text: str) -> Spans:
    for cut in range(SHORTEST_PART, len(query) - SHORTEST_PART + 1):
        first, second = text.find(query[:cut]), text.find(query[cut:])
        if first >= 0 and second >= 0:
            return tuple(sorted(((first, first + cut), (second, second + len(query) - cut))))
    return ()


def contained(query: str) -> Iterator[str]:
    """Every part of the query that is not Latin letters only, the longest first."""
    for length in range(len(query), SHORTEST_PART - 1, -1):
        for start in range(len(query) - length + 1):
            part = query[start : start + length]
            if not part.isascii():
                yield part
