"""Tries all conditions of a catalogue, one life event after the other.

Run as a program it reads the catalogue from standard input and writes one JSON line for each life
event that it begins, each finding, and the end; `proof.py` is the other side, which ends it when
it takes too long.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from datetime import date

from kiosk.catalogue.conditions import named
from kiosk.catalogue.consistency import event_conditions, relevant_elements
from kiosk.catalogue.lint import effects, reach
from kiosk.catalogue.lint.rule import Finding, Spot
from kiosk.catalogue.lint.samples import Samples, literals, samples_of
from kiosk.catalogue.lint.spelling import conditions_of
from kiosk.catalogue.lint.truth import Truth
from kiosk.catalogue.lint.ways import ways
from kiosk.catalogue.model import Catalogue, LifeEvent


def truth_of(catalogue: Catalogue, event: LifeEvent, today: date) -> Truth:
    """Tries the conditions of one life event, with samples that the catalogue's conditions name."""
    naming: dict[str, list[str]] = {}
    for _, condition in event_conditions(catalogue, event):
        for slug in named(condition)[1]:
            naming.setdefault(slug, []).append(condition)
    known: dict[str, Samples] = {}

    def samples(slug: str) -> Samples:
        if slug not in known:
            conditions = naming.get(slug, [])
            beside = {name for condition in conditions for name in named(condition)[1]} - {slug}
            others = [catalogue.elements[name] for name in sorted(beside)]
            element = catalogue.elements[slug]
            known[slug] = samples_of(catalogue, element, literals(conditions), others, today)
        return known[slug]

    return Truth([question.slug for question in event.questions], samples)


def prove(catalogue: Catalogue, today: date) -> Iterator[str | Finding]:
    """The slug of each life event as it is begun, then what was found in it."""
    sources = reach.Sources()
    failed: set[tuple[Spot, str]] = set()
    for event in catalogue.life_events:
        yield event.slug
        truth = truth_of(catalogue, event, today)
        found = ways(event, truth)
        elements = relevant_elements(catalogue, event)
        yield from reach.findings(event, truth, found)
        yield from effects.findings(event, elements, truth, found)
        if found.ends:
            for element in elements.values():
                sources.take(catalogue, element, truth, found)
        where = list(conditions_of(Spot("life_events", event.slug), event))
        for slug, element in elements.items():
            where += conditions_of(Spot("elements", slug), element)
        for failure in reach.failures(where, truth):
            if (failure.spot, failure.rule.code) not in failed:
                failed.add((failure.spot, failure.rule.code))
                yield failure
    yield from sources.findings()


def main() -> None:
    """Read the catalogue, write what was found; arguments: today."""
    catalogue = Catalogue.model_validate_json(sys.stdin.buffer.read())
    for found in prove(catalogue, date.fromisoformat(sys.argv[1])):
        line: dict[str, object] = {"event": found}
        if isinstance(found, Finding):
            spot = found.spot
            line = {
                "code": found.rule.code,
                "spot": [spot.kind, spot.slug, list(spot.key)],
                "problem": found.problem,
            }
        sys.stdout.write(json.dumps(line, ensure_ascii=True) + "\n")
        sys.stdout.flush()
    sys.stdout.write(json.dumps({"end": True}) + "\n")


if __name__ == "__main__":
    main()
