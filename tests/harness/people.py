"""The invented people of `config/sandbox/people.yaml`: persons, licences, earlier cases."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from kiosk.gateway.port import Licence
from kiosk.identity.person import DocumentType, Person, Sex
from tests.harness.walk import NOW

DOCUMENTS = {
    "citizen": DocumentType.ID_CARD,
    "hmt_resident": DocumentType.HMT_RESIDENCE_PERMIT,
}
FILE = Path(__file__).resolve().parents[2] / "config/sandbox/people.yaml"


@dataclass(frozen=True)
class Citizen:
    """An invented person with what the platform knows of them."""

    person: Person
    licences: tuple[Licence, ...]
    earlier: Mapping[str, str] = field(default_factory=dict)


@cache
def _people() -> dict[str, dict[str, Any]]:
    return {entry["slug"]: entry for entry in yaml.safe_load(FILE.read_text("utf-8"))["people"]}


def _said(value: Any) -> str:
    """A field of a licence; days are counted from the one on which tests walk."""
    return str(NOW.date() + timedelta(value["days"]) if isinstance(value, dict) else value)


def slugs() -> tuple[str, ...]:
    """All of them, in the order of the file."""
    return tuple(_people())


def citizen(slug: str) -> Citizen:
    """One of them by slug."""
    entry = _people()[slug]
    person = Person(
        name=entry["name"],
        sex=Sex(entry["sex"]),
        nation=entry["nation"],
        birth=entry["birth"],
        address=entry["address"],
        document_type=DOCUMENTS[entry["card"]],
        number=entry["number"],
        valid_to=entry["valid_to"],
    )
    licences = tuple(
        Licence(x["type"], f"1.2.156.3005.2.{n}", {k: _said(v) for k, v in x["fields"].items()})
        for n, x in enumerate(entry["licences"])
    )
    return Citizen(person, licences, entry.get("earlier", {}))
