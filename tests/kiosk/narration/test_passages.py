"""A page read aloud: nothing is left out, all of it in order, and whose numbers are kept quiet."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from enum import Enum
from typing import get_args

import pytest

from kiosk.access.profile import Language
from kiosk.journey.page import (
    Action,
    Block,
    Callout,
    Cards,
    Choice,
    Choices,
    Code,
    Fault,
    Faults,
    Field,
    FieldKind,
    Figure,
    Figures,
    Heading,
    Layout,
    Options,
    Page,
    Paragraph,
    Picture,
    Row,
    Rows,
    Segments,
    Signature,
    Stage,
    Step,
    Timeline,
    Video,
    Weight,
)
from kiosk.narration.blocks import READINGS
from kiosk.narration.passages import Passage, read
from kiosk.narration.port import Place
from tests.kiosk.narration.recording import every_page, wording

# Not words: names and files; keys of a film, which the screen names; what one picks from, which
# is said when the focus is there; what is the same on every page.
NO_WORDS = {"id", "icon", "name", "action", "selected", "payload", "file", "candidates", "longest"}
NO_WORDS |= {"play", "hold", "again", "broken", "clear", "count_down_text", "strokes", "motion"}
NO_WORDS |= {"placeholder", "hint", "actions", "back"}

ONE_OF_EACH: tuple[Block, ...] = (
    Paragraph("paragraph", "一段话"),
    Heading("heading", "标题"),
    Figures("figures", (Figure("时间", "5 天", "72 天"), Figure("材料", "4 份"))),
    Rows(
        "rows",
        (
            Row("plain", "结婚证", detail="原件", value="一份", badge="免交"),
            Row("acts", "电话", value="家里的", action="change.phone", action_text="更改"),
        ),
    ),
    Choices("choices", (Choice("yes", "是"), Choice("no", "不是", "再想想")), "no"),
    Options("options", (Choice("a", "甲"), Choice("b", "乙")), frozenset({"a"})),
    Cards("cards", (Choice("one", "头一张", "说明"),), title="卡片"),
    Segments("segments", (Choice("large", "大"), Choice("small", "小")), "large"),
    Field("field", "数量", FieldKind.TEXT, value="三", error="太少了"),
    Callout("callout", "注意", "看这里", action="retry", action_text="再试"),
    Picture("picture", "card", "像这样放"),
    Timeline("timeline", (Step("step", "受理", Stage.DONE, "办好了", "在柜台", "昨天"),)),
    Faults(
        "faults", "有两处不对", (Fault("f", "没填", action="go"), Fault("g", "太长", "最多四个字"))
    ),
    Signature("signature", "签在这里", "重签", hint="用手指"),
    Video("video", "x.mp4", "手语", "放", "停", "再放", "放不了"),
    Code("code", "payload", "手机扫一扫"),
)


def reading(page: Page, language: Language = Language.ZH) -> tuple[Passage, ...]:
    return read(page, wording(language).say, language)


def block(one: Block) -> list[str]:
    """What is heard of a block alone on its page."""
    return [passage.text for passage in reading(Page("p", "题", (one,)))[1:]]


def texts(part: object) -> Iterator[str]:
    """Every text of a page, read off its records."""
    for each in fields(part):  # type: ignore[arg-type]
        value = getattr(part, each.name)
        if each.name in NO_WORDS:
            continue
        if isinstance(value, str) and not isinstance(value, Enum):
            yield value
        elif isinstance(value, tuple):
            for one in value:
                if isinstance(one, str):
                    yield one
                elif is_dataclass(one):
                    yield from texts(one)


def words(text: str) -> list[str]:
    """Letters and characters alone: numbers are spelled, signs become pauses."""
    return re.findall(r"[^\W\d_]+", text)


def test_every_kind_of_block_is_read():
    assert set(READINGS) == set(get_args(Block))
    assert {type(one) for one in ONE_OF_EACH} == set(get_args(Block))


@pytest.mark.parametrize("one", ONE_OF_EACH, ids=lambda one: type(one).__name__)
def test_no_text_of_any_block_is_left_out(one: Block):
    heard = "".join(block(one))
    assert [word for text in texts(one) for word in words(text) if word not in heard] == []


def test_no_text_of_the_pages_of_life_events_is_left_out():
    for language, page in every_page():
        heard = "".join(passage.text for passage in reading(page, language))
        shown = [*texts(page), *(action.text for action in page.actions)]
        missing = [word for text in shown for word in words(text) if word not in heard]
        assert missing == [], (language, page.id)


def test_nothing_that_is_said_has_a_place_or_a_key_left_over():
    for language, page in every_page():
        for passage in reading(page, language):
            assert not re.search(r"[{}]|narration\.|\bNone\b", passage.text), passage.name
            assert passage.text.strip(), passage.name


def test_names_are_those_of_the_targets_and_no_two_are_alike():
    for language, page in every_page():
        passages = reading(page, language)
        marks = [(passage.block, passage.name) for passage in passages]
        assert len(set(marks)) == len(marks)
        assert all(p.acts != p.name.startswith("text:") for p in passages)
        acting = {passage.name for passage in passages if passage.acts}
        assert {action.id for action in page.actions if action.enabled} <= acting


def test_the_order_is_head_then_blocks_then_buttons_with_the_bar_above_last():
    page = Page(
        "p",
        "题目",
        (Choices("c", (Choice("a", "甲"),)), Paragraph("t", "说明")),
        (
            Action("language", "English", Weight.TOP),
            Action("go", "继续", Weight.PRIMARY),
            Action("back", "返回", Weight.BACK),
            Action("leave", "结束", Weight.FOOT),
        ),
    )
    names = [passage.name for passage in reading(page)]
    assert names == ["text:head", "text:t", "a", "back", "go", "leave", "language"]


def test_the_idle_picture_begins_with_its_large_button():
    page = Page(
        "idle",
        "题目",
        (Paragraph("t", "说明"),),
        (Action("begin", "开始", Weight.PRIMARY),),
        layout=Layout.IDLE,
    )
    assert [p.name for p in reading(page)] == ["text:head", "begin", "text:t"]


def test_what_can_be_selected_is_said_to_be_what_it_is():
    roles = ("按钮：", "选项：", "多选：", "填写项：", "有错：")
    for passage in reading(Page("p", "题", ONE_OF_EACH)):
        assert passage.acts == passage.text.startswith(roles), passage.name
    english = ("Button: ", "Choice: ", "Option: ", "Field: ", "Error: ")
    for language, page in every_page():
        for passage in reading(page, language):
            if language is Language.EN:
                assert passage.acts == passage.text.startswith(english), passage.name


def test_a_button_that_cannot_act_yet_is_a_text_that_says_so():
    page = Page("p", "题", actions=(Action("go", "继续", Weight.PRIMARY, enabled=False),))
    (_, passage) = reading(page)
    assert (passage.name, passage.acts) == ("text:foot.go", False)
    assert passage.text == "继续，还不能按"


@pytest.mark.parametrize(
    ("one", "heard"),
    [
        (ONE_OF_EACH[2], ["时间，原来 72 天，现在 5 天。材料，4 份"]),
        (ONE_OF_EACH[3], ["结婚证，一份，原件，免交", "按钮：电话，家里的，更改"]),
        (
            ONE_OF_EACH[4],
            ["选项：是，第 1 个，共 2 个", "选项：不是，再想想，第 2 个，共 2 个，已选"],
        ),
        (ONE_OF_EACH[5], ["多选：甲，第 1 个，共 2 个，已选", "多选：乙，第 2 个，共 2 个，未选"]),
        (ONE_OF_EACH[8], ["有错：太少了。填写项：数量，现在是 三"]),
        (ONE_OF_EACH[9], ["注意。看这里", "按钮：再试"]),
        (ONE_OF_EACH[11], ["受理，办好了，昨天，在柜台，第 1 个，共 1 个"]),
        (ONE_OF_EACH[13], ["签名的地方：签在这里，还没有签，用手指"]),
    ],
)
def test_how_blocks_sound(one: Block, heard: list[str]):
    assert block(one) == heard


def test_parts_side_by_side_are_said_with_the_heading_above_them():
    segments = Segments("care", (Choice("no", "关"), Choice("yes", "开")), "no")
    page = Page("p", "题", (Heading("h", "长辈模式"), segments))
    first = reading(page)[1]
    assert (first.name, first.text) == ("no", "选项：长辈模式，关，第 1 个，共 2 个，已选")


def test_what_a_receipt_says_is_read_after_the_page():
    page = Page("p", "题", (Paragraph("t", "说明"),), heard=("回执", "受理号 1"))
    assert [p.text for p in reading(page)][-2:] == ["回执", "受理号 1"]


NUMBER = re.compile(r"\d{6,}|\d{4} \d{4}|[零幺二三四五六七八九]{3,}|(?:(?:one|zero|two) ){2}")


def test_no_number_of_anybody_is_in_what_is_read_to_the_room():
    private = 0
    for language, page in every_page():
        for passage in reading(page, language):
            private += passage.private
            if passage.private:
                assert not NUMBER.search(passage.aloud), (page.id, passage.name)
    assert private > 10


def test_beside_a_number_that_is_kept_quiet_the_rest_is_said():
    row = Row("father", "父亲", value="周样例 · 4399**********0010 · 汉族")
    (_, passage) = reading(Page("p", "题", (Rows("r", (row,)),)))
    assert passage.private
    assert passage.aloud == "父亲，周样例，号码不念出声，汉族"
    assert passage.text == "父亲，周样例，前 4 位 四三九九，后 4 位 零零幺零，其余没有显示，汉族"


def test_a_sensitive_field_says_to_the_room_only_that_it_is_filled_in():
    field = Field("v", "住址", FieldKind.CHINESE, value="样例路", sensitive=True)
    (_, passage) = reading(Page("p", "题", (field,)))
    assert passage.aloud == "填写项：住址，已经填了，不念出声"
    assert passage.text == "填写项：住址，现在是 样例路"


def test_a_passage_shows_nothing_of_what_it_says():
    field = Field("v", "住址", FieldKind.CHINESE, value="样例路", sensitive=True)
    assert "样例路" not in repr(reading(Page("p", "题", (field,))))
    assert "周" not in repr(Place("candidate.0", says="周"))
