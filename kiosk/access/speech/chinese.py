"""Chinese sentences as pinyin, with the Latin words in them for the English voice."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from kiosk.access.profile import Language
from kiosk.access.speech import numbers
from kiosk.access.speech.pinyin import Pinyin
from kiosk.access.speech.reading import (
    TOKENS,
    Piece,
    is_number,
    is_range,
    joined,
    unit_behind,
)
from kiosk.access.speech.sandhi import one
from kiosk.access.speech.tables import Signs

_CHARACTERS = str.maketrans("零〇一二三四五六七八九幺", "001234567891")
_ORDINAL = "第"
_ROOM = 3  # figures: floor and room
_NAMES_A_CODE = ("号", "码")  # 尾号 1234, 验证码 1234


class ChineseReader:
    """Reads one sentence after another."""

    def __init__(self, pinyin: Pinyin, signs: Signs) -> None:
        self._pinyin = pinyin
        self._signs = signs

    def read(self, sentence: str, *, is_value: bool = False) -> Iterator[Piece]:
        """Its pieces. `is_value`: it may be a name and nothing else."""
        names = self._pinyin.names(sentence, is_value=is_value)
        return joined(
            piece for match in TOKENS.finditer(sentence) for piece in self._said(match, names)
        )

    def characters(self, text: str) -> Iterator[Piece]:
        """Chinese characters alone."""
        if syllables := self._pinyin.read(text):
            yield Piece(Language.ZH, syllables)

    def _said(self, match: re.Match[str], names: Mapping[int, tuple[str, ...]]) -> Iterator[Piece]:
        kind, text = str(match.lastgroup), match.group()
        match kind:
            case "han":
                yield from self._han(match, names)
            case "latin":
                yield Piece(Language.EN, " ".join(text) if text.isupper() else text)
            case "code":
                yield from _code(text)
            case "hidden":
                yield from self._hidden(text.count("*"))
            case "span" if is_range(match):
                yield from self.characters(self._signs.words["to"])
            case "point":
                yield from self.characters(self._signs.words["point"])
            case "other" | "script":
                yield from self.characters(self._signs.symbols.get(text, ""))
            case "pause" | "span":
                yield Piece(Language.ZH, ",")
            case "stop":
                yield Piece(Language.ZH, "?" if "?" in text else ".")
            case _:
                yield Piece(Language.ZH, self._figures(kind, match))

    def _figures(self, kind: str, match: re.Match[str]) -> str:
        match kind:
            case "date":
                year = numbers.digits(match["year"], year=True)
                month, day = numbers.number(match["month"]), numbers.number(match["day"])
                return f"{year} nian2 {month} yue4 {day} ri4"
            case "era":
                return numbers.digits(match.group(), year=True)
            case "time":
                return _time(match["hour"], match["minute"])
            case "percent":
                return f"bai3 fen1 zhi1 {numbers.number(match['share'])}"
            case "amount":
                return self._amount(match)
            case "numerals":
                as_figures = match.group().translate(_CHARACTERS)
                return numbers.digits(as_figures, year="幺" not in match.group())
            case _:  # phone, spaced, figures, what a mask shows
                return numbers.digits(match.group())

    def _amount(self, match: re.Match[str]) -> str:
        figures = match.group()
        unit = unit_behind(match, self._signs.units)
        whole = figures.replace(",", "")
        before = match.string[: match.start()].rstrip(": ")
        if not is_number(figures, unit) or (before.endswith(_NAMES_A_CODE) and not unit):
            return numbers.digits(figures)
        if len(whole.partition(".")[0]) > numbers.LONGEST:
            return numbers.digits(figures)
        if len(whole) >= _ROOM and unit_behind(match, self._signs.rooms):
            return numbers.digits(figures)
        counted = unit in self._signs.two and not before.endswith(_ORDINAL)
        if counted and whole == "1":
            return one(self._pinyin.read(unit))
        return numbers.number(whole, two=counted)

    def _han(self, match: re.Match[str], names: Mapping[int, tuple[str, ...]]) -> Iterator[Piece]:
        place, end = match.span()
        for start in sorted(start for start in names if place <= start < end):
            yield from self.characters(match.string[place:start])
            yield Piece(Language.ZH, " ".join(names[start]))
            place = start + len(names[start])
        yield from self.characters(match.string[place:end])

    def _hidden(self, count: int) -> Iterator[Piece]:
        before, _, behind = self._signs.words["hidden"].partition("{count}")
        yield Piece(Language.ZH, ",")
        yield from self.characters(before)
        yield Piece(Language.ZH, numbers.number(str(count)))
        yield from self.characters(behind)
        yield Piece(Language.ZH, ",")


def _time(hour: str, minute: str) -> str:
    read = f"{numbers.number(hour)} dian3"
    if int(minute) == 0:
        return read
    zero = "ling2 " if minute.startswith("0") else ""
    return f"{read} {zero}{numbers.number(minute)} fen1"


def _code(text: str) -> Iterator[Piece]:
    for part in re.findall(r"\d+|[A-Za-z]+", text):
        if part.isdigit():
            yield Piece(Language.ZH, numbers.digits(part))
        else:
            yield Piece(Language.EN, " ".join(part))
