"""Typing on the glass: every kind of field with its own keyboard."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kiosk.journey.page import Field
from kiosk.journey.signals import Edited
from tests.harness.window import Glass
from tests.screens.sample_pages import sample


def last_text(glass: Glass) -> str:
    last = glass.signals[-1]
    assert isinstance(last, Edited)
    return last.text


def test_digits_are_sent_one_by_one_and_no_more_than_the_field_holds(glass: Glass) -> None:
    glass.show(sample("phone"))
    glass.driver.touch("key.clear")
    glass.driver.type_on_glass("138000000001")
    assert last_text(glass) == "13800000000"
    glass.driver.touch("key.delete")
    assert last_text(glass) == "1380000000"


def test_an_identity_number_may_end_in_x(glass: Glass) -> None:
    glass.show(sample("id_number"))
    glass.driver.type_on_glass("4301X")
    assert last_text(glass) == "4301X"


def test_latin_letters_capitals_and_signs(glass: Glass) -> None:
    glass.show(sample("latin"))
    glass.driver.touch("key.clear")
    glass.driver.type_on_glass("Zh@1.c")
    assert last_text(glass) == "Zh@1.c"


def test_pinyin_becomes_characters_and_only_those_are_sent(glass: Glass) -> None:
    glass.show(sample("quick_picks"))
    glass.driver.type_on_glass("changsha")
    assert glass.signals == []
    glass.driver.type_pinyin("", "长沙")
    assert last_text(glass) == "长沙"


def test_letters_of_a_composition_are_taken_back_before_characters(glass: Glass) -> None:
    glass.show(sample("name"))
    glass.driver.type_on_glass("zh")
    glass.driver.touch("key.delete")
    glass.driver.touch("key.delete")
    assert glass.signals == []
    glass.driver.touch("key.delete")
    assert last_text(glass) == "周𠮷"


def test_more_candidates_are_one_touch_away_and_lead_back(glass: Glass) -> None:
    glass.show(sample("name"))
    glass.driver.type_on_glass("yi")
    first = [text for text in glass.driver.texts() if len(text) == 1]
    glass.driver.touch("candidates.more")
    glass.driver.touch("candidates.earlier")
    assert [text for text in glass.driver.texts() if len(text) == 1] == first


def test_a_quick_pick_fills_the_field_with_one_touch(glass: Glass) -> None:
    glass.show(sample("quick_picks"))
    glass.driver.touch("candidate.1")
    assert last_text(glass) == "湘雅医院"


def test_a_name_without_pinyin_is_typed_in_letters(glass: Glass) -> None:
    glass.show(sample("name"))
    glass.driver.touch("key.letters")
    glass.driver.type_on_glass("a")
    assert last_text(glass) == "周𠮷㙍a"
    glass.driver.touch("key.chinese")
    glass.driver.type_on_glass("ni")
    assert last_text(glass) == "周𠮷㙍a"


def test_without_an_input_method_letters_and_quick_picks_remain(glass: Glass) -> None:
    glass.show(sample("quick_picks"))
    glass.chinese_input.broken = True
    glass.driver.type_on_glass("c")
    assert "key.chinese" not in {target.name for target in glass.driver.frame.targets}
    glass.driver.touch("candidate.0")
    assert last_text(glass) == "长沙市妇幼保健院"


def test_a_date_is_stepped_and_ends_with_its_month(glass: Glass) -> None:
    page = sample("birthday")
    blocks = tuple(replace(b, value="2024-01-31") for b in page.blocks if isinstance(b, Field))
    glass.show(replace(page, blocks=blocks))
    glass.driver.touch("part.month.more")
    assert last_text(glass) == "2024-02-29"
    glass.driver.touch("part.year.less")
    assert last_text(glass) == "2023-02-28"


def test_an_empty_date_steps_from_today_and_is_sent_when_whole(glass: Glass) -> None:
    page = sample("birthday")
    blocks = tuple(replace(b, value="") for b in page.blocks if isinstance(b, Field))
    glass.show(replace(page, blocks=blocks))
    glass.driver.touch("part.year.less")
    glass.driver.touch("part.month.less")
    assert glass.signals == []
    glass.driver.touch("part.day.less")
    assert last_text(glass) == "2026-07-21"


def test_a_date_is_typed_digit_by_digit(glass: Glass) -> None:
    glass.show(sample("birthday"))
    glass.driver.touch("key.clear")
    assert last_text(glass) == ""
    glass.driver.touch("part.year")
    glass.driver.type_on_glass("195875")
    assert last_text(glass) == "1958-07-05"


def test_a_time_is_typed_or_stepped(glass: Glass) -> None:
    glass.show(sample("birth_time"))
    glass.driver.type_on_glass("642")
    assert last_text(glass) == "06:42"
    glass.driver.touch("part.minute.more")
    assert last_text(glass) == "06:43"


def test_a_search_field_opens_its_keyboard_and_closes_it(glass: Glass) -> None:
    glass.show(sample("choose"))
    assert "key.q" not in {target.name for target in glass.driver.frame.targets}
    glass.driver.touch("search")
    glass.driver.type_pinyin("tuixiu", "退休")
    assert last_text(glass) == "退休"
    glass.driver.touch("key.done")
    assert "key.q" not in {target.name for target in glass.driver.frame.targets}


TYPED = ("name", "quick_picks", "phone", "id_number", "birthday", "birth_time", "latin")


@pytest.mark.parametrize("name", TYPED)
def test_every_key_of_every_keyboard_leaves_the_page_alive(glass: Glass, name: str) -> None:
    glass.show(sample(name))
    for key in [t.name for t in glass.driver.frame.targets if "." in t.name]:
        if key in {target.name for target in glass.driver.frame.targets}:
            glass.driver.touch(key)
            assert not [drawn.text for drawn in glass.driver.boxes() if drawn.cut], key
    assert glass.driver.frame.page == sample(name).id
