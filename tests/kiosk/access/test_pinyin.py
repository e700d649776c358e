"""What a citizen who types pinyin is offered."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kiosk.access.chinese_input import Composition, Method
from kiosk.access.rime import MAX_LETTERS, SHARED_FOLDER, RimeInput


def typed(pinyin: RimeInput, letters: str) -> Composition:
    composition = Composition()
    for letter in letters:
        composition = pinyin.type(letter)
    return composition


def chosen(pinyin: RimeInput, composition: Composition, wanted: str) -> Composition:
    """Turn pages until the candidate shows, then choose it."""
    while wanted not in composition.candidates:
        assert composition.has_more, f"{wanted} is never offered"
        composition = pinyin.turn(forward=True)
    return pinyin.choose(composition.candidates.index(wanted))


@pytest.mark.parametrize(
    ("letters", "phrase"),
    [
        ("chen", "陈"),
        ("hukou", "户口"),
        ("changshashiyueluqu", "长沙市岳麓区"),
        ("xi'an", "西安"),
        ("lv", "吕"),
        ("ningxiangshi", "宁乡市"),
        ("yueluquguanshalingjiedao", "岳麓区观沙岭街道"),
        ("daoxian", "道县"),
    ],
)
def test_the_first_page_offers_the_usual_word(pinyin: RimeInput, letters: str, phrase: str) -> None:
    composition = typed(pinyin, letters)
    assert phrase in composition.candidates
    assert len(composition.candidates) <= 9
    assert composition.committed == ""


def test_choosing_a_whole_word_finishes_it(pinyin: RimeInput) -> None:
    composition = chosen(pinyin, typed(pinyin, "changsha"), "长沙")
    assert composition == Composition(committed="长沙")
    assert typed(pinyin, "c").committed == "", "a word is committed once"


def test_an_unusual_name_is_composed_character_by_character(pinyin: RimeInput) -> None:
    composition = typed(pinyin, "zhouheyi")
    for character, preedit in (("周", "周he yi"), ("禾", "周禾yi")):
        composition = chosen(pinyin, composition, character)
        assert composition.preedit.replace(" ", "") == preedit.replace(" ", "")
        assert composition.committed == ""
    assert chosen(pinyin, composition, "一").committed == "周禾一"


def test_pages_of_candidates_turn_both_ways_and_stop_at_the_first(pinyin: RimeInput) -> None:
    first = typed(pinyin, "yi")
    assert (first.has_earlier, first.has_more) == (False, True)
    second = pinyin.turn(forward=True)
    assert second.has_earlier
    assert not set(second.candidates) & set(first.candidates)
    assert pinyin.turn(forward=False) == first
    assert pinyin.turn(forward=False) == first


def test_the_last_page_says_so_and_stays(pinyin: RimeInput) -> None:
    composition = typed(pinyin, "nve")
    while composition.has_more:
        composition = pinyin.turn(forward=True)
    assert pinyin.turn(forward=True) == composition


def test_backspace_takes_back_a_letter_then_leaves_nothing(pinyin: RimeInput) -> None:
    one = typed(pinyin, "c")
    typed(pinyin, "h")
    assert pinyin.backspace() == one
    assert pinyin.backspace() == Composition()
    assert pinyin.backspace() == Composition()


def test_backspace_after_a_choice_takes_the_choice_back(pinyin: RimeInput) -> None:
    before = typed(pinyin, "zhouheyi")
    chosen(pinyin, before, "周")
    assert "周" in pinyin.backspace().candidates


def test_clear_forgets_what_was_begun(pinyin: RimeInput) -> None:
    chosen(pinyin, typed(pinyin, "zhouheyi"), "周")
    assert pinyin.clear() == Composition()
    assert pinyin.type("c").preedit == "c"


@pytest.mark.parametrize("letters", ["v", "uu", "vvvnnn", "iiii"])
def test_letters_that_spell_nothing_offer_nothing_and_commit_nothing(
    pinyin: RimeInput, letters: str
) -> None:
    composition = typed(pinyin, letters)
    assert composition.preedit == letters
    assert composition.candidates == ()
    assert pinyin.choose(0) == composition


@pytest.mark.parametrize(
    "rubbish", ["", "1", "A", "é", "中", "ab", "\n", "\x00", "`", "\U0001f600"]
)
def test_what_is_no_pinyin_letter_changes_nothing(pinyin: RimeInput, rubbish: str) -> None:
    before = typed(pinyin, "chen")
    assert pinyin.type(rubbish) == before


@pytest.mark.parametrize("index", [-1, 9, 10**6])
def test_a_candidate_that_is_not_there_cannot_be_chosen(pinyin: RimeInput, index: int) -> None:
    before = typed(pinyin, "chen")
    assert pinyin.choose(index) == before


def test_a_key_held_down_stops_adding_letters(pinyin: RimeInput) -> None:
    assert typed(pinyin, "a" * MAX_LETTERS) == typed(pinyin, "a")


def test_two_inputs_do_not_mix(pinyin: RimeInput, user_folder: Path) -> None:
    other = RimeInput(SHARED_FOLDER, user_folder)
    mine = typed(pinyin, "chen")
    assert other.backspace() == Composition()
    typed(other, "zhou")
    assert pinyin.choose(0).committed == mine.candidates[0]


ACTIONS = st.one_of(
    st.sampled_from("abcdefghijklmnopqrstuvwxyz'").map(lambda letter: ("type", letter)),
    st.text(max_size=2).map(lambda text: ("type", text)),
    st.integers(-2, 12).map(lambda index: ("choose", index)),
    st.booleans().map(lambda forward: ("turn", forward)),
    st.sampled_from([("backspace", None), ("clear", None)]),
    st.tuples(st.sampled_from(Method), st.booleans()).map(lambda how: ("begin", how)),
)


@settings(
    max_examples=150,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(actions=st.lists(ACTIONS, max_size=40))
def test_no_sequence_of_actions_breaks_it(
    pinyin: RimeInput, actions: list[tuple[str, Any]]
) -> None:
    pinyin.clear()
    for name, value in actions:
        match name:
            case "type":
                composition = pinyin.type(value)
            case "choose":
                composition = pinyin.choose(value)
            case "turn":
                composition = pinyin.turn(forward=value)
            case "begin":
                composition = pinyin.begin(value[0], surname=value[1])
            case _:
                composition = getattr(pinyin, name)()
        assert len(composition.candidates) <= 9
        assert all(composition.candidates)
        assert composition.candidates or not composition.has_more
        assert "�" not in composition.preedit + composition.committed


def test_a_composition_shows_nothing_of_what_was_typed_in_its_repr(pinyin: RimeInput) -> None:
    shown = repr(typed(pinyin, "zhouheyi"))
    assert "zhou" not in shown
    assert "周" not in shown
