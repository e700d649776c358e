"""Which lights of the terminal show the way: to the card reader, to paper that comes out, to help.

Each is optional; no page relies on one. Pure.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from kiosk.journey.printing import PRINTED
from kiosk.journey.session import Session

_HELP, _GOODBYE = "help", "goodbye"
_PRINTING = frozenset({"done", "told"})


class Light(StrEnum):
    """By the name that the signal board knows it by."""

    READER = "reader"
    PRINTER = "printer"
    CALL = "call"  # where staff see it


class Shine(StrEnum):
    """How a light is. Blinking asks to take something away."""

    OFF = "off"
    ON = "on"
    BLINK = "blink"


def lights(session: Session, *, wants_card: bool) -> Mapping[Light, Shine]:
    """How each light is while the session's page is on the glass; `wants_card` as of its step."""
    return {
        Light.READER: _reader(session, wants_card=wants_card),
        Light.PRINTER: _printer(session),
        Light.CALL: Shine.ON if _calling(session) else Shine.OFF,
    }


def _reader(session: Session, *, wants_card: bool) -> Shine:
    forgotten = session.card_left or session.place.name == _GOODBYE
    if session.card_on_reader and forgotten:
        return Shine.BLINK
    return Shine.ON if wants_card else Shine.OFF


def _printer(session: Session) -> Shine:
    comes_out = session.place.name in _PRINTING and session.print_job
    return Shine.BLINK if comes_out and session.printing in PRINTED else Shine.OFF


def _calling(session: Session) -> bool:
    in_front = (session.over, session.covered)
    return any(place is not None and place.name == _HELP for place in in_front)
