"""Everything on one page before it is handed in, each line with a way to change it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from kiosk.journey.display import visit_text
from kiosk.journey.effects import Effect, Submit
from kiosk.journey.frame import primary, step_page
from kiosk.journey.page import Block, Callout, Page, Paragraph, Row, Rows
from kiosk.journey.session import SIGN, Place, Session
from kiosk.journey.signals import Pressed, Signal
from kiosk.journey.submission import build
from kiosk.journey.summary import changeable, lines, value_text
from kiosk.journey.view import View
from kiosk.journey.way import MATERIALS, SUBMITTING, VISIT, before_check


def page(view: View) -> Page:
    """How little was asked, all that will be handed in, and what is still owed."""
    form = view.form
    settled = view.session.brought | view.session.promised
    owed = [m for m in view.taken_here if m.required and m.slug not in settled]
    rows = (*_answers(view), *_rows(view), *_papers(view), *_visit(view))
    blocks: list[Block] = [Rows("answers", rows, columns=True)]
    if owed:
        detail = view.say("check.owed_detail", counter=view.words(view.world.site.counter))
        names = view.say("frame.comma").join(view.words(material.name) for material in owed)
        blocks.append(
            Callout(
                "owed",
                view.say("check.owed", count=len(owed)),
                f"{names}\n{detail}",
                icon="alert",
            )
        )
    blocks.append(Paragraph("declaration", view.say("check.declaration")))
    return step_page(
        view,
        view.say("check.title"),
        *blocks,
        lead=view.say("check.lead", asked=len(form.to_ask), prefilled=form.prefilled),
        actions=(primary(view, "check.submit", name="submit"),),
    )


def answer(view: View, signal: Signal) -> tuple[Session, tuple[Effect, ...]]:
    """Change a line, or hand in."""
    session = view.session
    match signal:
        case Pressed(action="submit"):
            unsettled = before_check(view)
            if unsettled is not None:
                return unsettled, ()
            if view.promised:
                return replace(session, strokes=(), card_again=False, other_card=False).at(SIGN), ()
            submission = build(view)
            return replace(session.at(SUBMITTING), submission=submission), (Submit(submission),)
        case Pressed(action=action) if action.startswith("change."):
            return _change(view, action.removeprefix("change.")), ()
        case Pressed(action=action) if action.removeprefix("answer.") in view.answers:
            return session.aside(Place("question", action.removeprefix("answer."))), ()
        case Pressed(action="papers"):
            return session.aside(MATERIALS), ()
        case Pressed(action="visit"):
            return session.aside(VISIT), ()
    return session, ()


def _change(view: View, key: str) -> Session:
    line = next((line for line in lines(view) if line.key == key), None)
    values = changeable(view, line) if line else ()
    if not values:
        return view.session
    return replace(view.session, changing=values).aside(Place("field", values[0]))


def _answers(view: View) -> Iterator[Row]:
    for question in view.guidance.questions(view.form.facts):
        answer = view.answers.get(question.slug)
        option = next((o for o in question.options if o.value == answer), None)
        if option is not None:
            yield Row(
                f"answer_{question.slug}",
                view.words(question.label),
                value=view.words(option.label),
                action=f"answer.{question.slug}",
                action_text=view.say("check.change"),
            )


def _papers(view: View) -> Iterator[Row]:
    if view.taken_here:
        brought = sum(material.slug in view.session.brought for material in view.taken_here)
        yield Row(
            "papers",
            view.say("check.papers"),
            value=view.say("check.papers_value", brought=brought, count=len(view.taken_here)),
            action="papers",
            action_text=view.say("check.change"),
        )


def _visit(view: View) -> Iterator[Row]:
    if view.visit is not None:
        yield Row(
            "visit",
            view.say("check.visit"),
            value=visit_text(view, view.visit),
            action="visit",
            action_text=view.say("check.change"),
        )


def _rows(view: View) -> Iterator[Row]:
    for line in lines(view):
        change = bool(changeable(view, line))
        yield Row(
            f"row_{line.key}",
            line.label,
            value=value_text(view, line),
            action=f"change.{line.key}" if change else "",
            action_text=view.say("check.change") if change else "",
        )
