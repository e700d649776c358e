"""The terminal itself failed: an apology, where a person is, and everything cleared."""

from __future__ import annotations

from kiosk.journey.effects import Effect, EndSession
from kiosk.journey.frame import step_page
from kiosk.journey.page import Action, Callout, Page, Tone, Weight
from kiosk.journey.session import Place, Session
from kiosk.journey.signals import Pressed, Signal, TimeUp
from kiosk.journey.view import View

BROKEN = Place("broken")


def page(view: View) -> Page:
    """Nothing of the citizen is left to show."""
    return step_page(
        view,
        view.say("broken.title"),
        Callout(
            "counter",
            view.say("stopped.ask", counter=view.words(view.world.site.counter)),
            view.say("stopped.phone", phone=view.world.site.phone),
            icon="account-multiple",
            tone=Tone.PLAIN,
        ),
        lead=view.say("broken.lead_gone_out" if view.session.gone_out else "broken.lead"),
        actions=(Action("finish", view.say("broken.finish"), Weight.PRIMARY),),
        back=False,
        foot=False,
        count_down=(view.patient(view.world.timing.done_s), view.say("done.count_down")),
    )


def answer(view: View, signal: Signal) -> tuple[Session, tuple[Effect, ...]]:
    """Back to the idle picture."""
    if isinstance(signal, Pressed | TimeUp):
        return view.session, (EndSession(),)
    return view.session, ()
