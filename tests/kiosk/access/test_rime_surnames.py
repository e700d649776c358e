"""A person's name begins with a surname: those come first, read as surnames are."""

from __future__ import annotations

from pathlib import Path

import pytest
from structlog.testing import capture_logs

from kiosk.access.chinese_input import ChineseInputUnavailable, Composition, Method
from kiosk.access.rime import SHARED_FOLDER, RimeInput


def typed(pinyin: RimeInput, letters: str, *, surname: bool = True) -> Composition:
    pinyin.clear()
    pinyin.begin(Method.PINYIN, surname=surname)
    composition = Composition()
    for letter in letters:
        composition = pinyin.type(letter)
    return composition


@pytest.mark.parametrize(
    ("letters", "surname"),
    [
        ("shan", "单"),
        ("zhang", "张"),
        ("zhai", "翟"),
        ("piao", "朴"),
        ("ge", "葛"),
        ("yuchi", "尉迟"),
        ("ouyang", "欧阳"),
        ("lv", "吕"),
        ("xie", "谢"),
    ],
)
def test_a_surname_comes_first_where_a_name_begins(
    pinyin: RimeInput, letters: str, surname: str
) -> None:
    assert typed(pinyin, letters).candidates[0] == surname


@pytest.mark.parametrize(("letters", "surname"), [("qiu", "仇"), ("zha", "查"), ("xie", "解")])
def test_a_surname_read_otherwise_is_on_the_first_page(
    pinyin: RimeInput, letters: str, surname: str
) -> None:
    assert surname in typed(pinyin, letters).candidates


def test_one_letter_brings_the_most_common_surnames(pinyin: RimeInput) -> None:
    assert typed(pinyin, "z").candidates[:3] == ("张", "赵", "周")


def test_a_whole_name_leaves_the_surname_to_be_taken_alone(pinyin: RimeInput) -> None:
    composition = typed(pinyin, "shanwei")
    taken = pinyin.choose(composition.candidates.index("单"))
    assert taken.preedit == "单wei"
    assert taken.candidates[0] not in ("魏", "韦", "卫"), "a given name follows"


def test_elsewhere_words_come_as_often_as_they_are_used(pinyin: RimeInput) -> None:
    assert typed(pinyin, "shan", surname=False).candidates[0] == "山"


def test_a_candidate_turned_to_is_the_one_taken(pinyin: RimeInput) -> None:
    typed(pinyin, "zhang")
    second = pinyin.turn(forward=True)
    assert pinyin.choose(3).committed == second.candidates[3]


def test_the_quick_picks_are_the_surnames_that_most_people_have(pinyin: RimeInput) -> None:
    surnames = pinyin.surnames()
    assert surnames[:5] == ("王", "李", "张", "刘", "陈")
    assert len(surnames) == len(set(surnames)) == 100


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (None, " is missing"),
        (b"\xff\xfe", " is broken"),
        (b"no tab here", ": a line is no surname, tab"),
    ],
)
def test_surnames_that_cannot_be_read_are_told_once_with_their_file(
    tmp_path: Path, content: bytes | None, says: str
) -> None:
    if content is not None:
        (tmp_path / "surnames.tsv").write_bytes(content)
    engine = RimeInput(SHARED_FOLDER, tmp_path)
    with capture_logs() as logged:
        for _ in range(2):
            with pytest.raises(ChineseInputUnavailable, match=f"surnames.tsv{says}"):
                engine.surnames()
    (line,) = logged
    assert line["event"] == "chinese_input.unavailable"
