"""What the dock's page says: one TOML file for each language, all with the same keys."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import cast

LANGUAGES = ("zh", "en")

Words = Mapping[str, str | Mapping[str, str]]


class WordsError(Exception):
    """A file of words is missing, broken or incomplete; says which and what to do."""


def load(folder: Path) -> dict[str, Words]:
    """The words of each language in `folder/<language>.toml`; raises WordsError."""
    words = {language: _read(folder / f"{language}.toml") for language in LANGUAGES}
    model = _keys(words[LANGUAGES[0]])
    for language, given in words.items():
        if missing := sorted(model ^ _keys(given)):
            raise WordsError(f"{folder}: zh and {language} differ in {missing[0]}; give it in both")
    return words


def _read(file: Path) -> Words:
    try:
        return cast(Words, tomllib.loads(file.read_text(encoding="utf-8")))
    except OSError as error:
        raise WordsError(f"{file}: {error.strerror}") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise WordsError(f"{file}: not TOML: {error}") from error


def _keys(words: Words) -> set[str]:
    keys: set[str] = set()
    for name, value in words.items():
        keys |= {name} if isinstance(value, str) else {f"{name}.{inner}" for inner in value}
    return keys
