"""Which questions, matters and materials apply, given what is known (智能引导)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cached_property

from kiosk.catalogue.conditions import Conditions, Facts, named
from kiosk.catalogue.consistency import event_conditions, relevant_elements
from kiosk.catalogue.model import (
    Catalogue,
    Exemption,
    Handling,
    LifeEvent,
    Material,
    Matter,
    Option,
    Question,
)
from kiosk.catalogue.where import Authority

FILLED_IN = (Handling.APPLY, Handling.BOOK)
MOST_FIRST = (Handling.APPLY, Handling.BOOK, Handling.PRINT, Handling.INFORM)


class Guidance:
    """One life event with its conditions ready to be decided.

    `elements`: those its matters need and those that these are worked out from, in the order of
    asking. `authority` says what the site may do; None: whatever a terminal can.
    """

    def __init__(
        self, catalogue: Catalogue, event: LifeEvent, authority: Authority | None = None
    ) -> None:
        self.catalogue = catalogue
        self.authority = authority
        self.event = event
        self.elements = relevant_elements(catalogue, event)
        names = [named(condition) for _, condition in event_conditions(catalogue, event)]
        self.conditions = Conditions(
            frozenset().union(*(questions for questions, _ in names)),
            frozenset().union(*(elements for _, elements in names)),
        )

    @property
    def published(self) -> frozenset[str]:
        """Every element that this life event may ask for."""
        return frozenset(slug for matter in self.event.matters for slug in matter.elements)

    @cached_property
    def questions_rest_on(self) -> tuple[frozenset[str], frozenset[str]]:
        """The answers and the values that decide how many questions are asked."""
        return self._rest_on(question.when for question in self.event.questions)

    @cached_property
    def items_rest_on(self) -> tuple[frozenset[str], frozenset[str]]:
        """The answers and the values that decide how many elements are left to ask."""
        conditions = [matter.when for matter in self.event.matters]
        conditions += [single.when for single in self.event.only_one]
        return self._rest_on([*conditions, *self._worked_out(self.published)])

    def _rest_on(self, conditions: Iterable[str | None]) -> tuple[frozenset[str], frozenset[str]]:
        """What conditions name, and what the values that they name are worked out from."""
        answers: set[str] = set()
        values: set[str] = set()
        waiting = {condition for condition in conditions if condition}
        while waiting:
            names = [named(condition) for condition in waiting]
            answers.update(*(asked for asked, _ in names))
            new = set().union(*(valued for _, valued in names)) - values
            values |= new
            waiting = set(self._worked_out(new))
        return frozenset(answers), frozenset(values)

    def _worked_out(self, slugs: Iterable[str]) -> Iterator[str]:
        """The conditions and expressions of the sources of elements."""
        for slug in slugs:
            element = self.elements.get(slug)
            for source in element.sources if element else ():
                if not source.suggest:
                    yield from (text for text in (source.when, source.value) if text)

    def questions(self, facts: Facts) -> tuple[Question, ...]:
        """Questions to be asked, in order."""
        return tuple(q for q in self.event.questions if self.conditions.holds(q.when, facts))

    def options(self, question: Question, facts: Facts) -> tuple[Option, ...]:
        """Answers that are offered."""
        return tuple(o for o in question.options if self.conditions.holds(o.when, facts))

    def only_one(self, facts: Facts) -> frozenset[str]:
        """Groups that have one entry and no more."""
        holds = self.conditions.holds
        return frozenset(s.group for s in self.event.only_one if holds(s.when, facts))

    def counting(self, facts: Facts) -> dict[str, str]:
        """The answers of `facts` that count: of questions asked, with options that are offered.

        Taken in the order of the questions, so that what rests on an answer that does not count
        does not count either.
        """
        kept: dict[str, str] = {}
        for question in self.event.questions:
            so_far = replace(facts, answers=kept)
            answer = facts.answers.get(question.slug)
            if answer is None or not self.conditions.holds(question.when, so_far):
                continue
            if any(option.value == answer for option in self.options(question, so_far)):
                kept[question.slug] = answer
        return kept

    def stop(self, facts: Facts) -> Option | None:
        """The first answer given that ends the way here, if there is one."""
        for question in self.questions(facts):
            for option in question.options:
                if option.stop is not None and facts.answers.get(question.slug) == option.value:
                    return option
        return None

    def here(self, matter: Matter) -> Handling:
        """What can be done about a matter at this site."""
        return self.authority.handling(matter) if self.authority else matter.handling

    def handling(self, facts: Facts) -> Handling:
        """How the life event ends here: by what can be done most with a matter that applies."""
        return self._most(self.matters(facts))

    @property
    def most(self) -> Handling:
        """The most that can be done here, whatever is answered."""
        return self._most(self.event.matters)

    def _most(self, matters: Iterable[Matter]) -> Handling:
        found = {self.here(matter) for matter in matters}
        return next((handling for handling in MOST_FIRST if handling in found), Handling.INFORM)

    def handed_in(self, facts: Facts) -> tuple[Matter, ...]:
        """Matters that apply and are filled in here, to be handed in or booked."""
        return tuple(m for m in self.matters(facts) if self.here(m) in FILLED_IN)

    def matters(self, facts: Facts) -> tuple[Matter, ...]:
        """Matters that apply, in the order of the life event."""
        return tuple(m for m in self.event.matters if self.conditions.holds(m.when, facts))

    def materials(self, facts: Facts) -> tuple[Material, ...]:
        """Materials that the applying matters ask for, each once."""
        applying = {matter.slug for matter in self.matters(facts)}
        return tuple(
            material
            for material in self.event.materials
            if applying & set(material.matters) and self.conditions.holds(material.when, facts)
        )

    def exempt(self, material: Material, facts: Facts) -> bool:
        """Whether the paper need not be brought: the system makes it, or a licence stands for it.

        A licence stands for a paper only when the citizen has it (facts.licences); a paper that
        the portal checks by licence but whose licence was not found has to be handed in.
        """
        if material.exemption in (Exemption.SYSTEM_FORM, Exemption.PERSONAL_SPACE):
            return True
        if material.licence is None or material.licence not in facts.licences:
            return False
        return self.conditions.holds(material.exempt_when, facts)
