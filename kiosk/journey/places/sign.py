"""Signing (签名): a promise that stands for a paper is a letter, and a letter is signed.

On the glass with a finger, or by its equal for whoever cannot: the same card laid once more, and
the button pressed (EN 301 549 5.3: no one ability may be the only way).
"""

from __future__ import annotations

from dataclasses import replace

from kiosk.journey.effects import Effect, Submit
from kiosk.journey.frame import primary, step_page
from kiosk.journey.page import (
    Action,
    Block,
    Callout,
    Motion,
    Page,
    Picture,
    Row,
    Rows,
    Signature,
    Tone,
    Weight,
)
from kiosk.journey.session import SIGN, SIGN_BY_CARD, Session
from kiosk.journey.signals import Pressed, Signal, Signed
from kiosk.journey.submission import build
from kiosk.journey.view import View
from kiosk.journey.way import SUBMITTING

MOST_STROKES, MOST_POINTS = 200, 2000  # as many as a platform takes (docs/gateway.md)


def page(view: View) -> Page:
    """What is promised, and the place to sign; or the card in place of a pen."""
    return _by_card(view) if view.session.place == SIGN_BY_CARD else _on_glass(view)


def _on_glass(view: View) -> Page:
    strokes = view.session.strokes
    return step_page(
        view,
        view.say("sign.title"),
        _promised(view),
        Signature(
            "signature",
            view.say("sign.area"),
            view.say("sign.clear"),
            hint=view.say("sign.hint"),
            strokes=strokes,
        ),
        lead=view.say("sign.lead_heard" if view.session.profile.speech.on else "sign.lead"),
        actions=(
            primary(view, "sign.submit", enabled=bool(strokes), name="submit"),
            Action("by_card", view.say("sign.by_card"), Weight.PLAIN, icon="account-card-details"),
        ),
    )


def _by_card(view: View) -> Page:
    session = view.session
    told: Block = Picture("card", "account-card-details", view.say("sign.lay"), motion=Motion.LAY)
    if session.card_again:
        told = Callout("same", view.say("sign.same"), icon="check", tone=Tone.OK)
    elif session.trouble is not None and not session.waiting:
        key = f"identify.trouble.{session.trouble.value}"
        told = Callout("trouble", view.say(key), view.say(f"{key}_detail"), icon="alert")
    elif session.other_card:
        told = Callout("other", view.say("sign.other"), view.say("sign.other_detail"), icon="alert")
    return step_page(
        view,
        view.say("sign.card_title"),
        _promised(view),
        told,
        lead=view.say("sign.card_lead"),
        actions=(primary(view, "sign.submit", enabled=session.card_again, name="submit"),),
        busy=session.waiting,
    )


def _promised(view: View) -> Rows:
    rows = (
        Row(f"promised_{material.slug}", view.words(material.name), plain=True)
        for material in view.promised
    )
    return Rows("promised", tuple(rows))


def answer(view: View, signal: Signal) -> tuple[Session, tuple[Effect, ...]]:
    """Keep what is drawn; hand in once it is signed."""
    session = view.session
    match signal:
        case Signed(block="signature", strokes=strokes) if session.place == SIGN:
            kept = tuple(stroke[:MOST_POINTS] for stroke in strokes[:MOST_STROKES])
            return replace(session, strokes=kept), ()
        case Pressed(action="by_card") if session.place == SIGN:
            return replace(session, strokes=()).at(SIGN_BY_CARD), ()
        case Pressed(action="submit") if session.strokes or session.card_again:
            submission = build(view)
            return replace(session.at(SUBMITTING), submission=submission), (Submit(submission),)
    return session, ()
