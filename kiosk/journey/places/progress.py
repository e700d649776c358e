"""Where one's cases stand (查进度): every matter, every visit, and all that is missing at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from kiosk.catalogue.model import LifeEvent, Text
from kiosk.gateway.port import CaseStatus, Holder, MatterProgress
from kiosk.journey.display import day, grouped, visit_text
from kiosk.journey.effects import Effect, QueryCases
from kiosk.journey.frame import primary, step_page
from kiosk.journey.page import (
    Block,
    Callout,
    Fault,
    Faults,
    Heading,
    Page,
    Paragraph,
    Picture,
    Stage,
    Step,
    Timeline,
    Tone,
)
from kiosk.journey.places import goodbye
from kiosk.journey.session import Place, Session
from kiosk.journey.signals import CasesFound, CasesUnavailable, Pressed, Signal
from kiosk.journey.view import View
from kiosk.journey.way import IDENTIFY

PLACE = Place("progress")
IDENTIFY_FIRST = Place(IDENTIFY.name, PLACE.name)
SHOWN = 5  # cases; the platform tells up to 20, and more would have to be turned through
STAGES = {
    "finished": Stage.DONE,
    "rejected": Stage.TROUBLE,
    "suspended": Stage.TROUBLE,
    "accepted": Stage.NOW,
}
ORDER = (Stage.DONE, Stage.TROUBLE, Stage.NOW)
ENDED = frozenset({"finished", "rejected"})


def reach(view: View) -> tuple[Session, tuple[Effect, ...]]:
    """Ask for the cases of whom the card names; before a card was read, ask for the card."""
    person = view.session.person
    if person is None:
        return view.session.at(IDENTIFY_FIRST), ()
    holder = Holder.of(person)
    asking = replace(view.session, cases=None, waiting=True)
    return asking.at(PLACE), (QueryCases(holder),)


def page(view: View) -> Page:
    """The newest cases, or that they are asked for, that there are none, or none can be had."""
    session = view.session
    waiting = session.waiting
    return step_page(
        view,
        view.say("progress.title"),
        *_blocks(view),
        lead=view.say("progress.asking") if waiting else "",
        actions=(primary(view, "progress.finish", name="finish", enabled=not waiting),),
        back=not waiting,
        busy=waiting,
    )


def answer(view: View, signal: Signal) -> tuple[Session, tuple[Effect, ...]]:
    """What the platform said, another try, or the end."""
    session = view.session
    match signal:
        case CasesFound(cases=cases):
            return replace(session, cases=cases, waiting=False), ()
        case CasesUnavailable():
            return replace(session, cases=None, waiting=False), ()
        case Pressed(action="retry") if session.cases is None and not session.waiting:
            return reach(view)
        case Pressed(action="finish") if not session.waiting:
            return goodbye.reach(session), ()
    return session, ()


def _blocks(view: View) -> Iterator[Block]:
    cases = view.session.cases
    if view.session.waiting:
        yield Picture("asking", "magnify")
        return
    if cases is None:
        yield Callout(
            "unavailable",
            view.say("progress.unavailable"),
            view.say("progress.unavailable_detail"),
            icon="cloud-outline-off",
            action="retry",
            action_text=view.say("progress.retry"),
        )
        return
    if not cases:
        none, detail = view.say("progress.none"), view.say("progress.none_detail")
        yield Callout("none", none, detail, icon="information", tone=Tone.PLAIN)
        return
    yield from _missing(view, cases)
    for case in cases[:SHOWN]:
        yield from _case(view, case)
    if len(cases) > SHOWN:
        yield Paragraph("more", view.say("progress.more", count=len(cases) - SHOWN))


def _missing(view: View, cases: tuple[CaseStatus, ...]) -> Iterator[Block]:
    """Everything that is still to come, of all cases, in one place."""
    owing = [case for case in cases if case.missing]
    if owing:
        yield Faults(
            "missing",
            view.say("progress.missing", count=sum(len(case.missing) for case in owing)),
            tuple(Fault(f"{case.case_no}_missing", _owed(view, case)) for case in owing),
        )


def _owed(view: View, case: CaseStatus) -> str:
    record = _event(view, case)
    names = {material.slug: material.name for material in record.materials} if record else {}
    papers = view.say("frame.comma").join(
        _named(view, names.get(slug), "progress.other_paper") for slug in case.missing
    )
    event = _named(view, record.name if record else None, "progress.other_event")
    if case.missing_until is None:
        return view.say("progress.owed", event=event, papers=papers)
    until = day(view, case.missing_until)
    return view.say("progress.owed_until", event=event, papers=papers, day=until)


def _case(view: View, case: CaseStatus) -> Iterator[Block]:
    record = _event(view, case)
    title = _named(view, record.name if record else None, "progress.other_event")
    number = view.say("progress.case", number=grouped(case.case_no))
    yield Heading(f"{case.case_no}_title", title)
    yield Paragraph(f"{case.case_no}_number", number, small=True)
    names = {matter.slug: matter.name for matter in record.matters} if record else {}
    yield Timeline(case.case_no, tuple(_steps(view, case, names)))


def _steps(view: View, case: CaseStatus, names: Mapping[str, Text]) -> Iterator[Step]:
    """From the day it was taken in, over every matter, those ended first, to the end of all."""
    done, coming = view.say("progress.state_finished"), view.say("progress.state_coming")
    if case.accepted_at is not None:
        text, accepted = view.say("progress.step_accepted"), day(view, case.accepted_at.date())
        yield Step(f"{case.case_no}_accepted", text, Stage.DONE, done, day=accepted)
    for progress in sorted(case.matters, key=lambda one: ORDER.index(_stage(one))):
        yield _step(view, progress, names.get(progress.matter))
    if case.state in ENDED:
        return
    if case.visit is not None:
        text, when = view.say("progress.step_visit"), visit_text(view, case.visit)
        yield Step(f"{case.case_no}_visit", text, Stage.COMING, coming, day=when)
    text = view.say("progress.step_ended")
    yield Step(f"{case.case_no}_ended", text, Stage.COMING, coming)


def _step(view: View, progress: MatterProgress, name: Text | None) -> Step:
    return Step(
        progress.matter,
        view.words(name) if name else progress.name,
        _stage(progress),
        view.say(f"progress.state_{progress.state}"),
        progress.department,
        _until(view, progress),
    )


def _stage(progress: MatterProgress) -> Stage:
    return STAGES.get(progress.state, Stage.NOW)


def _until(view: View, progress: MatterProgress) -> str:
    if progress.state in ENDED:
        return ""
    if progress.appointment:
        return view.say("done.booked", number=progress.appointment)
    if progress.due is not None:
        return view.say("done.due", day=day(view, progress.due))
    return view.say("notice.no_limit")


def _event(view: View, case: CaseStatus) -> LifeEvent | None:
    """The record behind a case; None when the catalogue has no such life event any more."""
    events = view.world.catalogue.life_events
    return next((event for event in events if event.slug == case.life_event), None)


def _named(view: View, name: Text | None, otherwise: str) -> str:
    return view.words(name) if name else view.say(otherwise)
