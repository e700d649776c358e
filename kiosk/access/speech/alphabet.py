"""Sentences of languages with an alphabet for their own voice, Chinese characters as pinyin.

espeak-ng reads numbers, times and currencies by itself; told to it are dates, long figures, codes
and signs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kiosk.access.profile import Language
from kiosk.access.speech.chinese import ChineseReader
from kiosk.access.speech.reading import (
    TOKENS,
    Piece,
    is_number,
    is_range,
    joined,
    unit_behind,
)
from kiosk.access.speech.tables import Signs


class AlphabetReader:
    """Reads one sentence of its language after another."""

    def __init__(self, language: Language, chinese: ChineseReader, signs: Signs) -> None:
        self._language = language
        self._chinese = chinese
        self._signs = signs

    def read(self, sentence: str, *, is_value: bool = False) -> Iterator[Piece]:
        """Its pieces. `is_value`: it may be a name and nothing else."""
        del is_value  # names in Latin letters need no table
        return joined(piece for match in TOKENS.finditer(sentence) for piece in self._said(match))

    def _said(self, match: re.Match[str]) -> Iterator[Piece]:
        if match.lastgroup in ("han", "numerals"):
            yield from self._chinese.read(match.group())
        else:
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
