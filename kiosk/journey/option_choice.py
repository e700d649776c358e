"""Choosing from a list: a short one as it is, a long one with a field to look for an option."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from kiosk.catalogue.model import Element
from kiosk.journey.page import Block, Callout, Choice, Choices, Field, FieldKind, Tone
from kiosk.journey.session import Session
from kiosk.journey.view import View

MANY = 12  # options; more than fit on one side of a page
QUERY = "query"
LONGEST = 20  # characters of what is looked for


def blocks(view: View, element: Element, chosen: str) -> tuple[Block, ...]:
    """The options; of many, those that fit what is looked for, the best first."""
    options = {choice.id: choice for choice in _choices(view, element)}
    if not is_long(view, element):
        return (_listed(options.values(), chosen),)
    query = view.session.query
    label = view.say("field.look_for")
    looked = Field(QUERY, label, FieldKind.CHINESE, query, longest=LONGEST)
    if not query.strip():
        return looked, _listed(options.values(), chosen)
    found = view.world.find_options(view.world.catalogue, element, query)
    if found:
        return looked, _listed((options[value] for value in found), chosen)
    nothing = Callout(
        "nothing",
        view.say("field.nothing", query=query),
        view.say("field.nothing_detail"),
        icon="information",
        tone=Tone.PLAIN,
    )
    return looked, nothing, _listed(options.values(), chosen)


def is_long(view: View, element: Element) -> bool:
    """Whether the list has a field to look for an option."""
    return len(view.world.catalogue.options(element)) > MANY


def chosen_name(view: View, element: Element, chosen: str) -> str:
    """What is chosen of a long list, for it may be on another side; else nothing."""
    if not is_long(view, element):
        return ""
    names = {o.value: view.words(o.label) for o in view.world.catalogue.options(element)}
    return view.say("field.chosen", name=names[chosen]) if chosen in names else ""


def look_for(view: View, element: Element, text: str) -> Session:
    """Keep what is looked for."""
    if not is_long(view, element):
        return view.session
    return replace(view.session, query=text[:LONGEST])


def _listed(choices: Iterable[Choice], chosen: str) -> Choices:
    return Choices("value", tuple(choices), chosen)


def _choices(view: View, element: Element) -> Iterable[Choice]:
    for option in view.world.catalogue.options(element):
        shown = view.form.known.get(option.shows) if option.shows else None
        detail = shown.value if shown else view.words(option.detail) if option.detail else ""
        yield Choice(option.value, view.words(option.label), detail)
