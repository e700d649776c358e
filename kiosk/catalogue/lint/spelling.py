"""Rules about what conditions name: answers and licences that exist, questions asked before."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from kiosk.catalogue.conditions import named
from kiosk.catalogue.lint.rule import Finding, Rule, Scope, Severity, Spot, listed
from kiosk.catalogue.lint.truth import HELD
from kiosk.catalogue.model import Catalogue, ElementKind, LifeEvent, Record

COMPARED = re.compile(r"\b(answers|values)\.([a-z0-9_]+)\s*[=!]=\s*[\"']([^\"']*)[\"']")
TURNED = re.compile(r"[\"']([^\"']*)[\"']\s*[=!]=\s*(answers|values)\.([a-z0-9_]+)")
INDEXED = re.compile(r"\b(answers|values)\s*(\[|\.\s|\s\.)|\bin\s+(answers|values)\b|has\s*\(")

LITERAL = Rule(
    "condition-literal",
    Severity.ERROR,
    "a condition compares with an answer that can be given",
    "write one of the values that the question or element has",
)
HOLDING = Rule(
    "condition-licence",
    Severity.ERROR,
    "a condition looks for a licence that is looked up",
    "name one of the life event's `licences`",
)
INDEX = Rule(
    "condition-form",
    Severity.ERROR,
    "every name in a condition is found by the program that reads it",
    "write `answers.question` and `values.element`; what is not known is the empty text",
)
ORDER = Rule(
    "question-order",
    Severity.ERROR,
    "a question is decided on what was answered before it",
    "move the question behind those that its condition names",
)
RULES = (LITERAL, HOLDING, INDEX, ORDER)


def findings(scope: Scope) -> Iterator[Finding]:
    """Names in conditions that mean nothing."""
    every: dict[str, set[str]] = {}
    for event in scope.catalogue.life_events:
        for question in event.questions:
            every.setdefault(question.slug, {""}).update(o.value for o in question.options)
    for event in scope.catalogue.life_events:
        own = {q.slug: {"", *(o.value for o in q.options)} for q in event.questions}
        for spot, condition in conditions_of(Spot("life_events", event.slug), event):
            yield from _names(scope.catalogue, spot, condition, own)
            for slug in sorted(set(HELD.findall(condition)) - set(event.licences)):
                yield HOLDING.at(spot, f"{slug} is not among the licences of {event.slug}")
        yield from _order(event)
    for slug, element in scope.catalogue.elements.items():
        for spot, condition in conditions_of(Spot("elements", slug), element):
            yield from _names(scope.catalogue, spot, condition, every)


def conditions_of(spot: Spot, value: object) -> Iterator[tuple[Spot, str]]:
    """Every condition within a record, however deep, with its place."""
    if isinstance(value, Record):
        for name in type(value).model_fields:
            inner = getattr(value, name)
            if name in ("when", "holds", "exempt_when") or (
                name == "value" and type(value).__name__ == "Source"
            ):
                if inner is not None:
                    yield spot / name, inner
            else:
                yield from conditions_of(spot / name, inner)
    elif isinstance(value, tuple):
        for number, part in enumerate(value):
            yield from conditions_of(spot / number, part)


def _names(
    catalogue: Catalogue, spot: Spot, condition: str, answers: Mapping[str, set[str]]
) -> Iterator[Finding]:
    if INDEXED.search(condition):
        yield INDEX.at(spot, "names an answer or a value in a form that is not followed")
    compared = COMPARED.findall(condition)
    compared += [(of, name, text) for text, of, name in TURNED.findall(condition)]
    for of, name, text in compared:
        known = answers.get(name) if of == "answers" else _options(catalogue, name)
        if known is not None and text not in known:
            yield LITERAL.at(spot, f"{of}.{name} is never {text!r}; {listed(sorted(known - {''}))}")


def _options(catalogue: Catalogue, slug: str) -> set[str] | None:
    element = catalogue.elements.get(slug)
    if element is None or element.kind is not ElementKind.CHOICE:
        return None
    return {"", *(option.value for option in catalogue.options(element))}


def _order(event: LifeEvent) -> Iterator[Finding]:
    asked: set[str] = set()
    for number, question in enumerate(event.questions):
        spot = Spot("life_events", event.slug) / "questions" / number
        for here, condition in conditions_of(spot, question):
            later = sorted(named(condition)[0] - asked)
            if later:
                yield ORDER.at(here, f"names {listed(later)}, not asked before {question.slug}")
        asked.add(question.slug)
