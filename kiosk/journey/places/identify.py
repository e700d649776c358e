"""Who are you? The card on the reader; a laid card is possession, which this life event asks."""

from __future__ import annotations

from dataclasses import replace

from kiosk.journey.card_trouble import failed, hindered
from kiosk.journey.frame import primary, step_page
from kiosk.journey.page import Action, Block, Motion, Page, Picture, Weight
from kiosk.journey.session import Session
from kiosk.journey.signals import Pressed, Signal
from kiosk.journey.view import View
from kiosk.journey.way import IDENTIFY, onward


def page(view: View) -> Page:
    """A picture of what to do with the card, and what went wrong if something did."""
    session = view.session
    shown = view.say("identify.picture")
    blocks: list[Block] = [Picture("card", "account-card-details", shown, Motion.LAY)]
    if told := hindered(view) or failed(view):
        blocks.append(told)
    waiting = "identify.reading" if session.waiting else "identify.waiting"
    return step_page(
        view,
        view.say("identify.title"),
        *blocks,
        lead=view.say("identify.lead", reader=view.words(view.world.site.reader)),
        actions=(primary(view, waiting, enabled=False), *_without_card(view)),
        busy=session.waiting,
    )


def answer(view: View, signal: Signal) -> tuple[Session, tuple[()]]:
    """Go on without a card, to be told only; the card is answered everywhere alike (`card.py`)."""
    match signal:
        case Pressed(action="without_card") if _without_card(view):
            told_only = replace(view.session, told_only=True, trouble=None, waiting=False)
            return onward(view.of(told_only)), ()
    return view.session, ()


def _without_card(view: View) -> tuple[Action, ...]:
    """For whoever lost the card, or came without: what a life event asks for can still be told."""
    if view.session.place != IDENTIFY or view.session.waiting:
        return ()
    return (Action("without_card", view.say("identify.without_card"), Weight.PLAIN),)
