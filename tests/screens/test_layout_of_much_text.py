"""Much text on little glass: nothing is left out, nothing parted from what it belongs to."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kiosk.access.profile import Language, Profile, TextSize
from kiosk.journey.page import (
    Action,
    Field,
    FieldKind,
    Heading,
    Page,
    Paragraph,
    Row,
    Rows,
    Weight,
)
from screens.audit.words import bare
from screens.frame import Frame
from screens.panel import Panel
from screens.sketch import Line
from tests.harness.layout import Desk, faults
from tests.screens.sample_pages import sample

OFFICES = "新区经济发展局、新区自然资源和规划局。" * 30
LARGEST = Profile(TextSize.LARGEST)
SMALL = Profile(TextSize.SMALL, language=Language.EN)
BACK = Action("back", "返回", Weight.BACK)
FROM_A_CHAIR = Profile(TextSize.LARGEST, care=True, seated=True)


def lines(frame: Frame) -> list[Line]:
    """Top to bottom."""
    return [line for placed in frame.placed for line in placed.lines]


def shown(desk: Desk, page: Page, profile: Profile) -> list[list[str]]:
    """The texts of every side."""
    return [[line.text for line in lines(frame)] for frame in desk.sides(page, profile)]


def test_a_line_of_a_list_higher_than_the_glass_goes_on_on_the_next_side(desk: Desk) -> None:
    row = Row("units", "办理单位", OFFICES, value="五个工作日")
    page = Page("notice", "一次告知", (Rows("matters", (row,)),))
    frames = desk.sides(page, LARGEST)
    assert len(frames) > 1
    placed = [
        one for frame in frames for one in frame.placed if one.key[:2] == ("block", "matters")
    ]
    told = [line.text for one in placed for line in one.lines if line.text != row.value]
    assert bare("".join(told)) == row.text + row.detail
    assert [fault for frame in frames for fault in faults(frame, Panel())] == []


@pytest.mark.parametrize("language", Language)
def test_a_list_that_goes_on_over_the_side_has_its_heading_there_again(
    desk: Desk, language: Language
) -> None:
    rows = tuple(Row(f"r{number}", f"第 {number} 份材料") for number in range(40))
    text, again = {
        Language.ZH: ("这些要交纸质的", "这些要交纸质的（续）"),
        Language.EN: ("On paper", "On paper (continued)"),
    }[language]
    page = Page("notice", "一次告知", (Heading("title", text), Rows("papers", rows)))
    sides = shown(desk, page, Profile(language=language))
    assert len(sides) > 1
    assert [text in side for side in sides] == [True] + [False] * (len(sides) - 1)
    assert [again in side for side in sides] == [False] + [True] * (len(sides) - 1)


def test_a_section_that_begins_with_the_side_has_its_heading_once(desk: Desk) -> None:
    rows = tuple(Row(f"r{number}", f"第 {number} 份材料") for number in range(12))
    lists = [(Heading(f"{name}_title", name), Rows(name, rows)) for name in "ab"]
    page = Page("notice", "一次告知", (*lists[0], *lists[1]))
    profile = Profile(TextSize.LARGE, care=True)  # which keeps both whole
    assert [side.count("a") for side in shown(desk, page, profile)] == [1, 0]
    assert [side.count("b") for side in shown(desk, page, profile)] == [0, 1]
    assert not any("（续）" in text for side in shown(desk, page, profile) for text in side)


def test_a_line_of_a_list_with_a_button_keeps_its_badge(desk: Desk) -> None:
    row = Row("proof", "证明", badge="可以不交", action="later", action_text="以后交")
    for profile in (Profile(), LARGEST):
        (texts,) = shown(desk, Page("materials", "材料", (Rows("papers", (row,)),)), profile)
        assert {row.badge, row.action_text} <= set(texts)


@pytest.mark.parametrize("error", ["", "这是现在的名称，请写新的名称，和别的企业不能一样。"])
def test_a_keyboard_is_with_its_field_and_the_reason_on_the_side_before(
    desk: Desk, error: str
) -> None:
    field = Field("value", "新名称", FieldKind.CHINESE, error=error)
    page = Page("field", "企业改叫什么名字？", (field,), lead="写全称。", eyebrow="第 5 项")
    sides = shown(desk, page, FROM_A_CHAIR)
    assert {"写全称。", "第 5 项"} <= set(sides[0])
    (keys,) = (side for side in sides if "q" in side)
    assert "新名称" in keys


@pytest.mark.parametrize("count", range(9, 13))
def test_what_fits_only_above_lower_buttons_is_turned_over(desk: Desk, count: int) -> None:
    rows = tuple(Row(f"r{number}", f"第 {number} 份材料") for number in range(count))
    submit = Action("submit", "都看过了，现在一次交给所有部门办理", Weight.PRIMARY)
    page = Page("sign", "请签名", (Rows("promised", rows),), (BACK, submit))
    frames = desk.sides(page, LARGEST)
    assert [fault for frame in frames for fault in faults(frame, Panel())] == []


def test_no_line_is_longer_than_eighty_latin_characters(desk: Desk) -> None:
    text = "It is as wide as the glass, and it is set in the smallest of four sizes. " * 4
    (texts,) = shown(desk, Page("notice", "Notice", (Paragraph("p", text),)), SMALL)
    assert max(map(len, texts)) <= 80


def test_a_word_too_long_for_its_line_is_smaller_and_the_rest_is_not(desk: Desk) -> None:
    number = "91439900MA9999013U6222020200112233445566"
    page = Page("check", "核对", (Paragraph("p", f"样例小馆 {number}"),))
    (frame,) = desk.sides(page, LARGEST)
    sizes = {line.text: line.size for line in lines(frame)}
    assert sizes["样例小馆"] > sizes[number]


@pytest.mark.parametrize("language", Language)
def test_a_keyboard_is_with_its_field_and_what_was_found_on_the_side_after(
    desk: Desk, language: Language
) -> None:
    page = sample("search", language)
    help_ = Action("help", "找工作人员", Weight.PLAIN)  # as in care mode: a whole button
    others = (action for action in page.actions if action.id != "help")
    (field,) = (block for block in page.blocks if isinstance(block, Field))
    profile = replace(FROM_A_CHAIR, language=language)
    sides = shown(desk, replace(page, actions=(*others, help_)), profile)
    (keys,) = (side for side in sides if "q" in side)
    assert field.label in keys
