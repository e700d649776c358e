"""Characters that sound alike are told apart by a word."""

from __future__ import annotations

from itertools import product
from pathlib import Path

import pytest

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
            character, word = line.split("\t")
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


def test_a_character_that_is_not_in_the_table_is_told_by_its_tone(tmp_path: Path):
    empty = tmp_path / "characters.tsv"
    empty.write_text("# nothing\n", "utf-8")
    characters = Characters(empty, shipped().phrases)
    assert characters.explained("伟", Language.ZH) == "伟，第三声"


def test_a_missing_table_is_found_when_the_terminal_starts(tmp_path: Path):
    with pytest.raises(FileNotFoundError, match="no table of characters"):
        Characters(tmp_path / "none.tsv", shipped().phrases)
