"""What a catalogue holds, counted: by handling, by where it comes from, and what is still open.

Pure, and without trying any condition: a catalogue whose conditions take long to try must not keep
the manager from its terminals. What the one form saves is `yici catalogue stats`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain

from kiosk.catalogue.lint.completeness import Open, completeness
from kiosk.catalogue.model import (
    Catalogue,
    Element,
    Handling,
    LifeEvent,
    Matter,
    Provenance,
    Sourced,
    Text,
    Unit,
)

Tally = Mapping[Provenance, int]  # every provenance has a count, if none 0
Gaps = Mapping[tuple[str, str], list[Open]]  # the kind and slug of a record → what is open


@dataclass(frozen=True)
class OpenRecord:
    """Fields of one record that wait for its department (待主管部门填写).

    `kind` as in `completeness`; `name` is None for the life event itself and its guide.
    """

    kind: str
    name: Text | None
    fields: tuple[str, ...]


@dataclass(frozen=True)
class EventContents:
    """One life event: its records counted, and what of them and of its units is open."""

    event: LifeEvent
    lead: tuple[Unit, ...]
    handling: Mapping[Handling, int]
    elements: tuple[Element, ...]
    counts: Mapping[str, Tally]  # matters, materials, elements, questions
    open: tuple[OpenRecord, ...]

    @property
    def all_drafted(self) -> bool:
        """Whether the life event itself is a draft."""
        return self.event.provenance is Provenance.DRAFTED

    @property
    def drafted(self) -> bool:
        """Whether anything of it is a draft."""
        parts = (tally[Provenance.DRAFTED] for tally in self.counts.values())
        return self.all_drafted or any(parts)

    @property
    def open_fields(self) -> int:
        """How many fields are open."""
        return sum(len(record.fields) for record in self.open)


@dataclass(frozen=True)
class Contents:
    """A whole catalogue. A record that several life events share is counted once."""

    catalogue: Catalogue
    events: tuple[EventContents, ...]
    counts: Mapping[str, Tally]
    annex_matters: int
    open_fields: int


def contents(catalogue: Catalogue) -> Contents:
    """Count a catalogue that holds together."""
    found = completeness(catalogue).open
    gaps: dict[tuple[str, str], list[Open]] = {}
    for gap in found:
        gaps.setdefault((gap.spot.kind, gap.spot.slug), []).append(gap)
    events = catalogue.life_events
    counted: dict[str, Iterable[Sourced]] = {
        "life_events": events,
        "matters": chain.from_iterable(event.matters for event in events),
        "materials": chain.from_iterable(event.materials for event in events),
        "questions": chain.from_iterable(event.questions for event in events),
        "elements": catalogue.elements.values(),
        "units": catalogue.units.values(),
        "service_points": catalogue.service_points.values(),
        "licence_types": catalogue.licence_types.values(),
        "delegations": catalogue.delegations.values(),
    }
    return Contents(
        catalogue=catalogue,
        events=tuple(_event(catalogue, event, gaps) for event in events),
        counts={kind: tally(records) for kind, records in counted.items()},
        annex_matters=sum(bool(m.annex) for event in events for m in event.matters),
        open_fields=len(found),
    )


def tally(records: Iterable[Sourced]) -> Tally:
    """How many records come from where."""
    counts = dict.fromkeys(Provenance, 0)
    for record in records:
        counts[record.provenance] += 1
    return counts


def _event(catalogue: Catalogue, event: LifeEvent, gaps: Gaps) -> EventContents:
    slugs = dict.fromkeys(slug for matter in event.matters for slug in matter.elements)
    elements = tuple(catalogue.elements[slug] for slug in slugs)
    handling = dict.fromkeys(Handling, 0)
    for matter in event.matters:
        handling[matter.handling] += 1
    counted: dict[str, Iterable[Sourced]] = {
        "matters": event.matters,
        "materials": event.materials,
        "elements": elements,
        "questions": event.questions,
    }
    return EventContents(
        event=event,
        lead=tuple(catalogue.units[slug] for slug in event.lead_units),
        handling=handling,
        elements=elements,
        counts={kind: tally(records) for kind, records in counted.items()},
        open=tuple(_open(catalogue, event, gaps)),
    )


def _open(catalogue: Catalogue, event: LifeEvent, gaps: Gaps) -> Iterator[OpenRecord]:
    """Its own records in the order of their kinds, then those that it shares with others."""
    by_record: dict[tuple[str | int, ...], list[Open]] = {}
    for gap in gaps.get(("life_events", event.slug), []):
        by_record.setdefault(gap.spot.key, []).append(gap)
    for key, found in by_record.items():
        yield _record(found, _named(event, key))
    for kind, slug, name in _shared(catalogue, event):
        if (kind, slug) in gaps:
            yield _record(gaps[kind, slug], name)


def _record(found: list[Open], name: Text | None) -> OpenRecord:
    return OpenRecord(found[0].kind, name, tuple(gap.field for gap in found))


def _named(event: LifeEvent, key: tuple[str | int, ...]) -> Text | None:
    match key:
        case ("matters", int(number)):
            return event.matters[number].name
        case ("materials", int(number)):
            return event.materials[number].name
    return None


def _shared(catalogue: Catalogue, event: LifeEvent) -> Iterator[tuple[str, str, Text]]:
    """Units, places, licences and letters that the life event needs, each once."""
    units = chain(event.lead_units, *(matter.units for matter in event.matters))
    licences = chain(event.licences, (paper.licence for paper in event.materials if paper.licence))
    for slug in dict.fromkeys(units):
        yield "units", slug, catalogue.units[slug].name
    for slug in dict.fromkeys(event.service_points):
        yield "service_points", slug, catalogue.service_points[slug].name
    for slug in dict.fromkeys(licences):
        yield "licence_types", slug, catalogue.licence_types[slug].name
    yield from _letters(catalogue, event.matters)


def _letters(catalogue: Catalogue, matters: tuple[Matter, ...]) -> Iterator[tuple[str, str, Text]]:
    slugs = {matter.slug for matter in matters}
    for slug, letter in catalogue.delegations.items():
        if slugs.intersection(letter.matters):
            unit = catalogue.units[letter.unit].name
            site = catalogue.service_points[letter.site].name
            yield (
                "delegations",
                slug,
                Text(zh=f"{unit.zh} → {site.zh}", en=f"{unit.en} → {site.en}"),
            )
