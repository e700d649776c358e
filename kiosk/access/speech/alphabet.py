"""Sentences of languages with an alphabet for their own voice, Chinese characters as pinyin.

Figures within Chinese belong to it: an address is read by one voice. espeak-ng reads numbers, times
and currencies by itself; told to it are dates, long figures, codes and signs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kiosk.access.profile import Language
from kiosk.access.speech.chinese import ChineseReader
from kiosk.access.speech.pinyin import HAN
from kiosk.access.speech.reading import (
    TOKENS,
    Piece,
    is_number,
    is_range,
    joined,
    unit_behind,
)
from kiosk.access.speech.tables import Signs

_CHINESE = re.compile(rf"[{HAN}](?:[{HAN}\d-]*[{HAN}\d])?", re.ASCII)


class AlphabetReader:
    """Reads one sentence of its language after another."""

    def __init__(self, language: Language, chinese: ChineseReader, signs: Signs) -> None:
        self._language = language
        self._chinese = chinese
        self._signs = signs

    def read(self, sentence: str, *, is_value: bool = False) -> Iterator[Piece]:
        """Its pieces. `is_value`: it may be a name and nothing else."""
        del is_value  # names in Latin letters need no table
        return joined(self._said(sentence))

    def _said(self, sentence: str) -> Iterator[Piece]:
        read = 0
        for chinese in _CHINESE.finditer(sentence):
            yield from self._own(sentence, read, chinese.start())
            yield from self._chinese.read(chinese.group())
            read = chinese.end()
        yield from self._own(sentence, read, len(sentence))

    def _own(self, sentence: str, start: int, end: int) -> Iterator[Piece]:
        for match in TOKENS.finditer(sentence, start, end):
            yield Piece(self._language, self._words(match))

    def _words(self, match: re.Match[str]) -> str:
        text, kind = match.group(), match.lastgroup
        if kind == "script" and self._language is Language.EN:
            kind = "other"  # espeak-ng would name the script
        match kind:
            case "span" if is_range(match):
                return self._signs.words["to"]
            case "point":
                return self._signs.words["point"]
            case "other":
                return self._signs.symbols.get(text, "")
            case "pause" | "span":
                return ","
            case "stop":
                return "?" if "?" in text else "."
            case _:
                return self._figures(match)

    def _figures(self, match: re.Match[str]) -> str:
        text = match.group()
        match match.lastgroup:
            case "date" if self._signs.months:
                month = self._signs.months[int(match["month"]) - 1]
                return f"{month} {int(match['day'])}, {match['year']}"
            case "amount":
                number = is_number(text, unit_behind(match, self._signs.units))
                return text.replace(",", "") if number else _spelled(text)
            case "phone" | "figures" | "code" | "shown":
                return _spelled(text)
            case "hidden":
                return f", {self._signs.words['hidden'].format(count=text.count('*'))},"
            case _:  # words, times, shares, years, spaced figures: as they are
                return text


def _spelled(text: str) -> str:
    """Figures and letters one by one; what joins them is not read."""
    return " ".join(filter(str.isalnum, text))
