"""The tables of `config/speech/`: surnames, words read otherwise, signs and units of a language.

What is wrong in them is told when they are loaded, with file, key and remedy: a slip in a table
would else be a word that nobody understands, on one page that nobody listened to.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from kiosk.access.profile import Language

SURNAMES, HETERONYMS = "surnames.toml", "heteronyms.toml"
_ALONE = "alone"  # a table of heteronyms
_NO_LANGUAGE = (SURNAMES, HETERONYMS)

# Initial, final, tone; ü is v. Written so, no letter can slip that espeak-ng would spell out.
_SYLLABLE = re.compile(
    r"(?:zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw])?"
    r"(?:iang|iong|uang|ang|eng|ing|ong|ian|iao|uai|uan|van|ai|an|ao|ei|en|er|ia|ie|in|iu|ou"
    r"|ua|ue|ui|un|uo|ve|vn|a|e|i|o|u|v)[1-5]"
)
_CHARACTER = re.compile(r"[㐀-䶿一-鿿\U00020000-\U000323AF]")
_WORDS: Mapping[str, frozenset[str]] = {
    "hidden": frozenset({"{count}"}),
    "to": frozenset(),
    "point": frozenset(),
}
_MONTHS = 12

Readings = dict[str, tuple[str, ...]]  # a syllable for each character


class SpeechTablesError(Exception):
    """A table is missing, broken or wrong; says which file, which key, and what to do."""


@dataclass(frozen=True)
class Surnames:
    """Surnames with their readings, and what shows that a name is meant."""

    readings: Readings  # one or two characters
    common: frozenset[str]  # surnames that need no reading of their own
    titles: tuple[str, ...]  # stand behind a name
    labels: tuple[str, ...]  # stand before one


@dataclass(frozen=True)
class Signs:
    """How one language reads signs, and before which units a figure is an amount."""

    symbols: Mapping[str, str]
    words: Mapping[str, str]
    units: tuple[str, ...]  # longest first
    two: frozenset[str]  # of them, those before which 2 is 两
    rooms: tuple[str, ...]  # before which a figure of three or more is read digit by digit
    months: tuple[str, ...]  # their names, or none where a month is a number


# For a language without a table: espeak-ng reads what it can.
NO_SIGNS = Signs({}, {"hidden": ",", "to": ",", "point": "."}, (), frozenset(), (), ())


@dataclass(frozen=True)
class Tables:
    """All of `config/speech/`."""

    surnames: Surnames
    words: Readings
    alone: Readings  # characters that belong to no word of the dictionary
    signs: Mapping[Language, Signs]


def load_tables(folder: Path) -> Tables:
    """Read and check all tables; raises SpeechTablesError."""
    alone, words = _heteronyms(folder / HETERONYMS)
    return Tables(_surnames(folder / SURNAMES), words, alone, _all_signs(folder))


def _all_signs(folder: Path) -> dict[Language, Signs]:
    """Of Chinese and English, and of every other language that has a table."""
    others = {
        Language(file.stem) for file in folder.glob("*.toml") if file.name not in _NO_LANGUAGE
    }
    return {
        language: _signs(folder / f"{language.value}.toml") for language in {*Language, *others}
    }


def _surnames(file: Path) -> Surnames:
    content = _read(file)
    single, compound = _table(content, "surnames", file), _table(content, "compound", file)
    context = _table(content, "context", file)
    readings: Readings = {}
    for table, length in ((single, 1), (compound, 2)):
        for name, reading in table.items():
            if len(name) != length:
                raise SpeechTablesError(f"{file}: {name}: {length} characters belong here")
            readings[name] = _syllables(file, name, reading)
    return Surnames(
        readings,
        frozenset(_characters(file, "context.common", context.get("common"))),
        _texts(file, "context.titles", context.get("titles")),
        _texts(file, "context.labels", context.get("labels")),
    )


def _heteronyms(file: Path) -> tuple[Readings, Readings]:
    """Characters that stand alone, and words."""
    content = _read(file)
    alone: Readings = {}
    words: Readings = {}
    for name in content:
        for word, reading in _table(content, name, file).items():
            if word in words:
                raise SpeechTablesError(f"{file}: {word} is given twice; keep one")
            if (name == _ALONE) != (len(word) == 1):
                raise SpeechTablesError(
                    f"{file}: {name}: {word}: characters belong into [{_ALONE}], words elsewhere"
                )
            (alone if name == _ALONE else words)[word] = _syllables(file, word, reading)
    return alone, words


def _signs(file: Path) -> Signs:
    content = _read(file)
    symbols = dict(_text_items(file, "symbols", _table(content, "symbols", file)))
    for symbol in symbols:
        if len(symbol) != 1 or symbol.isalpha() or symbol.isdecimal():
            raise SpeechTablesError(f"{file}: symbols: {symbol!r} is no single sign; write one")
    words = dict(_text_items(file, "words", _table(content, "words", file)))
    if odd := sorted(words.keys() ^ _WORDS.keys()):
        raise SpeechTablesError(f"{file}: words must be {', '.join(_WORDS)}; see to {odd[0]}")
    for key, places in _WORDS.items():
        if set(re.findall(r"\{\w*\}", words[key])) != places:
            raise SpeechTablesError(f"{file}: words.{key} must have the places {places or 'none'}")
    units = _table(content, "units", file)
    two, other, rooms = (
        _texts(file, f"units.{key}", units.get(key)) for key in ("two", "other", "rooms")
    )
    longest_first = sorted({*two, *other}, key=len, reverse=True)
    months = _texts(file, "dates.months", _table(content, "dates", file).get("months"))
    if len(months) not in (0, _MONTHS):
        raise SpeechTablesError(f"{file}: dates.months must be twelve names, or none")
    return Signs(symbols, words, tuple(longest_first), frozenset(two), rooms, months)


def _read(file: Path) -> dict[str, object]:
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise SpeechTablesError(f"{file}: {error.strerror}; put the table there") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SpeechTablesError(f"{file}: not TOML: {error}") from error


def _table(content: Mapping[str, object], name: str, file: Path) -> Mapping[str, object]:
    table = content.get(name)
    if not isinstance(table, dict):
        raise SpeechTablesError(f"{file}: there is no table [{name}]; add it")
    return table


def _text_items(file: Path, name: str, table: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    for key, text in table.items():
        if not isinstance(text, str):
            raise SpeechTablesError(f"{file}: {name}.{key} is not text; put it in quotes")
        yield key, text


def _texts(file: Path, key: str, texts: object) -> tuple[str, ...]:
    if not isinstance(texts, list) or not all(isinstance(text, str) and text for text in texts):
        raise SpeechTablesError(f"{file}: {key} must be a list of texts, none of them empty")
    return tuple(texts)


def _characters(file: Path, key: str, text: object) -> str:
    characters = "".join(text.split()) if isinstance(text, str) else ""
    if not characters or not all(map(_CHARACTER.fullmatch, characters)):
        raise SpeechTablesError(f"{file}: {key} must be Chinese characters, one behind the other")
    return characters


def _syllables(file: Path, word: str, reading: object) -> tuple[str, ...]:
    """One syllable for each character."""
    _characters(file, word, word)
    syllables = tuple(reading.split()) if isinstance(reading, str) else ()
    for syllable in syllables:
        if not _SYLLABLE.fullmatch(syllable):
            raise SpeechTablesError(
                f"{file}: {word}: {syllable!r} is no pinyin; write it as in chong2 qing4, lv4"
            )
    if len(syllables) != len(word):
        raise SpeechTablesError(f"{file}: {word}: {len(word)} syllables belong here, as text")
    return syllables
