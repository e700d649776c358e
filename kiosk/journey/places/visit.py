"""When to come in person (预约): half a working day, asked once for every matter that needs it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import time, timedelta

from kiosk.catalogue.hours import OpeningHours, Period, Season, Timetable
from kiosk.catalogue.model import Handling
from kiosk.gateway.port import DayPart, Visit
from kiosk.journey.display import visit_text
from kiosk.journey.frame import primary, step_page
from kiosk.journey.page import Block, Choice, Choices, Page, Row, Rows
from kiosk.journey.session import Session
from kiosk.journey.signals import Chosen, Pressed, Signal
from kiosk.journey.slips import service_points
from kiosk.journey.view import View
from kiosk.journey.way import onward

OFFERED = 10  # half days, from tomorrow on
LOOKED_AT = 30  # days; longer than any run of holidays
OFFICE_HOURS = OpeningHours(
    seasons=(
        Season(
            periods=(
                Period(opens=time(9), closes=time(12)),
                Period(opens=time(13), closes=time(17)),
            )
        ),
    )
)


def page(view: View) -> Page:
    """Which matters need the citizen in person and why, and the half days to choose from."""
    rows = tuple(
        Row(m.slug, view.words(m.name), view.words(m.visit) if m.visit else "")
        for m in view.handed_in
        if view.guidance.here(m) is Handling.BOOK
    )
    blocks: tuple[Block, ...] = (
        Rows("matters", rows),
        Choices("visit", tuple(_choices(view)), view.session.draft or _key(view.session.visit)),
    )
    chosen = view.session.draft or view.session.visit
    return step_page(
        view,
        view.say("visit.title"),
        *blocks,
        lead=view.say("visit.lead"),
        actions=(primary(view, "frame.continue", enabled=bool(chosen)),),
    )


def answer(view: View, signal: Signal) -> tuple[Session, tuple[()]]:
    """Mark a half day, then go on with it."""
    session = view.session
    offered = {_key(visit): visit for visit in _offered(view)}
    match signal:
        case Chosen(block="visit", choice=choice) if choice in offered:
            return replace(session, draft=choice), ()
        case Pressed(action="continue") if session.draft in offered:
            booked = replace(session, visit=offered[session.draft], draft=None)
            return onward(view.of(booked)), ()
        case Pressed(action="continue") if session.visit is not None:
            return onward(view), ()
    return session, ()


def _offered(view: View) -> tuple[Visit, ...]:
    """Half days when the first place with published hours is open; else those of working days."""
    hours = next((p.opening for p in service_points(view) if p.opening), OFFICE_HOURS)
    timetable = Timetable(hours, view.world.is_working_day)
    slots = timetable.slots(view.today + timedelta(days=1), LOOKED_AT)
    return tuple(Visit(slot.day, DayPart(slot.part.value)) for slot in slots[:OFFERED])


def _choices(view: View) -> Iterator[Choice]:
    for visit in _offered(view):
        yield Choice(_key(visit), visit_text(view, visit))


def _key(visit: Visit | None) -> str:
    return f"{visit.day:%Y%m%d}_{visit.part.value}" if visit else ""
