"""What went wrong with a card, or hinders its reading, told in a callout."""

from __future__ import annotations

from kiosk.journey.page import Callout
from kiosk.journey.signals import DeviceHealth
from kiosk.journey.view import View


def hindered(view: View) -> Callout | None:
    """Why no card can be read now: the reader is lost, or a card of somebody else lies there."""
    if view.session.health.get("id_card") is DeviceHealth.LOST:
        return _to_counter(view, "reader", "identify.lost")
    if view.session.card_left:
        return _to_counter(view, "left", "identify.left")
    return None


def failed(view: View) -> Callout | None:
    """What was wrong with the last card, until another one is being read."""
    if view.session.trouble is None or view.session.waiting:
        return None
    key = f"identify.trouble.{view.session.trouble.value}"
    return Callout("trouble", view.say(key), view.say(f"{key}_detail"), icon="alert")


def _to_counter(view: View, block: str, key: str) -> Callout:
    detail = view.say(f"{key}_detail", counter=view.words(view.world.site.counter))
    return Callout(block, view.say(key), detail, icon="alert")
