"""Care mode makes text larger, and gives back the size from before when it is taken off."""

from __future__ import annotations

import pytest

from kiosk.access.profile import TextSize
from kiosk.journey.signals import Chosen
from tests.harness.walk import Walker, world


@pytest.fixture
def walker() -> Walker:
    walker = Walker(world())
    walker.press("begin")
    walker.press("ease")
    return walker


def choose(walker: Walker, **aspects: str) -> TextSize:
    """The size of text once these were chosen on the page of settings."""
    for aspect, value in aspects.items():
        walker.send(Chosen(walker.page.id, aspect, value))
    return walker.session.profile.text


@pytest.mark.parametrize("size", TextSize)
def test_text_is_again_as_it_was_before_care_mode(walker: Walker, size: TextSize):
    assert choose(walker, text=size, care="yes") in (TextSize.LARGE, TextSize.LARGEST)
    assert choose(walker, care="no") is size


@pytest.mark.parametrize("size", [TextSize.SMALL, TextSize.NORMAL, TextSize.LARGEST])
def test_a_size_chosen_in_care_mode_stays_without_it(walker: Walker, size: TextSize):
    assert choose(walker, care="yes", text=size) is size
    assert choose(walker, care="no") is size


def test_care_mode_chosen_twice_is_taken_off_once(walker: Walker):
    assert choose(walker, care="yes") is TextSize.LARGE
    assert choose(walker, care="yes") is TextSize.LARGE
    assert choose(walker, care="no") is TextSize.NORMAL
