"""Whatever happens to a page, the focus of the keys stays where one would look for it."""

from __future__ import annotations

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
from kiosk.journey.signals import Edited
from tests.harness.window import Glass
from tests.screens.sample_pages import sample
from tests.screens.walking import to_action


def test_the_focus_goes_to_a_field_that_is_wrong(glass: Glass) -> None:
    wrong = sample("phone")
    right = replace(wrong, blocks=(replace(wrong.blocks[0], error=""),))  # type: ignore[arg-type]
    glass.show(right)
    to_action(glass, "continue")
    glass.told.clear()
    glass.show(wrong)
    assert glass.driver.focus == "value"
    assert glass.told.lines == [f"shown {wrong.id}", "moved value"]


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
    "text_before_care": {"text_before_care": TextSize.LARGE},
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
