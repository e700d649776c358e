"""When to come in person (预约): half a working day, asked once for every matter that needs it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

from kiosk.catalogue.model import Handling
from kiosk.gateway.port import DayPart, Visit
from kiosk.journey.display import visit_text
from kiosk.journey.frame import primary, step_page
from kiosk.journey.page import Block, Choice, Choices, Page, Row, Rows
from kiosk.journey.session import Session
from kiosk.journey.signals import Chosen, Pressed, Signal
from kiosk.journey.view import View
from kiosk.journey.way import onward

WORKING_DAYS = 5  # offered, from tomorrow on
LOOKED_AT = 30  # days; longer than any run of holidays


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
            return onward(View(view.world, booked, view.moment)), ()
        case Pressed(action="continue") if session.visit is not None:
            return onward(view), ()
    return session, ()


def _offered(view: View) -> Iterator[Visit]:
    found = 0
    for ahead in range(1, LOOKED_AT + 1):
        day = view.today + timedelta(days=ahead)
        if view.world.is_working_day(day):
            yield from (Visit(day, part) for part in DayPart)
            found += 1
        if found == WORKING_DAYS:
            return


def _choices(view: View) -> Iterator[Choice]:
    for visit in _offered(view):
        yield Choice(_key(visit), visit_text(view, visit))


def _key(visit: Visit | None) -> str:
    return f"{visit.day:%Y%m%d}_{visit.part.value}" if visit else ""
