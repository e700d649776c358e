"""Chinese characters as pinyin for espeak-ng's voice `cmn-latn-pinyin`.

The tables of `config/speech/` come first, pypinyin for the rest. espeak-ng changes a third tone
before a third by itself; the tones of 一 and 不 are changed here: within a word of the dictionary
by pypinyin, before the next word by `sandhi.py`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from dataclasses import dataclass

from kiosk.access.speech.sandhi import Word, flowing
from kiosk.access.speech.tables import Surnames, Tables

HAN = "㐀-䶿一-鿿\U00020000-\U000323af〇"  # what is a Chinese character, for regular expressions

_LONGEST_GIVEN = 2  # characters of a given name
_BETWEEN = r"(?:是|为|叫)?\s*[：:，,、]?\s*"  # a label and its name


@dataclass(frozen=True)
class Dictionary:
    """What pypinyin is asked: where words end, how one is read, and whether something is one."""

    cut: Callable[[str], Iterable[str]]
    readings: Callable[[str], list[str]]
    words: Container[str]


def load_dictionary() -> Dictionary:
    """pypinyin's. Takes half a second and 55 MB, so it is for the thread that speaks."""
    from pypinyin import Style, lazy_pinyin  # noqa: PLC0415
    from pypinyin.constants import PHRASES_DICT  # noqa: PLC0415
    from pypinyin.seg.mmseg import seg  # noqa: PLC0415

    def readings(word: str) -> list[str]:
        return lazy_pinyin(
            word,
            style=Style.TONE3,
            errors="ignore",
            neutral_tone_with_five=True,
            tone_sandhi=True,
        )

    return Dictionary(seg.cut, readings, PHRASES_DICT)


class Pinyin:
    """Reads Chinese characters; one for each voice."""

    def __init__(self, tables: Tables, dictionary: Dictionary) -> None:
        self._words = tables.words
        self._alone = tables.alone
        self._longest = max(map(len, tables.words), default=0)
        self._dictionary = dictionary
        self._names = _Names(tables.surnames, dictionary.words, tables.words)

    def names(self, text: str, *, is_value: bool = False) -> Mapping[int, tuple[str, ...]]:
        """Where in a text surnames begin that have a reading of their own, and which.

        `is_value`: the text may be a name and nothing else, what a citizen entered for one.
        """
        return dict(self._names.find(text, is_value=is_value))

    def read(self, characters: str) -> str:
        """Pinyin of Chinese characters that stand together; of an unknown one nothing."""
        return " ".join(flowing(list(self._cut(characters))))

    def _cut(self, characters: str) -> Iterator[Word]:
        """Words of our tables, the longest one from the left; between them the dictionary's."""
        place = rest = 0
        while place < len(characters):
            if word := self._word_at(characters, place):
                yield from self._of_dictionary(characters[rest:place])
                yield Word(word, self._words[word], fixed=True)
                place = rest = place + len(word)
            else:
                place += 1
        yield from self._of_dictionary(characters[rest:])

    def _of_dictionary(self, piece: str) -> Iterator[Word]:
        for word in self._dictionary.cut(piece):
            yield Word(word, self._alone.get(word) or tuple(self._dictionary.readings(word)))

    def _word_at(self, characters: str, place: int) -> str:
        for length in range(min(self._longest, len(characters) - place), 1, -1):
            if (word := characters[place : place + length]) in self._words:
                return word
        return ""


class _Names:
    """Finds names: behind a label, before a title, or as the whole of a value."""

    def __init__(self, surnames: Surnames, known: Container[str], words: Container[str]) -> None:
        self._surnames = surnames
        self._known = known
        self._words = words
        every = sorted({*surnames.readings, *surnames.common}, key=len, reverse=True)
        surname = f"(?P<surname>{'|'.join(map(re.escape, every))})"
        given = f"(?P<given>[{HAN}]{{1,{_LONGEST_GIVEN}}})"
        labels = "|".join(map(re.escape, sorted(surnames.labels, key=len, reverse=True)))
        titles = "|".join(map(re.escape, surnames.titles))
        end = f"(?![{HAN}])"
        self._labelled = re.compile(f"(?:{labels}){_BETWEEN}{surname}{given}{end}")
        self._titled = re.compile(f"{surname}{given.replace('{1,', '{0,')}?(?:{titles})")
        self._alone = re.compile(f"姓{surname}{end}")
        self._value = re.compile(f"{surname}{given}")

    def find(self, text: str, *, is_value: bool) -> Iterator[tuple[int, tuple[str, ...]]]:
        for pattern in (self._labelled, self._titled, self._alone):
            for match in pattern.finditer(text):
                yield from self._reading(match)
        if is_value and (whole := self._value.fullmatch(text.strip())):
            start = len(text) - len(text.lstrip())
            for place, reading in self._reading(whole):
                yield place + start, reading

    def _reading(self, match: re.Match[str]) -> Iterator[tuple[int, tuple[str, ...]]]:
        surname = match["surname"]
        begins = match.string[match.start("surname") :][: len(surname) + 1]
        given = match.groupdict().get("given", "")
        is_word = bool(given) and (begins in self._known or begins in self._words)
        if not is_word and surname in self._surnames.readings:
            yield match.start("surname"), self._surnames.readings[surname]
