"""What the screen tells the narrator, and when."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kiosk.journey.page import PAUSE, REPLAY, Action, Weight
from tests.harness.window import Glass
from tests.screens.sample_pages import sample


def test_a_page_is_told_when_it_comes_and_when_it_changes(glass: Glass) -> None:
    glass.show(sample("question"))
    glass.show(replace(sample("question"), lead="另一句"))
    assert glass.told.lines == ["shown question.household"] * 2


def test_a_place_is_told_with_its_number_and_its_block(glass: Glass) -> None:
    glass.show(sample("choose"))
    glass.driver.press("down", "down")
    place = glass.told.places[-1]
    assert (place.name, place.block, place.number) == ("person", "life_cycle", 2)


def test_nothing_is_told_of_the_focus_before_a_key_moves_it(glass: Glass) -> None:
    glass.show(sample("question"))
    glass.driver.press("down")
    glass.told.clear()
    glass.show(sample("check"))
    assert glass.told.lines == ["shown check"]  # or the page would not be heard to its end


def test_what_is_typed_is_told_letter_by_letter(glass: Glass) -> None:
    glass.show(sample("name"))
    glass.told.clear()
    for key in "wu":
        glass.driver.key(key)
    glass.driver.key("backspace")
    glass.driver.key("spacebar")
    assert glass.told.lines[0].startswith("typed value=周𠮷㙍|w")
    assert glass.told.lines[1].startswith("typed value=周𠮷㙍|wu")
    assert glass.told.lines[2].startswith("typed value=周𠮷㙍|w")
    assert glass.told.lines[3].endswith("|")
    assert len(glass.told.lines) == 4


def test_what_is_typed_by_touch_is_told_too(glass: Glass) -> None:
    glass.show(sample("id_number"))
    glass.told.clear()
    glass.driver.touch("key.4")
    assert glass.told.lines == ["typed value=4|"]


def test_seconds_left_are_told(glass: Glass) -> None:
    glass.show(sample("warning"))
    glass.told.clear()
    glass.later(10)
    glass.driver.wait(lambda: bool(glass.told.lines), "a second told")
    assert set(glass.told.lines) == {"counting 20"}


@pytest.mark.parametrize("action", [REPLAY, PAUSE])
def test_replay_and_pause_are_for_the_narrator_alone(glass: Glass, action: str) -> None:
    page = sample("question")
    again = Action(action, "再听", Weight.TOP)
    glass.show(replace(page, actions=(again, *page.actions)))
    glass.driver.touch(action)
    assert glass.told.lines[-1] == {REPLAY: "again", PAUSE: "pause"}[action]
    assert glass.signals == []


def test_the_end_of_a_session_is_told(glass: Glass) -> None:
    glass.show(sample("question"))
    glass.told.clear()
    glass.window.forget()
    glass.driver.settle()
    assert glass.told.lines == ["forget"]
