"""What typing sounds like, letter by letter."""

from __future__ import annotations

import pytest

from kiosk.access.profile import Language
from kiosk.journey.page import Field, FieldKind
from kiosk.narration.echo import Typed, heard
from tests.kiosk.narration.recording import wording

CHINESE = wording(Language.ZH)
NAME = Field("v", "姓名", FieldKind.CHINESE)
PHONE = Field("v", "电话", FieldKind.DIGITS, longest=11)
WEEKS = Field("v", "孕周", FieldKind.DIGITS, longest=2)
DAY = Field("v", "日期", FieldKind.DATE)


@pytest.mark.parametrize(
    ("field", "before", "after", "said"),
    [
        (NAME, Typed("", "zh"), Typed("", "zha"), "a"),
        (NAME, Typed("", "zhang"), Typed("", "zhang w"), "w"),
        (NAME, Typed("", "zha"), Typed("", "zh"), "删除 a"),
        (NAME, Typed("", "zhang"), Typed("张", ""), "张"),
        (NAME, Typed("", "zhangwei"), Typed("", "张wei"), "张"),
        (NAME, Typed("张", "一"), Typed("张", "一丨"), "竖"),
        (NAME, Typed("张伟", ""), Typed("张", ""), "删除 伟"),
        (NAME, Typed("张伟", ""), Typed("", ""), "清空了"),
        (NAME, Typed("张", ""), Typed("李四", ""), "现在是 李四"),
        (WEEKS, Typed("3", ""), Typed("39", ""), "九"),
        (DAY, Typed(""), Typed("2 - –– - ––"), "年，二"),
        (DAY, Typed("2026 - –– - ––"), Typed("2026 - 11 - ––"), "月，幺幺"),
        (DAY, Typed("2026 - 11 - "), Typed("2026 - 11 - 1"), "日，幺"),
        (DAY, Typed("2026 - 11 - 0"), Typed("2026 - 11 - 05"), "现在是 2026年11月5日"),
        (DAY, Typed("2026 - 11 - 05"), Typed(""), "清空了"),
        (NAME, Typed("张", ""), Typed("张", ""), ""),
    ],
)
def test_what_comes_and_what_goes_is_said(field: Field, before: Typed, after: Typed, said: str):
    assert heard(before, after, field, CHINESE).aloud == said


def test_a_persons_number_is_counted_aloud_and_spelled_to_its_owner():
    typed = heard(Typed("13"), Typed("138"), PHONE, CHINESE)
    assert (typed.full, typed.aloud) == ("八", "已输入 3 位")
    erased = heard(Typed("138"), Typed("13"), PHONE, CHINESE)
    assert (erased.full, erased.aloud) == ("删除 八", "删除 1 位")
    taken = heard(Typed("2"), Typed("13800000000"), PHONE, CHINESE)
    assert taken.aloud == "已经填了，不念出声"
    assert taken.full == "现在是 幺三八，零零零零，零零零零"


def test_what_was_typed_is_not_shown_by_its_record():
    assert "张" not in repr(Typed("张", "wei"))
