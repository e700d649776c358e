"""At the largest text: nothing squeezed beside another, nothing alone that belongs to others."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kiosk.access.profile import Language, Profile, TextSize
from kiosk.journey.page import (
    Block,
    Callout,
    Cards,
    Choice,
    Field,
    FieldKind,
    Heading,
    Page,
    Paragraph,
    Row,
    Rows,
    Segments,
    Weight,
)
from screens.frame import Frame
from screens.panel import Panel
from screens.sketch import Box, Icon
from tests.harness.layout import Desk, faults
from tests.screens.sample_pages import sample

LARGEST = Profile(TextSize.LARGEST)


def page(*blocks: Block) -> Page:
    return replace(sample("notice"), blocks=blocks)


def line(frame: Frame, text: str) -> Box:
    return next(one.box for placed in frame.placed for one in placed.lines if one.text == text)


def keys(frame: Frame) -> list[tuple[str, ...]]:
    return [placed.key[1:] for placed in frame.placed if placed.key[0] == "block"]


@pytest.mark.parametrize(
    ("detail", "abreast"), [("登记、领卡", True), ("身份证、驾驶证、资格证、学历证", False)]
)
def test_cards_whose_details_would_take_many_lines_stand_under_each_other(
    desk: Desk, detail: str, abreast: bool
) -> None:
    cards = tuple(Choice(name, name, detail, "home") for name in ("办证", "就医"))
    (frame,) = desk.sides(page(Cards("cards", cards, columns=2)), LARGEST)
    one, other = (target.box for target in frame.targets if target.name in ("办证", "就医"))
    assert (one.y == other.y) is abreast


def test_segments_keep_their_words_on_one_line_rather_than_their_pictograms(desk: Desk) -> None:
    kinds = (("个人 12", "account"), ("企业 10", "domain"), ("项目 7", "city"))
    choices = tuple(Choice(text, text, icon=name) for text, name in kinds)
    for size in (TextSize.NORMAL, TextSize.LARGEST):
        (frame,) = desk.sides(page(Segments("kinds", choices, "个人 12")), Profile(size))
        placed = next(placed for placed in frame.placed if placed.key[1:2] == ("kinds",))
        assert [one.text for one in placed.lines] == [text for text, _ in kinds]
        pictograms = [mark for mark in placed.piece.marks if isinstance(mark, Icon)]
        assert len(pictograms) == (3 if size is TextSize.NORMAL else 0)


def test_a_detail_too_long_beside_a_value_goes_under_it(desk: Desk) -> None:
    detail = "新区卫生健康局（疾病预防控制局）"
    rows = Rows("matters", (Row("birth", "出生医学证明", detail, value="5 个工作日"),))
    (frame,) = desk.sides(page(rows), LARGEST)
    below, value, label = (line(frame, text) for text in (detail, "5 个工作日", "出生医学证明"))
    assert below.y >= value.bottom
    assert below.y >= label.bottom


def test_a_heading_and_the_text_under_it_go_with_what_they_lead_to(desk: Desk) -> None:
    for before in range(1, 16):
        lines = tuple(Row(str(number), f"第 {number} 行") for number in range(before))
        blocks = (
            Rows("before", lines),
            Heading("title", "新生儿出生"),
            Paragraph("number", "受理号 4399", small=True),
            Rows("steps", (Row("done", "办好了"), Row("now", "在办"))),
        )
        for side in map(keys, desk.sides(page(*blocks), LARGEST)):
            assert not side or side[-1][0] not in {"title", "number"}, before


def test_the_last_line_of_a_list_is_not_turned_over_to_alone(desk: Desk) -> None:
    for count in range(2, 40):
        rows = Rows("rows", tuple(Row(str(number), f"第 {number} 行") for number in range(count)))
        *_, last = desk.sides(page(rows), LARGEST)
        assert len(keys(last)) > 1, count


def test_what_nothing_is_found_for_stays_on_the_glass_with_its_keyboard(desk: Desk) -> None:
    search = sample("search")
    field = replace(next(b for b in search.blocks if not isinstance(b, Cards)), value="xyz")
    none = replace(search, blocks=(field, Callout("nothing", "没有找到", "换个说法试试。")))
    for size in TextSize:
        first, *_ = desk.sides(none, Profile(size))
        assert {field.id, "key.q"} <= {target.name for target in first.targets}, size


@pytest.mark.parametrize(
    ("language", "care", "seated"),
    [
        (Language.ZH, True, False),
        (Language.ZH, True, True),
        (Language.EN, False, False),
        (Language.EN, False, True),
    ],
)
def test_a_question_is_on_one_side_with_its_field_and_keys(
    desk: Desk, language: Language, care: bool, seated: bool
) -> None:
    questions = {
        Language.ZH: ("孩子叫什么名字？", "写在出生医学证明上的名字。", "孩子姓名"),
        Language.EN: (
            "Where was your relative last insured?",
            "The employer's name. If self-paid, write “个人”.",
            "Last employer of the deceased",
        ),
    }
    title, lead, label = questions[language]
    asking = replace(
        sample("name", language),
        title=title,
        lead=lead,
        eyebrow="身后事 · 第 6 项，共 11 项" if language is Language.ZH else "Item 6 of 11",
        blocks=(Field("value", label, FieldKind.CHINESE),),
    )
    profile = Profile(TextSize.LARGEST, language=language, care=care, seated=seated)
    if care:  # where a person to ask has a button as large as Back
        weights = {"help": Weight.PLAIN}
        asking = replace(
            asking,
            actions=tuple(
                replace(action, weight=weights.get(action.id, action.weight))
                for action in asking.actions
            ),
        )
    (frame,) = desk.sides(asking, profile)
    assert {"value", "key.a", "continue"} <= {target.name for target in frame.targets}
    assert faults(frame, Panel()) == []
