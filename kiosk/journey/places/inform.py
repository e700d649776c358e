"""A life event that this terminal cannot take in: told once, what belongs to it and who does it."""

from __future__ import annotations

from itertools import groupby

from kiosk.catalogue.model import Matter
from kiosk.journey.display import units
from kiosk.journey.frame import step_page
from kiosk.journey.page import Callout, Page, Row, Rows, Tone
from kiosk.journey.session import Session
from kiosk.journey.signals import Signal
from kiosk.journey.view import View


def page(view: View) -> Page:
    """The matters by department."""
    event = view.event

    def unit(matter: Matter) -> str:
        return units(view, matter.units)

    rows = tuple(
        Row(matter.slug, view.words(matter.name), detail=name)
        for name, matters in groupby(event.matters, unit)
        for matter in matters
    )
    return step_page(
        view,
        view.words(event.name),
        Rows("matters", rows),
        Callout(
            "where",
            view.say("inform.where"),
            view.words(view.world.site.counter),
            icon="information",
            tone=Tone.PLAIN,
        ),
        lead=view.say("inform.lead", count=len(event.matters)),
    )


def answer(view: View, _: Signal) -> tuple[Session, tuple[()]]:
    """Nothing but Back leads on from here."""
    return view.session, ()
