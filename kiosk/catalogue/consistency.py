"""Checks that the records of a catalogue hold together, wherever they were read from."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from kiosk.catalogue.conditions import ConditionError, check
from kiosk.catalogue.model import Catalogue, Element, ElementKind, LifeEvent


class CatalogueError(Exception):
    """The catalogue cannot be used; one line for each thing that is wrong."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


def inconsistencies(
    catalogue: Catalogue,
    events: Sequence[tuple[str, LifeEvent]],
    element_place: Callable[[str], str],
) -> Iterator[str]:
    """What does not hold together: references to nothing, slugs given twice, failing conditions.

    `events` are the life events with the file or item each stands in, `element_place` says the
    same of an element's slug.
    """
    for element in catalogue.elements.values():
        where = element_place(element.slug)
        yield from (f"{where}: {problem}" for problem in _element_problems(catalogue, element))
    seen: dict[str, str] = {}
    for file, event in events:
        keys = [event.slug, str(event.number), *(matter.slug for matter in event.matters)]
        for key in keys:
            if key in seen:
                yield f"{file}: {key} stands in {seen[key]} too; each slug and number once"
            seen[key] = file
        yield from (f"{file}: {problem}" for problem in _event_problems(catalogue, event))


def _element_problems(catalogue: Catalogue, element: Element) -> Iterator[str]:
    if element.table is not None and element.table not in catalogue.tables:
        yield f"no table {element.table}"
    elif element.kind is ElementKind.CHOICE and not catalogue.options(element):
        yield "a choice needs options or a table"
    for source in element.sources:
        given = [name for name in ("card", "licence", "value") if getattr(source, name) is not None]
        if len(given) != 1:
            yield f"a source is one of card, licence and value, here {given or 'none'}"
        if source.licence is not None:
            kind, field = source.licence.split(".")
            if kind not in catalogue.licence_types:
                yield f"no licence type {kind}"
            elif field not in catalogue.licence_types[kind].fields:
                yield f"licence type {kind} has no field {field}"


def _event_problems(catalogue: Catalogue, event: LifeEvent) -> Iterator[str]:
    needed = {slug for matter in event.matters for slug in matter.elements}
    shown = {slug for row in event.check_rows for slug in row.elements}
    used = needed | shown | {rule.element for rule in event.rules}
    used |= {o.shows for q in event.questions for o in q.options if o.shows}
    yield from (f"no element {slug}" for slug in sorted(used - catalogue.elements.keys()))
    for slug in sorted(needed - shown):
        yield f"check_rows: {slug} is filled in but never shown for checking"
    if event.licences and event.purpose is None:
        yield "purpose: licences are looked up, so the purpose must be said"
    if event.handling == "apply" and event.guide is None:
        yield "guide: a life event that is handed in here needs its notice"
    for slug in event.licences:
        if slug not in catalogue.licence_types:
            yield f"licences: no licence type {slug}"
    yield from _material_problems(event)
    questions = [question.slug for question in event.questions]
    for key, condition in _conditions(catalogue, event, needed):
        try:
            check(condition, questions, catalogue.elements)
        except ConditionError as error:
            yield f"{key}: {error}"


def _material_problems(event: LifeEvent) -> Iterator[str]:
    matters = {matter.slug for matter in event.matters}
    for material in event.materials:
        for slug in sorted(set(material.matters) - matters):
            yield f"materials.{material.slug}: no matter {slug}"
        if material.licence is not None and material.licence not in event.licences:
            yield f"materials.{material.slug}: {material.licence} is not among licences"


def _conditions(
    catalogue: Catalogue, event: LifeEvent, needed: set[str]
) -> Iterator[tuple[str, str]]:
    found = [*_question_conditions(event), *_material_conditions(event)]
    found += [(f"matters.{matter.slug}.when", matter.when) for matter in event.matters]
    found += [(f"rules.{rule.element}.holds", rule.holds) for rule in event.rules]
    for slug in sorted(needed & catalogue.elements.keys()):
        for source in catalogue.elements[slug].sources:
            found += [(f"elements.{slug}", source.when), (f"elements.{slug}", source.value)]
    yield from ((key, condition) for key, condition in found if condition)


def _question_conditions(event: LifeEvent) -> Iterator[tuple[str, str | None]]:
    for question in event.questions:
        yield f"questions.{question.slug}.when", question.when
        for option in question.options:
            yield f"questions.{question.slug}.{option.value}.when", option.when


def _material_conditions(event: LifeEvent) -> Iterator[tuple[str, str | None]]:
    for material in event.materials:
        yield f"materials.{material.slug}.when", material.when
        yield f"materials.{material.slug}.exempt_when", material.exempt_when
