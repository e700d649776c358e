"""A card on the reader, wherever the citizen is: when it is wanted and what it leads to."""

from __future__ import annotations

from dataclasses import replace

from kiosk.journey.effects import Effect
from kiosk.journey.places import progress
from kiosk.journey.session import IDLE, IDLE_WARNING, SIGN_BY_CARD, Session
from kiosk.journey.signals import CardFailed, CardLaid, CardRead, CardRemoved, CardTrouble, Signal
from kiosk.journey.view import View
from kiosk.journey.way import CHOOSE, IDENTIFY, onward

WANTING = frozenset({"idle", "choose", "identify"})


def wanted(session: Session) -> bool:
    """Whether a card may be read now: before anyone is known at places that say so, or to sign.

    A card that an earlier citizen left behind is never read for the next one: it has to be taken
    away. So has one that nobody saw being laid when nobody stands here to whom it could belong.
    """
    if session.over is not None or session.card_left:
        return False
    if session.person is not None:
        return session.place == SIGN_BY_CARD and not session.card_again
    return session.place.name in WANTING


def answer(view: View, signal: Signal) -> tuple[Session, tuple[Effect, ...]]:
    """What something that happened at the reader leads to."""
    if isinstance(signal, CardRead) and wanted(view.session):
        return _read(view, signal)
    return _without_person(view, signal), ()


def _without_person(view: View, signal: Signal) -> Session:
    session = view.session
    match signal:
        case CardLaid(unseen=True) if session.place == IDLE:
            return replace(session, card_on_reader=True, card_left=True)
        case CardLaid():
            session = replace(session, card_on_reader=True)
            if session.over == IDLE_WARNING:  # laying a card says "I am here"
                session = replace(session, over=session.covered, covered=None)
            return replace(session, trouble=None, waiting=True) if wanted(session) else session
        case CardRemoved():
            waiting = session.waiting and session.person is not None
            return replace(session, card_on_reader=False, card_left=False, waiting=waiting)
        case CardRead() | CardFailed() if not wanted(session):
            # Read behind a page in front; it is read again when that page is gone.
            return replace(session, waiting=session.waiting and session.person is not None)
        case CardFailed():
            return _again(replace(session, trouble=signal.trouble, waiting=False))
    return session


def _again(session: Session) -> Session:
    """Where the trouble with a card is told: where it was asked for, else where to go on without.

    Nobody asks for a card on the idle picture or while choosing; it was laid of one's own accord.
    """
    asked_for = session.place == SIGN_BY_CARD or session.place.name == IDENTIFY.name
    return session if asked_for else session.at(CHOOSE)


def _read(view: View, signal: CardRead) -> tuple[Session, tuple[Effect, ...]]:
    session = replace(view.session, waiting=False)
    person = signal.person
    if session.person is not None:
        same = person == session.person
        return replace(session, trouble=None, card_again=same, other_card=not same), ()
    if person.valid_to is not None and person.valid_to < view.today:
        return _again(replace(session, trouble=CardTrouble.EXPIRED)), ()
    known = view.of(replace(session, person=person, trouble=None, told_only=False))
    if session.place == progress.IDENTIFY_FIRST:
        return progress.reach(known)
    return onward(known), ()
