"""Numbers of people digit by digit and kept quiet; those of offices, amounts and days are not."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.access.profile import Language
from tests.kiosk.narration.recording import wording

CHINESE = wording(Language.ZH)
ENGLISH = wording(Language.EN)


@pytest.mark.parametrize(
    ("text", "full"),
    [
        ("439900199603120027", "四三九九零零，幺九九六，零三幺二，零零二七"),
        ("43990019940825001X", "四三九九零零，幺九九四，零八二五，零零幺X"),
        ("13800000000", "幺三八，零零零零，零零零零"),
        ("6222 0200 0000 0000 000", "六二二二，零二零零，零零零零，零零零零，零零零"),
        ("J439900-2021-000001", "J，四三九九，零零，二零二幺，零零零零，零幺"),
        ("138****0000", "前 3 位 幺三八，后 4 位 零零零零，其余没有显示"),
        ("******", "没有显示"),
    ],
)
def test_a_persons_number_is_said_in_groups_and_only_to_its_owner(text: str, full: str):
    said = CHINESE.text(f"号码 {text}。")
    assert said.full == f"号码 {full}。"
    if any(character.isdigit() for character in text):
        assert said.aloud == "号码 号码不念出声。"
        assert said.private


@pytest.mark.parametrize(
    "text",
    [
        "电话 0731-88857992",
        "打 12345",
        "服务时间 08:30–21:00",
        "收入 800000 元",
        "收入 800000.50 元",
        "72 天，4 份",
        "2026年11月22日",
        "第 1 问，共 4 问",
    ],
)
def test_what_is_nobodys_number_is_said_as_it_stands(text: str):
    said = CHINESE.text(text)
    assert said.full == said.aloud == text


def test_days_are_said_in_the_words_of_the_language():
    assert CHINESE.text("2026-11-05").aloud == "2026年11月5日"
    assert ENGLISH.text("2026-11-05").aloud == "5 November 2026"
    assert CHINESE.text("2026-13-05-77").private  # no day: it may be anything


def test_a_name_that_is_hidden_but_for_its_first_character_says_so():
    assert CHINESE.text("申请人 陈**").aloud == "申请人 陈，其余没有显示"


def test_lines_of_a_title_are_one_sentence_and_other_lines_are_not():
    assert CHINESE.title("请把身份证\n平放在读卡区").full == "请把身份证平放在读卡区"
    assert ENGLISH.title("Lay your ID card\nflat").full == "Lay your ID card flat"
    assert CHINESE.text("市公安局\n办好后给您").full == "市公安局。办好后给您"


def test_english_digits_are_words_with_spaces():
    assert ENGLISH.text("Phone 13800000000").full.startswith("Phone one three eight, zero")
    assert ENGLISH.text("Phone 13800000000").aloud == "Phone number not read aloud"


@settings(max_examples=300, deadline=None)
@given(st.text(alphabet="陈号 a元0123456789*-.:\n，、", max_size=40))
def test_six_digits_on_end_are_never_said_to_the_room_without_a_unit(text: str):
    said = CHINESE.text(text + "。")
    assert not set(said.aloud) & set("零幺二三四五六七八九")
    public = r"0\d{2,3}-\d{7,8}|400-?\d{3}-?\d{4}|\d+[\d. ]*(?=[元个])"
    assert not re.search(r"\d{6}", re.sub(public, "", said.aloud))
    assert CHINESE.join(said, said).aloud.count("\n") == 0
