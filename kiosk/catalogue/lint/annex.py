"""Rules about the annex of seed 000: every matter that the city listed is there, under its name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from kiosk.catalogue.consistency import CatalogueError
from kiosk.catalogue.lint.rule import (
    Annex,
    AnnexEvent,
    Finding,
    Rule,
    Scope,
    Severity,
    Spot,
    listed,
)
from kiosk.catalogue.model import LifeEvent, Provenance
from kiosk.catalogue.yaml_source import Source

ANNEX = "湘综新发〔2023〕46号, annex"

MISSING_EVENT = Rule(
    "annex-event",
    Severity.ERROR,
    "every life event of the annex is there",
    "write it; what no terminal can do is told about with `handling: inform`",
    ANNEX,
)
MISSING = Rule(
    "annex-matter",
    Severity.ERROR,
    "every matter of the annex is there, in its life event",
    "give each matter of the annex its number, T01-01 for the first of the first",
    ANNEX,
)
NAME = Rule(
    "annex-name",
    Severity.ERROR,
    "a matter is called as the annex calls it",
    "write the name as the annex has it",
    ANNEX,
)
SEED = Rule(
    "annex-provenance",
    Severity.WARNING,
    "a matter of the annex says so",
    "set `provenance: seed` and the annex as `source`",
    ANNEX,
)
RULES = (MISSING_EVENT, MISSING, NAME, SEED)

_FILE = TypeAdapter(dict[int, AnnexEvent])


def load_annex(file: Path) -> Annex:
    """Read the names of life events and matters by number.

    Raises CatalogueError with what is wrong, each with file and line.
    """
    source = Source(file)
    if source.problems:
        raise CatalogueError(source.problems)
    try:
        return _FILE.validate_python(source.tree)
    except ValidationError as error:
        raise CatalogueError(source.wrong(error)) from error


def findings(scope: Scope) -> Iterator[Finding]:
    """What the annex has and the catalogue has not; what a city adds to it may be there."""
    if scope.annex is None:
        return
    events = {event.number: event for event in scope.catalogue.life_events}
    for number, expected in scope.annex.items():
        if number not in events:
            yield _missing(number, expected, scope.catalogue.life_events)
    for number, event in events.items():
        names = scope.annex[number].matters if number in scope.annex else ()
        expected_names = {
            f"T{number:02}-{place:02}": name for place, name in enumerate(names, start=1)
        }
        yield from _event(event, expected_names)


def _missing(number: int, expected: AnnexEvent, events: Iterable[LifeEvent]) -> Finding:
    """The life event is not there; if one of its name is, its number is wrong."""
    alike = next((event for event in events if event.name.zh == expected.name), None)
    spot = Spot("life_events", alike.slug) / "number" if alike else Spot("life_events", "")
    return MISSING_EVENT.at(spot, f"no life event {number} ({expected.name})")


def _event(event: LifeEvent, expected: Mapping[str, str]) -> Iterator[Finding]:
    spot = Spot("life_events", event.slug)
    given = {matter.annex for matter in event.matters}
    missing = [f"{number} {name}" for number, name in expected.items() if number not in given]
    if missing:
        yield MISSING.at(spot / "matters", f"missing: {listed(missing)}")
    for place, matter in enumerate(event.matters):
        here = spot / "matters" / place
        if matter.annex is None:
            continue
        if matter.annex not in expected:
            yield MISSING.at(here / "annex", f"{matter.annex} is not of this life event")
        elif matter.name.zh != expected[matter.annex]:
            yield NAME.at(here / "name" / "zh", f"the annex says {expected[matter.annex]}")
        if matter.provenance is not Provenance.SEED:
            yield SEED.at(here / "provenance", f"{matter.provenance.value}, yet {matter.annex}")
