"""The papers: which of those to hand in the citizen has with them now."""

from __future__ import annotations

from dataclasses import replace

from kiosk.catalogue.model import Material
from kiosk.journey.display import day
from kiosk.journey.frame import primary, step_page
from kiosk.journey.page import Callout, Page, Row, Rows, Tone
from kiosk.journey.places.notice import bring_row
from kiosk.journey.session import Place, Session
from kiosk.journey.signals import Pressed, Signal
from kiosk.journey.submission import deferred_until
from kiosk.journey.view import View
from kiosk.journey.way import onward


def page(view: View) -> Page:
    """Each paper with one large switch: here, or later."""
    rows = tuple(_row(view, material) for material in view.taken_here)
    return step_page(
        view,
        view.say("materials.title"),
        Rows("papers", rows),
        Callout(
            "counter",
            view.say("materials.counter", counter=view.words(view.world.site.counter)),
            view.say("materials.counter_detail"),
            icon="information",
            tone=Tone.PLAIN,
        ),
        lead=view.say("materials.lead"),
        actions=(primary(view, "frame.continue"),),
    )


def _row(view: View, material: Material) -> Row:
    """A paper with its switch; one that a promise can stand for leads to a page of its own."""
    session, row = view.session, bring_row(view, material)
    brought, promised = material.slug in session.brought, material.slug in session.promised
    if brought:
        state = "materials.here"
    elif promised:
        state = "materials.promised"
    elif not material.required:
        state = "materials.skipped"
    else:
        due = deferred_until(view, material)
        state = "materials.deferred" if due else "materials.later"
        if due:
            row = replace(row, detail=view.say("materials.until", day=day(view, due)))
    own_page = material.commitment is not None
    if own_page and not (brought or promised):
        hint = view.say("materials.may_promise")
        row = replace(row, detail="\n".join(filter(None, (row.detail, hint))))
    return replace(
        row,
        badge="" if material.required else row.badge,
        icon="checkbox-marked" if brought or promised else "checkbox-blank-outline",
        tone=Tone.OK if brought or promised else Tone.PLAIN,
        action=f"{'ways' if own_page else 'paper'}.{material.slug}",
        action_text=view.say(state),
    )


def answer(view: View, signal: Signal) -> tuple[Session, tuple[()]]:
    """Turn a switch, or go on; nothing is refused for a paper that comes later."""
    session = view.session
    papers = {f"paper.{material.slug}": material.slug for material in view.taken_here}
    match signal:
        case Pressed(action=action) if action in papers:
            return replace(session, brought=session.brought ^ {papers[action]}), ()
        case Pressed(action=action) if action.removeprefix("ways.") in papers.values():
            return session.at(Place("paper", action.removeprefix("ways."))), ()
        case Pressed(action="continue"):
            shown = frozenset(papers.values())
            seen = replace(session, materials_seen=session.materials_seen | shown)
            return onward(view.of(seen)), ()
    return session, ()
