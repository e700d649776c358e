"""A code shown to the scanner: where one is wanted and what it leads to."""

from __future__ import annotations

from kiosk.identity.payloads import CaseReceipt, ProvisionalReceipt
from kiosk.journey.effects import Effect
from kiosk.journey.places import progress
from kiosk.journey.session import Session
from kiosk.journey.signals import CodeShown
from kiosk.journey.view import View

WANTING = frozenset({"idle", "choose"})


def wanted(session: Session) -> bool:
    """Whether a code may be read now: where a citizen says what they came for."""
    return session.over is None and session.place.name in WANTING


def answer(view: View, shown: CodeShown) -> tuple[Session, tuple[Effect, ...]]:
    """A receipt leads to where one's cases stand, by the card of whoever holds it.

    Its number alone opens nothing: receipts are lost and found.
    """
    if wanted(view.session) and isinstance(shown.payload, CaseReceipt | ProvisionalReceipt):
        return progress.reach(view)
    return view.session, ()
