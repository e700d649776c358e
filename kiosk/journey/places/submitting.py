"""Handing in: nothing to do but wait a moment."""

from __future__ import annotations

from dataclasses import replace

from kiosk.journey.effects import Effect, PrintReceipt
from kiosk.journey.frame import primary, step_page
from kiosk.journey.page import Page, Picture
from kiosk.journey.receipt import case_receipt
from kiosk.journey.session import Outcome, Place, Session
from kiosk.journey.signals import Kept, Signal, SubmissionRefused, Submitted
from kiosk.journey.view import View

DONE = Place("done")
REFUSED = Place("refused")


def page(view: View) -> Page:
    """It is on its way."""
    return step_page(
        view,
        view.say("submitting.title"),
        Picture("sending", "send"),
        lead=view.say("submitting.lead"),
        actions=(primary(view, "submitting.waiting", enabled=False),),
        back=False,
        foot=False,
        busy=True,
    )


def answer(view: View, signal: Signal) -> tuple[Session, tuple[Effect, ...]]:
    """What became of it; results of another submission are not this one's."""
    session = view.session
    if session.submission is None:
        return session, ()
    match signal:
        case Submitted(submission=ident, acknowledgement=acknowledgement) if (
            ident == session.submission.id
        ):
            return _done(view, Outcome(acknowledgement=acknowledgement))
        case Kept(submission=ident, provisional_no=number) if ident == session.submission.id:
            return _done(view, Outcome(provisional_no=number))
        case SubmissionRefused(submission=ident, reason=reason) if ident == session.submission.id:
            refused = replace(session, outcome=Outcome(refusal=reason), submission=None)
            return refused.at(REFUSED), ()
    return session, ()


def _done(view: View, outcome: Outcome) -> tuple[Session, tuple[Effect, ...]]:
    job = view.moment.fresh_id
    session = replace(view.session, outcome=outcome, print_job=job, printing=None)
    receipt = case_receipt(view.of(session))
    return session.at(DONE).without_way_back(), (PrintReceipt(job, receipt),)
