"""The test people of `config/sandbox/people.yaml`, as far as a card reader meets them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

from drivers.id_card.port import CardType, IdCard


class PeopleError(Exception):
    """The file of test people cannot be used; says where and why."""


@dataclass(frozen=True)
class Somebody:
    """One test person: `note` says in each language what they are good for."""

    slug: str
    note: Mapping[str, str]
    card: IdCard


class _Entry(BaseModel):
    model_config = ConfigDict(extra="ignore")  # licences are the sandbox platform's

    slug: str
    note: dict[str, str]
    card: CardType
    name: str
    sex: str
    nation: str = ""
    birth: date
    address: str = ""
    number: str
    authority: str = ""
    valid_from: date
    valid_to: date | None
    latin_name: str = ""
    country: str = ""
    pass_number: str = ""


class _File(BaseModel):
    people: list[_Entry]


def load(file: Path) -> tuple[Somebody, ...]:
    """The people in the order of the file; raises PeopleError."""
    try:
        entries = _File.model_validate(yaml.safe_load(file.read_text(encoding="utf-8"))).people
    except OSError as error:
        raise PeopleError(f"{file}: {error.strerror}") from error
    except (yaml.YAMLError, ValidationError) as error:
        raise PeopleError(f"{file}: {error}") from error
    return tuple(Somebody(entry.slug, entry.note, _card(entry)) for entry in entries)


def _card(entry: _Entry) -> IdCard:
    facts = entry.model_dump(exclude={"slug", "note", "card"})
    return IdCard(type=entry.card, **facts)
