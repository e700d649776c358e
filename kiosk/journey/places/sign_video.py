"""What a life event is about in sign language (手语), for whoever reads signs before print."""

from __future__ import annotations

from kiosk.journey.frame import step_page
from kiosk.journey.page import Page, Video
from kiosk.journey.session import Session
from kiosk.journey.signals import Signal
from kiosk.journey.view import View


def page(view: View) -> Page:
    """The film, and what it says in words. Back leads to where one came from."""
    event = view.event
    film = Video(
        "film",
        str(view.world.media / (event.sign_video or "")),
        view.words(event.summary),
        play=view.say("sign_video.play"),
        hold=view.say("sign_video.hold"),
        again=view.say("sign_video.again"),
        broken=view.say("sign_video.broken"),
    )
    return step_page(view, view.words(event.name), film, eyebrow=view.say("sign_video.title"))


def answer(view: View, _: Signal) -> tuple[Session, tuple[()]]:
    """Nothing here asks anything."""
    return view.session, ()
