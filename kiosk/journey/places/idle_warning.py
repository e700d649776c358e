"""Are you still there? With a count-down, and one touch to go on; nothing is lost until the end."""

from __future__ import annotations

from dataclasses import replace

from kiosk.journey.frame import over_page
from kiosk.journey.page import Action, Page, Picture, Weight
from kiosk.journey.places import goodbye
from kiosk.journey.session import Session
from kiosk.journey.signals import Pressed, Signal, TimeUp
from kiosk.journey.view import View

LONGEST_ANSWER_S = 45  # VVSG 2.0 7.2-E: from 20 s to 45 s to answer


def page(view: View) -> Page:
    """The count-down in words and picture; what was filled in is not shown."""
    return over_page(
        view,
        view.say("idle_warning.title"),
        Picture("waiting", "timer-sand"),
        lead=view.say("idle_warning.lead"),
        actions=(
            Action("stay", view.say("idle_warning.stay"), Weight.PRIMARY, icon="arrow-left"),
            Action("end", view.say("leave.end"), Weight.FOOT, icon="exit-to-app"),
        ),
        back="stay",
        count_down=(
            view.patient(view.world.timing.idle_answer_s, LONGEST_ANSWER_S),
            view.say("idle_warning.count_down"),
        ),
    )


def answer(view: View, signal: Signal) -> tuple[Session, tuple[()]]:
    """Any number of extensions; time ends the session."""
    match signal:
        case Pressed(action="stay"):
            return replace(view.session, over=view.session.covered, covered=None), ()
        case Pressed(action="end") | TimeUp():
            return goodbye.reach(view.session), ()
    return view.session, ()
