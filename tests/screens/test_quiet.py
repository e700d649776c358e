"""The glass costs nothing while nothing changes; what must move moves without a new page."""

from __future__ import annotations

from dataclasses import replace
from itertools import count
from types import SimpleNamespace

import pytest

from kiosk.access.profile import Language, TextSize
from screens.sketch import Fill
from screens.theme import Role
from tests.harness.window import Glass
from tests.screens.sample_pages import sample


def redraws(glass: Glass) -> int:
    """How often the glass is drawn while every clock of what moves ticks some times."""
    before = glass.driver.redraws
    glass.driver.rest()
    return glass.driver.redraws - before


def test_a_settled_page_is_not_drawn_again(glass: Glass) -> None:
    for name in ("idle", "question", "phone", "name"):
        glass.show(sample(name))
        glass.later(1)
        assert redraws(glass) == 0, name


def test_the_bar_of_waiting_moves_only_while_waiting(glass: Glass) -> None:
    page = sample("submitting")
    glass.show(page)
    before = glass.driver.redraws
    glass.later(0.5)
    glass.driver.wait(lambda: glass.driver.redraws > before, "the bar to move")
    glass.show(replace(page, busy=False))
    glass.later(0.5)
    assert redraws(glass) == 0


def test_whoever_rests_does_so_until_the_garbage_is_collected(
    glass: Glass, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However long each round takes: here the time is up after the first."""
    glass.show(sample("question"))
    hours = count(step=3600.0)
    monkeypatch.setattr("screens.driver.time", SimpleNamespace(monotonic=lambda: next(hours)))
    glass.driver.rest()
    assert not glass.window.collecting


def test_the_count_down_counts_without_a_new_page(glass: Glass) -> None:
    glass.show(sample("done"))
    assert "30 秒后自动清除" in glass.driver.texts()
    glass.clock.seconds += 12.2
    glass.driver.wait(lambda: "18 秒后自动清除" in glass.driver.texts(), "the count-down")
    glass.clock.seconds += 40
    glass.driver.wait(lambda: "0 秒后自动清除" in glass.driver.texts(), "the end of it")
    assert glass.signals == []


def test_the_count_down_goes_on_when_the_page_changes(glass: Glass) -> None:
    page = sample("done")
    glass.show(page)
    glass.clock.seconds += 10
    glass.show(replace(page, lead="受理号 4301 0420 2607 2100 37"))
    assert "20 秒后自动清除" in glass.driver.texts()


def test_a_clock_of_many_digits_counts_no_second_more(glass: Glass) -> None:
    while glass.clock.seconds + 30 - glass.clock.seconds <= 30:
        glass.clock.seconds += 0.1
    glass.show(sample("done"))
    assert "30 秒后自动清除" in glass.driver.texts()


def test_the_count_down_is_large_where_it_interrupts(glass: Glass) -> None:
    glass.show(sample("warning"))
    line = next(d for d in glass.driver.boxes() if d.text == "30 秒后清除")
    assert line.box.height > 32
    glass.show(sample("warning", Language.EN), TextSize.LARGEST, language=Language.EN)
    assert "Clears in 30 s" in glass.driver.texts()


def test_what_is_left_is_seen_without_reading(glass: Glass) -> None:
    def bar() -> float:
        fills = [
            mark
            for placed in glass.driver.frame.placed
            if placed.key == ("head",)
            for mark in placed.piece.marks
            if isinstance(mark, Fill)
        ]
        whole = next(fill for fill in fills if fill.role is Role.TRACK)
        return next(fill for fill in fills if fill.role is Role.WARN).box.width / whole.box.width

    glass.show(sample("warning"))
    assert bar() == 1
    glass.clock.seconds += 15
    glass.driver.wait(lambda: "15 秒后清除" in glass.driver.texts(), "the count-down")
    assert bar() == pytest.approx(0.5, abs=0.01)
