"""What the import needs to know of Chinese, read from `config/sheets/portal.yaml`."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from kiosk.catalogue.model import LifeCycle, Slug, Text
from kiosk.catalogue.portal_import.guide import GuideError
from kiosk.catalogue.yaml_source import Source


class _Words(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class UnknownUnit(_Words):
    """The unit that is named where none is."""

    slug: Slug
    name: Text


class Texts(_Words):
    """Texts of a draft that no guide has."""

    summary: Text
    way_apply: Text
    way_inform: Text
    purpose: Text
    question: Text
    why: Text
    yes: Text
    no: Text
    unsure: Text
    unsure_detail: Text
    mailed: Text
    charge_unknown: Text
    applicant_row: Text
    company_row: Text
    contact_row: Text


class PortalWords(_Words):
    """All of the file; its comments say what each is for."""

    icon: str
    title_without: tuple[str, ...]
    same_names: Mapping[str, str]
    nothing: frozenset[str]
    pictures: tuple[str, ...]
    optional: tuple[str, ...]
    issuers: tuple[str, ...]
    elements: Mapping[LifeCycle, tuple[Slug, ...]]
    result_elements: Mapping[LifeCycle, Slug]
    company_licence: Slug
    unknown_unit: UnknownUnit
    texts: Texts


def load_words(folder: Path) -> PortalWords:
    """Read `portal.yaml`. Raises GuideError with its line and key."""
    source = Source(folder / "portal.yaml")
    if source.tree is None:
        raise GuideError(source.problems)
    try:
        return PortalWords.model_validate(source.tree)
    except ValidationError as error:
        raise GuideError(source.wrong(error)) from error
