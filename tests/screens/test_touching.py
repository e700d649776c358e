"""What a touch is, and what it sends."""

from __future__ import annotations

from dataclasses import replace

from kiosk.access.profile import TextSize
from kiosk.journey.signals import Chosen, Pressed
from screens.theme import LIGHT, Role
from screens.touches import HOLD_S, Touches
from tests.harness.window import Glass
from tests.screens.sample_pages import sample


def test_a_touch_sends_the_action_and_the_page_it_was_on(glass: Glass) -> None:
    glass.show(sample("check"))
    glass.driver.touch("continue")
    glass.driver.touch("change.4")
    assert glass.signals == [Pressed("check", "continue"), Pressed("check", "change.4")]
    assert len(glass.touches) == 2


def test_an_answer_and_a_segment_are_chosen_and_a_card_is_pressed(glass: Glass) -> None:
    glass.show(sample("question"))
    glass.driver.touch("father")
    glass.show(sample("choose"))
    glass.driver.touch("enterprise")
    glass.driver.touch("school")
    assert glass.signals == [
        Chosen("question.household", "value", "father"),
        Chosen("choose", "life_cycle", "enterprise"),
        Pressed("choose", "school"),
    ]


def test_a_touch_that_begins_beside_a_target_does_nothing(glass: Glass) -> None:
    glass.show(sample("question"))
    button = glass.driver.target("continue").box
    glass.driver.touch_at(button.x - 12, button.centre[1], end=button.centre)
    assert glass.signals == []


def test_a_touch_that_ends_beside_its_target_does_nothing(glass: Glass) -> None:
    glass.show(sample("question"))
    button = glass.driver.target("continue").box
    glass.driver.touch_at(*button.centre, end=(button.centre[0], button.y - 20))
    glass.driver.touch_at(*button.centre, end=glass.driver.target("back").box.centre)
    assert glass.signals == []


def test_two_touches_of_a_trembling_hand_are_one(glass: Glass) -> None:
    glass.show(sample("question"))
    middle = glass.driver.target("continue").box.centre
    glass.driver.touch_at(*middle)
    glass.driver.touch_at(*middle, after_s=0.2)
    assert len(glass.signals) == 1
    glass.driver.touch_at(*middle, after_s=0.5)
    assert len(glass.signals) == 2


def test_a_trembling_hand_does_not_act_on_the_page_that_follows(glass: Glass) -> None:
    glass.show(sample("question"))
    middle = glass.driver.target("continue").box.centre
    glass.driver.touch_at(*middle)
    glass.show(sample("check"))
    glass.driver.touch_at(*middle, after_s=0.2)
    assert glass.signals == [Pressed("question.household", "continue")]


def test_keys_may_be_touched_as_fast_as_one_likes(glass: Glass) -> None:
    glass.show(sample("id_number"))
    middle = glass.driver.target("key.1").box.centre
    for _ in range(3):
        glass.driver.touch_at(*middle, after_s=0.05)
    assert [signal.text for signal in glass.signals] == ["1", "11", "111"]  # type: ignore[union-attr]


def test_a_button_that_cannot_act_yet_does_nothing(glass: Glass) -> None:
    glass.show(sample("identify"))
    assert "continue" not in {target.name for target in glass.driver.frame.targets}
    back = glass.driver.target("back").box
    glass.driver.touch_at(back.right + 200, back.centre[1])
    assert glass.signals == []


def test_back_first_turns_back_up(glass: Glass) -> None:
    glass.show(sample("notice"), TextSize.LARGEST)
    names = {target.name for target in glass.driver.frame.targets}
    assert "back" in names and "continue" not in names
    glass.driver.touch("turn.next")
    names = {target.name for target in glass.driver.frame.targets}
    assert "continue" in names and "back" not in names
    glass.driver.touch("turn.previous")
    assert glass.driver.frame.turns.at == 0
    assert glass.signals == []


def test_a_second_finger_does_not_disturb_the_first(glass: Glass) -> None:
    from kivy.base import EventLoop  # noqa: PLC0415

    glass.show(sample("question"))
    first = glass.driver.finger(*glass.driver.target("continue").box.centre)
    second = glass.driver.finger(*glass.driver.target("back").box.centre)
    for kind, finger in (("begin", first), ("begin", second), ("end", second), ("end", first)):
        EventLoop.post_dispatch_input(kind, finger)
    assert glass.signals == [Pressed("question.household", "continue")]


def test_a_palm_that_rests_beside_everything_holds_no_finger_up(glass: Glass) -> None:
    from kivy.base import EventLoop  # noqa: PLC0415

    glass.show(sample("question"))
    palm = glass.driver.finger(5, 900)
    EventLoop.post_dispatch_input("begin", palm)
    glass.driver.touch("continue")
    EventLoop.post_dispatch_input("end", palm)
    assert glass.signals == [Pressed("question.household", "continue")]


def test_a_finger_of_which_no_end_is_told_does_not_make_the_next_page_deaf(glass: Glass) -> None:
    from kivy.base import EventLoop  # noqa: PLC0415

    glass.show(sample("question"))
    lost = glass.driver.finger(*glass.driver.target("continue").box.centre)
    EventLoop.post_dispatch_input("begin", lost)
    glass.show(sample("check"))
    glass.driver.touch("continue")
    assert glass.signals == [Pressed("check", "continue")]


def test_a_steady_touch_counts_only_after_it_was_held(glass: Glass) -> None:
    glass.show(sample("question"), steady=True)
    middle = glass.driver.target("continue").box.centre
    glass.driver.touch_at(*middle, held_s=HOLD_S - 0.05)
    assert glass.signals == []
    glass.driver.touch_at(*middle, held_s=HOLD_S)
    assert glass.signals == [Pressed("question.household", "continue")]


def test_a_held_touch_may_tremble_over_the_edge_and_back(glass: Glass) -> None:
    glass.show(sample("question"), steady=True)
    box = glass.driver.target("continue").box
    edge = (box.centre[0], box.y - 10)
    glass.driver.touch_at(*box.centre, by=[edge, box.centre, edge, box.centre])
    glass.driver.touch_at(*box.centre, end=edge, after_s=5)
    assert len(glass.signals) == 2


def test_a_held_touch_that_slides_far_away_no_longer_counts(glass: Glass) -> None:
    glass.show(sample("question"), steady=True)
    box = glass.driver.target("continue").box
    glass.driver.touch_at(*box.centre, by=[(box.centre[0], box.y - 60)], end=box.centre)
    assert glass.signals == []


def test_a_steady_double_touch_is_one_also_on_keys(glass: Glass) -> None:
    glass.show(sample("id_number"), steady=True)
    middle = glass.driver.target("key.1").box.centre
    glass.driver.touch_at(*middle)
    glass.driver.touch_at(*middle, after_s=0.7)
    assert len(glass.signals) == 1
    glass.driver.touch_at(*middle, after_s=0.9)
    glass.driver.touch_at(*glass.driver.target("key.2").box.centre, after_s=0.1)
    assert [s.text for s in glass.signals] == ["1", "11", "112"]  # type: ignore[union-attr]


def test_what_went_away_while_it_was_held_is_not_touched(glass: Glass) -> None:
    from kivy.base import EventLoop  # noqa: PLC0415

    page = sample("question")
    glass.show(page, steady=True)
    finger = glass.driver.finger(*glass.driver.target("father").box.centre)
    EventLoop.post_dispatch_input("begin", finger)
    glass.show(replace(page, blocks=()), steady=True)
    finger.time_end = finger.time_start + HOLD_S
    EventLoop.post_dispatch_input("end", finger)
    assert glass.signals == []


def test_a_ring_fills_while_a_target_is_held_and_goes_when_it_is_let_go(glass: Glass) -> None:
    from kivy.base import EventLoop  # noqa: PLC0415

    glass.show(sample("question"), steady=True)
    finger = glass.driver.finger(*glass.driver.target("continue").box.centre)
    EventLoop.post_dispatch_input("begin", finger)
    shares = [_ring_pixels(glass)]
    for seconds in (HOLD_S / 4, HOLD_S / 4, HOLD_S / 4, HOLD_S):
        before = glass.driver.redraws
        glass.later(seconds)
        glass.driver.wait(lambda drawn=before: glass.driver.redraws > drawn, "more of the ring")
        shares.append(_ring_pixels(glass))
    assert shares == sorted(set(shares)), "it grows each time"
    assert shares[0] == 0
    before = glass.driver.redraws
    glass.later(1)
    glass.driver.rest()
    assert glass.driver.redraws == before, "it is all round"
    finger.time_end = finger.time_start
    EventLoop.post_dispatch_input("end", finger)
    glass.driver.settle()
    assert _ring_pixels(glass) == 0


def test_the_ring_is_whole_when_the_touch_counts() -> None:
    assert [Touches.share_of(held_s) for held_s in (0.0, HOLD_S / 2, HOLD_S, 9.0)] == [0, 0.5, 1, 1]


def _ring_pixels(glass: Glass) -> int:
    focus = tuple(int(LIGHT[Role.FOCUS][start : start + 2], 16) for start in (1, 3, 5))
    colours = glass.driver.picture().getcolors(1 << 24) or []
    return sum(count for count, colour in colours if colour == focus)
