"""Why was it not good? A bad rating (差评) needs its reason, or it is taken back."""

from __future__ import annotations

from dataclasses import replace

from kiosk.journey.effects import Effect
from kiosk.journey.frame import over_page
from kiosk.journey.page import Action, Cards, Choice, Page, Weight
from kiosk.journey.places.done import rating_effect
from kiosk.journey.session import Session
from kiosk.journey.signals import Pressed, Signal
from kiosk.journey.view import View

REASONS = ("slow", "unclear", "asked_too_much", "machine", "could_not", "other")


def page(view: View) -> Page:
    """Six reasons, one touch."""
    cards = tuple(Choice(f"why.{name}", view.say(f"rating.why_{name}")) for name in REASONS)
    return over_page(
        view,
        view.say("rating.why"),
        Cards("reasons", cards),
        lead=view.say("rating.why_lead"),
        actions=(Action("close", view.say("rating.cancel"), Weight.BACK, icon="arrow-left"),),
        back="close",
    )


def answer(view: View, signal: Signal) -> tuple[Session, tuple[Effect, ...]]:
    """The reason, or no rating after all."""
    match signal:
        case Pressed(action="close"):
            return replace(view.session, over=None, satisfaction=0), ()
        case Pressed(action=action) if action.removeprefix("why.") in REASONS:
            reason = action.removeprefix("why.")
            effects = rating_effect(view, view.session.satisfaction, (reason,))
            return replace(view.session, over=None), effects
    return view.session, ()
