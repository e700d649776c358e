"""A page is used with nothing but UP, DOWN, LEFT, RIGHT and SELECT."""

from __future__ import annotations

import threading
from dataclasses import replace

import pytest

from kiosk.access.profile import (
    Contrast,
    Hand,
    Language,
    Profile,
    Scanning,
    Speech,
    TextSize,
)
from kiosk.journey.page import Layout, Page
from kiosk.journey.signals import Adjusted, Adjustment, Chosen, Edited, Pressed
from tests.harness.window import Glass
from tests.screens.sample_pages import sample


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


def test_a_number_is_typed_wholly_by_keys(glass: Glass) -> None:
    glass.show(sample("id_number"))
    glass.driver.press("down")
    assert glass.driver.focus == "value"
    for key in "43X":
        to_key(glass, f"key.{key}")
        glass.driver.press("select")
    assert [s.text for s in glass.signals if isinstance(s, Edited)] == ["4", "43", "43X"]
    leave_keyboard(glass)
    assert glass.driver.focus == "back"
    glass.driver.press("down")
    assert glass.driver.focus == "continue"


def test_up_from_the_actions_enters_the_keyboard_from_below(glass: Glass) -> None:
    glass.show(sample("phone"))
    glass.driver.press("down")
    leave_keyboard(glass)
    glass.driver.press("up")
    assert glass.driver.focus == "key.clear"  # the last row
    glass.driver.press("up", "up", "up", "up")
    assert glass.driver.focus == "value"


def test_pinyin_is_composed_by_the_keypad(glass: Glass) -> None:
    glass.show(replace(sample("quick_picks"), id="field.other"))
    glass.driver.press("down")
    for letter in "xiang":
        to_key(glass, f"key.{letter}")
        glass.driver.press("select")
    to_key(glass, "candidate.0")
    glass.driver.press("select")
    edited = [signal for signal in glass.signals if isinstance(signal, Edited)]
    assert len(edited) == 1 and edited[0].text
    assert glass.driver.focus is not None  # the candidates went; the focus did not


def test_a_search_field_is_entered_by_select_and_left_by_walking_on(glass: Glass) -> None:
    glass.show(sample("choose"))
    glass.driver.press("down")
    assert glass.driver.focus == "search"
    assert not keyboard_shown(glass)
    glass.driver.press("select")
    assert keyboard_shown(glass)
    glass.driver.press("down")
    assert str(glass.driver.focus).startswith(("key.", "candidate"))
    leave_keyboard(glass)
    assert glass.driver.focus == "person"
    assert not keyboard_shown(glass)


def test_done_on_a_keyboard_leads_back_to_its_field(glass: Glass) -> None:
    glass.show(sample("choose"))
    glass.driver.press("down", "select")
    to_key(glass, "key.done")
    glass.driver.press("select")
    assert glass.driver.focus == "search"
    assert not keyboard_shown(glass)


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


def test_a_key_that_changes_nothing_is_said_again(glass: Glass) -> None:
    glass.show(sample("phone"))
    glass.driver.press("down")
    to_key(glass, "key.delete")
    glass.told.clear()
    for _ in range(12):
        glass.driver.press("select")
    assert glass.told.lines[-1] == "focused key.delete"


def test_where_the_focus_is_is_said_after_the_candidate_that_it_was_on_has_gone(
    glass: Glass,
) -> None:
    glass.show(replace(sample("quick_picks"), id="field.other"))
    glass.driver.press("down")
    for letter in "xiang":
        to_key(glass, f"key.{letter}")
        glass.driver.press("select")
    to_key(glass, "candidate.0")
    glass.told.clear()
    glass.driver.press("select")
    assert glass.told.lines[0].startswith("typed value=")
    assert glass.told.lines[-1] == f"moved {glass.driver.focus}"


def test_more_characters_begin_with_the_first(glass: Glass) -> None:
    glass.show(replace(sample("quick_picks"), id="field.other"))
    glass.driver.press("down")
    for letter in "yi":
        to_key(glass, f"key.{letter}")
        glass.driver.press("select")
    to_key(glass, "candidates.more")
    glass.driver.press("select")
    assert glass.driver.focus == "candidate.0"
    assert glass.told.lines[-1] == "moved candidate.0"


def test_up_to_the_characters_leads_to_the_likeliest(glass: Glass) -> None:
    glass.show(replace(sample("quick_picks"), id="field.other"))
    glass.driver.press("down")
    for letter in "yi":
        to_key(glass, f"key.{letter}")
        glass.driver.press("select")
    to_key(glass, "key.p")
    glass.driver.press("up")
    assert glass.driver.focus == "candidate.0"


def test_after_done_the_field_is_said(glass: Glass) -> None:
    glass.show(sample("choose"))
    glass.driver.press("down", "select")
    to_key(glass, "key.done")
    glass.driver.press("select")
    assert glass.told.lines[-1] == "moved search"


def test_the_focus_goes_to_a_field_that_is_wrong(glass: Glass) -> None:
    wrong = sample("phone")
    right = replace(wrong, blocks=(replace(wrong.blocks[0], error=""),))  # type: ignore[arg-type]
    glass.show(right)
    to_action(glass, "continue")
    glass.told.clear()
    glass.show(wrong)
    assert glass.driver.focus == "value"
    assert glass.told.lines == [f"shown {wrong.id}", "moved value"]


def test_who_listens_hears_where_the_caret_goes(glass: Glass) -> None:
    glass.told.texts = ("text:head",)
    glass.show(sample("latin"))
    glass.driver.press("down", "down")
    assert glass.driver.focus == "value"
    glass.told.clear()
    glass.told.texts = ("text:head",)
    glass.driver.press("left")
    assert glass.told.lines == ["focused value"]


def test_back_and_help_are_actions_of_the_page(glass: Glass) -> None:
    glass.show(sample("question"))
    glass.driver.press("back", "help")
    page = "question.household"
    assert glass.signals == [Pressed(page, "back"), Pressed(page, "help")]


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


def test_a_dialog_holds_the_focus_and_gives_it_back(glass: Glass) -> None:
    glass.show(sample("question"))
    glass.driver.press("down", "down", "down")
    glass.show(sample("warning"))
    shown = {target.name for target in glass.driver.frame.targets}
    for _ in range(8):
        glass.driver.press("down")
        assert glass.driver.focus in shown
    glass.show(sample("question"))
    assert glass.driver.focus == "unsure"


def test_a_dialog_over_a_dialog_gives_back_both(glass: Glass) -> None:
    under = replace(sample("question"), id="ease", layout=Layout.NOTICE)
    glass.show(sample("check"))
    glass.driver.press("down", "down")
    glass.show(under)
    glass.driver.press("down", "down")
    glass.show(sample("warning"))
    glass.show(under)
    assert glass.driver.focus == "unsure"
    glass.show(sample("check"))
    assert glass.driver.focus == "change.1"


def test_what_is_half_typed_waits_under_a_dialog_with_its_caret(glass: Glass) -> None:
    page = sample("latin")
    glass.show(page)
    glass.driver.key("left")
    glass.driver.key("left")
    glass.show(sample("warning"))
    glass.show(page)
    glass.driver.key("7")
    assert glass.signals == [Edited(page.id, "value", "zhou@example.7cn")]


PROFILES = {
    "text": {"text": TextSize.LARGEST},
    "contrast": {"contrast": Contrast.DARK},
    "language": {"language": Language.EN},
    "care": {"care": True},
    "seated": {"seated": True},
    "hand": {"hand": Hand.LEFT},
    "steady": {"steady": True},
    "scanning": {"scanning": Scanning.TWO_SWITCHES},
    "speech": {"speech": Speech(on=True)},
    "curtain": {"curtain": True},
}


@pytest.mark.parametrize("name", PROFILES)
def test_a_change_of_profile_keeps_answer_focus_and_caret(glass: Glass, name: str) -> None:
    page = sample("latin", PROFILES[name].get("language", Language.ZH))  # type: ignore[arg-type]
    glass.show(sample("latin"))
    glass.driver.key("left")
    glass.driver.key("7")
    glass.driver.press("down", "down")
    before = glass.driver.focus
    glass.window.show(_holding(page, "zhou@example.c7n"), replace(Profile(), **PROFILES[name]))  # type: ignore[arg-type]
    glass.driver.settle()
    if name != "scanning":  # a ring begins with the first group
        assert glass.driver.focus == before
    glass.driver.key("8")
    assert glass.signals[-1] == Edited(page.id, "value", "zhou@example.c78n")


def test_every_field_of_a_profile_is_tried() -> None:
    assert set(PROFILES) == set(Profile.__dataclass_fields__)


def _holding(page: Page, text: str) -> Page:
    return replace(page, blocks=(replace(page.blocks[0], value=text),))  # type: ignore[arg-type]


def keyboard_shown(glass: Glass) -> bool:
    return any(placed.key == ("keyboard",) for placed in glass.driver.frame.placed)


def to_key(glass: Glass, name: str) -> None:
    """Go to a key: into the keyboard, to its row, then along it."""
    for _ in range(24):
        if glass.driver.focus == name:
            return
        there, here = glass.driver.target(name).box, glass.driver.ring
        assert here is not None
        if not is_key(glass) or there.y > here.bottom:
            glass.driver.press("down")
        elif there.bottom < here.y:
            glass.driver.press("up")
        else:
            glass.driver.press("right" if there.x > here.x else "left")
    raise AssertionError(f"{name} was not reached by keys")


def to_action(glass: Glass, name: str) -> None:
    for _ in range(30):
        if glass.driver.focus == name:
            return
        glass.driver.press("down")
    raise AssertionError(f"{name} was not reached by DOWN")


def is_key(glass: Glass) -> bool:
    return any(
        target.name == glass.driver.focus
        for placed in glass.driver.frame.placed
        if placed.key == ("keyboard",)
        for target in placed.targets
    )


def leave_keyboard(glass: Glass) -> None:
    for _ in range(12):
        glass.driver.press("down")
        if not is_key(glass):
            return
    raise AssertionError("DOWN does not lead out of the keyboard")
