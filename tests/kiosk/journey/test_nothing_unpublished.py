"""Whatever is answered, nothing is asked for that is not published, nothing twice, and it ends.

Applicants come by chance, hold what the invented people hold, and choose among what is offered.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from functools import cache
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kiosk.catalogue.model import LifeEvent
from kiosk.journey.effects import Submit
from kiosk.journey.page import Choices, Rows
from kiosk.journey.world import World
from tests.harness.applicant import Applicant, Known
from tests.harness.people import citizen, slugs
from tests.harness.walk import NOW, Walker, world
from yici.journey.invented import Inventor

EXPIRED = "wang"
PEOPLE = tuple(slug for slug in slugs() if slug != EXPIRED)
EXAMPLES = 3  # for each life event; each walks about 35 pages
COUNTED_BY_THE_SCREEN = "count_down_text"  # its {seconds} are the screen's to fill

EVENTS = [event.slug for event in world().catalogue.life_events]


@cache
def shipped() -> World:
    return world()


class Watching(Applicant):
    """Tries every answer of every question before giving one; none may lead nowhere."""

    def _answer(self, question: str) -> None:
        here = self.page.id
        for choice in self._offered():
            self._choose(choice)
            self._go_on()
            assert self.page.id != here, f"{choice} leads nowhere"
            self._press("back")
            assert self.page.id == here
        super()._answer(question)


def by_chance(life_event: str, chance: Random) -> Applicant:
    who = citizen(chance.choice(PEOPLE))
    walker = Walker(shipped())
    counterparts = Known(who, reachable=chance.random() < 9 / 10)
    inventor = Inventor(shipped().catalogue, NOW.date(), chance)
    applicant = Watching(walker, who.person, counterparts, inventor, by_chance=True)
    applicant.walk(life_event, chance.choice(("zh", "en")))
    return applicant


def texts(part: object) -> Iterator[str]:
    """Every text of a page or of a part of it, but ids."""
    if isinstance(part, str):
        yield part
    elif isinstance(part, tuple):
        for each in part:
            yield from texts(each)
    elif is_dataclass(part):
        for each in fields(part):
            if each.name not in {"id", COUNTED_BY_THE_SCREEN}:
                yield from texts(getattr(part, each.name))


def submitted(applicant: Applicant) -> list[Submit]:
    return [effect for effect in applicant.walker.effects if isinstance(effect, Submit)]


def only_what_is_published(event: LifeEvent, applicant: Applicant) -> None:
    elements = {slug for matter in event.matters for slug in matter.elements}
    questions = {question.slug for question in event.questions}
    assert {key.partition(".")[0] for key in applicant.asked} <= elements | questions
    for submit in submitted(applicant):
        handed_in = submit.submission
        of_matters = {m.slug: set(m.elements) for m in event.matters}
        needed = set().union(*(of_matters[slug] for slug in handed_in.matters))
        assert {key.partition(".")[0] for key in handed_in.values} <= needed
        assert handed_in.answers.keys() <= questions


def no_paper_but_the_listed(event: LifeEvent, applicant: Applicant) -> None:
    listed = {material.slug for material in event.materials}
    for page in applicant.walker.pages:
        place = page.id.partition(".")[0]
        if place in {"notice", "materials"}:
            lists = [b for b in page.blocks if isinstance(b, Rows)]
            shown = [r.id for b in lists if b.id in {"exempt", "bring", "papers"} for r in b.rows]
            assert set(shown) <= listed
            assert len(shown) == len(set(shown)), page.id
    for submit in submitted(applicant):
        named = [entry.material for entry in submit.submission.materials]
        assert set(named) <= listed
        assert len(named) == len(set(named))


def nothing_twice(applicant: Applicant) -> None:
    assert len(applicant.asked) == len(set(applicant.asked))


def every_page_says_something(applicant: Applicant) -> None:
    for page in applicant.walker.pages:
        assert page.title.strip(), page.id
        assert page.blocks or page.lead, page.id
        assert page.actions, page.id
        for text in texts(page):
            assert "{" not in text, (page.id, text)
        for block in page.blocks:
            if isinstance(block, Choices):
                ids = [choice.id for choice in block.choices]
                assert ids, page.id
                assert len(ids) == len(set(ids)), page.id
                assert all(choice.title.strip() for choice in block.choices), page.id


@pytest.mark.parametrize("life_event", EVENTS)
@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(seed=st.integers(0, 2**32))
def test_whoever_comes_is_asked_what_is_published_once_and_comes_to_an_end(
    life_event: str, seed: int
) -> None:
    applicant = by_chance(life_event, Random(seed))
    event = shipped().catalogue.life_event(life_event)
    only_what_is_published(event, applicant)
    no_paper_but_the_listed(event, applicant)
    nothing_twice(applicant)
    every_page_says_something(applicant)
