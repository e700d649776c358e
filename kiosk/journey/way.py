"""The order of the places, as far as each way goes.

| what can be done here | places |
|---|---|
| apply, book | identify, consent, questions, notice, form, materials, visit, check, sign |
| print | identify, consent, questions, notice, found |
| inform | questions, notice |

Each place asks `onward` where to go when it is done; the first thing not yet settled is next,
so an answer that adds or removes something needs no other code.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from kiosk.catalogue.model import Handling
from kiosk.journey.rules import broken
from kiosk.journey.session import Place, Session
from kiosk.journey.view import View

CHOOSE = Place("choose")
IDENTIFY = Place("identify")
CONSENT = Place("consent")
NOTICE = Place("notice")
FOUND = Place("found")
MATERIALS = Place("materials")
VISIT = Place("visit")
CHECK = Place("check")
SUBMITTING = Place("submitting")
STOPPED = Place("stopped")

# Share of the way done when a place is shown; questions and fields lie between their two marks.
PROGRESS = {
    "identify": (0.08, 0.08),
    "consent": (0.14, 0.14),
    "question": (0.18, 0.34),
    "notice": (0.42, 0.42),
    "found": (0.8, 0.8),
    "told": (1.0, 1.0),
    "field": (0.46, 0.72),
    "group": (0.46, 0.72),
    "materials": (0.76, 0.76),
    "visit": (0.81, 0.81),
    "check": (0.86, 0.86),
    "sign": (0.9, 0.9),
    "submitting": (0.95, 0.95),
    "done": (1.0, 1.0),
}


def onward(view: View) -> Session:
    """The session at the next unsettled place."""
    return view.session.at(_next(view))


def _next(view: View) -> Place:
    session = view.session
    if not session.life_event:
        return CHOOSE
    if session.told_only or view.guidance.most is Handling.INFORM:
        return _question_or_later(view)
    if session.person is None:
        return IDENTIFY
    if session.licences is None and view.event.licences:
        return CONSENT
    return _question_or_later(view)


def _question_or_later(view: View) -> Place:
    for question in view.guidance.questions(view.form.facts):
        if question.slug not in view.answers:
            return Place("question", question.slug)
    if view.guidance.stop(view.form.facts) is not None:
        return STOPPED
    told = {matter.slug for matter in view.matters} <= view.session.noticed
    if not told or view.handling is Handling.INFORM:
        return NOTICE
    return FOUND if view.handling is Handling.PRINT else _field_or_later(view)


def _field_or_later(view: View) -> Place:
    for place in _form_places(view):
        settled = view.session.typed if place.name == "field" else view.session.groups_done
        if place.item not in settled:
            return place
    papers = {material.slug for material in view.taken_here}
    if not papers <= view.session.materials_seen:
        return MATERIALS
    booked = any(view.guidance.here(matter) is Handling.BOOK for matter in view.handed_in)
    return VISIT if booked and view.session.visit is None else CHECK


def _form_places(view: View) -> Iterator[Place]:
    """The fields to be asked, and after each group whether there is another entry."""
    to_ask = {element.slug for element in view.form.to_ask}
    single = view.guidance.only_one(view.form.facts)
    group = None
    for element in view.form.elements:
        if group is not None and element.group != group:
            yield Place("group", group)
        group = element.group if element.group not in single else None
        if element.slug in to_ask:
            yield Place("field", element.slug)
    if group is not None:
        yield Place("group", group)


def after_question(view: View, slug: str) -> Session:
    """Where to go from a question: a stop at once, else the questions in order."""
    if view.guidance.stop(view.form.facts) is not None:
        return view.session.at(STOPPED)
    if CHECK in view.session.trail:  # changed from there
        return view.session.at(_question_or_later(view))
    questions = [question.slug for question in view.guidance.questions(view.form.facts)]
    later = questions[questions.index(slug) + 1 :]
    if later:
        return view.session.at(Place("question", later[0]))
    return view.session.at(_question_or_later(view))


def after_notice(view: View) -> Session:
    """From the notice on, to what was found, or to the form or past it."""
    told = view.session.noticed | {matter.slug for matter in view.matters}
    return onward(view.of(replace(view.session, noticed=told)))


def before_check(view: View) -> Session | None:
    """Where the way still has to go before anything is handed in; None: all is settled."""
    place = _next(view)
    if place != CHECK:
        return view.session.at(place)
    found = next(broken(view), None)
    if found is None:
        return None
    error = f"rule.{found.number}"
    return replace(view.session.aside(Place("field", found.value)), error=error)


def after_field(view: View) -> Session:
    """To the next field to change or to fill in; a change made from the check page ends there."""
    session = replace(view.session, changing=view.session.changing[1:])
    if session.changing:
        return session.aside(Place("field", session.changing[0]))
    return session.at(_field_or_later(view.of(session)))


def progress(view: View, place: Place) -> float | None:
    """How much of the way lies behind, for the bar.

    Questions and fields count among all that may be asked, so that no answer takes it back.
    """
    if place.name not in PROGRESS:
        return None
    start, end = PROGRESS[place.name]
    if place.name == "question":
        items = [question.slug for question in view.event.questions]
    elif place.name in ("field", "group"):
        items = [slug for slug in view.guidance.elements if slug in view.guidance.published]
    else:
        return start
    done = items.index(_passed(view, place)) if _passed(view, place) in items else 0
    return start + (end - start) * done / max(1, len(items))


def _passed(view: View, place: Place) -> str:
    """How far one is among all that may be asked: further entries are as far as the first one."""
    slug, _, number = place.item.partition(".")
    elements = view.guidance.elements
    group = slug if place.name == "group" else elements[slug].group if number else None
    members = [one.slug for one in elements.values() if group and one.group == group]
    return members[-1] if members else slug
