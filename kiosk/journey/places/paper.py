"""One paper that a promise can stand for (告知承诺): bring it, promise instead, or bring it later.

The promise is shown in full with what follows from breaking it, before it can be chosen.
"""

from __future__ import annotations

from dataclasses import replace

from kiosk.catalogue.model import Material
from kiosk.journey.frame import primary, step_page
from kiosk.journey.page import Callout, Choice, Choices, Heading, Page, Paragraph, Tone
from kiosk.journey.session import Session
from kiosk.journey.signals import Chosen, Pressed, Signal
from kiosk.journey.view import View

WAYS = ("here", "promise", "later")


def page(view: View) -> Page:
    """What the promise says, what it proves, and the three ways."""
    material = _material(view)
    commitment = material.commitment
    if commitment is None:
        raise AssertionError(f"{material.slug} has no commitment, so the way does not lead here")
    choices = tuple(
        Choice(way, view.say(f"paper.{way}"), view.say(f"paper.{way}_detail")) for way in WAYS
    )
    chosen = view.session.draft or _way(view.session, material)
    return step_page(
        view,
        view.words(material.name),
        Heading("promise_title", view.say("paper.promise_title")),
        Paragraph("proves", view.say("paper.proves", what=view.words(commitment.proves))),
        Callout(
            "promise",
            view.words(commitment.text),
            view.words(commitment.consequence),
            icon="file-document",
            tone=Tone.PLAIN,
        ),
        Choices("way", choices, chosen),
        lead=view.say("paper.lead"),
        actions=(primary(view, "frame.continue"),),
    )


def answer(view: View, signal: Signal) -> tuple[Session, tuple[()]]:
    """Mark a way; Continue keeps it and returns to the papers."""
    session, material = view.session, _material(view)
    match signal:
        case Chosen(block="way", choice=choice) if choice in WAYS:
            return replace(session, draft=choice), ()
        case Pressed(action="continue"):
            way = session.draft or _way(session, material)
            slug = {material.slug}
            kept = replace(
                session,
                brought=session.brought | slug if way == "here" else session.brought - slug,
                promised=session.promised | slug if way == "promise" else session.promised - slug,
            )
            return kept.back(), ()
    return session, ()


def _way(session: Session, material: Material) -> str:
    if material.slug in session.brought:
        return "here"
    return "promise" if material.slug in session.promised else "later"


def _material(view: View) -> Material:
    return next(m for m in view.event.materials if m.slug == view.session.place.item)
