"""手语: a life event that has a film offers it on its notice, and one that has none does not."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from pydantic import ValidationError

from kiosk.catalogue.model import LifeEvent
from kiosk.journey.page import Video
from kiosk.journey.world import World
from tests.harness.people import citizen
from tests.harness.walk import Walker, world
from tests.screens.test_journey_pages import ANSWERS


@pytest.fixture(scope="module")
def shipped() -> World:
    return world()


def with_film(shipped: World) -> World:
    events = tuple(
        event.model_copy(update={"sign_video": "signs/newborn.mp4"})
        if event.slug == "newborn"
        else event
        for event in shipped.catalogue.life_events
    )
    catalogue = shipped.catalogue.model_copy(update={"life_events": events})
    return replace(shipped, catalogue=catalogue, media=Path("/films"))


def at_notice(world: World) -> Walker:
    walker = Walker(world)
    walker.begin(citizen("limian").person, ())
    walker.to("notice", ANSWERS)
    return walker


def offered(walker: Walker) -> bool:
    return any(action.id == "sign_video" for action in walker.page.actions)


def test_without_a_film_there_is_no_button(shipped):
    walker = at_notice(shipped)
    assert not offered(walker)
    walker.press("sign_video")
    assert walker.page.id == "notice"


def test_the_film_is_one_touch_from_the_notice_and_back_leads_there_again(shipped):
    walker = at_notice(with_film(shipped))
    assert offered(walker)
    walker.press("sign_video")
    film = walker.page.block("film")
    assert isinstance(film, Video)
    assert film.file == "/films/signs/newborn.mp4"
    assert film.caption
    walker.press("back")
    assert walker.page.id == "notice"
    walker.press("continue")
    assert walker.page.id != "notice"


@pytest.mark.parametrize(
    "file", ["../secret.mp4", "/etc/passwd", "rtsp://a/b.mp4", "a.exe", "a/.mp4"]
)
def test_a_film_is_a_file_below_the_media_folder_and_nothing_else(shipped, file):
    event = shipped.catalogue.life_event("newborn")
    with pytest.raises(ValidationError, match="sign_video"):
        LifeEvent.model_validate({**event.model_dump(), "sign_video": file})
