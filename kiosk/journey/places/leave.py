"""End and clear? Asked once, because what was filled in is lost."""

from __future__ import annotations

from dataclasses import replace

from kiosk.journey.frame import over_page
from kiosk.journey.page import Action, Page, Picture, Weight
from kiosk.journey.places import goodbye
from kiosk.journey.session import Session
from kiosk.journey.signals import Pressed, Signal
from kiosk.journey.view import View


def page(view: View) -> Page:
    """Going on is the safe answer: it takes the place of Back and of the filled button."""
    return over_page(
        view,
        view.say("leave.title"),
        Picture("leaving", "exit-to-app"),
        lead=view.say("leave.lead"),
        actions=(
            Action("stay", view.say("leave.stay"), Weight.PRIMARY, icon="arrow-left"),
            Action("end", view.say("leave.end"), Weight.FOOT, icon="exit-to-app"),
        ),
        back="stay",
    )


def answer(view: View, signal: Signal) -> tuple[Session, tuple[()]]:
    """Stay or end."""
    match signal:
        case Pressed(action="stay"):
            return replace(view.session, over=None), ()
        case Pressed(action="end"):
            return goodbye.reach(view.session), ()
    return view.session, ()
