"""Help (求助): where a person is found, on the spot and by telephone."""

from __future__ import annotations

from dataclasses import replace

from kiosk.journey.frame import over_page
from kiosk.journey.page import Action, Callout, Page, Row, Rows, Tone, Weight
from kiosk.journey.session import Session
from kiosk.journey.signals import Pressed, Signal
from kiosk.journey.view import View


def page(view: View) -> Page:
    """The counter and the telephone of this site, and the province's hotline."""
    site = view.world.site
    return over_page(
        view,
        view.say("help.title"),
        Callout(
            "counter",
            view.words(site.counter),
            view.say("help.counter"),
            icon="account-multiple",
            tone=Tone.PLAIN,
        ),
        Rows(
            "phones",
            (
                Row("site", view.say("help.phone"), value=site.phone, icon="phone"),
                Row("hotline", view.say("help.hotline"), value="12345", icon="phone"),
            ),
        ),
        lead=view.say("help.lead"),
        actions=(Action("close", view.say("help.close"), Weight.BACK, icon="arrow-left"),),
        back="close",
    )


def answer(view: View, signal: Signal) -> tuple[Session, tuple[()]]:
    """Back to where one was; nothing is lost meanwhile."""
    if isinstance(signal, Pressed) and signal.action == "close":
        return replace(view.session, over=None), ()
    return view.session, ()
