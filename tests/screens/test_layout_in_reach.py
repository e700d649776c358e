"""Seated: whatever can be touched lies 380 to 1120 mm above the floor, on every side of a page."""

from __future__ import annotations

from itertools import pairwise

import pytest

from kiosk.access.phrases import Phrases
from kiosk.access.profile import Hand, Language, Profile, TextSize
from screens.curtain import Curtain
from screens.frame import Frame
from screens.panel import Panel
from screens.reach import HIGHEST_MM, LOWEST_MM, PanelOutOfReach, Reach, seated
from tests.harness.layout import Desk, faults
from tests.harness.window import ROOT
from tests.screens.sample_pages import SAMPLES, sample

MM_PER_INCH = 25.4
HIGH, LOW = Panel(bottom_mm=720), Panel(bottom_mm=300)
PIXEL_MM = 0.4  # boxes are at whole pixels
every_look = pytest.mark.parametrize(
    ("text", "language"), [(text, language) for text in TextSize for language in Language]
)


def millimetres(panel: Panel, y: float) -> float:
    """Above the floor."""
    return panel.bottom_mm + (panel.height - y) * MM_PER_INCH / panel.ppi


def out_of_reach(panel: Panel, frame: Frame) -> list[str]:
    return [
        f"{target.name}: {millimetres(panel, target.box.y):.0f} mm"
        for target in frame.targets
        if millimetres(panel, target.box.y) > HIGHEST_MM + PIXEL_MM
        or millimetres(panel, target.box.bottom) < LOWEST_MM - PIXEL_MM
    ]


@every_look
@pytest.mark.parametrize("panel", [HIGH, LOW], ids=["high", "low"])
def test_all_that_can_be_touched_is_within_reach_and_nothing_is_cut_off(
    desk: Desk, panel: Panel, text: TextSize, language: Language
) -> None:
    renderer = desk.renderer(panel)
    for care in (False, True):
        profile = Profile(text, language=language, seated=True, care=care)
        for name in SAMPLES:
            for frame in desk.sides(sample(name, language), profile, renderer):
                assert not out_of_reach(panel, frame), (name, care, frame.turns)
                assert not faults(frame, panel), (name, care, frame.turns)


@every_look
@pytest.mark.parametrize("panel", [HIGH, LOW], ids=["high", "low"])
def test_the_button_of_the_curtain_is_within_reach_too(
    desk: Desk, panel: Panel, text: TextSize, language: Language
) -> None:
    curtain = Curtain(panel, Phrases.load(ROOT / "config" / "phrases"), desk.measure)
    profile = Profile(text, language=language, seated=True)
    frame = curtain.frame(sample("done", language), profile, 30)
    assert not out_of_reach(panel, frame)
    assert not faults(frame, panel)


def test_a_panel_that_is_all_within_reach_is_laid_out_as_for_standing(desk: Desk) -> None:
    near = desk.renderer(Panel(bottom_mm=400, height=1280))
    for name in ("idle", "question", "phone"):
        page = sample(name)
        sitting = desk.sides(page, Profile(seated=True), near)
        assert [frame.placed for frame in sitting] == [
            frame.placed for frame in desk.sides(page, Profile(), near)
        ]


def test_what_is_only_read_stays_above_the_reach_of_the_hand(desk: Desk) -> None:
    (frame,) = desk.sides(sample("question"), Profile(seated=True), desk.renderer(HIGH))
    head = next(placed for placed in frame.placed if placed.key == ("head",))
    assert millimetres(HIGH, head.y) > HIGHEST_MM


def test_the_pills_come_down_from_the_upper_edge(desk: Desk) -> None:
    def language(profile: Profile) -> float:
        frame = desk.sides(sample("question"), profile, desk.renderer(HIGH))[0]
        return next(t.box.y for t in frame.targets if t.name == "language")

    assert language(Profile()) < HIGH.height / 10
    assert language(Profile(seated=True)) > HIGH.height / 2


def test_targets_are_in_the_order_they_are_read(desk: Desk) -> None:
    renderer = desk.renderer(HIGH)
    for seat in (False, True):
        for hand in Hand:
            for name in SAMPLES:
                for frame in desk.sides(sample(name), Profile(seated=seat, hand=hand), renderer):
                    for before, after in pairwise(frame.targets):
                        below = after.box.centre[1] > before.box.y
                        assert below, (name, before.name, after.name)


@pytest.mark.parametrize(("bottom_mm", "within"), [(700, 420), (720, 400), (400, 598), (300, 518)])
def test_reach_is_worked_out_from_where_the_panel_hangs(bottom_mm: float, within: float) -> None:
    panel = Panel(bottom_mm=bottom_mm)
    reach = seated(panel)
    found = (reach.bottom - reach.top) * MM_PER_INCH / panel.ppi
    assert found == pytest.approx(within, abs=1)
    assert seated(Panel(bottom_mm=400, height=1280)) == Reach(0, 1280)


@pytest.mark.parametrize("bottom_mm", [721, 900, 1100])
def test_a_panel_that_hangs_too_high_is_refused_and_the_remedy_is_named(
    desk: Desk, bottom_mm: float
) -> None:
    with pytest.raises(PanelOutOfReach, match=r"panel\.bottom_mm = .*at most 720 mm"):
        desk.renderer(Panel(bottom_mm=bottom_mm))
