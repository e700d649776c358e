"""What is still being composed is never dropped without a word: the page stays and says so."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kiosk.access.profile import Language, Profile, Scanning, TextSize
from kiosk.journey.page import Field, FieldKind, Page
from kiosk.journey.signals import Edited, Pressed
from screens.commands import Compose, Enter, Erase, Leave, Pick, Press
from tests.harness.window import Glass
from tests.screens.sample_pages import sample
from tests.screens.test_keys_everywhere import Screen, screen  # noqa: F401 -- a fixture
from tests.screens.walking import to_action

HINT = "还有没选好的字"
ONWARD = Pressed("field.chinese", "continue")


def composed(glass: Glass, letters: str = "da", **more: object) -> Page:
    """A name of which the last character is not chosen."""
    page = sample("name")
    glass.show(page, **more)  # type: ignore[arg-type]
    for letter in letters:
        glass.driver.touch(f"key.{letter}")
    assert glass.driver.frame.page == page.id
    return page


def texts(glass: Glass) -> str:
    return "".join(line.text for placed in glass.driver.frame.placed for line in placed.lines)


def two_fields() -> Page:
    page = sample("name")
    one = page.blocks[0]
    assert isinstance(one, Field)
    other = Field("other", "曾用名", FieldKind.CHINESE, longest=20)
    return replace(page, blocks=(one, other))


def test_going_on_stays_on_the_page_and_says_why(glass: Glass) -> None:
    composed(glass)
    assert HINT not in texts(glass)
    glass.driver.touch("continue")
    assert ONWARD not in glass.signals
    assert HINT in texts(glass)
    assert glass.told.lines[-1] == "unfinished chinese"


def test_a_character_that_is_chosen_lets_one_go_on(glass: Glass) -> None:
    composed(glass)
    glass.driver.touch("continue")
    glass.driver.touch("candidate.0")
    assert isinstance(glass.signals[-1], Edited)
    assert HINT not in texts(glass)
    glass.driver.touch("continue")
    assert glass.signals[-1] == ONWARD


def test_letters_that_are_deleted_let_one_go_on(glass: Glass) -> None:
    composed(glass)
    glass.driver.touch("continue")
    glass.driver.touch("key.delete")
    assert HINT in texts(glass)
    glass.driver.touch("key.delete")
    assert HINT not in texts(glass)
    glass.driver.touch("continue")
    assert glass.signals == [ONWARD]


def test_strokes_are_called_by_their_name(glass: Glass) -> None:
    glass.show(sample("name"))
    glass.driver.touch("key.strokes")
    glass.driver.touch("key.h")
    glass.driver.touch("continue")
    assert "或把笔画删掉" in texts(glass).replace("\n", "")
    assert glass.told.lines[-1] == "unfinished strokes"


def test_the_keypad_is_led_to_the_first_character(glass: Glass) -> None:
    composed(glass)
    to_action(glass, "continue")
    glass.told.clear()
    glass.driver.press("select")
    assert glass.signals == []
    assert glass.driver.focus == "candidate.0"
    assert glass.told.lines == ["unfinished chinese", "moved candidate.0"]
    glass.driver.press("select")
    assert isinstance(glass.signals[-1], Edited)


def test_the_ring_of_a_switch_is_led_to_the_characters(glass: Glass) -> None:
    composed(glass, scanning=Scanning.TWO_SWITCHES)
    glass.driver.press("select")  # wakes the ring that the finger put to rest
    while glass.driver.focus != "continue":
        glass.driver.press("next")
    glass.driver.press("select")
    assert glass.signals == []
    assert glass.driver.focus == "candidate.0"


@pytest.mark.parametrize("action", ["back", "help", "leave", "ease"])
def test_every_other_action_goes(glass: Glass, action: str) -> None:
    composed(glass)
    glass.driver.touch(action)
    assert glass.signals == [Pressed("field.chinese", action)]


def test_another_field_waits_for_it_and_walking_is_free(glass: Glass) -> None:
    glass.show(two_fields())
    for letter in "da":
        glass.driver.touch(f"key.{letter}")
    to_action(glass, "other")
    assert "da" in texts(glass)
    glass.driver.press("select")
    assert HINT in texts(glass)
    glass.driver.key("spacebar")
    assert [s.field for s in glass.signals if isinstance(s, Edited)] == ["value"]


def test_done_on_a_keyboard_waits_for_it(glass: Glass) -> None:
    glass.show(sample("choose"))
    glass.driver.touch("search")
    for letter in "da":
        glass.driver.touch(f"key.{letter}")
    glass.driver.touch("key.done")
    assert HINT in texts(glass)


def test_it_waits_under_a_page_in_front(glass: Glass) -> None:
    page = composed(glass)
    glass.show(sample("warning"))
    glass.show(page)
    glass.driver.touch("continue")
    assert HINT in texts(glass)
    glass.driver.touch("candidate.0")
    assert len([s for s in glass.signals if isinstance(s, Edited)]) == 1


TYPING = [*map(Compose, "dan"), Pick(0), Erase()]
COMMANDS = st.sampled_from([*TYPING, Enter("value"), Enter("other"), Leave(), Press("continue")])


@settings(
    deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(commands=st.lists(COMMANDS, max_size=30), text=st.sampled_from(TextSize))
def test_whatever_is_done_nothing_composed_goes_but_by_choosing_or_deleting(
    screen: Screen,  # noqa: F811 -- the fixture
    *,
    commands: list[object],
    text: TextSize,
) -> None:
    screen.forget()
    screen.show(two_fields(), Profile(text, language=Language.ZH))
    editor = screen.inside.editor
    for command in commands:
        before = editor.composition.preedit
        screen.signals.clear()
        done = screen.inside.run(command)  # type: ignore[arg-type]
        if before and not isinstance(command, Pick | Erase | Compose):
            assert editor.composition.preedit == before
        if before and command == Press("continue"):
            entry = editor.entered
            assert (done, screen.signals) == (False, [])
            assert entry is not None and entry.unfinished
        screen.inside.drawn()
