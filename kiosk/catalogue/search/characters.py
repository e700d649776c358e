"""What Chinese characters sound like and which simplified one stands for a traditional one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from pydantic import BaseModel, ConfigDict, model_validator

from kiosk.catalogue.yaml_file import read_yaml

# Sounds that many in Hunan do not tell apart: whole syllables, then endings, then beginnings, the
# second said for the first.
LIKE_SYLLABLES = {
    "hu": "fu",
    "hua": "fa",
    "huan": "fan",
    "huang": "fang",
    "hui": "fei",
    "hun": "fen",
}
LIKE_ENDINGS = (("ang", "an"), ("eng", "en"), ("ing", "in"))
LIKE_BEGINNINGS = (("zh", "z"), ("ch", "c"), ("sh", "s"), ("l", "n"))
# Other ways to type the same syllable.
SPELLINGS = {"lue": "lve", "nue": "nve"}
LONGEST_SYLLABLE = 6  # zhuang


class _File(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    syllables: dict[str, str]
    traditional: list[str]
    simplified: list[str]

    @model_validator(mode="after")
    def _pairs(self) -> _File:
        if len("".join(self.traditional)) != len("".join(self.simplified)):
            raise ValueError("traditional and simplified must have the same number of characters")
        return self


@dataclass(frozen=True, slots=True)
class Characters:
    """`readings` of each character, without tones; `simplified` is made for `str.translate`."""

    readings: Mapping[str, tuple[str, ...]]
    simplified: Mapping[int, str]


def load_characters(file: Path) -> Characters:
    """Read `config/search/characters.yaml`; raises CatalogueError that names file and key."""
    content = read_yaml(file, _File)
    readings: dict[str, list[str]] = {}
    for syllable, characters in content.syllables.items():
        for character in characters:
            readings.setdefault(character, []).append(syllable)
    pairs = zip("".join(content.traditional), "".join(content.simplified), strict=True)
    return Characters(
        MappingProxyType({character: tuple(found) for character, found in readings.items()}),
        MappingProxyType({ord(old): new for old, new in pairs}),
    )


def alike(syllable: str) -> str:
    """One form for all syllables that sound alike: zhang and zan are both zan."""
    syllable = LIKE_SYLLABLES.get(syllable, syllable)
    for ending, plain in LIKE_ENDINGS:
        if syllable.endswith(ending):
            syllable = syllable.removesuffix(ending) + plain
    for beginning, plain in LIKE_BEGINNINGS:
        if syllable.startswith(beginning):
            return plain + syllable.removeprefix(beginning)
    return syllable


def beginnings(syllable: str) -> tuple[str, ...]:
    """What stands for a syllable as its initial: z and zh for zhang."""
    return (syllable[0], syllable[:2]) if syllable[1:2] == "h" else (syllable[0],)


class Sounds:
    """The characters of one alphabet by what is typed for them. Built once, then only read.

    Each table goes from letters to the characters they may mean: `syllable` whole ones, `part`
    beginnings of syllables, `initial` first letters, `fuzzy` syllables that sound alike.
    """

    def __init__(self, characters: Characters, alphabet: Iterable[str]) -> None:
        tables: tuple[dict[str, set[str]], ...] = ({}, {}, {}, {})
        syllable, part, initial, fuzzy = tables
        self._readings = characters.readings
        for character in alphabet:
            for reading in characters.readings.get(character, ()):
                syllable.setdefault(reading, set()).add(character)
                fuzzy.setdefault(alike(reading), set()).add(character)
                for length in range(1, len(reading) + 1):
                    part.setdefault(reading[:length], set()).add(character)
                for beginning in beginnings(reading):
                    initial.setdefault(beginning, set()).add(character)
        for typed, standard in SPELLINGS.items():
            if standard in syllable:
                syllable.setdefault(typed, syllable[standard])
        self.syllable, self.part, self.initial, self._fuzzy = (
            MappingProxyType({key: frozenset(found) for key, found in table.items()})
            for table in tables
        )

    def fuzzy(self, typed: str) -> frozenset[str]:
        """Characters whose syllable sounds like what was typed."""
        return self._fuzzy.get(alike(typed), frozenset())

    def homophones(self, character: str) -> frozenset[str]:
        """Characters that share a reading with this one, and itself."""
        readings = self._readings.get(character, ())
        same = (self.syllable.get(reading, frozenset[str]()) for reading in readings)
        return frozenset({character}).union(*same)
