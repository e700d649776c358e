"""办不成事: what could not be done, told in one touch with nothing personal in it."""

from __future__ import annotations

from dataclasses import replace

from kiosk.gateway.port import Problem
from kiosk.journey.effects import Effect, ReportProblem
from kiosk.journey.frame import over_page
from kiosk.journey.page import Action, Callout, Cards, Choice, Page, Tone, Weight
from kiosk.journey.session import Session
from kiosk.journey.signals import Pressed, Signal
from kiosk.journey.view import View

KINDS = ("not_listed", "refused", "papers", "wrong_data", "machine", "other")


def page(view: View) -> Page:
    """The kinds of trouble; once told, its number."""
    back = Action("close", view.say("help.close"), Weight.BACK, icon="arrow-left")
    if view.session.problem_kind:
        return over_page(
            view,
            view.say("problem.noted"),
            Callout(
                "next",
                view.words(view.world.site.counter),
                view.say("problem.counter"),
                icon="information",
                tone=Tone.PLAIN,
            ),
            lead=view.say("problem.number", number=view.session.problem_no),
            actions=(back,),
            back=back.id,
        )
    cards = tuple(Choice(f"kind.{name}", view.say(f"problem.{name}")) for name in KINDS)
    return over_page(
        view,
        view.say("problem.title"),
        Cards("kinds", cards),
        lead=view.say("problem.lead"),
        actions=(back,),
        back=back.id,
    )


def answer(view: View, signal: Signal) -> tuple[Session, tuple[Effect, ...]]:
    """Note it, or go back."""
    session = view.session
    match signal:
        case Pressed(action="close"):
            return replace(session, over=None, problem_kind="", problem_no=""), ()
        case Pressed(action=action) if action.removeprefix("kind.") in KINDS:
            return _report(view, action.removeprefix("kind."))
    return session, ()


def _report(view: View, kind: str) -> tuple[Session, tuple[Effect, ...]]:
    session, ident = view.session, view.moment.fresh_id
    problem = Problem(
        id=ident,
        terminal=view.world.site.terminal,
        life_event=session.life_event,
        page=session.place.id,
        kind=kind,
        reported_at=view.moment.now,
        facts={name: health.value for name, health in session.health.items()},
    )
    number = ident.replace("-", "")[-8:].upper()
    return replace(session, problem_kind=kind, problem_no=number), (ReportProblem(problem),)
