"""Figures of a catalogue: what is in it, where it comes from, what the one form saves."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from kiosk.catalogue.conditions import Facts
from kiosk.catalogue.form import Evidence, Form, fill
from kiosk.catalogue.guidance import FILLED_IN, Guidance
from kiosk.catalogue.lint.prover import truth_of
from kiosk.catalogue.lint.ways import Way, ways
from kiosk.catalogue.model import (
    Catalogue,
    LifeEvent,
    Matter,
    Provenance,
    Reductions,
    Sourced,
)

# A card that is all right and nobody's: the number is the example of GB 11643-1999.
CARD: Mapping[str, str] = {
    "name": "样例",
    "sex": "2",
    "nation": "01",
    "birth": "1949-12-31",
    "address": "样例市样例路一号样例楼",
    "number": "11010519491231002X",
}


@dataclass(frozen=True)
class Split:
    """A count, and how much of it comes from documents or the portal (`sourced`) or is drafted."""

    sourced: int
    drafted: int

    @property
    def all(self) -> int:
        """Both together."""
        return self.sourced + self.drafted


@dataclass(frozen=True)
class EventFigures:
    """What one life event asks and saves for a citizen of whom nothing is known but the card.

    Counted on the widest way through its questions: the answers with which the departments' own
    forms, one after the other, have the most fields (the first such answers, where several do).
    `separate` are these fields, `form` the elements of the one form, `asked` those of them that the
    citizen fills in because the card does not say them; a group counts with one entry. `papers`
    apply on that way; to bring are those that nothing stands for when the citizen has no licence
    (`papers_without`), and when they have every licence that is looked up (`papers_with`).
    `reductions` are the portal's, before and after.
    """

    number: int
    slug: str
    matters: Split
    questions: int
    separate: Split
    form: Split
    asked: Split
    papers: Split
    papers_without: int
    papers_with: int
    reductions: dict[str, tuple[int, int]]


@dataclass(frozen=True)
class Figures:
    """The whole catalogue in numbers. `provenance` counts by kind of record."""

    release: str
    life_events: int
    annex_matters: int
    annex_names: int
    matters: int
    units: int
    elements: int
    groups: int
    questions: int
    materials: dict[str, int]
    handling: dict[str, int]
    provenance: dict[str, dict[str, int]]
    events: tuple[EventFigures, ...]

    def tree(self) -> dict[str, Any]:
        """All of it as it is written to JSON."""
        return asdict(self)


def figures(catalogue: Catalogue, today: date) -> Figures:
    """Count a catalogue that can be read. `today` bounds the dates that are tried."""
    matters = [matter for event in catalogue.life_events for matter in event.matters]
    materials = [material for event in catalogue.life_events for material in event.materials]
    annex = [matter for matter in matters if matter.annex]
    return Figures(
        release=catalogue.release,
        life_events=len(catalogue.life_events),
        annex_matters=len(annex),
        annex_names=len({matter.name.zh for matter in annex}),
        matters=len(matters),
        units=len(catalogue.units),
        elements=len(catalogue.elements),
        groups=len(catalogue.groups),
        questions=sum(len(event.questions) for event in catalogue.life_events),
        materials=_counted(material.exemption.value for material in materials),
        handling=_counted(matter.handling.value for matter in matters),
        provenance=_provenance(catalogue),
        events=tuple(event_figures(catalogue, event, today) for event in catalogue.life_events),
    )


def event_figures(catalogue: Catalogue, event: LifeEvent, today: date) -> EventFigures:
    """The figures of one life event, on its widest way."""
    guidance = Guidance(catalogue, event)
    way = widest(catalogue, event, today)
    form = fill(guidance, _evidence(way, today))
    papers = guidance.materials(form.facts)
    return EventFigures(
        number=event.number,
        slug=event.slug,
        matters=split(event.matters),
        questions=sum(bool(answer) for answer in way.values()),
        separate=_separate(guidance, form),
        form=split(form.elements),
        asked=split(form.to_ask),
        papers=split(papers),
        papers_without=sum(not guidance.exempt(paper, form.facts) for paper in papers),
        papers_with=sum(
            not guidance.exempt(paper, _holding_all(form.facts, event)) for paper in papers
        ),
        reductions=_reductions(event.guide.reductions),
    )


def widest(catalogue: Catalogue, event: LifeEvent, today: date) -> Way:
    """The answers with which the separate forms have the most fields, and so ask for the most."""
    truth = truth_of(catalogue, event, today)

    def fields(way: Way) -> tuple[int, int]:
        applying = [m for m in event.matters if truth.state(m.when, way)]
        filled_in = [len(m.elements) for m in applying if m.handling in FILLED_IN]
        return sum(filled_in), len(applying)

    found = ways(event, truth).ends
    return max(found, key=fields) if found else {}


def split(records: Iterable[Sourced]) -> Split:
    """Records counted by where they come from."""
    drafted = [record.provenance is Provenance.DRAFTED for record in records]
    return Split(sourced=drafted.count(False), drafted=drafted.count(True))


def _separate(guidance: Guidance, form: Form) -> Split:
    """Every field of every form that applies; a field is sourced when its element is."""
    matters: Sequence[Matter] = guidance.handed_in(form.facts)
    slugs = [slug for matter in matters for slug in matter.elements]
    return split(guidance.catalogue.elements[slug] for slug in slugs)


def _evidence(way: Way, today: date) -> Evidence:
    answers = {question: answer for question, answer in way.items() if answer}
    return Evidence(card=CARD, licences={}, typed={}, answers=answers, today=today)


def _holding_all(facts: Facts, event: LifeEvent) -> Facts:
    return Facts(facts.answers, facts.values, event.licences)


def _reductions(reductions: Reductions | None) -> dict[str, tuple[int, int]]:
    if reductions is None:
        return {}
    pairs = ((name, getattr(reductions, name)) for name in Reductions.model_fields)
    return {name: (reduction.before, reduction.after) for name, reduction in pairs}


def _counted(values: Iterable[str]) -> dict[str, int]:
    return dict(Counter(values).most_common())


def _provenance(catalogue: Catalogue) -> dict[str, dict[str, int]]:
    events = catalogue.life_events
    kinds: dict[str, Iterable[Sourced]] = {
        "life_events": events,
        "matters": [matter for event in events for matter in event.matters],
        "questions": [question for event in events for question in event.questions],
        "materials": [material for event in events for material in event.materials],
        "elements": catalogue.elements.values(),
        "licence_types": catalogue.licence_types.values(),
        "units": catalogue.units.values(),
        "service_points": catalogue.service_points.values(),
        "delegations": catalogue.delegations.values(),
    }
    return {
        kind: _counted(record.provenance.value for record in records)
        for kind, records in kinds.items()
    }
