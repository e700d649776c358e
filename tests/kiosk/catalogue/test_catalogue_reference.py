"""docs/catalogue.md names every field and every value that a catalogue's files may have."""

from __future__ import annotations

import re
import tomllib
from enum import StrEnum
from functools import cache

import pytest
import yaml
from pydantic import BaseModel

from kiosk.catalogue import model
from kiosk.catalogue.conditions import LONGEST, check
from kiosk.catalogue.hours import DayKind, Extension, OpeningHours, Season
from kiosk.catalogue.items import LISTED
from kiosk.catalogue.load import FOLDERS, load_catalogue
from kiosk.catalogue.where import Absence
from tests.harness.walk import ROOT

DOCUMENT = ROOT / "docs/catalogue.md"
RECORDS: dict[type[BaseModel], str] = {
    model.LifeEvent: "Life event",
    model.Guide: "Life event",
    model.Reductions: "Life event",
    model.Answered: "Life event",
    model.Question: "Question",
    model.Option: "Question",
    model.Matter: "Matter",
    model.Result: "Matter",
    model.Fee: "Matter",
    model.SpecialProcedure: "Matter",
    model.Material: "Material",
    model.Commitment: "Material",
    model.Deferral: "Material",
    model.Rule: "Rules and check rows",
    model.SummaryRow: "Rules and check rows",
    model.Element: "Data element",
    model.Source: "Data element",
    model.Group: "Group",
    model.LicenceType: "Licence type",
    model.Layout: "Layout",
    model.LayoutRow: "Layout",
    model.Unit: "Unit, service point, delegation",
    model.ServicePoint: "Unit, service point, delegation",
    OpeningHours: "Unit, service point, delegation",
    Season: "Unit, service point, delegation",
    Extension: "Unit, service point, delegation",
    model.Delegation: "Unit, service point, delegation",
}
VALUES: dict[type[StrEnum], str] = {
    model.Provenance: "Provenance",
    model.LifeCycle: "Life event",
    model.Handling: "Matter",
    model.Exemption: "Material",
    model.ElementKind: "Data element",
    model.Check: "Data element",
    model.Sensitivity: "Data element",
    model.Paper: "Layout",
    DayKind: "Unit, service point, delegation",
}


@cache
def sections() -> dict[str, str]:
    """The text below each heading of the second level, by its English words."""
    parts = re.split(r"^## (.+)$", DOCUMENT.read_text("utf-8"), flags=re.MULTILINE)
    return {
        title.partition(" (")[0]: text for title, text in zip(parts[1::2], parts[2::2], strict=True)
    }


def named(section: str) -> set[str]:
    return {
        word for code in re.findall(r"`([^`\n]+)`", section) for word in re.findall(r"\w+", code)
    }


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: record.__name__)
def test_every_field_of_a_record_is_explained(record: type[BaseModel]):
    assert record.model_fields.keys() - named(sections()[RECORDS[record]]) == set()


@pytest.mark.parametrize("values", VALUES, ids=lambda values: values.__name__)
def test_every_value_of_a_list_is_explained(values: type[StrEnum]):
    assert {value.value for value in values} - named(sections()[VALUES[values]]) == set()


def test_no_kind_of_record_is_left_out():
    kinds = {name for name in dir(model) if isinstance(getattr(model, name), type)}
    records = {name for name in kinds if issubclass(getattr(model, name), model.Record)}
    beside = {"Record", "Sourced", "Text", "Catalogue", "CodeEntry", "Reduction"}
    assert records - {record.__name__ for record in RECORDS} == beside


def test_every_folder_is_listed():
    listed = sections()["Where what lies"]
    for folder in {*FOLDERS.values(), "life_events", "tables"}:
        assert f"| `{folder}/` |" in listed
    assert all(f"`{kind}:`" in listed for kind in LISTED)


def test_every_reason_why_not_here_is_told():
    told = sections()["Unit, service point, delegation"]
    where = tomllib.loads((ROOT / "config/phrases/zh/journey.toml").read_text("utf-8"))["where"]
    assert [absence.value for absence in Absence if where[absence.value] not in told] == []


def test_the_opening_hours_shown_are_hours():
    text = sections()["Unit, service point, delegation"]
    (block,) = re.findall(r"```yaml\n(.*?)```", text, re.DOTALL)
    assert OpeningHours.model_validate(yaml.safe_load(block)["opening"]).extended


def test_the_conditions_shown_hold_together():
    catalogue = load_catalogue(ROOT / "config/catalogue")
    questions = {question.slug for event in catalogue.life_events for question in event.questions}
    (block,) = re.findall(r"```cel\n(.*?)```", sections()["Conditions"], re.DOTALL)
    conditions = block.splitlines()
    assert len(conditions) > 5
    for condition in conditions:
        check(condition, questions, catalogue.elements)
    assert f"At most {LONGEST} characters" in sections()["Conditions"]
