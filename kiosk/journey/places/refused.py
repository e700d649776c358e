"""The platform will not have it, or the terminal cannot keep it: why, and back to try again."""

from __future__ import annotations

from dataclasses import replace

from kiosk.journey.frame import primary, step_page
from kiosk.journey.page import Callout, Page
from kiosk.journey.session import Session
from kiosk.journey.signals import Pressed, Signal
from kiosk.journey.view import View
from kiosk.journey.way import CHECK


def page(view: View) -> Page:
    """Nothing typed is lost."""
    reason = view.session.outcome.refusal if view.session.outcome else ""
    if not reason:
        return step_page(
            view,
            view.say("refused.not_kept"),
            Callout("counter", view.words(view.world.site.counter), icon="account-multiple"),
            lead=view.say("refused.not_kept_lead"),
            actions=(primary(view, "refused.again"),),
            back=False,
        )
    return step_page(
        view,
        view.say("refused.title"),
        Callout("reason", view.say("refused.reason"), reason, icon="alert"),
        lead=view.say("refused.lead"),
        actions=(primary(view, "refused.check"),),
        back=False,
    )


def answer(view: View, signal: Signal) -> tuple[Session, tuple[()]]:
    """Back to the check page, to hand in again under a new number."""
    if isinstance(signal, Pressed) and signal.action == "continue":
        return replace(view.session, outcome=None).at(CHECK), ()
    return view.session, ()
