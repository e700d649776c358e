"""What was looked up (查询打印): one's own licences, shown and printed; nothing is handed in."""

from __future__ import annotations

from collections.abc import Iterator

from kiosk.catalogue.model import Layout, Matter
from kiosk.journey.effects import Effect
from kiosk.journey.frame import primary, step_page
from kiosk.journey.page import Block, Callout, Heading, Page, Row, Rows, Tone
from kiosk.journey.places import told
from kiosk.journey.session import Session
from kiosk.journey.signals import Pressed, Signal
from kiosk.journey.slips import field_value, layouts, query_slip
from kiosk.journey.view import View


def page(view: View) -> Page:
    """Each matter with the fields of its licence, or that none was found."""
    return step_page(
        view,
        view.say("found.title"),
        *_blocks(view),
        lead=view.say("found.lead"),
        actions=(primary(view, "found.print", name="print"),),
    )


def answer(view: View, signal: Signal) -> tuple[Session, tuple[Effect, ...]]:
    """Print it."""
    if isinstance(signal, Pressed) and signal.action == "print":
        return told.reach(view, query_slip)
    return view.session, ()


def _blocks(view: View) -> Iterator[Block]:
    if view.session.licences_failed:
        yield Callout(
            "platform",
            view.say("consent.unavailable"),
            view.say("found.unavailable_detail"),
            icon="cloud-outline-off",
        )
    for matter, layout in layouts(view):
        yield Heading(f"{matter.slug}_title", view.words(matter.name))
        yield Rows(matter.slug, tuple(_rows(view, matter, layout)))


def _rows(view: View, matter: Matter, layout: Layout) -> Iterator[Row]:
    licence = view.licence(layout.licence)
    if licence is None:
        yield Row(
            f"{matter.slug}_none",
            view.say("found.none"),
            view.say("found.none_detail"),
            icon="information",
            tone=Tone.WARN,
        )
        return
    for row in layout.rows:
        value = field_value(row, licence)
        if value:
            yield Row(f"{matter.slug}_{row.field}", view.words(row.label), value=value)
