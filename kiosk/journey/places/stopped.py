"""An answer that ends the way here: why, and what to do instead."""

from __future__ import annotations

from kiosk.journey.effects import Effect
from kiosk.journey.frame import primary, step_page
from kiosk.journey.page import Action, Callout, Page, Tone, Weight
from kiosk.journey.particulars import why_stopped
from kiosk.journey.places import goodbye, told
from kiosk.journey.session import Session
from kiosk.journey.signals import Pressed, Signal
from kiosk.journey.slips import stopped_slip
from kiosk.journey.view import View


def page(view: View) -> Page:
    """The reason in full; Back leads to the answer."""
    return step_page(
        view,
        view.say("stopped.title"),
        Callout(
            "where",
            view.say("stopped.ask", counter=view.words(view.world.site.counter)),
            view.say("stopped.phone", phone=view.world.site.phone),
            icon="information",
            tone=Tone.PLAIN,
        ),
        lead=why_stopped(view),
        actions=(
            primary(view, "stopped.end", name="end"),
            Action("print", view.say("stopped.print"), Weight.PLAIN, icon="printer"),
        ),
    )


def answer(view: View, signal: Signal) -> tuple[Session, tuple[Effect, ...]]:
    """End, take it home on paper, or Back."""
    match signal:
        case Pressed(action="end"):
            return goodbye.reach(view.session), ()
        case Pressed(action="print"):
            return told.reach(view, stopped_slip)
    return view.session, ()
