"""Which character is meant among those that sound alike: 章, 文章的章. Read when first asked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import takewhile
from pathlib import Path
from typing import Any

from pypinyin import Style, lazy_pinyin, pinyin

from kiosk.access.phrases import Phrases
from kiosk.access.profile import Language

MOST = 4  # characters of a word that are explained one by one
NO_SOUND = "5"  # of a character that no dictionary reads


@dataclass(frozen=True)
class Reading:
    """How a character is read: pinyin, the tone behind it. `word`: where it is; empty: in none."""

    sound: str
    word: str = ""

    @property
    def spelling(self) -> str:
        """The letters that are typed for it."""
        return self.sound[:-1]

    @property
    def tone(self) -> str:
        """From 1 to 5, which is none."""
        return self.sound[-1]


class Characters:
    """Explanations from `config/narration/characters.tsv`: a character, a tab, a word with it.

    What stands for the word may be a description that ends in the character, as people say of
    their surnames: 弓长张. A character with several readings has a row for each, the most common
    first, with a third column: the reading, its tone behind it.
    """

    def __init__(self, file: Path, phrases: Phrases) -> None:
        """Raises FileNotFoundError when there is no such file."""
        if not file.is_file():
            raise FileNotFoundError(f"{file}: no table of characters; put it there again")
        self._file = file
        self._phrases = phrases

    @cached_property
    def _rows(self) -> Mapping[str, tuple[tuple[str, str], ...]]:
        """Word and reading of each row of a character; no reading where it has one row."""
        rows: dict[str, tuple[tuple[str, str], ...]] = {}
        for line in self._file.read_text("utf-8").splitlines():
            if not line.startswith("#"):
                character, word, *sound = line.split("\t")
                rows[character] = (*rows.get(character, ()), (word, "".join(sound)))
        return rows

    def explained(self, text: str, language: Language, typed: str = "") -> str:
        """What tells a candidate from its homophones. `typed`: its letters, where they are known.

        Of a word of up to four characters each is explained, read as it is in that word. Anything
        but Chinese characters is left as it is.
        """
        if len(text) > MOST or not all(map(_is_han, text)):
            return text
        spelled = [typed] if len(text) == 1 else [sound[:-1] for sound in _sounds(text)]
        explained = (
            self._one(character, letters, language)
            for character, letters in zip(text, spelled, strict=True)
        )
        pause = self._phrases.text(language, "narration.separator")
        return pause.join(filter(None, (text, *explained)))

    def _one(self, character: str, typed: str, language: Language) -> str:
        reading = self._read(character, typed)
        word = reading.word
        sound = self._phrases.text(language, f"narration.tone_{reading.tone}")
        if language is not Language.ZH:  # who reads no characters knows how they are typed
            sound = f"{reading.spelling} {sound}"
        if not word:
            return sound
        described = len(word) > 2 and word.endswith(character)  # noqa: PLR2004 -- 弓长张
        how = word if described else self._as_in(character, word, language)
        if language is Language.ZH:
            return how
        return self._phrases.text(language, "narration.separator").join((sound, how))

    def _read(self, character: str, typed: str) -> Reading:
        """The reading that was typed, whole or begun; the most common one where none was."""
        told = [
            Reading(sound or _sounds(word)[word.index(character)], word)
            for word, sound in self._rows.get(character, ())
        ]
        bare = map(Reading, _readings(character))
        return max((*told, *bare), key=lambda reading: _agreement(reading.spelling, typed))

    def _as_in(self, character: str, word: str, language: Language) -> str:
        return self._phrases.text(language, "narration.as_in", word=word, character=character)


def _is_han(character: str) -> bool:
    return "\u3400" <= character <= "\u9fff"


def _sounds(text: str) -> list[str]:
    """Pinyin of each character as it is read in that text, the tone behind it."""
    apart: Any = list  # of characters that no dictionary reads; the stub knows of texts only
    return lazy_pinyin(text, style=Style.TONE3, neutral_tone_with_five=True, errors=apart)


def _readings(character: str) -> list[str]:
    """Pinyin of every way in which a character is read, the most common first."""
    sounds = pinyin(character, Style.TONE3, heteronym=True, neutral_tone_with_five=True)[0]
    return [sound for sound in sounds if sound[-1].isdigit()] or [NO_SOUND]


def _agreement(spelling: str, typed: str) -> tuple[int, bool]:
    """How many letters a reading has in common with what was typed, and whether that is all."""
    common = takewhile(lambda pair: pair[0] == pair[1], zip(spelling, typed, strict=False))
    return len(list(common)), typed.startswith(spelling)
