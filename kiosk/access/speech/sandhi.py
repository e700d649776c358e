"""The tones of 一 and 不, which follow from what is said next. Pure.

一 is yi2 before a fourth tone and before 个, yi4 before others, yi1 where it counts on: at an end,
as an ordinal, before another figure. 不 is bu2 before a fourth tone. Between a verb and the same
verb 一 has no tone (看一看).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

_ONE, _NOT = "一", "不"
_FIGURES = frozenset("零〇一二三四五六七八九十")
_FALLING = "4"


@dataclass(frozen=True)
class Word:
    """A word with its syllables. `fixed`: they stand in a table, whatever follows."""

    text: str = field(repr=False)
    syllables: tuple[str, ...] = field(repr=False)
    fixed: bool = False


_END = Word("", ())


def flowing(words: Sequence[Word]) -> Iterator[str]:
    """The syllables of all words, as they are said one behind the other."""
    before = _END
    for word, after in pairwise((*words, _END)):
        # of a character without a reading there is no syllable: then nothing fits to anything
        plain = word.fixed or len(word.syllables) != len(word.text)
        yield from word.syllables if plain else _followed(word, before, after)
        before = word


def one(following: str) -> str:
    """一 as a count, before that syllable."""
    return "yi2" if following.endswith(_FALLING) or following.startswith("ge") else "yi4"


def _followed(word: Word, before: Word, after: Word) -> Iterator[str]:
    again = word.text == _ONE and after.text == before.text != ""
    characters, syllables = word.text + after.text[:1], (*word.syllables, *after.syllables[:1])
    for place, syllable in enumerate(word.syllables):
        counted_on = place and place + 1 == len(word.text)  # 统一, 唯一
        character, figure = characters[place], characters[place + 1 : place + 2] in _FIGURES
        following = syllables[place + 1] if place + 1 < len(syllables) else ""
        if character == _NOT and following:
            yield "bu2" if following.endswith(_FALLING) else "bu4"
        elif character == _ONE and following and not (counted_on or figure):
            yield "yi5" if again else one(following)
        else:
            yield syllable
