"""What all records of the catalogue are made of: texts, slugs, conditions, provenance."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, ClassVar

from pydantic import BaseModel, ConfigDict, StringConstraints

from kiosk.access.profile import Language

Slug = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{1,39}$")]
Condition = Annotated[str, StringConstraints(min_length=1, max_length=300)]
Wording = Annotated[str, StringConstraints(pattern=r"^\S(.{0,18}\S)?$")]
RegionCode = Annotated[str, StringConstraints(pattern=r"^[0-9]{12}$")]


class Record(BaseModel):
    """Every record is frozen and refuses keys that it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Text(Record):
    """A sentence in the languages of the catalogue; other languages of the terminal fall back."""

    LANGUAGES: ClassVar[tuple[Language, ...]] = (Language.ZH, Language.EN)

    zh: Annotated[str, StringConstraints(min_length=1)]
    en: Annotated[str, StringConstraints(min_length=1)]

    def in_(self, language: Language) -> str:
        """The sentence in one of LANGUAGES; KeyError for another."""
        return {Language.ZH: self.zh, Language.EN: self.en}[language]


class Provenance(StrEnum):
    """Where a fact comes from; drafts are shown as sample data."""

    SEED = "seed"  # the government documents that list the life events
    PORTAL = "portal"  # the public guides of 湖南政务服务网
    DRAFTED = "drafted"  # written here after what the matter evidently needs


class Sourced(Record):
    """A record that says where it comes from.

    `source` names the document of a seed or the guide of the portal (`43PCN0009`); a draft needs
    none.
    """

    provenance: Provenance = Provenance.DRAFTED
    source: Annotated[str, StringConstraints(max_length=80)] = ""
