"""Characters that sound alike are told apart by a word."""

from __future__ import annotations

from itertools import product
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.access.profile import Language
from kiosk.narration.characters import Characters
from tests.harness.walk import ROOT
from tests.kiosk.narration.recording import shipped

TABLE = ROOT / "config/narration/characters.tsv"
SURNAMES = ROOT / "config/rime/surnames.tsv"


@pytest.fixture(scope="module")
def characters() -> Characters:
    return Characters(TABLE, shipped().phrases)


def common() -> list[str]:
    """Level 1 of GB 2312: 3,755 characters."""
    cells = product(range(0xB0, 0xD8), range(0xA1, 0xFF))
    return [bytes(c).decode("gb2312") for c in cells if c <= (0xD7, 0xF9)]


def test_every_common_character_and_surname_has_a_word(characters: Characters):
    lines = SURNAMES.read_text("utf-8").splitlines()
    surnames = [line.split("\t")[0] for line in lines if line and not line.startswith("#")]
    asked = [*common(), *(name for name in surnames if len(name) == 1)]
    assert len(asked) > 4000
    bare = [c for c in asked if characters.explained(c, Language.ZH).endswith("声")]
    assert len(bare) <= len(asked) // 100, bare


def test_a_word_has_the_character_that_it_tells():
    for line in TABLE.read_text("utf-8").splitlines():
        if not line.startswith("#"):
            character, word = line.split("\t")[:2]
            assert len(character) == 1
            assert character in word
            assert len(word) > 1


def test_homophones_of_a_name_are_told_apart(characters: Characters):
    alike = {characters.explained(c, Language.ZH).partition("，")[2] for c in "伟炜玮苇纬"}
    assert len(alike) == 5


@pytest.mark.parametrize(
    ("text", "language", "said"),
    [
        ("章", Language.ZH, "章，文章的章"),
        ("张", Language.ZH, "张，弓长张"),
        ("长沙", Language.ZH, "长沙，长短的长，沙发的沙"),
        ("章", Language.EN, "章, zhang first tone, the 章 of 文章"),
        ("长", Language.EN, "长, chang second tone, the 长 of 长短"),
        ("zhang", Language.ZH, "zhang"),
        ("湖南省长沙市", Language.ZH, "湖南省长沙市"),
    ],
)
def test_how_a_candidate_is_explained(
    characters: Characters, text: str, language: Language, said: str
):
    assert characters.explained(text, language) == said


@pytest.mark.parametrize(
    ("text", "typed", "said"),
    [
        ("长", "zhang", "长，成长的长"),
        ("长", "chang", "长，长短的长"),
        ("长", "zh", "长，成长的长"),
        ("行", "hang", "行，银行的行"),
        ("行", "hangzhou", "行，银行的行"),
        ("行", "xing", "行，进行的行"),
        ("重", "chong", "重，重新的重"),
        ("乐", "yue", "乐，音乐的乐"),
        ("都", "d", "都，都是的都"),
        ("勒", "le", "勒，勾勒的勒"),
        ("勒", "lei", "勒，米勒的勒"),
        ("曾", "zeng", "曾，姓曾的曾"),
        ("银行", "yinhang", "银行，银行的银，银行的行"),
        ("熟", "shou", "熟，第二声"),
        ("张", "zh", "张，弓长张"),
        ("行", "", "行，进行的行"),
    ],
)
def test_a_character_with_several_readings_is_told_by_the_one_typed(
    characters: Characters, text: str, typed: str, said: str
):
    assert characters.explained(text, Language.ZH, typed) == said


def test_in_english_the_reading_typed_is_said_with_its_tone(characters: Characters):
    said = characters.explained("长", Language.EN, "zhang")
    assert said == "长, zhang third tone, the 长 of 成长"


@given(
    text=st.text(st.characters(min_codepoint=0x3400, max_codepoint=0x9FFF), max_size=5),
    typed=st.text("abcdefghijklmnopqrstuvwxyz", max_size=12),
    language=st.sampled_from([Language.ZH, Language.EN]),
)
def test_whatever_an_input_method_offers_is_explained(text: str, typed: str, language: Language):
    characters = Characters(TABLE, shipped().phrases)
    assert characters.explained(text, language, typed).startswith(text)


def test_a_character_that_is_not_in_the_table_is_told_by_its_tone(tmp_path: Path):
    empty = tmp_path / "characters.tsv"
    empty.write_text("# nothing\n", "utf-8")
    characters = Characters(empty, shipped().phrases)
    assert characters.explained("伟", Language.ZH) == "伟，第三声"


def test_a_missing_table_is_found_when_the_terminal_starts(tmp_path: Path):
    with pytest.raises(FileNotFoundError, match="no table of characters"):
        Characters(tmp_path / "none.tsv", shipped().phrases)
