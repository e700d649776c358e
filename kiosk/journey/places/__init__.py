"""The places on the way, one module each: `page(view)` draws, `answer(view, signal)` goes on.

`answer` gives the next session and the effects to run; a signal that means nothing here
changes nothing.
"""

from __future__ import annotations

from typing import Protocol

from kiosk.journey.effects import Effect
from kiosk.journey.page import Page
from kiosk.journey.places import (
    broken,
    check,
    choose,
    consent,
    done,
    ease,
    field,
    found,
    goodbye,
    group,
    help,
    identify,
    idle,
    idle_warning,
    leave,
    materials,
    notice,
    paper,
    problem,
    progress,
    question,
    rating_reason,
    refused,
    search,
    sign,
    sign_video,
    stopped,
    submitting,
    told,
    visit,
)
from kiosk.journey.session import Session
from kiosk.journey.signals import Signal
from kiosk.journey.view import View


class PlaceModule(Protocol):
    """What a module of this folder gives."""

    __name__: str

    def page(self, view: View, /) -> Page:
        """The page of the session as it is."""

    def answer(self, view: View, signal: Signal, /) -> tuple[Session, tuple[Effect, ...]]:
        """Where a signal leads."""


_MODULES: tuple[PlaceModule, ...] = (
    broken,
    check,
    choose,
    consent,
    done,
    ease,
    field,
    found,
    goodbye,
    group,
    help,
    identify,
    idle,
    idle_warning,
    leave,
    materials,
    notice,
    paper,
    problem,
    progress,
    question,
    rating_reason,
    refused,
    search,
    sign,
    sign_video,
    stopped,
    submitting,
    told,
    visit,
)
PLACES = {module.__name__.rsplit(".", 1)[-1]: module for module in _MODULES}
