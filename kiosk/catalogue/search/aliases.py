"""Reads the common wording of `config/search/aliases.yaml` and refuses what leads nowhere."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from kiosk.catalogue.consistency import CatalogueError
from kiosk.catalogue.model import Catalogue
from kiosk.catalogue.yaml_file import read_yaml

LONGEST_WORD = 20  # characters; what is longer is not an alias but a sentence


def _word(text: str) -> str:
    if text != text.strip() or not text:
        raise ValueError("must not be empty nor begin or end with a blank")
    if len(text) > LONGEST_WORD:
        raise ValueError(f"has {len(text)} characters; {LONGEST_WORD} are the most")
    if not text.isprintable() or not any(character.isalnum() for character in text):
        raise ValueError("must have letters or characters, and none that cannot be seen")
    return text


Word = Annotated[str, AfterValidator(_word)]


class AliasGroup(BaseModel):
    """All wordings `words` that lead to one life event (its slug) or matter (`T01-03`)."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    to: str
    words: Annotated[tuple[Word, ...], Field(min_length=1)]


class Aliases(BaseModel):
    """The whole file. Of several groups with the same word, the first is shown first.

    `fillers` are words around what is wanted (怎么办), left out when nothing fits with them.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    aliases: tuple[AliasGroup, ...]
    fillers: tuple[Word, ...] = ()


def load_aliases(file: Path, catalogue: Catalogue) -> Aliases:
    """Read the file and check that every alias leads to something in the catalogue.

    Raises CatalogueError with every problem found, each with file and key: unreadable YAML with its
    line, unknown keys and targets, words given twice for one target, blank or over-long words.
    """
    aliases = read_yaml(file, Aliases)
    problems = [f"{file}: {problem}" for problem in _problems(aliases, _targets(catalogue))]
    if problems:
        raise CatalogueError(problems)
    return aliases


def _targets(catalogue: Catalogue) -> frozenset[str]:
    matters = (matter for event in catalogue.life_events for matter in event.matters)
    slugs = frozenset(event.slug for event in catalogue.life_events)
    return slugs | {matter.annex for matter in matters if matter.annex}


def _problems(aliases: Aliases, targets: Collection[str]) -> Iterator[str]:
    seen: dict[tuple[str, str], str] = {}
    for number, group in enumerate(aliases.aliases):
        if group.to not in targets:
            yield (
                f"aliases.{number}.to: there is no {group.to}; give the slug of a life event "
                "or a matter's number in the annex, such as T01-03"
            )
        for place, word in enumerate(group.words):
            key = f"aliases.{number}.words.{place}"
            first = seen.setdefault((group.to, word.casefold()), key)
            if first != key:
                yield f"{key}: {word} leads to {group.to} already ({first}); take one away"
