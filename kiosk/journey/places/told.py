"""A slip was sent to the printer: what came of it, and the end of a way that hands in nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from kiosk.documents.receipt import Receipt
from kiosk.journey.effects import Effect, PrintReceipt
from kiosk.journey.frame import primary, step_page
from kiosk.journey.heard import print_out
from kiosk.journey.page import Block, Motion, Page, Picture
from kiosk.journey.places import goodbye
from kiosk.journey.printing import PRINTED, printing_block
from kiosk.journey.session import Place, Session
from kiosk.journey.signals import Pressed, PrintFinished, Signal, TimeUp
from kiosk.journey.slips import slip
from kiosk.journey.view import View

TOLD = Place("told")


def reach(view: View, make: Callable[[View], Receipt]) -> tuple[Session, tuple[Effect, ...]]:
    """Print the slip and wait here for what becomes of it."""
    job = view.moment.fresh_id
    session = replace(view.session, print_job=job, printing=None)
    return session.at(TOLD), (PrintReceipt(job, make(view)),)


def page(view: View) -> Page:
    """Sent is not printed: the page says what is known."""
    block: Block = printing_block(view, "told.printing", "told.sent", "told.print_detail")
    return step_page(
        view,
        view.say("told.title"),
        Picture("slip", "printer", view.say("told.picture"), Motion.TAKE),
        block,
        lead=view.words(view.event.name),
        actions=(primary(view, "told.finish", name="finish"),),
        count_down=(view.patient(view.world.timing.done_s), view.say("done.count_down")),
        heard=print_out(view, slip),
    )


def answer(view: View, signal: Signal) -> tuple[Session, tuple[Effect, ...]]:
    """Print again, or end."""
    session = view.session
    match signal:
        case PrintFinished(job=job, outcome=outcome) if job == session.print_job:
            return replace(session, printing=outcome), ()
        case Pressed(action="reprint") if session.printing not in PRINTED:
            again = replace(session, print_job=view.moment.fresh_id, printing=None)
            return again, (PrintReceipt(again.print_job, slip(view)),)
        case Pressed(action="finish") | TimeUp():
            return goodbye.reach(session), ()
    return session, ()
