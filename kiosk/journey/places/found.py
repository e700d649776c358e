"""What was looked up (查询打印): one's own licences, shown and printed; nothing is handed in."""

from __future__ import annotations

from collections.abc import Iterator

from kiosk.catalogue.model import Layout
from kiosk.journey.effects import Effect
from kiosk.journey.frame import primary, step_page
from kiosk.journey.page import Block, Heading, Page, Row, Rows, Tone
from kiosk.journey.places import told
from kiosk.journey.session import Session
from kiosk.journey.signals import Pressed, Signal
from kiosk.journey.slips import field_value, layouts, query_slip, why_missing
from kiosk.journey.view import View


def page(view: View) -> Page:
    """Each licence that is looked up with its fields, or why it is not there."""
    found = any(view.licence(layout.licence) for _, layout in layouts(view))
    return step_page(
        view,
        view.say("found.title"),
        *_blocks(view),
        lead=view.say("found.lead") if found else "",
        actions=(primary(view, "found.print", name="print"),),
    )


def answer(view: View, signal: Signal) -> tuple[Session, tuple[Effect, ...]]:
    """Print it."""
    if isinstance(signal, Pressed) and signal.action == "print":
        return told.reach(view, query_slip)
    return view.session, ()


def _blocks(view: View) -> Iterator[Block]:
    for _, layout in layouts(view):  # a matter may look up several
        yield Heading(f"{layout.slug}_title", view.words(layout.title))
        yield Rows(layout.slug, tuple(_rows(view, layout)))


def _rows(view: View, layout: Layout) -> Iterator[Row]:
    licence = view.licence(layout.licence)
    if licence is None:
        why = why_missing(view)
        yield Row(
            f"{layout.slug}_none",
            view.say(why),
            view.say(f"{why}_detail"),
            icon="information",
            tone=Tone.WARN,
        )
        return
    for row in layout.rows:
        value = field_value(row, licence)
        if value:
            yield Row(f"{layout.slug}_{row.field}", view.words(row.label), value=value)
