"""The one form: the union of what matters need, each element once, minus what is known."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.catalogue.form import Evidence, Origin, fill
from kiosk.catalogue.guidance import Guidance
from kiosk.catalogue.load import load_catalogue

CATALOGUE = load_catalogue(Path(__file__).resolve().parents[3] / "config/catalogue")
GUIDANCE = Guidance(CATALOGUE, CATALOGUE.life_event("newborn"))
TODAY = date(2026, 11, 22)
PUBLISHED = {slug for matter in GUIDANCE.event.matters for slug in matter.elements}

answers = st.fixed_dictionaries(
    {},
    optional={
        question.slug: st.sampled_from([option.value for option in question.options])
        for question in GUIDANCE.event.questions
    },
)
typed = st.dictionaries(st.sampled_from(sorted(CATALOGUE.elements)), st.text(max_size=20))
licences = st.dictionaries(
    st.sampled_from(sorted(CATALOGUE.licence_types)),
    st.dictionaries(
        st.sampled_from(sorted({f for t in CATALOGUE.licence_types.values() for f in t.fields})),
        st.text(max_size=20),
    ),
)


def evidence(**changes) -> Evidence:
    return Evidence(
        **{"card": {}, "licences": {}, "typed": {}, "answers": {}} | changes, today=TODAY
    )


@settings(max_examples=200, deadline=None)
@given(answers=answers, typed=typed, licences=licences)
def test_only_published_elements_are_asked_and_none_twice(answers, typed, licences):
    form = fill(GUIDANCE, evidence(answers=answers, typed=typed, licences=licences))
    slugs = [element.slug for element in form.elements]
    assert len(slugs) == len(set(slugs))
    assert set(slugs) <= PUBLISHED
    assert form.values.keys() <= set(slugs)


def test_the_form_is_shorter_than_the_departments_forms_together():
    form = fill(GUIDANCE, evidence())
    assert len(form.elements) < form.separate


def test_what_the_citizen_types_stands_above_a_licence():
    given_by_licence = {"birth_record": {"birth_hospital": "样例医院"}}
    form = fill(GUIDANCE, evidence(licences=given_by_licence))
    assert form.known["birth_hospital"].origin is Origin.LICENCE
    form = fill(GUIDANCE, evidence(licences=given_by_licence, typed={"birth_hospital": "另一家"}))
    assert form.known["birth_hospital"].value == "另一家"


def test_one_nationality_of_both_parents_is_the_childs_without_asking():
    same = {"mother_nation": "15", "father_nation": "15"}
    assert fill(GUIDANCE, evidence(typed=same)).known["child_nation_side"].origin is Origin.COMPUTED
    other = {"mother_nation": "15", "father_nation": "06"}
    assert "child_nation_side" not in fill(GUIDANCE, evidence(typed=other)).known


@pytest.mark.parametrize("value", ["2099-01-01", "2026-02-30", "rubbish", "2025-01-01"])
def test_a_birth_date_from_a_licence_that_cannot_be_is_asked_again(value: str):
    form = fill(GUIDANCE, evidence(licences={"birth_record": {"child_birth_date": value}}))
    assert "child_birth_date" in {element.slug for element in form.to_ask}


def test_every_entry_of_a_group_is_worked_out_from_its_own_values():
    hiring = Guidance(CATALOGUE, CATALOGUE.life_event("hiring"))
    today = date(2026, 11, 22)
    wages = {"employee_wage": "6000", "employee_wage.2": "7000"}
    both = fill(hiring, Evidence({}, {}, wages, {}, today, entries={"employee": 2}))
    assert both.known["employee_fund_base.2"].value == "7000"
    first = {"employee_wage": "6000"}
    one = fill(hiring, Evidence({}, {}, first, {}, today, entries={"employee": 2}))
    assert "employee_fund_base.2" not in one.known
