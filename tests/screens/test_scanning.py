"""One switch or two choose anything on a page: groups first, then the places of one."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.access.profile import Scanning, TextSize
from kiosk.journey.signals import Chosen, Edited, Pressed
from screens.scanning import (
    FEW,
    PACE_S,
    ROUNDS_IN_GROUP,
    ROUNDS_OF_GROUPS,
    TABLE,
    Event,
    Phase,
    Scan,
    after,
)
from tests.harness.window import Glass
from tests.screens.sample_pages import SAMPLES, sample

ONE, TWO = Scanning.ONE_SWITCH, Scanning.TWO_SWITCHES
SIZES = (3, 1, 4)


def went(scan: Scan, *events: Event) -> Scan:
    for event in events:
        scan = after(scan, event, SIZES)
    return scan


MOVE, SELECT = Event.MOVE, Event.SELECT


def test_every_event_of_every_phase_is_in_the_table() -> None:
    assert set(TABLE) == {(phase, event) for phase in Phase for event in Event}


def test_a_group_is_entered_and_a_place_of_it_chosen() -> None:
    scan = went(Scan(), MOVE, MOVE, SELECT, MOVE, SELECT)
    assert (scan.group, scan.place, scan.chosen) == (2, 1, True)
    assert scan.phase is Phase.GROUPS


def test_a_group_of_one_is_chosen_at_once() -> None:
    assert went(Scan(), MOVE, SELECT).chosen


def test_two_rounds_in_a_group_without_choosing_lead_back_to_the_groups() -> None:
    scan = went(Scan(), SELECT, *[MOVE] * (3 * ROUNDS_IN_GROUP - 1))
    assert scan.phase is Phase.PLACES
    assert (went(scan, MOVE).phase, went(scan, MOVE).group) == (Phase.GROUPS, 0)


def test_after_three_rounds_without_a_press_the_ring_rests_until_one() -> None:
    scan = went(Scan(), *[MOVE] * (3 * ROUNDS_OF_GROUPS))
    assert scan.phase is Phase.RESTING
    woken = went(scan, MOVE, SELECT)
    assert (woken.phase, woken.group, woken.chosen) == (Phase.GROUPS, 0, False)


def test_a_ring_that_somebody_moves_never_rests() -> None:
    assert went(Scan(tireless=True), *[MOVE] * 100).phase is Phase.GROUPS


@settings(deadline=None)
@given(
    st.lists(st.sampled_from(Event), max_size=60),
    st.lists(st.lists(st.integers(1, 5), max_size=5), min_size=1, max_size=60),
)
def test_whatever_is_pressed_while_pages_change_what_is_chosen_is_there(
    events: list[Event], pages: list[list[int]]
) -> None:
    scan = Scan()
    for number, event in enumerate(events):
        sizes = pages[number % len(pages)]
        scan = after(scan, event, sizes)
        if scan.chosen:
            assert scan.place < sizes[scan.group]


def test_the_ring_moves_by_itself_in_its_pace(glass: Glass) -> None:
    glass.show(sample("warning"), scanning=ONE)
    places = [target.name for target in glass.driver.frame.targets]
    assert len(places) <= FEW
    assert glass.driver.focus == "stay"
    passed(glass)
    assert glass.driver.focus == "end"
    glass.later(PACE_S / 2)
    glass.driver.rest()
    assert glass.driver.focus == "end"


@pytest.mark.parametrize("switches", [ONE, TWO])
def test_a_switch_pressed_once_too_often_clears_nothing(glass: Glass, switches: Scanning) -> None:
    glass.show(sample("question"), scanning=switches)
    glass.show(sample("warning"), scanning=switches)
    glass.driver.press("select")
    assert glass.signals == [Pressed("idle_warning", "stay")]


def test_one_switch_chooses_an_answer_and_goes_on(glass: Glass) -> None:
    glass.show(sample("question"), scanning=ONE)
    assert glass.driver.focus == "mother"
    whole = glass.driver.ring
    for name in ("mother", "father", "unsure"):  # the ring of a group is around all of it
        assert whole is not None and whole.contains(glass.driver.target(name).box)
    glass.driver.press("select")
    passed(glass)
    assert glass.driver.ring == glass.driver.target("father").box
    glass.driver.press("select")
    assert glass.signals == [Chosen("question.household", "value", "father")]
    passed(glass)
    glass.driver.press("select")
    passed(glass)
    glass.driver.press("select")
    assert glass.signals[-1] == Pressed("question.household", "continue")


def test_two_switches_move_and_select(glass: Glass) -> None:
    glass.show(sample("question"), scanning=TWO)
    glass.driver.press("next", "next", "select", "select")
    assert glass.signals == [Pressed("question.household", "back")]


def test_the_button_that_goes_on_is_one_step_from_the_answers(glass: Glass) -> None:
    glass.show(sample("question"), scanning=TWO)
    glass.driver.press("next", "select")
    assert glass.signals == [Pressed("question.household", "continue")]


def test_two_switches_type_by_rows_and_keys(glass: Glass) -> None:
    glass.show(sample("id_number"), scanning=TWO)
    glass.driver.press("next")
    row = glass.driver.ring
    assert row is not None
    assert all(row.contains(glass.driver.target(f"key.{digit}").box) for digit in "123")
    glass.driver.press("select", "next", "select")
    assert [s.text for s in glass.signals if isinstance(s, Edited)] == ["2"]
    glass.driver.press("next", "select", "select")  # the ring went on from its row
    assert [s.text for s in glass.signals if isinstance(s, Edited)] == ["2", "24"]


def test_the_page_turns_with_the_ring(glass: Glass) -> None:
    glass.show(sample("check"), TextSize.LARGEST, scanning=TWO)
    seen = set()
    for _ in range(20):
        glass.driver.press("next")
        seen.add(glass.driver.frame.turns.at)
    assert seen == set(range(glass.driver.frame.turns.of))


def test_the_ring_rests_after_three_rounds_and_a_press_only_wakes_it(glass: Glass) -> None:
    glass.show(sample("warning"), scanning=ONE)
    rounds = ROUNDS_OF_GROUPS * len(glass.driver.frame.targets)
    for _ in range(rounds - 1):
        passed(glass)
    assert glass.driver.ring is not None
    glass.later(PACE_S)
    glass.driver.wait(lambda: glass.driver.ring is None, "the ring at rest")
    glass.driver.press("select")
    assert (glass.driver.focus, glass.signals) == ("stay", [])


def test_the_ring_waits_while_something_is_said(glass: Glass) -> None:
    glass.show(sample("warning"), scanning=ONE)
    glass.told.talking = True
    glass.later(5 * PACE_S)
    glass.driver.rest()
    assert glass.driver.focus == "stay"
    glass.told.talking = False
    passed(glass)
    assert glass.driver.focus == "end"


def test_rows_of_a_keyboard_are_told_by_their_number(glass: Glass) -> None:
    glass.show(sample("id_number"), scanning=TWO)
    glass.driver.press("next", "next")
    assert (glass.told.places[-1].name, glass.told.places[-1].says) == ("row.2", "第 2 行")
    glass.driver.press("select")
    assert glass.told.places[-1].name == "key.4"


def test_arrows_take_over_from_the_ring(glass: Glass) -> None:
    glass.show(sample("question"), scanning=ONE)
    glass.driver.press("down", "select")
    assert glass.signals == [Chosen("question.household", "value", "father")]
    glass.show(sample("warning"), scanning=ONE)
    glass.later(5 * PACE_S)
    glass.driver.rest()
    assert glass.driver.focus == "stay"  # it does not move by itself any more


def test_a_finger_puts_the_ring_to_rest(glass: Glass) -> None:
    glass.show(sample("question"), scanning=ONE)
    glass.driver.touch("father")
    assert glass.driver.ring is None
    glass.signals.clear()
    glass.driver.press("select")
    assert (glass.driver.focus, glass.signals) == ("mother", [])


@pytest.mark.parametrize("name", list(SAMPLES))
def test_two_switches_reach_everything_on_the_page(glass: Glass, name: str) -> None:
    glass.show(sample(name), scanning=TWO)
    wanted = {
        target.name
        for _ in glass.turns()
        for target in glass.driver.frame.targets
        if not target.name.startswith("turn.")
    }
    if glass.driver.ring is None:
        glass.driver.press("select")  # wakes the ring that the finger put to rest
    reached: set[str] = set()
    for _ in range(len(wanted)):
        ring = glass.driver.ring
        assert ring is not None
        reached |= {t.name for t in glass.driver.frame.targets if ring.contains(t.box)}
        if wanted <= reached:
            return
        glass.driver.press("next")
    assert wanted <= reached


def passed(glass: Glass) -> None:
    """Let the time of one place go by."""
    before = glass.driver.ring
    glass.later(PACE_S)
    glass.driver.wait(lambda: glass.driver.ring != before, "the ring on its next place")
