"""Whoever changes an answer from the check page hands in what a fresh way would have led to."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kiosk.catalogue.form import Evidence, fill
from kiosk.catalogue.model import Handling
from kiosk.gateway.port import Submission
from kiosk.journey.effects import Submit
from kiosk.journey.page import Rows
from kiosk.journey.signals import CardRead, LicencesFound
from kiosk.journey.world import World
from tests.harness.applicant import Applicant
from tests.harness.people import citizen
from tests.harness.walk import NOW, Walker, world
from tests.kiosk.journey.test_newborn import LONG as NEWBORN
from tests.kiosk.journey.test_nothing_unpublished import PEOPLE, Known
from yici.journey.invented import Inventor

HANDED_IN = ("newborn", "after_a_death", "marriage", "employment", "utilities", "company_change")
CHANGES = 3  # minds changed in one journey


@cache
def shipped() -> World:
    return world()


class Fickle(Applicant):
    """Changes an answer on the check page a few times, and now and then thinks better of it."""

    changes = 0

    def _on(self, place: str, item: str) -> None:
        rows = [r for b in self.page.blocks if isinstance(b, Rows) for r in b.rows]
        answers = [row.action for row in rows if row.action.startswith("answer.")]
        if place == "check" and answers and self.changes < CHANGES:
            self.changes += 1
            self._press(self.inventor.chance.choice(answers))
            self._choose(self._pick(self._offered()))
            self._press("back" if self.inventor.chance.random() < 1 / 3 else "continue")
            return
        super()._on(place, item)


def submissions(applicant: Applicant) -> list[Submission]:
    return [e.submission for e in applicant.walker.effects if isinstance(e, Submit)]


@pytest.mark.parametrize("life_event", HANDED_IN)
@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(seed=st.integers(0, 2**32))
def test_what_is_handed_in_is_whole_and_of_one_piece(life_event: str, seed: int) -> None:
    chance = Random(seed)
    who = citizen(chance.choice(PEOPLE))
    inventor = Inventor(shipped().catalogue, NOW.date(), chance)
    counterparts = Known(who, reachable=True)
    applicant = Fickle(Walker(shipped()), who.person, counterparts, inventor, by_chance=True)
    applicant.walk(life_event)
    guidance = shipped().guidance(life_event, NOW.date())
    for submission in submissions(applicant):
        licences = {x.type: x.fields for x in who.licences if x.type in guidance.event.licences}
        evidence = Evidence({}, licences, submission.values, submission.answers, NOW.date())
        form = fill(guidance, evidence)
        facts = form.facts
        assert guidance.counting(facts) == submission.answers
        assert submission.matters
        assert submission.matters == tuple(m.slug for m in guidance.handed_in(facts))
        assert {e.slug for e in form.elements} <= submission.values.keys()
        booked = any(guidance.here(m) is Handling.BOOK for m in guidance.handed_in(facts))
        assert (submission.visit is not None) == booked


def to_check(event: str, answers: dict[str, str], who: str = "chen") -> Walker:
    walker = Walker(shipped())
    person = citizen(who)
    walker.press("begin")
    walker.press(event)
    walker.send(CardRead(person.person))
    walker.press("continue")
    walker.send(LicencesFound(person.licences))
    walker.to("check", answers)
    return walker


def test_an_answer_not_confirmed_changes_nothing():
    walker = to_check("newborn", NEWBORN | {"claim": "no"})
    walker.press("answer.claim")
    walker.choose("yes")
    walker.press("back")
    (submit,) = walker.press("submit")
    assert isinstance(submit, Submit)
    assert "maternity_claim" not in submit.submission.matters


def test_what_a_changed_answer_asks_for_is_asked_before_it_is_handed_in():
    walker = to_check("newborn", NEWBORN | {"claim": "no"})
    walker.press("answer.claim")
    walker.choose("yes")
    walker.press("continue")
    assert walker.page.id == "notice"  # a matter more is told of first
    walker.press("continue")
    assert walker.page.id == "field.bank_name"
    walker.to("check", NEWBORN)
    (submit,) = walker.press("submit")
    assert isinstance(submit, Submit)
    assert "maternity_claim" in submit.submission.matters
    assert submit.submission.values["bank_account"] == NEWBORN["bank_account"]


def test_a_way_that_ended_hands_nothing_in():
    walker = to_check("newborn", NEWBORN | {"claim": "no"})
    walker.press("answer.relation")
    walker.choose("other")
    walker.press("continue")
    assert walker.page.id == "stopped"
    walker.press("back")
    walker.press("back")
    assert walker.page.id == "check"
    assert walker.press("submit") == ()
    assert walker.page.id == "stopped"


def test_a_rule_is_tried_whichever_of_its_values_is_changed():
    walker = to_check("newborn", NEWBORN, "limian")
    father = walker.session.typed["father_number"]
    walker.press("change.father_name")
    walker.write(NEWBORN["father_name"])
    walker.press("continue")
    assert walker.page.id == "field.father_number"
    walker.write(walker.session.typed.get("mother_number", citizen("limian").person.number))
    walker.press("continue")
    assert walker.page.id == "field.father_number"
    assert walker.session.typed["father_number"] == father


class Decided(Fickle):
    """Says once that the file need not be moved after all."""

    def _on(self, place: str, item: str) -> None:
        if place == "check" and not self.changes:
            self.changes += 1
            assert self.walker.session.visit is not None
            self._press("answer.file_move")
            self._choose("no")
            self._press("continue")
            return
        self.changes += place == "check"
        Applicant._on(self, place, item)


def test_a_visit_that_is_no_longer_needed_is_not_handed_in():
    who = citizen("xiao")
    inventor = Inventor(shipped().catalogue, NOW.date(), Random(1))
    says = {"work": "employed", "file_move": "yes"}
    counterparts = Known(who, reachable=True)
    applicant = Decided(Walker(shipped()), who.person, counterparts, inventor, says=says)
    applicant.walk("employment")
    (submission,) = submissions(applicant)
    assert submission.answers["file_move"] == "no"
    assert submission.visit is None


class SecondThoughts(Applicant):
    """Goes back to the first of two dates once both are given, and makes it later than the other.

    `complaint`: what the page of the second one said when everything was to be handed in.
    """

    gone_back = False
    complaint = ""

    def _on(self, place: str, item: str) -> None:
        if place == "field" and not self.gone_back and "pension_earlier_to" in self.typed:
            self.gone_back = True
            while self.page.id != "field.pension_earlier_from":
                self._press("back")
            self.walker.write("2025-07-01")
            self._press("continue")
            assert self.page.id != "field.pension_earlier_from"
        elif item == "pension_earlier_to":
            self.complaint = self._complaint()
            self.walker.write("2026-01-31" if self.gone_back else "2024-12-31")
            self._press("continue")
        else:
            super()._on(place, item)

    @property
    def typed(self) -> Mapping[str, str]:
        return self.walker.session.typed


def test_who_changes_the_first_of_two_dates_is_not_held_there_by_the_second():
    who = citizen("chen")
    says = {"status": "flexible", "elsewhere": "pension", "card": "no"}
    says |= {"insured_from": "2026-12-01", "pension_earlier_from": "2016-07-01"}
    applicant = SecondThoughts(
        Walker(shipped()),
        who.person,
        Known(who, reachable=True),
        Inventor(shipped().catalogue, NOW.date(), Random(7)),
        says,
    )
    applicant.walk("social_insurance")
    assert applicant.complaint  # nothing that contradicts itself was handed in
    (submission,) = submissions(applicant)
    assert submission.values["pension_earlier_from"] == "2025-07-01"
    assert submission.values["pension_earlier_to"] == "2026-01-31"


def founding(kind: str) -> Applicant:
    """A company founded by its two shareholders, or by one."""
    who = citizen("luo")
    says = {"role": "agent", "kind": kind, "place": "home", "permit": "no", "invoices": "no"}
    says |= {"founding_capital": "100", "shareholder_amount": "100" if kind == "one" else "60"}
    applicant = Applicant(
        Walker(shipped()),
        who.person,
        Known(who, reachable=True),
        Inventor(shipped().catalogue, NOW.date(), Random(9)),
        says,
        {"shareholder": 2},
    )
    applicant.walk("company_founding")
    return applicant


def test_who_founds_a_company_alone_is_not_asked_for_another_shareholder():
    alone, together = founding("one"), founding("several")
    pages = {page.id for page in alone.walker.pages}
    assert "group.shareholder" not in pages
    assert "group.shareholder" in {page.id for page in together.walker.pages}
    (submission,) = submissions(alone)
    assert not [key for key in submission.values if key.startswith("shareholder_name.")]
    (submission,) = submissions(together)
    assert submission.values["shareholder_name.2"]
