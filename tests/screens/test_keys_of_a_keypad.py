"""A page is used with nothing but UP, DOWN, LEFT, RIGHT and SELECT."""

from __future__ import annotations

import threading
from dataclasses import replace

import pytest

from kiosk.access.profile import Language, Profile, TextSize
from kiosk.journey.page import Layout
from kiosk.journey.signals import Adjusted, Adjustment, Chosen, IdleWarned, Pressed
from tests.harness.people import citizen
from tests.harness.window import Glass
from tests.screens.sample_pages import sample
from tests.screens.test_journey_pages import walker
from tests.screens.walking import to_action


def test_the_first_down_goes_to_the_first_place_of_the_content(glass: Glass) -> None:
    glass.show(sample("question"))
    assert glass.driver.focus is None
    glass.driver.press("down")
    assert glass.driver.focus == "mother"


def test_down_goes_through_content_actions_and_bar_and_comes_round_with_its_number(
    glass: Glass,
) -> None:
    glass.show(sample("question"))
    walked = []
    for _ in range(11):
        glass.driver.press("down")
        walked.append(glass.driver.focus)
    assert walked == [
        *("mother", "father", "unsure"),
        *("back", "continue", "help", "problem", "leave"),
        *("text_size", "ease", "language"),
    ]
    glass.driver.press("down")
    place = glass.told.places[-1]
    assert (place.name, place.number, place.count) == ("mother", 1, 11)
    glass.driver.press("up")
    assert glass.told.places[-1].number == 11


def test_the_page_turns_by_itself_to_the_side_that_holds_the_focus(glass: Glass) -> None:
    glass.show(sample("check"), TextSize.LARGEST)
    sides = glass.driver.frame.turns.of
    assert sides > 1
    seen = set()
    for _ in range(30):
        glass.driver.press("down")
        frame = glass.driver.frame
        assert glass.driver.focus in {target.name for target in frame.targets}
        assert not str(glass.driver.focus).startswith("turn.")
        seen.add(frame.turns.at)
    assert seen == set(range(sides))


def test_right_and_left_go_to_what_is_beside(glass: Glass) -> None:
    glass.show(sample("choose"))
    glass.driver.press("down", "down")
    assert glass.driver.focus == "person"
    glass.driver.press("right")
    assert glass.driver.focus == "enterprise"
    glass.driver.press("left")
    assert glass.driver.focus == "person"


def test_select_does_what_a_touch_does(glass: Glass) -> None:
    glass.show(sample("question"))
    glass.driver.press("down", "down", "select")
    assert glass.signals == [Chosen("question.household", "value", "father")]
    assert glass.touches == []  # who tells of keys has counted them


def test_texts_are_places_where_pages_are_read_aloud(glass: Glass) -> None:
    glass.told.texts = ("text:head", "text:answers.row_2", "text:foot.progress")
    page = sample("check")
    glass.show(page)
    glass.driver.press("down")
    head = next(p for p in glass.driver.frame.placed if p.key == ("head",))
    assert (glass.driver.focus, glass.driver.ring.y) == ("text:head", head.y)  # type: ignore[union-attr]
    glass.driver.press("down", "down", "down")
    rows = [placed for placed in glass.driver.frame.placed if "answers" in placed.key]
    assert glass.driver.focus == "text:answers.row_2"
    assert glass.driver.ring is not None and glass.driver.ring.y == rows[2].y
    glass.driver.press("select")
    assert [place.name for place in glass.told.places[-2:]] == ["text:answers.row_2"] * 2
    assert glass.signals == []


def test_a_text_that_is_not_on_the_glass_is_a_place_too(glass: Glass) -> None:
    glass.told.texts = ("text:foot.heard_0",)
    glass.show(sample("question"))
    glass.driver.press("down", "down", "down", "down")
    assert (glass.driver.focus, glass.driver.ring) == ("text:foot.heard_0", None)


def test_a_page_that_is_listened_to_begins_before_its_first_place(glass: Glass) -> None:
    glass.show(sample("question"))
    glass.driver.press("down")
    glass.told.texts = ("text:head",)
    glass.show(sample("check"))
    assert glass.driver.focus is None
    glass.driver.press("select")  # nothing is selected by accident: the page is said again
    assert (glass.told.lines[-1], glass.signals) == ("again", [])
    glass.driver.press("down")
    assert glass.driver.focus == "text:head"


def test_right_and_left_pass_over_texts(glass: Glass) -> None:
    glass.told.texts = ("text:head", "text:foot.heard_0")
    glass.show(sample("question"))
    glass.driver.press("right")
    assert glass.driver.focus == "mother"
    glass.driver.press("right", "right", "right")  # nothing is beside an answer, so to the next
    assert glass.driver.focus == "back"
    glass.driver.press("up")
    assert glass.driver.focus == "text:foot.heard_0"
    glass.driver.press("left")
    assert glass.driver.focus == "unsure"


def test_an_answer_chosen_already_is_said_again(glass: Glass) -> None:
    page = sample("question")
    glass.show(replace(page, blocks=(replace(page.blocks[0], selected="mother"),)))  # type: ignore[arg-type]
    glass.driver.press("down")
    glass.told.clear()
    glass.driver.press("select")
    assert glass.told.lines == ["focused mother"]


def test_back_and_help_are_actions_of_the_page(glass: Glass) -> None:
    glass.show(sample("question"))
    glass.driver.press("back", "help")
    page = "question.household"
    assert glass.signals == [Pressed(page, "back"), Pressed(page, "help")]


def test_select_pressed_once_too_often_clears_nothing(glass: Glass) -> None:
    glass.show(sample("question"))
    to_action(glass, "leave")
    glass.show(sample("warning"))
    assert glass.driver.focus == "stay"
    glass.driver.press("select")
    assert glass.signals == [Pressed("idle_warning", "stay")]


@pytest.mark.parametrize("name", ["leave", "idle_warning", "help", "problem", "ease"])
def test_back_closes_a_page_in_front(glass: Glass, name: str) -> None:
    someone = walker(Language.ZH)
    someone.begin(citizen("limian").person, ())
    under = someone.page
    if name == "idle_warning":
        someone.send(IdleWarned())
    else:
        someone.press(name)
    assert someone.page.layout is Layout.NOTICE
    glass.show(someone.page)
    glass.driver.press("back")
    (signal,) = glass.signals
    someone.send(signal)
    assert someone.page.id == under.id


def test_volume_is_asked_for_on_any_page(glass: Glass) -> None:
    glass.show(sample("idle"))
    glass.driver.press("volume_up", "volume_down")
    assert glass.signals == [Adjusted(Adjustment.LOUDER), Adjusted(Adjustment.SOFTER)]


def test_a_key_that_means_nothing_here_is_answered(glass: Glass) -> None:
    glass.show(sample("idle"))
    glass.driver.press("back")
    assert glass.told.lines[-1] == "again"
    glass.driver.press("down", "back")
    assert glass.told.lines[-1] == f"focused {glass.driver.focus}"
    assert glass.signals == []


def test_a_key_that_nobody_knows_does_nothing(glass: Glass) -> None:
    glass.show(sample("question"))
    glass.told.clear()
    glass.driver.press("f13", "")
    assert (glass.signals, glass.told.lines, glass.driver.focus) == ([], [], None)


def test_a_key_before_the_first_page_does_nothing(glass: Glass) -> None:
    glass.driver.press("down", "select", "back")
    assert glass.signals == []


def test_select_alone_asks_for_the_ring_of_a_switch(glass: Glass) -> None:
    glass.show(sample("idle"))
    glass.driver.press("select")
    assert glass.signals == [Adjusted(Adjustment.SWITCH)]


def test_a_finger_that_brushes_the_glass_does_not_make_a_switch_of_select(glass: Glass) -> None:
    glass.show(sample("question"))
    glass.driver.press("down", "down")
    glass.driver.touch_at(5, 900)  # beside everything
    glass.driver.press("select")
    assert (glass.signals, glass.told.lines[-1]) == ([], "again")
    glass.driver.press("down")
    assert glass.driver.focus == "mother"


def test_keys_come_after_the_page_that_was_shown_before_them(glass: Glass) -> None:
    glass.show(sample("question"))
    glass.window.show(sample("check"), Profile())
    glass.window.press("back")
    glass.driver.settle()
    assert glass.signals == [Pressed("check", "back")]


def test_keys_come_from_any_thread(glass: Glass) -> None:
    glass.show(sample("question"))
    keypad = threading.Thread(target=lambda: [glass.window.press("back") for _ in range(50)])
    keypad.start()
    glass.driver.wait(lambda: len(glass.signals) == 50, "all keys")
    keypad.join()


def test_keys_of_one_citizen_do_not_reach_the_next(glass: Glass) -> None:
    glass.show(sample("question"))
    glass.window.press("back")
    glass.window.forget()
    glass.show(sample("check"))
    assert glass.signals == []
