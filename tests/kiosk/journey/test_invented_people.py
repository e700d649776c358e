"""The invented people: nobody real can be meant, and what they hold fits what it fills."""

from __future__ import annotations

import re

import pytest

from kiosk.catalogue.checks import problem
from kiosk.catalogue.load import load_catalogue
from kiosk.identity.codes import credit_code
from kiosk.identity.numbers import id_number, mobile_phone
from kiosk.identity.person import DocumentType
from tests.harness.people import citizen, slugs
from tests.harness.walk import NOW, ROOT

CATALOGUE = load_catalogue(ROOT / "config/catalogue")
TODAY = NOW.date()
PEOPLE = slugs()
HELD = [(slug, licence) for slug in PEOPLE for licence in citizen(slug).licences]
NAMES = [f"{slug}-{licence.type}" for slug, licence in HELD]


def filled_from(licence: str, field: str) -> list[str]:
    """The elements that this field of a licence fills."""
    wanted = f"{licence}.{field}"
    found = CATALOGUE.elements.items()
    return [slug for slug, e in found if any(s.licence == wanted for s in e.sources)]


def fits(slug: str, value: str) -> bool:
    element = CATALOGUE.elements[slug]
    return problem(element, value, TODAY, CATALOGUE.options(element)) is None


@pytest.mark.parametrize("slug", PEOPLE)
def test_a_number_agrees_with_the_person_and_belongs_to_no_place(slug: str):
    person = citizen(slug).person
    read = id_number(person.number, TODAY)
    assert (read.birth, read.document_type) == (person.birth, person.document_type)
    if person.document_type is DocumentType.ID_CARD:
        assert person.number.startswith("4399")
        assert read.sex == person.sex


@pytest.mark.parametrize(("slug", "licence"), HELD, ids=NAMES)
def test_every_value_of_a_licence_fits_the_elements_that_it_fills(slug: str, licence):
    assert licence.fields.keys() <= set(CATALOGUE.licence_types[licence.type].fields)
    for field, value in licence.fields.items():
        for element in filled_from(licence.type, field):
            assert fits(element, value), (field, element)


@pytest.mark.parametrize("slug", PEOPLE)
def test_what_earlier_cases_said_fits_its_element(slug: str):
    for element, value in citizen(slug).earlier.items():
        assert fits(element, value), element


def test_no_name_number_code_or_phone_can_be_somebodys():
    for slug in PEOPLE:
        someone = citizen(slug)
        named = {"holder_name", "company_name", "spouse_name", "deceased_name", "child_name"}
        for licence in someone.licences:
            for field, value in licence.fields.items():
                if field in named:
                    assert "样例" in value, (slug, field)
                if field.endswith("_number"):
                    assert id_number(value, TODAY).number.startswith("4399")
                if field == "company_code":
                    assert credit_code(value)[2:8] == "439900"
        phone = someone.earlier.get("phone", "13800000000")
        assert mobile_phone(phone).startswith("1380000")


@pytest.mark.parametrize("layout", CATALOGUE.layouts.values(), ids=list(CATALOGUE.layouts))
def test_what_is_printed_of_a_licence_is_for_people_and_not_a_code(layout):
    for _, licence in HELD:
        if licence.type == layout.licence:
            for row in layout.rows:
                value = licence.fields.get(row.field, "")
                assert not re.fullmatch(r"[a-z_]+", value), row.field


def test_somebody_holds_every_licence_that_a_life_event_looks_up():
    looked_up = {kind for event in CATALOGUE.life_events for kind in event.licences}
    assert looked_up <= {licence.type for _, licence in HELD}
