"""One element of the form a page: what it is, why it is asked, and its keyboard."""

from __future__ import annotations

from dataclasses import replace

from kiosk.catalogue.checks import problem
from kiosk.catalogue.form import suggestions
from kiosk.catalogue.model import Check, Element, ElementKind, Sensitivity
from kiosk.journey import option_choice, region_choice
from kiosk.journey.frame import primary, step_page
from kiosk.journey.page import Action, Block, Field, FieldKind, Page, Weight
from kiosk.journey.rules import broken_by, given_twice
from kiosk.journey.session import Session
from kiosk.journey.signals import Chosen, Edited, Pressed, Signal
from kiosk.journey.view import View
from kiosk.journey.way import after_field


def page(view: View) -> Page:
    """A choice among few, or a field with the keyboard of its kind."""
    element = _element(view)
    text = _text(view, element)
    more: tuple[Action, ...] = ()
    blocks: tuple[Block, ...]
    if element.kind is ElementKind.CHOICE:
        blocks = option_choice.blocks(view, element, text)
    elif element.kind is ElementKind.REGION:
        blocks = (region_choice.block(view, text),)
        if region_choice.has_up(view, text):
            more = (Action("up", view.say("field.up"), Weight.PLAIN, icon="arrow-up"),)
    else:
        blocks = (_field(view, element, text),)
    return step_page(
        view,
        view.words(element.question),
        *blocks,
        eyebrow=_eyebrow(view, element),
        lead=_lead(view, element, text),
        actions=(primary(view, "frame.continue", enabled=bool(text)), *more),
    )


def _field(view: View, element: Element, text: str) -> Field:
    return Field(
        "value",
        view.words(element.name),
        FieldKind(element.kind.value),
        value=text,
        error=_say_error(view, element),
        longest=element.longest,
        candidates=_candidates(view, element),
        sensitive=element.sensitivity is Sensitivity.SENSITIVE,
        person=element.check is Check.PERSON_NAME,
    )


def answer(view: View, signal: Signal) -> tuple[Session, tuple[()]]:
    """Keep what is typed; on Continue check it and go on, or say what is wrong."""
    element, session = _element(view), view.session
    match signal:
        case Chosen(block="value", choice=code) if element.kind is ElementKind.REGION:
            return region_choice.choose(view, code), ()
        case Pressed(action="up") if element.kind is ElementKind.REGION:
            return region_choice.up(view, _text(view, element)), ()
        case Chosen(block="value", choice=choice):
            return replace(session, draft=choice, error=""), ()
        case Edited(field=option_choice.QUERY, text=text) if element.kind is ElementKind.CHOICE:
            return option_choice.look_for(view, element, text), ()
        case Edited(field="value", text=text):
            return replace(session, draft=text[: element.longest], error=""), ()
        case Pressed(action="continue"):
            return _commit(view, element), ()
    return session, ()


def _commit(view: View, element: Element) -> Session:
    text = _text(view, element).strip()
    options = view.world.catalogue.options(element)
    wrong = problem(element, text, view.today, options)
    if wrong is None and element.kind is ElementKind.REGION:
        wrong = region_choice.problem(view, element, text)
    if wrong is not None:
        return replace(view.session, draft=text, error=wrong)
    typed = replace(view.session, typed={**view.session.typed, element.slug: text})
    after = view.of(typed)
    rule = broken_by(after, element)
    if rule is not None:
        return replace(view.session, draft=text, error=f"rule.{rule}")
    if given_twice(after, element):
        return replace(view.session, draft=text, error="check.twice")
    return after_field(after)


def _element(view: View) -> Element:
    """The element asked for; of a group's n-th entry it carries the slug `slug.n`."""
    key = view.session.place.item
    found = next((element for element in view.form.elements if element.slug == key), None)
    return found or view.world.catalogue.element(key)


def _candidates(view: View, element: Element) -> tuple[str, ...]:
    """Quick picks of the first entry; those of others would be the first one's."""
    if element.slug not in view.guidance.elements:
        return ()
    return suggestions(view.guidance, view.evidence, view.form, element.slug)


def _eyebrow(view: View, element: Element) -> str:
    """The life event, which entry of a group this is, and how far one is."""
    event = view.words(view.event.name)
    if element.group is not None:
        group = view.world.catalogue.groups[element.group]
        number = int(element.slug.partition(".")[2] or 1)
        if number > 1 or view.session.entries.get(element.group, 1) > 1:
            entry = view.say("group.entry", name=view.words(group.name), number=number)
            event = view.say("field.entry", event=event, entry=entry)
    asked = [e.slug for e in view.form.to_ask]
    if element.slug not in asked or view.session.changing:
        return event
    at = asked.index(element.slug)
    key = "field.eyebrow" if _counted(view, asked[at:]) else "field.eyebrow_open"
    return view.say(key, event=event, number=at + 1, count=len(asked))


def _counted(view: View, still_open: list[str]) -> bool:
    """Whether nothing that is still to be filled in, or another entry, brings or saves an item."""
    groups = {element.group for element in view.form.elements if element.group}
    if groups - view.guidance.only_one(view.form.facts) - view.session.groups_done:
        return False
    _, values = view.guidance.items_rest_on
    return not values & {slug.partition(".")[0] for slug in still_open}


def _lead(view: View, element: Element, text: str) -> str:
    if element.kind is ElementKind.REGION:
        said = (region_choice.path(view, text), _say_error(view, element))
        return "\n".join(filter(None, said))
    if element.kind is ElementKind.CHOICE:
        if view.session.error:
            return _say_error(view, element)
        if chosen := option_choice.chosen_name(view, element, text):
            return chosen
    return view.words(element.help) if element.help else ""


def _text(view: View, element: Element) -> str:
    """What is being typed, else what the form holds; a draft lasts as long as its page."""
    if view.session.draft is not None:
        return view.session.draft
    known = view.form.known.get(element.slug)
    return known.value if known else ""


def _say_error(view: View, element: Element) -> str:
    error = view.session.error
    if not error:
        return ""
    if error.startswith("rule."):
        return view.words(view.event.rules[int(error.removeprefix("rule."))].message)
    return view.say(
        error,
        lowest=element.lowest or 0,
        highest=element.highest or 0,
        months=element.ahead_months or element.months or 0,
        longest=element.longest,
    )
