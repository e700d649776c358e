"""The files behind the search are refused with file and key when something is wrong."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from kiosk.catalogue.consistency import CatalogueError
from kiosk.catalogue.search import Index, entries_of, load_aliases, load_characters
from kiosk.catalogue.search.make_characters import table
from tests.kiosk.catalogue.searching import (
    CHARACTERS,
    CONFIG,
    first,
    shipped_aliases,
    shipped_catalogue,
)


def test_the_table_of_characters_is_what_its_maker_makes():
    assert (CONFIG / "search/characters.yaml").read_text("utf-8") == table()


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        ("", "is empty"),
        ("[]", "file: "),
        ("syllables: {a: 啊}\ntraditional: [後]\nsimplified: []", "same number of characters"),
        ("syllables: {a: [啊]}\ntraditional: []\nsimplified: []", "syllables.a: "),
    ],
)
def test_a_broken_table_of_characters_is_named(tmp_path: Path, content: str, problem: str):
    file = tmp_path / "characters.yaml"
    file.write_text(content, "utf-8")
    with pytest.raises(CatalogueError) as caught:
        load_characters(file)
    assert str(file) in str(caught.value)
    assert problem in str(caught.value)


Load = Callable[[str | bytes], list[str]]


@pytest.fixture
def problems(tmp_path: Path) -> Load:
    """What the loader of aliases says about a file with this content, without the file's name."""

    def load(content: str | bytes) -> list[str]:
        file = tmp_path / "aliases.yaml"
        file.write_bytes(content.encode() if isinstance(content, str) else content)
        with pytest.raises(CatalogueError) as caught:
            load_aliases(file, shipped_catalogue())
        assert all(problem.startswith(str(file)) for problem in caught.value.problems)
        return [problem.removeprefix(f"{file}") for problem in caught.value.problems]

    return load


def test_an_alias_that_leads_nowhere_is_named_with_its_key(problems: Load):
    first, second = problems(
        "aliases: [{to: newborn, words: [生]},"
        " {to: T99-01, words: [一]}, {to: nothing, words: [二]}]"
    )
    assert "aliases.1.to: there is no T99-01" in first
    assert "aliases.2.to: there is no nothing" in second


def test_an_alias_given_twice_for_one_target_is_named(problems: Load):
    (problem,) = problems(
        "aliases: [{to: newborn, words: [生娃, Baby]}, {to: T01-01, words: [生娃]},"
        " {to: newborn, words: [baby]}]"
    )
    assert "aliases.2.words.0: baby leads to newborn already (aliases.0.words.1)" in problem


@pytest.mark.parametrize("word", ["''", "' 生娃'", "'生娃 '", "'，'", '"生\\n娃"', "生" * 21, "12"])
def test_a_blank_or_over_long_word_is_named_with_its_key(problems: Load, word: str):
    (problem,) = problems(f"aliases: [{{to: newborn, words: [好, {word}]}}]")
    assert problem.startswith(":1: aliases.0.words.1: ")


def test_all_problems_of_a_file_are_named_at_once(problems: Load):
    found = problems("aliases: [{to: newborn, words: []}, {too: x, words: ['']}]\nfillers: ['']")
    assert [problem.split(": ")[1] for problem in found] == [
        "aliases.0.words",
        "aliases.1.to",
        "aliases.1.words.0",
        "aliases.1.words",
        "aliases.1.too",
        "fillers.0",
    ]


@pytest.mark.parametrize("content", ["aliases: [", b"\xff\xfe\x00", "aliases: 3", "- a", ""])
def test_a_file_that_is_no_list_of_aliases_is_refused(problems: Load, content: str | bytes):
    assert len(problems(content)) == 1


def test_a_file_that_is_not_there_is_named(tmp_path: Path):
    with pytest.raises(CatalogueError, match="cannot be read: No such file"):
        load_aliases(tmp_path / "none.yaml", shipped_catalogue())


def test_aliases_of_what_a_release_took_away_are_left_out():
    catalogue, aliases = shipped_catalogue(), shipped_aliases()
    fewer = catalogue.model_copy(update={"life_events": catalogue.life_events[:1]})
    index = Index.of(entries_of(fewer, aliases), CHARACTERS, aliases.fillers)
    assert first(index, "生孩子") == "newborn"
    assert index.search("开饭店") == ()
