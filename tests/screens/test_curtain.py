"""With the curtain drawn the glass shows nothing of the page, and everything goes on beneath it."""

from __future__ import annotations

import pytest

from kiosk.access.profile import Contrast, Language, Scanning, TextSize
from kiosk.journey.signals import Adjusted, Adjustment, Chosen
from tests.harness.window import Glass
from tests.screens.sample_pages import SAMPLES, sample

WORDS = {
    Language.ZH: ["屏幕已遮住", "声音和按键照常。", "显示屏幕"],
    Language.EN: ["The screen is hidden", "Sound and keys go on.", "Show screen"],
}


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("name", list(SAMPLES))
def test_nothing_of_the_page_is_drawn(glass: Glass, name: str, language: Language) -> None:
    page = sample(name, language)
    glass.show(page, language=language, curtain=True)
    title, lead, button = WORDS[language]
    seconds = "" if page.count_down_s is None else str(page.count_down_s)
    drawn = "".join(glass.driver.texts())
    assert drawn.replace(" ", "") == f"{title}{lead}{seconds}{button}".replace(" ", "")
    assert [target.name for target in glass.driver.frame.targets] == ["uncover"]


@pytest.mark.parametrize("text", list(TextSize))
@pytest.mark.parametrize("language", list(Language))
def test_the_curtain_fits_at_every_size(glass: Glass, text: TextSize, language: Language) -> None:
    glass.show(sample("done", language), text, Contrast.DARK, language, curtain=True)
    assert [drawn.text for drawn in glass.driver.boxes() if drawn.cut] == []
    assert glass.driver.overlaps() == []


def test_the_picture_is_that_of_the_curtain_alone(glass: Glass) -> None:
    glass.show(sample("check"), curtain=True)
    covered = glass.driver.picture()
    glass.show(sample("question"), curtain=True)
    assert glass.driver.picture().tobytes() == covered.tobytes()


def test_its_button_opens_it(glass: Glass) -> None:
    glass.show(sample("check"), curtain=True)
    glass.driver.touch("uncover")
    assert glass.signals == [Adjusted(Adjustment.CURTAIN)]


def test_a_finger_reaches_nothing_of_the_page(glass: Glass) -> None:
    glass.show(sample("question"))
    places = [target.box.centre for target in glass.driver.frame.targets]
    glass.show(sample("question"), curtain=True)
    cover = glass.driver.target("uncover").box
    for x, y in places:
        if not cover.holds(x, y):
            glass.driver.touch_at(x, y)
    assert glass.signals == []


def test_keys_go_on_over_the_page_beneath(glass: Glass) -> None:
    glass.show(sample("question"), curtain=True)
    before = glass.driver.picture().tobytes()
    glass.driver.press("down", "down", "select")
    assert glass.signals == [Chosen("question.household", "value", "father")]
    assert [place.name for place in glass.told.places] == ["mother", "father"]
    assert glass.driver.ring is None  # a ring would tell where the answers are
    assert glass.driver.picture().tobytes() == before


def test_keys_open_the_curtain_too(glass: Glass) -> None:
    glass.show(sample("question"), curtain=True)
    glass.driver.press("down", "up")
    assert glass.driver.focus == "uncover"
    assert glass.told.places[-1].says == "显示屏幕"
    glass.driver.press("select")
    assert glass.signals == [Adjusted(Adjustment.CURTAIN)]


def test_switches_open_the_curtain_too(glass: Glass) -> None:
    glass.show(sample("idle"), scanning=Scanning.TWO_SWITCHES, curtain=True)
    for _ in range(12):
        if glass.driver.focus == "uncover":
            break
        glass.driver.press("next")
    glass.driver.press("select")
    if not glass.signals:  # it was the first of a group
        glass.driver.press("select")
    assert glass.signals == [Adjusted(Adjustment.CURTAIN)]


def test_the_seconds_left_are_counted_down_on_it(glass: Glass) -> None:
    glass.show(sample("done"), curtain=True)
    glass.later(11)
    glass.driver.wait(lambda: "19" in glass.driver.texts(), "19 s left")
