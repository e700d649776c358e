"""Handed in: the number, what happens until when, the print-out, and five faces (好差评)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from kiosk.gateway.port import Rating
from kiosk.journey.display import day, grouped, units, visit_text
from kiosk.journey.effects import Effect, PrintReceipt, SendRating
from kiosk.journey.frame import helper, step_page
from kiosk.journey.heard import print_out
from kiosk.journey.page import (
    Action,
    Block,
    Callout,
    Cards,
    Choice,
    Code,
    Page,
    Paragraph,
    Row,
    Rows,
    Tone,
    Weight,
)
from kiosk.journey.places import goodbye
from kiosk.journey.printing import PRINTED, printing_block
from kiosk.journey.receipt import case_receipt, code_payload
from kiosk.journey.session import Place, Session
from kiosk.journey.signals import Pressed, PrintFinished, PrintOutcome, Signal, TimeUp
from kiosk.journey.view import View

FACES = (
    ("5", "thumb-up"),
    ("4", "emoticon-happy"),
    ("3", "emoticon-neutral"),
    ("2", "emoticon-sad"),
    ("1", "thumb-down"),
)
NEEDS_REASON = 3  # below it a rating is a bad one (差评) and needs its reason
SHOWN = 4  # matters named on the page; the receipt has them all
RATING_REASON = Place("rating_reason")


def page(view: View) -> Page:
    """What is known, and no more: kept is not handed in, sent is not printed."""
    outcome = view.session.outcome
    if outcome is None:
        raise AssertionError("the way leads to done only with an outcome")
    kept = outcome.acknowledgement is None
    count = len(view.handed_in)
    number = outcome.provisional_no if kept else _case_no(view)
    alone = view.session.printing in PRINTED and not view.session.profile.care
    return step_page(
        view,
        view.say("done.kept_title" if kept else "done.title", count=count),
        *_blocks(view, kept=kept),
        lead=view.say("done.provisional" if kept else "done.case", number=grouped(number)),
        badge=view.say("done.kept_badge" if kept else "done.badge"),
        actions=(
            Action("finish", view.say("done.finish"), Weight.PRIMARY),
            *(() if alone else (helper(view),)),
        ),
        back=False,
        foot=False,
        count_down=(view.patient(view.world.timing.done_s), view.say("done.count_down")),
        heard=print_out(view, case_receipt),
    )


def answer(view: View, signal: Signal) -> tuple[Session, tuple[Effect, ...]]:
    """Print again, rate, finish."""
    session = view.session
    match signal:
        case PrintFinished(job=job, outcome=outcome) if job == session.print_job:
            return replace(session, printing=outcome), ()
        case Pressed(action="reprint") if session.printing not in PRINTED:
            again = replace(session, print_job=view.moment.fresh_id, printing=None)
            receipt = case_receipt(view.of(again))
            return again, (PrintReceipt(again.print_job, receipt),)
        case Pressed(action=action) if action.startswith("rate."):
            return _rate(view, action.removeprefix("rate."))
        case Pressed(action="finish") | TimeUp():
            return goodbye.reach(session), ()
    return session, ()


def rating_effect(view: View, satisfaction: int, reasons: tuple[str, ...]) -> tuple[Effect, ...]:
    """The rating as it is sent; none without a submission to rate."""
    submission = view.session.submission
    if submission is None:
        return ()
    rating = Rating(view.moment.fresh_id, submission.id, satisfaction, view.moment.now, reasons)
    return (SendRating(rating),)


def _rate(view: View, face: str) -> tuple[Session, tuple[Effect, ...]]:
    session = view.session
    if session.satisfaction or face not in dict(FACES):
        return session, ()
    satisfaction = int(face)
    rated = replace(session, satisfaction=satisfaction)
    if satisfaction < NEEDS_REASON:
        return replace(rated, over=RATING_REASON), ()
    return rated, rating_effect(view, satisfaction, ())


def _case_no(view: View) -> str:
    outcome = view.session.outcome
    return outcome.acknowledgement.case_no if outcome and outcome.acknowledgement else ""


def _blocks(view: View, *, kept: bool) -> Iterator[Block]:
    printed = view.session.printing in PRINTED
    printing = printing_block(view, "done.printing", "done.sent", "done.print_detail")
    if not printed:  # beside the number, which is to be noted now
        yield printing
        yield Code("code", code_payload(view), view.say("done.code"))
    if view.visit is not None:
        yield _visit(view, kept=kept)
    if kept:
        yield Callout("kept", view.say("done.kept"), view.say("done.kept_detail"), icon="clock")
    else:
        yield from _progress(view)
    if view.taken_here:
        papers = "done.papers" if printed else "done.papers_noted"
        yield Callout(
            "papers",
            view.say(papers, counter=view.words(view.world.site.counter)),
            view.say("done.papers_detail"),
            icon="file-document",
            tone=Tone.PLAIN,
        )
    if printed:
        yield printing
    yield _faces(view)


def _progress(view: View) -> Iterator[Block]:
    outcome = view.session.outcome
    if outcome is None or outcome.acknowledgement is None:
        return
    matters = outcome.acknowledgement.matters
    records = {matter.slug: matter for matter in view.event.matters}
    rows = []
    shown = SHOWN if view.session.printing in PRINTED else len(matters)
    for progress in matters[:shown]:
        record = records.get(progress.matter)
        due = (
            view.say("done.due", day=day(view, progress.due))
            if progress.due
            else view.say("done.booked", number=progress.appointment)
            if progress.appointment
            else view.say("notice.no_limit")
        )
        rows.append(
            Row(
                progress.matter,
                view.words(record.name) if record else progress.name,
                units(view, record.units) if record else progress.department,
                value=due,
                icon="clock",
            )
        )
    if len(matters) > shown:
        sent = view.session.printing is PrintOutcome.SENT
        more = "done.more_on_receipt" if sent else "done.more"
        rows.append(Row("more", view.say(more, count=len(matters) - shown), plain=True))
    yield Rows("matters", tuple(rows))
    if view.counts_from is not None and any(progress.due for progress in matters):
        counts = view.say("done.counts_from", day=day(view, view.counts_from))
        yield Paragraph("counts_from", counts, small=True)


def _visit(view: View, *, kept: bool) -> Block:
    if view.visit is None:
        raise AssertionError("shown only when a visit was chosen")
    to_bring = "done.visit_detail" if view.session.printing in PRINTED else "done.visit_noted"
    return Callout(
        "visit",
        view.say("done.visit", visit=visit_text(view, view.visit)),
        view.say("done.visit_kept" if kept else to_bring),
        icon="calendar-check",
        tone=Tone.PLAIN,
    )


def _faces(view: View) -> Block:
    if view.session.satisfaction:
        return Paragraph("thanks", view.say("done.thanks"), icon="check")
    cards = tuple(
        Choice(f"rate.{face}", view.say(f"rating.{face}"), icon=icon) for face, icon in FACES
    )
    return Cards("faces", cards, columns=len(FACES), compact=True, title=view.say("rating.title"))
