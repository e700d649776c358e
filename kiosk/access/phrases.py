"""Every sentence that a page, a receipt or a keyboard shows, by key and language.

`config/phrases/<language>/*.toml`; nested tables give dotted keys (`identify.title`). Values may
hold named places, `{count}`, and words that depend on one, `{count:day|days}`: the first where it
is one, else the second. A language must have exactly the keys and places of every other.
`<language>/care/*.toml` has plainer words for some of the keys, shown in care mode.
"""

from __future__ import annotations

import string
import tomllib
from collections.abc import Iterator, Mapping
from functools import cached_property
from pathlib import Path

from kiosk.access.languages import FILE, LAST, Languages, LanguagesError
from kiosk.access.profile import Language

CARE = "care"  # the folder of plainer words

Wordings = Mapping[Language, Mapping[str, str]]


class PhrasesError(Exception):
    """A phrase file is broken or incomplete; says which file, which key, and what to do."""


class _Filling(string.Formatter):
    """Fills places, and words for one or more."""

    def format_field(self, value: object, format_spec: str) -> str:
        one, bar, more = format_spec.partition("|")
        if bar:
            return one if value == 1 else more
        return str(super().format_field(value, format_spec))


_FILLING = _Filling()


class Phrases:
    """The phrases of all languages, checked against each other when loaded."""

    def __init__(self, languages: Languages, usual: Wordings, care: Wordings) -> None:
        self.languages = languages
        self._usual = usual
        self._care = {language: {**usual[language], **care[language]} for language in languages}

    @classmethod
    def load(cls, folder: Path) -> Phrases:
        """Read `folder/<language>/*.toml` for every language that has a folder there.

        Raises PhrasesError for a file that is not TOML, a key given twice, a value that is not
        text, words for a number that are not two, and for a key or place that one language has and
        another lacks.
        """
        try:
            languages = Languages.read(folder)
        except LanguagesError as error:
            raise PhrasesError(str(error)) from error
        usual = {language: _usual(folder / language) for language in languages}
        care = {language: _read(folder / language / CARE) for language in languages}
        _compare(usual)
        for language in languages:
            _compare_care(language, usual[language], care[language])
        return cls(languages, usual, care)

    def text(self, language: Language, key: str, /, **places: object) -> str:
        """The phrase with its places filled; KeyError names the key or place that is missing."""
        return _FILLING.format(self._usual[language][key], **places)

    def plain(self, language: Language, key: str, /, **places: object) -> str:
        """The same for care mode: in plainer words, where there are any."""
        return _FILLING.format(self._care[language][key], **places)

    @cached_property
    def fixed(self) -> frozenset[str]:
        """Every phrase that is the same for every citizen: those without places."""
        wordings = (*self._usual.values(), *self._care.values())
        return frozenset(p for wording in wordings for p in wording.values() if "{" not in p)

    def keys(self) -> frozenset[str]:
        """Every key there is."""
        return frozenset(self._usual[LAST])


def _usual(folder: Path) -> dict[str, str]:
    phrases = _read(folder)
    if not phrases:
        raise PhrasesError(f"{folder}: no phrase files; put one TOML file or more there")
    return phrases


def _read(folder: Path) -> dict[str, str]:
    return {key: phrase for _, key, phrase in phrases_in(folder)}


def phrases_in(folder: Path) -> Iterator[tuple[Path, str, str]]:
    """File, key and phrase of every file of a folder, not of the folders in it.

    Raises PhrasesError for a file that is not TOML, a key given twice, a value that is not text.
    """
    seen: set[str] = set()
    for file in sorted(folder.glob("*.toml")):
        if file.name == FILE:
            continue
        try:
            tables = tomllib.loads(file.read_text(encoding="utf-8"))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            raise PhrasesError(f"{file}: not TOML: {error}") from error
        for key, phrase in _flat(tables, file):
            if key in seen:
                raise PhrasesError(f"{file}: {key} is given in another file too; keep one")
            seen.add(key)
            yield file, key, phrase


def _flat(table: Mapping[str, object], file: Path, prefix: str = "") -> Iterator[tuple[str, str]]:
    for name, value in table.items():
        key = f"{prefix}{name}"
        if isinstance(value, dict):
            yield from _flat(value, file, f"{key}.")
        elif isinstance(value, str):
            yield key, value
        else:
            raise PhrasesError(f"{file}: {key} is not text; put it in quotes")


def _compare(by_language: Wordings) -> None:
    model = by_language[LAST]
    for language, phrases in by_language.items():
        if missing := sorted(model.keys() - phrases.keys()):
            raise PhrasesError(f"{language}: no phrase for {', '.join(missing[:5])}")
        if extra := sorted(phrases.keys() - model.keys()):
            raise PhrasesError(f"{LAST}: no phrase for {', '.join(extra[:5])} ({language} has)")
        for key, phrase in phrases.items():
            if _places(phrase, language, key) != _places(model[key], LAST, key):
                raise PhrasesError(f"{language}: {key} has other {{places}} than in {LAST}")


def _compare_care(language: Language, usual: Mapping[str, str], care: Mapping[str, str]) -> None:
    for key, phrase in care.items():
        if key not in usual:
            raise PhrasesError(f"{language}/{CARE}: {key} is no phrase of {language}; mend the key")
        if _places(phrase, language, key) != _places(usual[key], language, key):
            raise PhrasesError(f"{language}/{CARE}: {key} has other {{places}} than usually")


def _places(phrase: str, language: Language, key: str) -> set[str]:
    try:
        parsed = list(string.Formatter().parse(phrase))
    except ValueError as error:
        raise PhrasesError(f"{language}: {key}: {error}") from error
    for _, name, words, _ in parsed:
        if words and words.count("|") != 1:
            raise PhrasesError(f"{language}: {key}: write two words, {{{name}:day|days}}")
    return {name for _, name, _, _ in parsed if name is not None}
