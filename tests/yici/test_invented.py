"""What a scripted citizen makes up fits whatever is asked, on any day, at every attempt."""

from __future__ import annotations

from datetime import date
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.catalogue.checks import problem
from kiosk.catalogue.load import load_catalogue
from kiosk.catalogue.model import ElementKind
from kiosk.identity.numbers import id_number, mobile_phone
from tests.harness.walk import ROOT
from yici.journey.invented import Inventor

CATALOGUE = load_catalogue(ROOT / "config/catalogue")
CHOSEN = (ElementKind.CHOICE, ElementKind.REGION)
TYPED = [slug for slug, element in CATALOGUE.elements.items() if element.kind not in CHOSEN]

inventors = st.builds(
    lambda today, seed: Inventor(CATALOGUE, today, Random(seed)),
    st.dates(date(2024, 2, 28), date(2032, 3, 1)),
    st.integers(0, 2**32),
)


@settings(max_examples=20, deadline=None)
@given(inventors, st.integers(0, 5))
def test_a_value_fits_its_element(inventor: Inventor, attempt: int):
    for slug in TYPED:
        value = inventor.value(slug, attempt)
        assert problem(CATALOGUE.elements[slug], value, inventor.today) is None, slug


@settings(max_examples=20, deadline=None)
@given(inventors)
def test_nobody_real_can_be_meant(inventor: Inventor):
    assert id_number(inventor.value("partner_number"), inventor.today).number.startswith("4399")
    assert mobile_phone(inventor.value("phone")).startswith("1380000")
    assert "样例" in inventor.value("partner_name")
    assert "样例" in inventor.value("partner_register_address")
    assert inventor.value("company_code")[2:8] == "439900"


def test_a_further_entry_of_a_group_is_made_up_as_the_first():
    inventor = Inventor(CATALOGUE, date(2026, 11, 22), Random(1))
    assert inventor.value("heir_name.2").endswith("样例")
