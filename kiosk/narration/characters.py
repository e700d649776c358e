"""Which character is meant among those that sound alike: 章, 文章的章. Read when first asked."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from pathlib import Path

from pypinyin import Style, lazy_pinyin

from kiosk.access.phrases import Phrases
from kiosk.access.profile import Language

MOST = 4  # characters of a word that are explained one by one


class Characters:
    """Explanations from `config/narration/characters.tsv`: a character, a tab, a word with it.

    What stands for the word may be a description that ends in the character, as people say of
    their surnames: 弓长张.
    """

    def __init__(self, file: Path, phrases: Phrases) -> None:
        """Raises FileNotFoundError when there is no such file."""
        if not file.is_file():
            raise FileNotFoundError(f"{file}: no table of characters; put it there again")
        self._file = file
        self._phrases = phrases

    @cached_property
    def _words(self) -> Mapping[str, str]:
        lines = self._file.read_text("utf-8").splitlines()
        rows = (line.partition("\t") for line in lines if not line.startswith("#"))
        return {character: word for character, _, word in rows}

    def explained(self, text: str, language: Language) -> str:
        """What tells a candidate from its homophones.

        Of a word of up to four characters each is explained. Anything but Chinese characters is
        left as it is.
        """
        if len(text) > MOST or not all(map(_is_han, text)):
            return text
        said = [text, *(self._one(character, language) for character in text)]
        return self._phrases.text(language, "narration.separator").join(filter(None, said))

    def _one(self, character: str, language: Language) -> str:
        word = self._words.get(character, "")
        syllable, tone = _sound(character, word or character)
        sound = self._phrases.text(language, f"narration.tone_{tone}")
        if language is not Language.ZH:  # who reads no characters knows how they are typed
            sound = f"{syllable} {sound}"
        if not word:
            return sound
        described = len(word) > 2 and word.endswith(character)  # noqa: PLR2004 -- 弓长张
        how = word if described else self._as_in(character, word, language)
        if language is Language.ZH:
            return how
        return self._phrases.text(language, "narration.separator").join((sound, how))

    def _as_in(self, character: str, word: str, language: Language) -> str:
        return self._phrases.text(language, "narration.as_in", word=word, character=character)


def _is_han(character: str) -> bool:
    return "\u3400" <= character <= "\u9fff"


def _sound(character: str, word: str) -> tuple[str, str]:
    """Pinyin of a character as it is in a word, without its tone, and the tone from 1 to 5."""
    sounds = lazy_pinyin(word, style=Style.TONE3, neutral_tone_with_five=True)
    sound = sounds[word.index(character)]
    return (sound[:-1], sound[-1]) if sound[-1:].isdigit() else (sound, "5")
