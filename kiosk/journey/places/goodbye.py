"""Goodbye: take the card and the papers; then everything is forgotten."""

from __future__ import annotations

from dataclasses import replace

from kiosk.journey.effects import Effect, EndSession
from kiosk.journey.frame import step_page
from kiosk.journey.page import Action, Block, Callout, Page, Picture, Weight
from kiosk.journey.session import Place, Session
from kiosk.journey.signals import Pressed, Signal, TimeUp
from kiosk.journey.view import View

GOODBYE = Place("goodbye")


def reach(session: Session) -> Session:
    """The session on its last page, with no way back."""
    return replace(session.at(GOODBYE).without_way_back(), over=None, covered=None)


def page(view: View) -> Page:
    """What to take along."""
    blocks: list[Block] = [Picture("farewell", "check-circle")]
    if view.session.card_on_reader:
        blocks.append(Callout("card", view.say("goodbye.card"), "", icon="account-card-details"))
    return step_page(
        view,
        view.say("goodbye.title"),
        *blocks,
        lead=view.say("goodbye.lead"),
        actions=(Action("finish", view.say("goodbye.finish"), Weight.PRIMARY),),
        back=False,
        foot=False,
        count_down=(view.patient(view.world.timing.goodbye_s), view.say("goodbye.count_down")),
    )


def answer(view: View, signal: Signal) -> tuple[Session, tuple[Effect, ...]]:
    """Forget, by touch or by time."""
    match signal:
        case Pressed(action="finish") | TimeUp():
            return view.session, (EndSession(),)
    return view.session, ()
