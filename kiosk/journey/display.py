"""How values are shown: days in words, numbers masked or in groups of four, codes by label."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from kiosk.catalogue.model import Check, ElementKind, Sensitivity
from kiosk.gateway.port import Visit
from kiosk.identity import numbers
from kiosk.journey.view import View

GROUP = 4
NUMBERED = (ElementKind.DIGITS, ElementKind.ID_NUMBER)


def day(view: View, when: date) -> str:
    """A day as people write it: 7月28日, 28 July; with its year when that is another."""
    if when.year != view.today.year:
        return full_day(view, when)
    return view.say("display.day", month=_month(view, when), day=when.day)


def full_day(view: View, when: date) -> str:
    """A day with its year."""
    return view.say("display.full_day", year=when.year, month=_month(view, when), day=when.day)


def _month(view: View, when: date) -> str:
    return view.say(f"display.month_{when.month}")


def grouped(number: str) -> str:
    """A long number in groups of four, to be read and copied; one with dashes has its own."""
    if "-" in number:
        return number
    return " ".join(number[at : at + GROUP] for at in range(0, len(number), GROUP))


def visit_text(view: View, visit: Visit) -> str:
    """Half a day as people say it: 11月24日 星期二 上午."""
    return view.say(
        "display.visit",
        day=day(view, visit.day),
        weekday=view.say(f"display.weekday_{visit.day.isoweekday()}"),
        part=view.say(f"display.{visit.part.value}"),
    )


def units(view: View, slugs: Iterable[str]) -> str:
    """The units that handle a matter, as they are named beside it."""
    records = (view.world.catalogue.units[slug] for slug in slugs)
    return view.say("frame.comma").join(view.words(unit.name) for unit in records)


def shown(view: View, slug: str) -> str:
    """An element's value for the check page; empty when it is not known."""
    known = view.form.known.get(slug)
    if known is None:
        return ""
    element, value = view.world.catalogue.element(slug), known.value
    if element.kind is ElementKind.CHOICE:
        options = view.world.catalogue.options(element)
        return next((view.words(o.label) for o in options if o.value == value), value)
    if element.kind is ElementKind.REGION and value in view.world.catalogue.region_tree:
        return view.words(view.world.catalogue.region_tree.path(value))
    if element.kind is ElementKind.DATE:
        return full_day(view, date.fromisoformat(value))
    if element.check is Check.MOBILE_PHONE:
        return numbers.masked_phone(value)
    if element.kind in NUMBERED and element.sensitivity is Sensitivity.SENSITIVE:
        return numbers.masked(value)
    return f"{value} {view.words(element.unit)}" if element.unit else value
