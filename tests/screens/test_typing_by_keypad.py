"""Fields are filled in with nothing but the keys of a keypad."""

from __future__ import annotations

from dataclasses import replace

from kiosk.journey.signals import Edited
from tests.harness.window import Glass
from tests.screens.sample_pages import sample
from tests.screens.walking import keyboard_shown, leave_keyboard, to_key


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
    compose(glass, "xiang")
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
    compose(glass, "xiang")
    to_key(glass, "candidate.0")
    glass.told.clear()
    glass.driver.press("select")
    assert glass.told.lines[0].startswith("typed value=")
    assert glass.told.lines[-1] == f"moved {glass.driver.focus}"


def test_more_characters_begin_with_the_first(glass: Glass) -> None:
    compose(glass, "yi")
    to_key(glass, "candidates.more")
    glass.driver.press("select")
    assert glass.driver.focus == "candidate.0"
    assert glass.told.lines[-1] == "moved candidate.0"


def test_up_to_the_characters_leads_to_the_likeliest(glass: Glass) -> None:
    compose(glass, "yi")
    to_key(glass, "key.p")
    glass.driver.press("up")
    assert glass.driver.focus == "candidate.0"


def test_after_done_the_field_is_said(glass: Glass) -> None:
    glass.show(sample("choose"))
    glass.driver.press("down", "select")
    to_key(glass, "key.done")
    glass.driver.press("select")
    assert glass.told.lines[-1] == "moved search"


def test_who_listens_hears_where_the_caret_goes(glass: Glass) -> None:
    glass.told.texts = ("text:head",)
    glass.show(sample("latin"))
    glass.driver.press("down", "down")
    assert glass.driver.focus == "value"
    glass.told.clear()
    glass.told.texts = ("text:head",)
    glass.driver.press("left")
    assert glass.told.lines == ["focused value"]


def compose(glass: Glass, letters: str) -> None:
    """Type letters of pinyin into an empty field."""
    glass.show(replace(sample("quick_picks"), id="field.other"))
    glass.driver.press("down")
    for letter in letters:
        to_key(glass, f"key.{letter}")
        glass.driver.press("select")
