"""Who are you? The card on the reader; a laid card is possession, which this life event asks."""

from __future__ import annotations

from kiosk.journey.frame import primary, step_page
from kiosk.journey.page import Block, Callout, Page, Picture
from kiosk.journey.session import Session
from kiosk.journey.signals import DeviceHealth, Signal
from kiosk.journey.view import View


def page(view: View) -> Page:
    """A picture of what to do with the card, and what went wrong if something did."""
    session = view.session
    lost = session.health.get("id_card") is DeviceHealth.LOST
    blocks: list[Block] = [Picture("card", "account-card-details")]
    if lost:
        blocks.append(
            Callout(
                "reader",
                view.say("identify.lost"),
                view.say("identify.lost_detail", counter=view.words(view.world.site.counter)),
                icon="alert",
            )
        )
    elif session.card_left:
        blocks.append(
            Callout(
                "left",
                view.say("identify.left"),
                view.say("identify.left_detail", counter=view.words(view.world.site.counter)),
                icon="alert",
            )
        )
    elif session.trouble is not None and not session.waiting:
        key = f"identify.trouble.{session.trouble.value}"
        blocks.append(Callout("trouble", view.say(key), view.say(f"{key}_detail"), icon="alert"))
    waiting = "identify.reading" if session.waiting else "identify.waiting"
    return step_page(
        view,
        view.say("identify.title"),
        *blocks,
        lead=view.say("identify.lead"),
        actions=(primary(view, waiting, enabled=False),),
        busy=session.waiting,
    )


def answer(view: View, _: Signal) -> tuple[Session, tuple[()]]:
    """The card is answered everywhere alike (`card.py`); nothing else leads on."""
    return view.session, ()
