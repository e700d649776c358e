"""A page that changes keeps what did not: sketches, focus, caret, keyboard, side."""

from __future__ import annotations

from dataclasses import replace

from kiosk.access.profile import Contrast, Hand, Language, Profile, TextSize
from kiosk.journey.page import Choices, Fault, Faults, Field, Page
from kiosk.journey.signals import Edited
from tests.harness.window import Glass
from tests.screens.sample_pages import sample


def with_value(page: Page, value: str) -> Page:
    blocks = tuple(replace(b, value=value) if isinstance(b, Field) else b for b in page.blocks)
    return replace(page, blocks=blocks)


def shown_text(glass: Glass) -> str:
    return "".join(
        line.text for p in glass.driver.frame.placed if p.key[0] == "block" for line in p.lines
    )


def test_only_the_block_that_changed_is_painted_again(glass: Glass) -> None:
    page = sample("question")
    glass.show(page)
    answers = page.block("value")
    assert isinstance(answers, Choices)
    glass.show(replace(page, blocks=(replace(answers, selected="father"),)))
    assert glass.window.stage.repainted == 2  # the ring that filled and the ring that emptied


def test_the_same_page_again_paints_nothing(glass: Glass) -> None:
    glass.show(sample("notice"))
    glass.show(sample("notice"))
    assert glass.window.stage.repainted == 0


def test_the_caret_stays_where_it_was_when_the_page_comes_back_with_the_text(glass: Glass) -> None:
    page = with_value(sample("latin"), "")
    glass.show(page)
    glass.driver.type_on_glass("ac")
    glass.driver.key("left")
    glass.show(with_value(page, "ac"))
    glass.driver.type_on_glass("b")
    assert glass.signals[-1] == Edited("field.text", "value", "abc")


def test_a_late_page_does_not_undo_what_was_typed_since(glass: Glass) -> None:
    page = with_value(sample("phone"), "")
    glass.show(page)
    glass.driver.type_on_glass("138")
    glass.show(with_value(page, "1"))
    assert "138" in shown_text(glass)
    glass.driver.type_on_glass("9")
    assert glass.signals[-1] == Edited(page.id, "value", "1389")


def test_a_page_shown_again_before_the_station_answered_undoes_nothing(glass: Glass) -> None:
    page = with_value(sample("phone"), "")
    glass.show(page)
    glass.driver.type_on_glass("1")
    glass.driver.touch("key.delete")
    glass.show(replace(page, progress=0.6))  # for another reason, while two answers are on the way
    glass.show(with_value(page, "1"))
    glass.driver.type_on_glass("2")
    glass.show(with_value(page, ""))
    assert "2" in shown_text(glass)
    assert glass.signals[-1] == Edited(page.id, "value", "2")


def test_a_text_that_the_station_changed_is_taken(glass: Glass) -> None:
    page = with_value(sample("phone"), "")
    glass.show(page)
    glass.driver.type_on_glass("138")
    glass.show(with_value(page, "13900000000"))
    assert "139\N{NO-BREAK SPACE}0000\N{NO-BREAK SPACE}0000" in shown_text(glass)


def test_composing_goes_on_when_the_page_changes(glass: Glass) -> None:
    page = sample("name")
    glass.show(page)
    glass.driver.type_on_glass("zh")
    glass.show(replace(page, lead="写在户口簿上。"))
    glass.driver.type_pinyin("ou", "周")
    assert glass.signals == [Edited(page.id, "value", "周𠮷㙍周")]


def test_another_page_begins_with_its_own_text_and_first_side(glass: Glass) -> None:
    glass.show(sample("notice"), TextSize.LARGEST)
    glass.driver.touch("turn.next")
    glass.show(sample("check"), TextSize.LARGEST)
    assert glass.driver.frame.turns.at == 0
    glass.show(sample("phone"))
    glass.show(sample("id_number"))
    assert "138" not in shown_text(glass)


def test_the_side_turned_to_stays_when_the_page_changes(glass: Glass) -> None:
    page = sample("notice")
    glass.show(page, TextSize.LARGEST)
    glass.driver.touch("turn.next")
    glass.show(replace(page, progress=0.5), TextSize.LARGEST)
    assert glass.driver.frame.turns.at == 1


def test_what_is_found_wrong_is_turned_to(glass: Glass) -> None:
    page = sample("notice")
    glass.show(page, TextSize.LARGEST)
    while glass.driver.frame.turns.more:
        glass.driver.touch("turn.next")
    wrong = Faults("faults", "有一处不对", (Fault("missing", "缺一份材料"),))
    glass.show(replace(page, blocks=(wrong, *page.blocks)), TextSize.LARGEST)
    assert glass.driver.frame.holds("faults")
    assert glass.driver.focus is None  # a finger is used


def test_a_new_contrast_paints_everything_and_keeps_what_was_typed(glass: Glass) -> None:
    page = with_value(sample("phone"), "")
    glass.show(page)
    glass.driver.type_on_glass("13")
    glass.show(with_value(page, "13"), contrast=Contrast.DARK)
    assert glass.window.stage.repainted == len(glass.driver.frame.placed)
    assert "13" in shown_text(glass)


def test_another_text_size_keeps_to_the_side_with_what_was_first_on_the_glass(
    glass: Glass,
) -> None:
    page = sample("notice")
    for other in (Profile(TextSize.LARGE), Profile(seated=True), Profile(care=True)):
        glass.show(page, TextSize.LARGEST)
        glass.driver.touch("turn.next")
        first = glass.driver.frame.first
        glass.window.show(page, other)
        glass.driver.settle()
        assert first in {placed.key for placed in glass.driver.frame.placed}, other


def test_a_page_that_became_shorter_is_shown_at_its_last_side(glass: Glass) -> None:
    page = sample("notice")
    glass.show(page, TextSize.LARGEST)
    while glass.driver.frame.turns.more:
        glass.driver.touch("turn.next")
    glass.driver.key("down")
    glass.show(replace(page, blocks=page.blocks[:1]), TextSize.LARGEST)
    assert glass.driver.frame.turns.of == 1
    assert glass.driver.focus


def test_a_chair_the_other_hand_and_care_keep_what_was_typed_and_the_caret(glass: Glass) -> None:
    page = with_value(sample("latin"), "")
    glass.show(page)
    glass.driver.type_on_glass("ac")
    glass.driver.key("left")
    for profile in (
        Profile(seated=True),
        Profile(seated=True, hand=Hand.LEFT),
        Profile(care=True, text=TextSize.LARGEST, contrast=Contrast.LOW_GLARE),
        Profile(language=Language.EN),
    ):
        glass.window.show(with_value(page, "ac"), profile)
        glass.driver.settle()
        assert "ac" in shown_text(glass)
    glass.driver.type_on_glass("b")
    assert glass.signals[-1] == Edited("field.text", "value", "abc")


def test_of_two_pages_given_at_once_only_the_newest_is_shown(glass: Glass) -> None:
    glass.show(sample("question"))
    glass.window.show(sample("notice"), glass.window.profile)
    glass.window.show(sample("check"), glass.window.profile)
    glass.driver.settle()
    assert glass.driver.frame.page == "check"
