"""One guidance question a page, with why it is asked."""

from __future__ import annotations

from dataclasses import replace

from kiosk.catalogue.form import Origin
from kiosk.catalogue.model import Option, Question
from kiosk.journey.frame import primary, step_page
from kiosk.journey.page import Block, Callout, Choice, Choices, Page, Tone
from kiosk.journey.session import Session
from kiosk.journey.signals import Chosen, Pressed, Signal
from kiosk.journey.view import View
from kiosk.journey.way import after_question


def page(view: View) -> Page:
    """The question, its reason, and its answers near the hand."""
    questions = view.guidance.questions(view.form.facts)
    question = _question(view)
    chosen = view.session.draft or view.answers.get(question.slug, "")
    blocks: list[Block] = []
    if view.session.licences_failed and question == questions[0]:
        blocks.append(
            Callout(
                "platform",
                view.say("consent.unavailable"),
                view.say("consent.unavailable_detail"),
                icon="cloud-outline-off",
            )
        )
    elif view.session.licences_none and question == questions[0]:
        none, detail = view.say("consent.none"), view.say("consent.none_detail")
        blocks.append(Callout("none", none, detail, icon="information", tone=Tone.PLAIN))
    choices = tuple(
        Choice(option.value, view.words(option.label), _detail(view, option))
        for option in view.guidance.options(question, view.form.facts)
    )
    return step_page(
        view,
        view.words(question.text),
        *blocks,
        Choices("answer", choices, chosen),
        eyebrow=view.say(
            "question.eyebrow" if _counted(view, question) else "question.eyebrow_open",
            event=view.words(view.event.name),
            number=questions.index(question) + 1,
            count=len(questions),
        ),
        lead=view.words(question.why),
        actions=(primary(view, "frame.continue", enabled=bool(chosen)),),
    )


def answer(view: View, signal: Signal) -> tuple[Session, tuple[()]]:
    """Mark an answer; go on with one marked."""
    question = _question(view)
    session = view.session
    match signal:
        case Chosen(block="answer", choice=choice) if any(
            choice == option.value for option in view.guidance.options(question, view.form.facts)
        ):
            return replace(session, draft=choice), ()
        case Pressed(action="continue") if session.draft or question.slug in view.answers:
            answer = session.draft or view.answers[question.slug]
            said = replace(session, answers={**session.answers, question.slug: answer}, draft=None)
            return after_question(view.of(said), question.slug), ()
    return session, ()


def _counted(view: View, question: Question) -> bool:
    """Whether nothing that is still to be answered or filled in brings or saves a question."""
    answers, values = view.guidance.questions_rest_on
    slugs = [one.slug for one in view.event.questions]
    given = {slug for slug, one in view.form.known.items() if one.origin is not Origin.ASKED}
    open_values = view.guidance.published - given
    return not (answers & set(slugs[slugs.index(question.slug) :]) or values & open_values)


def _question(view: View) -> Question:
    slug = view.session.place.item
    return next(question for question in view.event.questions if question.slug == slug)


def _detail(view: View, option: Option) -> str:
    shown = view.form.known.get(option.shows) if option.shows else None
    if shown is not None:
        return shown.value
    return view.words(option.detail) if option.detail else ""
