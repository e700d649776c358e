"""Every sentence that a page, a receipt or a keyboard shows, by key and language.

`config/phrases/<language>/*.toml`; nested tables give dotted keys (`identify.title`). Values may
hold named places, `{count}`. A language must have exactly the keys and places of every other.
"""

from __future__ import annotations

import string
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path

from kiosk.access.profile import Language


class PhrasesError(Exception):
    """A phrase file is broken or incomplete; says which file, which key, and what to do."""


class Phrases:
    """The phrases of all languages, checked against each other when loaded."""

    def __init__(self, by_language: Mapping[Language, Mapping[str, str]]) -> None:
        self._by_language = by_language

    @classmethod
    def load(cls, folder: Path) -> Phrases:
        """Read `folder/<language>/*.toml` for every language.

        Raises PhrasesError for a file that is not TOML, a key given twice, a value that is not
        text, and for a key or place that one language has and another lacks.
        """
        by_language = {language: _language(folder / language.value) for language in Language}
        _compare(by_language)
        return cls(by_language)

    def text(self, language: Language, key: str, **places: object) -> str:
        """The phrase with its places filled; KeyError names the key or place that is missing."""
        return self._by_language[language][key].format(**places)

    def keys(self) -> frozenset[str]:
        """Every key there is."""
        return frozenset(self._by_language[Language.ZH])


def _language(folder: Path) -> dict[str, str]:
    phrases: dict[str, str] = {}
    files = sorted(folder.glob("*.toml"))
    if not files:
        raise PhrasesError(f"{folder}: no phrase files; put one TOML file or more there")
    for file in files:
        try:
            tables = tomllib.loads(file.read_text(encoding="utf-8"))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            raise PhrasesError(f"{file}: not TOML: {error}") from error
        for key, phrase in _flat(tables, file):
            if key in phrases:
                raise PhrasesError(f"{file}: {key} is given in another file too; keep one")
            phrases[key] = phrase
    return phrases


def _flat(table: Mapping[str, object], file: Path, prefix: str = "") -> Iterator[tuple[str, str]]:
    for name, value in table.items():
        key = f"{prefix}{name}"
        if isinstance(value, dict):
            yield from _flat(value, file, f"{key}.")
        elif isinstance(value, str):
            yield key, value
        else:
            raise PhrasesError(f"{file}: {key} is not text; put it in quotes")


def _compare(by_language: Mapping[Language, Mapping[str, str]]) -> None:
    model = by_language[Language.ZH]
    for language, phrases in by_language.items():
        if missing := sorted(model.keys() - phrases.keys()):
            raise PhrasesError(f"{language.value}: no phrase for {', '.join(missing[:5])}")
        if extra := sorted(phrases.keys() - model.keys()):
            raise PhrasesError(f"zh: no phrase for {', '.join(extra[:5])} ({language.value} has)")
        for key, phrase in phrases.items():
            if _places(phrase, language, key) != _places(model[key], Language.ZH, key):
                raise PhrasesError(f"{language.value}: {key} has other {{places}} than in zh")


def _places(phrase: str, language: Language, key: str) -> set[str]:
    try:
        return {name for _, name, _, _ in string.Formatter().parse(phrase) if name is not None}
    except ValueError as error:
        raise PhrasesError(f"{language.value}: {key}: {error}") from error
