"""Keyboards and keypads: everything that can be touched can be reached by keys."""

from __future__ import annotations

import pytest

from kiosk.journey.signals import Chosen, Edited, Pressed
from tests.harness.window import Glass
from tests.screens.sample_pages import SAMPLES, sample


def test_tab_walks_everything_in_reading_order_and_comes_round(glass: Glass) -> None:
    glass.show(sample("question"))
    order = [target.name for target in glass.driver.frame.targets]
    walked = []
    for _ in order:
        glass.driver.key("tab")
        walked.append(glass.driver.focus)
    assert walked == [*order[3:], *order[:3]]  # content first; the bar above comes last
    glass.driver.key("tab", shift=True)
    assert glass.driver.focus == walked[-2]


def test_arrows_move_and_enter_selects(glass: Glass) -> None:
    glass.show(sample("question"))
    glass.driver.key("tab")
    glass.driver.key("down")
    glass.driver.key("enter")
    assert glass.signals == [Chosen("question.household", "value", "father")]
    glass.driver.key("down")
    glass.driver.key("down")
    assert glass.driver.focus in ("back", "continue")
    glass.driver.key("right")
    glass.driver.key("enter")
    assert glass.signals[-1] == Pressed("question.household", "continue")


def test_a_touch_hides_the_focus_ring(glass: Glass) -> None:
    glass.show(sample("question"))
    glass.driver.key("tab")
    glass.driver.touch("father")
    assert glass.driver.focus is None


def test_the_focus_begins_with_the_content_of_the_next_page(glass: Glass) -> None:
    glass.show(sample("question"))
    glass.driver.key("tab")
    glass.show(sample("check"))
    assert glass.driver.focus == "change.0"


def test_digits_and_letters_go_to_the_field(glass: Glass) -> None:
    glass.show(sample("id_number"))
    for key in "4301x":
        glass.driver.key(key)
    glass.driver.key("backspace")
    assert [signal.text for signal in glass.signals if isinstance(signal, Edited)] == [
        "4",
        "43",
        "430",
        "4301",
        "4301X",
        "4301",
    ]


def test_pinyin_is_composed_by_keys_too(glass: Glass) -> None:
    glass.show(sample("name"))
    for key in "zhou":
        glass.driver.key(key)
    assert glass.signals == []
    glass.driver.key("spacebar")
    assert glass.signals == [Edited("field.chinese", "value", "周𠮷㙍周")]


def test_a_key_held_down_counts_once(glass: Glass) -> None:
    glass.show(sample("question"))
    glass.driver.key("tab")
    for _ in range(5):
        glass.driver.hold("enter")
    glass.driver.release("enter")
    assert len(glass.signals) == 1


@pytest.mark.parametrize("name", list(SAMPLES))
def test_no_key_whatever_ends_or_leaves_the_page(glass: Glass, name: str) -> None:
    glass.show(sample(name))
    codes = [27, 282, 283, 293, 291, 19, 127, 277, 278, 279, 280, 281, 301, 305, 306, 308, 0, 1]
    before = glass.driver.frame.page
    for code in (*codes, *range(32, 127)):
        glass.driver.key(f"{code:03}")
    assert glass.driver.alive
    assert glass.driver.frame.page == before


def test_a_window_on_a_terminal_refuses_to_close(glass: Glass) -> None:
    glass.show(sample("question"))
    glass.driver.key("027")
    assert glass.driver.alive
