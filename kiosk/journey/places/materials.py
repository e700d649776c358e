"""The papers: which of those to hand in the citizen has with them now."""

from __future__ import annotations

from dataclasses import replace

from kiosk.journey.frame import primary, step_page
from kiosk.journey.page import Callout, Page, Rows, Tone
from kiosk.journey.places.notice import bring_row
from kiosk.journey.session import Session
from kiosk.journey.signals import Pressed, Signal
from kiosk.journey.view import View
from kiosk.journey.way import onward


def page(view: View) -> Page:
    """Each paper with one large switch: here, or later."""
    rows = []
    for material in view.taken_here:
        brought = material.slug in view.session.brought
        absent = "materials.later" if material.required else "materials.skipped"
        row = bring_row(view, material)
        rows.append(
            replace(
                row,
                badge="" if material.required else row.badge,
                icon="checkbox-marked" if brought else "checkbox-blank-outline",
                tone=Tone.OK if brought else Tone.PLAIN,
                action=f"paper.{material.slug}",
                action_text=view.say("materials.here" if brought else absent),
            )
        )
    return step_page(
        view,
        view.say("materials.title"),
        Rows("papers", tuple(rows)),
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


def answer(view: View, signal: Signal) -> tuple[Session, tuple[()]]:
    """Turn a switch, or go on; nothing is refused for a paper that comes later."""
    session = view.session
    papers = {f"paper.{material.slug}": material.slug for material in view.taken_here}
    match signal:
        case Pressed(action=action) if action in papers:
            return replace(session, brought=session.brought ^ {papers[action]}), ()
        case Pressed(action="continue"):
            shown = frozenset(papers.values())
            seen = replace(session, materials_seen=session.materials_seen | shown)
            return onward(View(view.world, seen, view.moment)), ()
    return session, ()
