"""An answer that ends the way here: why, and what to do instead."""

from __future__ import annotations

from kiosk.journey.effects import Effect
from kiosk.journey.frame import primary, step_page
from kiosk.journey.page import Callout, Page, Tone
from kiosk.journey.places import goodbye
from kiosk.journey.session import Session
from kiosk.journey.signals import Pressed, Signal
from kiosk.journey.view import View


def page(view: View) -> Page:
    """The reason in full; Back leads to the answer."""
    option = view.guidance.stop(view.form.facts)
    reason = view.words(option.stop) if option and option.stop else ""
    return step_page(
        view,
        view.say("stopped.title"),
        Callout(
            "where",
            view.words(view.world.site.counter),
            view.say("stopped.phone", phone=view.world.site.phone),
            icon="information",
            tone=Tone.PLAIN,
        ),
        lead=reason,
        actions=(primary(view, "stopped.end", name="end"),),
    )


def answer(view: View, signal: Signal) -> tuple[Session, tuple[Effect, ...]]:
    """End, or Back."""
    if isinstance(signal, Pressed) and signal.action == "end":
        return goodbye.reach(view.session), ()
    return view.session, ()
