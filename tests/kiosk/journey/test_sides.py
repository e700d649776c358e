"""What must be seen at once is on the first side of its page, or on every side, in any size."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kiosk.access.profile import Profile, TextSize
from kiosk.journey.page import Page
from kiosk.journey.signals import Edited, PrintOutcome
from kiosk.journey.step import show
from kiosk.journey.world import Moment, World
from screens.frame import Frame
from tests.harness.layout import Desk
from tests.harness.people import citizen
from tests.harness.walk import NOW, Walker, world
from tests.harness.window import Glass, fonts
from tests.kiosk.journey.test_newborn import SHORT

PROFILES = (
    *(Profile(text=size) for size in TextSize),
    Profile(text=TextSize.LARGEST, care=True),
    Profile(text=TextSize.LARGEST, seated=True),
)


@pytest.fixture(scope="module")
def shipped() -> World:
    return world()


@pytest.fixture
def desk(glass: Glass) -> Desk:
    from screens.glass.lettering import Lettering  # noqa: PLC0415 -- once there is a window

    return Desk(Lettering(fonts()).measure, glass.chinese_input)


def page(walker: Walker, profile: Profile) -> Page:
    """The page of the walker for somebody with that profile."""
    session = replace(walker.session, profile=profile)
    return show(walker.world, session, Moment(NOW, "id-0")).page


def words(side: Frame) -> str:
    return "".join(line.text for placed in side.placed for line in placed.lines)


@pytest.mark.parametrize("profile", PROFILES, ids=str)
def test_the_way_out_and_back_to_how_it_was_are_one_touch_away_on_every_side(
    shipped: World, desk: Desk, profile: Profile
):
    walker = Walker(shipped)
    walker.press("begin")
    walker.press("ease")
    sides = desk.sides(page(walker, profile), profile)
    assert len(sides) > 1
    assert all({"reset", "close"} <= {target.name for target in side.targets} for side in sides)


@pytest.mark.parametrize("profile", PROFILES, ids=str)
@pytest.mark.parametrize("front", ["help", "problem", "leave"])
def test_the_way_out_of_a_page_in_front_is_on_its_first_side(
    shipped: World, desk: Desk, front: str, profile: Profile
):
    walker = Walker(shipped)
    walker.press("begin")
    walker.press(front)
    shown = page(walker, profile)
    first = desk.sides(shown, profile)[0]
    assert shown.back in {target.name for target in first.targets}


@pytest.mark.parametrize("profile", PROFILES, ids=str)
def test_number_trouble_code_and_another_try_are_on_the_first_side_when_nothing_was_printed(
    shipped: World, desk: Desk, profile: Profile
):
    chen = citizen("chen")
    walker = Walker(shipped)
    walker.begin(chen.person, chen.licences)
    walker.to("done", SHORT)
    walker.print_ends(PrintOutcome.PAPER_OUT)
    first = desk.sides(page(walker, profile), profile)[0]
    told = words(first).replace(" ", "")
    assert "受理号430199900020261122000018" in told
    assert "打印机没有纸了" in told
    assert "手机扫一扫" in told
    assert "reprint" in {target.name for target in first.targets}


@pytest.mark.parametrize("profile", PROFILES, ids=str)
def test_that_nothing_was_found_is_said_on_the_first_side(
    shipped: World, desk: Desk, profile: Profile
):
    walker = Walker(shipped)
    walker.press("begin")
    walker.press("search")
    walker.send(Edited(walker.page.id, "query", "xyzq"))
    first = desk.sides(page(walker, profile), profile)[0]
    assert "没有找到" in words(first)
    assert {"query", "key.q"} <= {target.name for target in first.targets}
