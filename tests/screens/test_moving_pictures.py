"""Pictures of what the hands do: slow, soon at rest, drawn no more then; their words stay."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.journey.page import Motion, Page, Picture
from screens.blocks.motion import FRAMES_S, WHOLE_S, at
from screens.sketch import Box
from tests.harness.window import Glass
from tests.screens.sample_pages import ZH, Words, step

ROOM = Box(100, 200, 600, 500)
LONGEST_S = 5  # WCAG 2.2, 2.2.2: what moves longer can be stopped
MOVING = [motion for motion in Motion if motion is not Motion.NONE]


def moving_page(motion: Motion) -> Page:
    caption = "把身份证平放在读卡区"
    return step(Words(ZH), "identify", "请放卡", Picture("card", "account", caption, motion))


@pytest.mark.parametrize("motion", MOVING)
def test_it_moves_and_has_come_to_rest_within_five_seconds(motion):
    assert WHOLE_S <= LONGEST_S
    assert at(motion, ROOM, 0) != at(motion, ROOM, 1)
    assert at(motion, ROOM, WHOLE_S) == at(motion, ROOM, 1000)


@pytest.mark.parametrize("motion", MOVING)
def test_there_are_at_most_five_pictures_a_second(motion):
    seen = {at(motion, ROOM, n / 60) for n in range(60)}
    assert len(seen) <= FRAMES_S


@pytest.mark.parametrize("motion", MOVING)
@settings(deadline=None)
@given(seconds=st.floats(-10, 1e6), height=st.floats(50, 2000), shape=st.floats(1.1, 1.4))
def test_nothing_of_it_ever_leaves_its_area(motion, seconds, height, shape):
    room = Box(0, 0, shape * height, height)
    assert all(room.contains(mark.box) for mark in at(motion, room, seconds))


@pytest.mark.parametrize("motion", MOVING)
def test_nothing_blinks_from_one_picture_to_the_next(motion):
    pictures = [at(motion, ROOM, n / FRAMES_S) for n in range(12)]
    for before, after in pairwise(pictures):
        assert abs(len(after) - len(before)) <= 1


@pytest.mark.parametrize("motion", MOVING)
def test_its_words_are_beside_it_all_the_time(glass: Glass, motion: Motion):
    glass.show(moving_page(motion))
    assert "把身份证平放在读卡区" in "".join(glass.driver.texts())
    glass.window.stage.end_motion()
    assert "把身份证平放在读卡区" in "".join(glass.driver.texts())


def test_at_rest_the_glass_is_drawn_no_more(glass: Glass):
    glass.show(moving_page(Motion.LAY))
    first = glass.driver.picture()
    glass.later(WHOLE_S)
    before = glass.driver.redraws
    glass.driver.wait(lambda: glass.driver.redraws > before, "the last picture")
    assert glass.driver.picture() != first
    glass.later(1)
    before = glass.driver.redraws
    glass.driver.rest()
    assert glass.driver.redraws == before


def test_it_can_be_brought_to_its_rest_at_once(glass: Glass):
    glass.show(moving_page(Motion.LAY))
    first = glass.driver.picture()
    glass.window.stage.end_motion()
    rested = glass.driver.picture()
    assert rested != first
    glass.later(1)
    before = glass.driver.redraws
    glass.driver.rest()
    assert glass.driver.redraws == before
    assert glass.driver.picture() == rested


def test_it_does_not_begin_again_when_the_page_changes_beside_it(glass: Glass):
    page = moving_page(Motion.LAY)
    glass.show(page)
    glass.window.stage.end_motion()
    rested = glass.driver.picture()
    glass.show(step(Words(ZH), "identify", "请放卡", *page.blocks))
    assert glass.driver.picture() == rested
