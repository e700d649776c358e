"""May we look up your electronic licences? With the purpose and the list, before any query."""

from __future__ import annotations

from dataclasses import replace

from kiosk.gateway.port import Holder, Licence, LicenceRequest
from kiosk.journey.effects import Effect, QueryLicences
from kiosk.journey.frame import primary, step_page
from kiosk.journey.page import Action, Page, Paragraph, Row, Rows, Tone, Weight
from kiosk.journey.session import Session
from kiosk.journey.signals import LicencesFound, LicencesUnavailable, Pressed, Signal
from kiosk.journey.view import View
from kiosk.journey.way import onward


def page(view: View) -> Page:
    """What is looked up and what for; refusing costs typing and nothing else."""
    kinds = view.world.catalogue.licence_types
    rows = tuple(
        Row(slug, view.words(kinds[slug].name), icon="file-document", tone=Tone.OK)
        for slug in view.event.licences
    )
    waiting = view.session.waiting
    actions: tuple[Action, ...] = (
        primary(view, "consent.asking" if waiting else "consent.agree", enabled=not waiting),
    )
    if not waiting:
        actions += (Action("refuse", view.say("consent.refuse"), Weight.PLAIN),)
    purpose = view.words(view.event.purpose) if view.event.purpose else ""
    return step_page(
        view,
        view.say("consent.title"),
        Rows("licences", rows),
        Paragraph("purpose", view.say("consent.purpose", purpose=purpose)),
        Paragraph("refusing", view.say("consent.refusing"), small=True),
        lead=view.say("consent.lead"),
        actions=actions,
        back=not waiting,
        busy=waiting,
    )


def answer(view: View, signal: Signal) -> tuple[Session, tuple[Effect, ...]]:
    """Ask the platform, or do without it."""
    session = view.session
    match signal:
        case Pressed(action="continue") if not session.waiting and session.person:
            return replace(session, waiting=True), (QueryLicences(_request(view)),)
        case Pressed(action="refuse") if not session.waiting:
            return _go(view, _answered(session)), ()
        case LicencesFound(licences=licences, earlier=earlier):
            found = replace(_answered(session, licences), earlier=earlier)
            return _go(view, replace(found, licences_none=not licences)), ()
        case LicencesUnavailable():
            return _go(view, replace(_answered(session), licences_failed=True)), ()
    return session, ()


def _answered(session: Session, licences: tuple[Licence, ...] = ()) -> Session:
    """With these licences, and nothing left of an earlier answer."""
    return replace(
        session, licences=licences, licences_failed=False, licences_none=False, waiting=False
    )


def _go(view: View, session: Session) -> Session:
    return onward(view.of(session))


def _request(view: View) -> LicenceRequest:
    person = view.session.person
    if person is None or view.event.purpose is None:
        raise AssertionError("the way leads to consent only with a person and a purpose")
    return LicenceRequest(
        holder=Holder.of(person),
        types=view.event.licences,
        purpose=view.event.purpose.zh,
        consent_at=view.moment.now,
        elements=tuple(
            slug
            for slug, element in view.guidance.elements.items()
            if any(source.earlier is not None for source in element.sources)
        ),
    )
