"""Whether phrases are in plain language: short sentences, everyday words, one idea, said once.

What counts as plain is data for each language (`config/access/plain_words.toml`, with sources); a
language without rules there is not judged.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from kiosk.access.languages import Languages
from kiosk.access.phrases import CARE, phrases_in
from kiosk.access.profile import Language

PLACE = re.compile(r"\{\{?\w*(?::[^{}]*)?\}?\}")
SENTENCE_END = re.compile(r"[。！？；!?;\n]|\.(?=\s|$)|:(?=\s)|：")
PART_END = re.compile(r"[，,]")
WORD = re.compile(r"[\w'’-]+")
CAPITALS = re.compile(r"(?<![A-Za-z])[A-Z]{2,}(?![a-z])")


class PlainWordsError(Exception):
    """The rules cannot be read; says which file and what is wrong."""


class Rule(StrEnum):
    """What a phrase can break."""

    LONG = "long"  # a sentence is too long
    HARD_WORD = "hard_word"  # officialese, jargon, an abbreviation
    CAPITALS = "capitals"  # WORDS IN CAPITALS
    MARK = "mark"  # punctuation of another language
    DOUBLE_NEGATION = "double_negation"
    IDEAS = "ideas"  # more than one idea in a sentence


@dataclass(frozen=True)
class Problem:
    """One phrase that is not plain. `detail`: what is wrong, and the better word if any."""

    file: Path
    key: str
    rule: Rule
    detail: str

    def __str__(self) -> str:
        return f"{self.file}: {self.key}: {self.detail}"


class PlainWords(BaseModel):
    """The rules of one language. `longest`: characters of Chinese, words of other languages.

    `words` and `marks`: what is not written, and what is in its place.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    longest: int = Field(gt=0)
    parts: int = Field(gt=0)
    capitals: frozenset[str] = frozenset()
    negations: tuple[re.Pattern[str], ...] = ()
    words: Mapping[str, str] = {}
    marks: Mapping[str, str] = {}


Rules = Mapping[Language, PlainWords]


def load(file: Path) -> Rules:
    """The rules of every language in the file. Raises PlainWordsError."""
    try:
        tables = tomllib.loads(file.read_text(encoding="utf-8"))
        return TypeAdapter(dict[Language, PlainWords]).validate_python(tables)
    except (OSError, tomllib.TOMLDecodeError, UnicodeDecodeError, ValidationError) as error:
        raise PlainWordsError(f"{file}: {error}") from error


def problems(folder: Path, rules: Rules) -> tuple[Problem, ...]:
    """What is not plain in a folder of phrases, those of care mode too.

    Raises PhrasesError or LanguagesError for a folder that cannot be read.
    """
    return tuple(
        Problem(file, key, rule, detail)
        for language in Languages.read(folder)
        if language in rules
        for place in (folder / language, folder / language / CARE)
        for file, key, phrase in phrases_in(place)
        for rule, detail in broken(phrase, language, rules[language])
    )


def broken(phrase: str, language: Language, words: PlainWords) -> Iterator[tuple[Rule, str]]:
    """The rules that a phrase breaks, each with what is wrong."""
    unspaced = language is Language.ZH
    bare = PLACE.sub("某某" if unspaced else "X", phrase)
    for sentence in filter(None, map(str.strip, SENTENCE_END.split(bare))):
        length = len(sentence) if unspaced else len(WORD.findall(sentence))
        if length > words.longest:
            unit = "characters" if unspaced else "words"
            yield Rule.LONG, f"{length} {unit} in a sentence, {words.longest} at the most"
        if (parts := len(PART_END.split(sentence))) > words.parts:
            yield Rule.IDEAS, f"{parts} parts in a sentence, {words.parts} at the most"
    for find in (_hard_words, _capitals, _marks, _negations):
        yield from find(bare, words)


def _hard_words(phrase: str, words: PlainWords) -> Iterator[tuple[Rule, str]]:
    for hard, better in words.words.items():
        if re.search(_as_word(hard), phrase, re.IGNORECASE):
            yield Rule.HARD_WORD, f"“{hard}” is hard; better: {better}"


def _as_word(text: str) -> str:
    """A pattern of the text; Latin words only whole."""
    start = r"\b" if text[0].isascii() else ""
    end = r"\b" if text[-1].isascii() and text[-1].isalnum() else ""
    return start + re.escape(text) + end


def _capitals(phrase: str, words: PlainWords) -> Iterator[tuple[Rule, str]]:
    for word in CAPITALS.findall(phrase):
        if word not in words.capitals:
            yield Rule.CAPITALS, f"“{word}” is in capitals; write the word, or its meaning"


def _marks(phrase: str, words: PlainWords) -> Iterator[tuple[Rule, str]]:
    for mark, better in words.marks.items():
        if mark in phrase:
            yield Rule.MARK, f"{mark} is a mark of another language; write {better}"


def _negations(phrase: str, words: PlainWords) -> Iterator[tuple[Rule, str]]:
    for pattern in words.negations:
        if found := pattern.search(phrase):
            yield (
                Rule.DOUBLE_NEGATION,
                f"“{found.group()}” says no twice; say it once, the other way",
            )
