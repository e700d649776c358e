"""What a citizen who writes by strokes is offered: 一 丨 丿 丶 乙 in the order of writing."""

from __future__ import annotations

import pytest

from kiosk.access.candidates import PAGE
from kiosk.access.chinese_input import Composition, Method
from kiosk.access.rime import RimeInput


@pytest.fixture
def strokes(pinyin: RimeInput) -> RimeInput:
    pinyin.clear()
    pinyin.begin(Method.STROKE)
    return pinyin


def written(strokes: RimeInput, letters: str) -> Composition:
    composition = Composition()
    for letter in letters:
        composition = strokes.type(letter)
    return composition


# The stroke order of 《通用规范汉字笔顺规范》 (GF 0023-2020): 横 h, 竖 s, 撇 p, 点 n, 折 z.
CHARACTERS = {
    "张": "zhzphzn",
    "刘": "nhpnss",
    "何": "pshszhs",
    "于": "hhs",
    "魏": "phspnzphpszhhpzzn",
    "陈": "zshzspn",
    "龙": "hpzpn",
    "丽": "hsznszn",
    "王": "hhsh",
    "李": "hspnzsh",
    "龚": "hpzpnhsshpn",
}


@pytest.mark.parametrize(("character", "letters"), CHARACTERS.items())
def test_a_character_written_to_its_end_is_among_the_first_three(
    strokes: RimeInput, character: str, letters: str
) -> None:
    assert character in written(strokes, letters).candidates[:3]


@pytest.mark.parametrize(("character", "letters"), CHARACTERS.items())
def test_a_surname_is_offered_two_strokes_before_its_end(
    strokes: RimeInput, character: str, letters: str
) -> None:
    strokes.begin(Method.STROKE, surname=True)
    early = written(strokes, letters[: max(2, len(letters) - 2)])
    assert character in early.candidates


def test_what_was_written_is_shown_as_strokes(strokes: RimeInput) -> None:
    assert written(strokes, "hspnz").preedit == "一丨丿丶乙"


def test_letters_that_are_no_strokes_change_nothing(strokes: RimeInput) -> None:
    before = written(strokes, "hs")
    for letter in "a'dtjklui1":
        assert strokes.type(letter) == before


def test_choosing_a_character_finishes_it(strokes: RimeInput) -> None:
    composition = written(strokes, CHARACTERS["陈"])
    chosen = strokes.choose(composition.candidates.index("陈"))
    assert chosen == Composition(committed="陈")


def test_a_stroke_is_taken_back(strokes: RimeInput) -> None:
    one = written(strokes, "h")
    strokes.type("s")
    assert strokes.backspace() == one


def test_usual_characters_come_before_rare_ones(strokes: RimeInput) -> None:
    first = written(strokes, "phs")
    assert all(character.encode("gb2312") for character in first.candidates)
    rare = []
    while first.has_more and not rare:
        first = strokes.turn(forward=True)
        rare = [c for c in first.candidates if not _in_gb2312(c)]
    assert rare, "rare characters are offered too, on later pages"


def _in_gb2312(character: str) -> bool:
    return character.encode("gb2312", errors="ignore") != b""


def test_every_page_but_the_last_is_full_and_none_is_shown_twice(strokes: RimeInput) -> None:
    page = written(strokes, "hsz")
    seen = list(page.candidates)
    while page.has_more:
        assert len(page.candidates) == PAGE
        page = strokes.turn(forward=True)
        seen += page.candidates
    assert len(seen) == len(set(seen))


def test_changing_to_pinyin_forgets_the_strokes(strokes: RimeInput) -> None:
    written(strokes, "hsp")
    assert strokes.begin(Method.PINYIN) == Composition()
    assert strokes.type("h").preedit == "h"
