"""The idle picture: what this is, and one large way to begin."""

from __future__ import annotations

from dataclasses import replace

from kiosk.access.profile import Contrast
from kiosk.journey.frame import top
from kiosk.journey.page import (
    PAUSE,
    REPLAY,
    Action,
    Cards,
    Choice,
    Layout,
    Page,
    Paragraph,
    Weight,
)
from kiosk.journey.places.ease import cared_for
from kiosk.journey.session import Session
from kiosk.journey.signals import Pressed, Signal
from kiosk.journey.view import View
from kiosk.journey.way import onward

BESIDE = (REPLAY, PAUSE, "language")
WAYS = {  # and their pictograms
    "care": "format-size",
    "speech": "volume-high",
    "seated": "wheelchair-accessibility",
    "dark": "contrast-circle",
}


def page(view: View) -> Page:
    """A very large promise, one button, and the ways that may be easier."""
    site = view.world.site
    return Page(
        id="idle",
        title=view.say("idle.title"),
        lead=view.say("idle.lead"),
        brand=view.words(site.name),
        layout=Layout.IDLE,
        busy=view.session.waiting,
        blocks=(
            Paragraph(
                "card_hint",
                view.say("idle.card_left" if view.session.card_left else "idle.card_hint"),
                icon="account-card-details",
            ),
            Cards("ways", _ways(view), title=view.say("idle.ways")),
        ),
        actions=(
            Action("begin", view.say("idle.begin"), Weight.PRIMARY, icon="arrow-right"),
            *(action for action in top(view) if action.id in BESIDE),
        ),
        footnotes=(
            view.say("idle.hours", hours=site.hours),
            view.say(
                "idle.clock",
                month=view.say(f"display.month_{view.moment.now.month}"),
                day=view.moment.now.day,
                time=f"{view.moment.now:%H:%M}",
            ),
        ),
    )


def _ways(view: View) -> tuple[Choice, ...]:
    """Each begins with what somebody needs before they can find where it is set."""
    return tuple(
        Choice(way, view.say(f"idle.{way}"), view.say(f"idle.{way}_detail"), icon=icon)
        for way, icon in WAYS.items()
    )


def answer(view: View, signal: Signal) -> tuple[Session, tuple[()]]:
    """Begin, with or without another way of seeing."""
    profile = view.session.profile
    match signal:
        case Pressed(action="care"):
            profile = cared_for(profile)
        case Pressed(action="speech"):
            profile = replace(profile, speech=replace(profile.speech, on=True))
        case Pressed(action="seated"):
            profile = replace(profile, seated=True)
        case Pressed(action="dark"):
            profile = replace(profile, contrast=Contrast.DARK)
        case Pressed(action="begin"):
            pass
        case _:
            return view.session, ()
    begun = replace(view.session, profile=profile)
    return onward(view.of(begun)), ()
