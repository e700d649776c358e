"""Answers over several sides: what is marked is seen, and nothing moves when it is."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kiosk.access.profile import Language, Profile, TextSize
from kiosk.journey.page import Choice, Choices, Page, Weight
from screens.audit.drawn import setting
from screens.frame import Frame
from screens.sketch import Target
from tests.harness.layout import Desk
from tests.harness.window import Glass
from tests.screens.sample_pages import sample

ONWARD = ("continue", "turn.next")
MANY = tuple(Choice(f"c{number:02d}", "已经领到出生医学证明") for number in range(24))
WAYS = [
    Profile(text, language=language, care=care, seated=seated)
    for text in TextSize
    for language in Language
    for care, seated in ((False, False), (True, False), (False, True), (True, True))
]


def asking(selected: str = "", choices: tuple[Choice, ...] = MANY) -> Page:
    """A question whose answers are on several sides."""
    return replace(sample("question"), blocks=(Choices("value", choices, selected),))


def targets(frame: Frame) -> dict[str, Target]:
    return {target.name: target for target in frame.targets}


def places(frame: Frame) -> dict[str, tuple[float, float]]:
    """Where everything begins that an answer leaves as it is; Back may become narrower."""
    begun = {name: (one.box.x, one.box.y) for name, one in targets(frame).items()}
    return {name: corner for name, corner in begun.items() if name not in ONWARD}


def helped(page: Page, way: Profile) -> Page:
    """In care mode a person to ask has a button as large as Back, as on the pages of a journey."""
    return replace(
        page,
        actions=tuple(
            replace(action, weight=Weight.PLAIN) if action.id == "help" and way.care else action
            for action in page.actions
        ),
    )


@pytest.mark.parametrize("way", WAYS, ids=setting)
def test_nothing_moves_when_an_answer_is_marked(desk: Desk, way: Profile) -> None:
    before = desk.sides(helped(asking(), way), way)
    assert len(before) > 1
    for frame in before[:-1]:
        for name in [choice.id for choice in MANY if choice.id in targets(frame)][-1:]:
            after = desk.sides(helped(asking(name), way), way)[frame.turns.at]
            assert places(after) == places(frame)


def test_an_answer_nobody_saw_yet_is_not_gone_on_with(glass: Glass) -> None:
    glass.show(asking("c23"), TextSize.LARGEST)
    for _ in glass.turns():
        shown = targets(glass.driver.frame)
        assert ("continue" in shown) == ("c23" in shown)


def test_an_answer_on_the_glass_is_gone_on_with_at_once(glass: Glass) -> None:
    glass.show(asking("c00"), TextSize.LARGEST)
    assert {"c00", *ONWARD} <= targets(glass.driver.frame).keys()


def test_a_marked_answer_that_a_longer_page_moves_is_turned_to(glass: Glass) -> None:
    glass.show(asking(), TextSize.LARGEST)
    lowest = [choice.id for choice in MANY if choice.id in targets(glass.driver.frame)][-1]
    longer = replace(asking(lowest), lead="您选了这一项。" * 8)
    glass.show(longer, TextSize.LARGEST)
    assert lowest in targets(glass.driver.frame)
    assert glass.driver.frame.turns.at == 1


def test_answers_that_come_for_one_are_seen_from_the_first(glass: Glass) -> None:
    glass.show(asking(), TextSize.LARGEST)
    glass.driver.touch("turn.next")
    below = tuple(replace(choice, id=f"d{choice.id}") for choice in MANY)
    glass.show(asking("c10", below), TextSize.LARGEST)
    shown = targets(glass.driver.frame)
    assert "dc00" in shown and "continue" not in shown
