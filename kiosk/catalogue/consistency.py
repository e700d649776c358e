"""Checks that the records of a catalogue hold together, wherever they were read from.

This is what no catalogue may break: references to nothing, slugs given twice, conditions that
fail. What makes a catalogue good beyond that is the lint's (`kiosk/catalogue/lint/`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from kiosk.catalogue.conditions import ConditionError, check, named
from kiosk.catalogue.model import (
    Catalogue,
    Delegation,
    Element,
    ElementKind,
    Handling,
    Layout,
    LifeEvent,
    Material,
    Matter,
    Source,
)


class CatalogueError(Exception):
    """The catalogue cannot be used; one line for each thing that is wrong."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


class Places:
    """Where each record stands: a file of the folder, or an item of a release."""

    def __init__(self, singular: Mapping[str, str] | None = None) -> None:
        self._files: dict[tuple[str, str], str] = {}
        self._singular = singular

    def put(self, kind: str, slug: str, file: str) -> None:
        """A record of `kind` (`elements`) stands in `file`."""
        self._files[kind, slug] = file

    def of(self, kind: str, slug: str) -> str:
        """`elements/10-applicant.yaml: applicant_name`, or `element/applicant_name`."""
        if self._singular is not None:
            return f"{self._singular[kind]}/{slug}"
        file = self._files.get((kind, slug))
        return f"{file}: {slug}" if file else f"{kind}: {slug}"


def inconsistencies(
    catalogue: Catalogue, events: Sequence[tuple[str, LifeEvent]], places: Places
) -> Iterator[str]:
    """What does not hold together; each line begins with where it stands.

    `events` are the life events with the file or item each stands in.
    """
    for kind, problems_of in _LISTED_PROBLEMS.items():
        for slug, record in getattr(catalogue, kind).items():
            where = places.of(kind, slug)
            yield from (f"{where}: {problem}" for problem in problems_of(catalogue, record))
    seen: dict[str, str] = {}
    for file, event in events:
        annexes = (f"annex {matter.annex}" for matter in event.matters if matter.annex)
        keys = [event.slug, str(event.number), *(m.slug for m in event.matters), *annexes]
        for key in keys:
            if key in seen:
                yield f"{file}: {key} stands in {seen[key]} too; each slug and number once"
            seen[key] = file
        yield from (f"{file}: {problem}" for problem in _event_problems(catalogue, event))


def _missing(where: str, what: str, slugs: Iterable[str], known: Iterable[str]) -> Iterator[str]:
    known = set(known)
    yield from (f"{where}: no {what} {slug}" for slug in dict.fromkeys(slugs) if slug not in known)


def _element_problems(catalogue: Catalogue, element: Element) -> Iterator[str]:
    if element.table is not None and element.table not in catalogue.tables:
        yield f"table: no table {element.table}"
    elif element.kind is ElementKind.CHOICE and not catalogue.options(element):
        yield "options: a choice needs options or a table"
    if element.group is not None:
        yield from _missing("group", "group", [element.group], catalogue.groups)
    for source in element.sources:
        yield from _source_problems(catalogue, source)


def _source_problems(catalogue: Catalogue, source: Source) -> Iterator[str]:
    origins = ("card", "licence", "earlier", "value")
    given = [name for name in origins if getattr(source, name) is not None]
    if len(given) != 1:
        names = " or ".join(given) or "none"
        yield f"sources: a source is one of card, licence, earlier and value, here {names}"
    if source.earlier is not None:
        yield from _missing("sources", "element", [source.earlier], catalogue.elements)
    if source.licence is not None:
        kind, field = source.licence.split(".")
        if kind not in catalogue.licence_types:
            yield f"sources: no licence type {kind}"
        elif field not in catalogue.licence_types[kind].fields:
            yield f"sources: licence type {kind} has no field {field}"


def _layout_problems(catalogue: Catalogue, layout: Layout) -> Iterator[str]:
    kind = catalogue.licence_types.get(layout.licence)
    if kind is None:
        yield f"licence: no licence type {layout.licence}"
        return
    fields = (row.field for row in layout.rows)
    yield from _missing("rows", f"field of {kind.slug}", fields, kind.fields)


def _delegation_problems(catalogue: Catalogue, delegation: Delegation) -> Iterator[str]:
    yield from _missing("site", "service point", [delegation.site], catalogue.service_points)
    yield from _missing("unit", "unit", [delegation.unit], catalogue.units)
    yield from _missing("matters", "matter", delegation.matters, catalogue.matters)
    if delegation.until is not None and delegation.until < delegation.since:
        yield "until: lies before since"


_LISTED_PROBLEMS: Mapping[str, Callable[[Catalogue, Any], Iterator[str]]] = {
    "elements": _element_problems,
    "layouts": _layout_problems,
    "delegations": _delegation_problems,
}


def _event_problems(catalogue: Catalogue, event: LifeEvent) -> Iterator[str]:
    needed = {slug for matter in event.matters for slug in matter.elements}
    shown = {slug for row in event.check_rows for slug in row.elements}
    used = needed | shown | {rule.element for rule in event.rules}
    used |= {o.shows for q in event.questions for o in q.options if o.shows}
    yield from (f"no element {slug}" for slug in sorted(used - catalogue.elements.keys()))
    if event.licences and event.purpose is None:
        yield "purpose: licences are looked up, so the purpose must be said"
    grouped = [single.group for single in event.only_one]
    yield from _missing("only_one", "group", grouped, catalogue.groups)
    yield from _missing("lead_units", "unit", event.lead_units, catalogue.units)
    yield from _missing("licences", "licence type", event.licences, catalogue.licence_types)
    yield from _missing(
        "service_points", "service point", event.service_points, catalogue.service_points
    )
    for matter in event.matters:
        where = f"matters.{matter.slug}"
        yield from (f"{where}.{problem}" for problem in _matter_problems(catalogue, event, matter))
    for material in event.materials:
        where = f"materials.{material.slug}"
        yield from (f"{where}: {problem}" for problem in _material_problems(event, material))
    own = {question.slug for question in event.questions}
    every = {question.slug for other in catalogue.life_events for question in other.questions}
    for key, condition in event_conditions(catalogue, event):
        try:  # an element is shared, so what it is filled from may name another's question
            shared = key.startswith("elements.")
            check(condition, every if shared else own, catalogue.elements)
        except ConditionError as error:
            yield f"{key}: {error}"


def _matter_problems(catalogue: Catalogue, event: LifeEvent, matter: Matter) -> Iterator[str]:
    yield from _missing("units", "unit", matter.units, catalogue.units)
    layouts = [result.layout for result in matter.results if result.layout]
    yield from _missing("results", "layout", layouts, catalogue.layouts)
    licences = [result.licence for result in matter.results if result.licence]
    yield from _missing("results", "licence type", licences, catalogue.licence_types)
    printed = [catalogue.layouts[slug].licence for slug in layouts if slug in catalogue.layouts]
    if matter.handling is Handling.PRINT:
        if not layouts:
            yield "results: a matter that is printed here needs a result with a layout"
        yield from _missing("results", "licence in `licences`", printed, event.licences)


def _material_problems(event: LifeEvent, material: Material) -> Iterator[str]:
    matters = {matter.slug: matter for matter in event.matters}
    for slug in sorted(set(material.matters) - matters.keys()):
        yield f"no matter {slug}"
    if material.licence is not None and material.licence not in event.licences:
        yield f"{material.licence} is not among licences"
    instant = [slug for slug in material.matters if slug in matters and matters[slug].instant]
    if material.deferral is not None and instant:
        yield f"deferral: {instant[0]} is finished on the spot, so nothing can follow later"


def event_conditions(catalogue: Catalogue, event: LifeEvent) -> Iterator[tuple[str, str]]:
    """Every condition of a life event and of its elements, with the key it stands under."""
    found = [*_question_conditions(event), *_material_conditions(event)]
    found += [(f"matters.{matter.slug}.when", matter.when) for matter in event.matters]
    found += [(f"rules.{rule.element}.holds", rule.holds) for rule in event.rules]
    found += [(f"only_one.{single.group}.when", single.when) for single in event.only_one]
    for slug, element in relevant_elements(catalogue, event).items():
        for source in element.sources:
            found += [(f"elements.{slug}", source.when), (f"elements.{slug}", source.value)]
    yield from ((key, condition) for key, condition in found if condition)


def relevant_elements(catalogue: Catalogue, event: LifeEvent) -> dict[str, Element]:
    """What the matters need and what that is worked out from, in the order of asking."""
    conditions = [*_question_conditions(event), *_material_conditions(event)]
    conditions += [("", matter.when) for matter in event.matters]
    conditions += [("", rule.holds) for rule in event.rules]
    conditions += [("", single.when) for single in event.only_one]
    waiting = {slug for matter in event.matters for slug in matter.elements}
    waiting |= {o.shows for q in event.questions for o in q.options if o.shows}
    waiting |= {slug for _, text in conditions if text for slug in named(text)[1]}
    found: set[str] = set()
    while waiting := (waiting & catalogue.elements.keys()) - found:
        found |= waiting
        sources = [source for slug in waiting for source in catalogue.elements[slug].sources]
        texts = [text for source in sources for text in (source.when, source.value) if text]
        waiting = {slug for text in texts for slug in named(text)[1]}
    return {slug: element for slug, element in catalogue.elements.items() if slug in found}


def _question_conditions(event: LifeEvent) -> Iterator[tuple[str, str | None]]:
    for question in event.questions:
        yield f"questions.{question.slug}.when", question.when
        for option in question.options:
            yield f"questions.{question.slug}.{option.value}.when", option.when


def _material_conditions(event: LifeEvent) -> Iterator[tuple[str, str | None]]:
    for material in event.materials:
        yield f"materials.{material.slug}.when", material.when
        yield f"materials.{material.slug}.exempt_when", material.exempt_when
