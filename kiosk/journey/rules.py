"""Rules between values (跨字段校验): which are broken, and at which field that is said.

A rule is tried when the last asked of the values that it names is committed, and all of them before
handing in. So whoever goes back and changes the first of two values is not held there by the old
second one, which they come to afterwards. Values of what is no longer needed decide nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from kiosk.catalogue.conditions import named
from kiosk.catalogue.form import of_entry
from kiosk.catalogue.model import Element, Rule
from kiosk.journey.view import View


@dataclass(frozen=True)
class Broken:
    """A rule that does not hold: its number in the life event, and the value it stands at."""

    number: int
    value: str


def broken(view: View) -> Iterator[Broken]:
    """Every rule that does not hold, for each entry of a group."""
    for number, rule in enumerate(view.event.rules):
        for element in view.form.elements:
            slug, _, entry = element.slug.partition(".")
            if slug == rule.element and not _holds(view, rule, entry):
                yield Broken(number, element.slug)


def broken_by(view: View, element: Element) -> int | None:
    """The first rule that the value just committed breaks, by its number."""
    slug, _, entry = element.slug.partition(".")
    asked = [each.slug.partition(".")[0] for each in view.form.elements]
    later = set(asked[asked.index(slug) + 1 :]) - {slug} if slug in asked else set()
    for number, rule in enumerate(view.event.rules):
        concerned = {rule.element, *named(rule.holds)[1]}
        if slug in concerned and not concerned & later and not _holds(view, rule, entry):
            return number
    return None


def given_twice(view: View, element: Element) -> bool:
    """Whether another entry of the group has the value of one that tells entries apart."""
    if not element.distinct:
        return False
    slug = element.slug.partition(".")[0]
    value = view.form.values.get(element.slug)
    same = (e for e in view.form.elements if e.slug.partition(".")[0] == slug)
    others = (e.slug for e in same if e.slug != element.slug)
    return value is not None and any(view.form.values.get(other) == value for other in others)


def _holds(view: View, rule: Rule, entry: str) -> bool:
    facts = replace(view.form.facts, values=view.form.values)
    needed = replace(view.form, facts=facts)
    return view.guidance.conditions.holds(rule.holds, of_entry(needed, entry))
