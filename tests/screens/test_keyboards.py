"""Typing on the glass: every kind of field with its own keyboard."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from kiosk.access.profile import Hand, Language, Profile, TextSize
from kiosk.journey.page import Field, FieldKind, Page
from kiosk.journey.signals import Edited
from screens.commands import Leave
from screens.metrics import MM_PER_INCH
from screens.sketch import Box, Target
from tests.harness.window import Glass
from tests.screens.sample_pages import sample


def last_text(glass: Glass) -> str:
    last = glass.signals[-1]
    assert isinstance(last, Edited)
    return last.text


def one_field(field: Field) -> Page:
    return replace(sample("phone"), id=f"number-of-{field.longest}", blocks=(field,))


def painted(glass: Glass) -> set[str]:
    return {text.replace("\u00a0", " ") for text in glass.driver.texts()}


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


@pytest.mark.parametrize(
    ("kind", "longest", "typed", "shown"),
    [
        (FieldKind.DIGITS, 11, "13800000000", "138 0000 0000"),
        (FieldKind.ID_NUMBER, 18, "439900199408250011", "439900 19940825 0011"),
        (FieldKind.DIGITS, 19, "6222020000000000000", "6222 0200 0000 0000 000"),
        (FieldKind.DIGITS, 6, "410000", "410000"),
    ],
)
def test_a_long_number_is_shown_in_groups_and_sent_without_gaps(
    glass: Glass, kind: FieldKind, longest: int, typed: str, shown: str
) -> None:
    glass.show(one_field(Field("number", "号码", kind, longest=longest)))
    glass.driver.type_on_glass(typed)
    assert last_text(glass) == typed
    assert shown in painted(glass)


def test_at_the_largest_text_a_long_number_is_parted_between_its_groups(glass: Glass) -> None:
    digits = "6222020000000000000000000000"
    number = Field("number", "账号", FieldKind.DIGITS, digits, longest=30)
    glass.show(one_field(number), TextSize.LARGEST)
    lines = [text for text in painted(glass) if re.fullmatch("[0-9 ]{4,}", text)]
    assert len(lines) > 1
    assert sum(map(len, " ".join(lines).split())) == len(digits)
    assert {len(group) for line in lines for group in line.split()} == {4}


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


def test_characters_to_choose_from_fill_both_of_their_rows(glass: Glass) -> None:
    glass.show(empty_name(), text=TextSize.LARGEST)
    glass.driver.type_on_glass("zhang")
    offered = [t.box for t in keyboard(glass) if t.name.startswith("candidate")]
    ends = {
        y: (min(box.x for box in offered if box.y == y), max(b.right for b in offered if b.y == y))
        for y in {box.y for box in offered}
    }
    assert len(ends) == 2
    (left, right), (left_below, right_below) = ends.values()
    assert (left, right) == pytest.approx((left_below, right_below), abs=2)  # px


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


def empty_name(page_id: str = "name", language: Language = Language.ZH) -> Page:
    """A page that asks for a person's name, nothing typed yet."""
    page = sample("name", language)
    blocks = (replace(b, value="", person=True) for b in page.blocks if isinstance(b, Field))
    return replace(page, id=page_id, blocks=tuple(blocks))


def keyboard(glass: Glass) -> list[Target]:
    """The targets of the keyboard on the glass."""
    return [
        target
        for placed in glass.driver.frame.placed
        if placed.key == ("keyboard",)
        for target in placed.targets
    ]


def names(glass: Glass) -> set[str]:
    return {target.name for target in keyboard(glass)}


def test_an_empty_name_offers_the_most_common_surnames(glass: Glass) -> None:
    glass.show(empty_name())
    glass.driver.touch("candidate.2")
    assert last_text(glass) == "张"
    assert "candidate.0" not in names(glass), "a given name has no quick picks"


def test_surnames_are_turned_to_the_last_and_back_and_none_is_left_out(glass: Glass) -> None:
    def shown() -> list[str]:
        return [t.says for t in keyboard(glass) if t.name.startswith("candidate.")]

    glass.show(empty_name())
    pages = [shown()]
    while "candidates.more" in names(glass):
        glass.driver.touch("candidates.more")
        pages.append(shown())
    assert [s for page in pages for s in page] == list(glass.chinese_input.surnames())
    for page in reversed(pages[:-1]):
        glass.driver.touch("candidates.earlier")
        assert shown() == page


def test_a_surname_is_preferred_where_a_name_begins_and_nowhere_else(glass: Glass) -> None:
    glass.show(empty_name())
    glass.driver.type_on_glass("shan")
    assert glass.driver.target("candidate.0").says == "单"
    glass.driver.touch("candidate.0")
    glass.driver.type_on_glass("shan")
    assert glass.driver.target("candidate.0").says == "山"


def test_strokes_become_characters(glass: Glass) -> None:
    glass.show(empty_name())
    glass.driver.touch("key.strokes")
    for key in ("key.z", "key.h", "key.z"):
        glass.driver.touch(key)
    assert "乙一乙" in glass.driver.texts()
    assert glass.signals == []
    glass.driver.touch("candidate.0")
    assert last_text(glass) == "张"


def test_strokes_are_typed_on_keys_too(glass: Glass) -> None:
    glass.show(empty_name())
    glass.driver.touch("key.strokes")
    for key in "zhz":
        glass.driver.key(key)
    assert "乙一乙" in glass.driver.texts()
    glass.driver.key("1")
    assert last_text(glass) == "张"


@pytest.mark.parametrize(
    ("letters", "text"),
    [
        ("yueluquguanshalingjiedao", TextSize.NORMAL),
        ("yueluquguanshalingjiedao", TextSize.LARGEST),
        ("y" * 60, TextSize.NORMAL),
        ("zhuang" * 10, TextSize.LARGEST),
    ],
)
def test_however_much_is_composed_nothing_is_cut_and_no_key_is_where_another_was(
    glass: Glass, letters: str, text: TextSize
) -> None:
    glass.show(empty_name(), text)
    before = glass.driver.target("key.q").box
    for letter in letters:
        glass.driver.key(letter)
    now = glass.driver.target("key.q").box
    assert abs(now.y - before.y) < before.height / 4
    assert not [drawn.text for drawn in glass.driver.boxes() if drawn.cut]
    assert glass.driver.overlaps() == []


def test_whoever_writes_by_strokes_does_so_in_the_next_field(glass: Glass) -> None:
    glass.show(empty_name("first"))
    glass.driver.touch("key.strokes")
    glass.show(empty_name("second"))
    assert "key.chinese" in names(glass)
    glass.window.forget()
    glass.show(empty_name("of_the_next_citizen"))
    assert "key.strokes" in names(glass)


def test_letters_and_digits_are_for_one_field(glass: Glass) -> None:
    glass.show(empty_name("first"))
    glass.driver.touch("key.letters")
    glass.show(empty_name("second"))
    assert "key.strokes" in names(glass)


def test_a_finger_held_on_a_key_types_once(glass: Glass) -> None:
    glass.show(sample("phone"))
    glass.driver.touch("key.clear")
    glass.driver.touch_at(*glass.driver.target("key.1").box.centre, held_s=5.0)
    typed = [signal.text for signal in glass.signals if isinstance(signal, Edited)]
    assert typed == ["", "1"]


STROKE_NAMES = {
    Language.ZH: ("横", "竖", "撇", "点", "折"),
    Language.EN: ("across", "down", "left", "dot", "bend"),
}


@pytest.mark.parametrize("language", STROKE_NAMES)
def test_strokes_are_read_aloud_by_their_names(glass: Glass, language: Language) -> None:
    glass.show(empty_name(language=language), language=language)
    glass.driver.touch("key.strokes")
    said = tuple(glass.driver.target(f"key.{letter}").says for letter in "hspnz")
    assert said == STROKE_NAMES[language]


@pytest.mark.parametrize("name", TYPED)
def test_every_key_can_be_read_aloud(glass: Glass, name: str) -> None:
    glass.show(sample(name))
    assert keyboard(glass)
    assert all(any(c.isalnum() for c in target.says) for target in keyboard(glass))


def test_parts_of_a_date_are_read_with_their_numbers(glass: Glass) -> None:
    page = sample("birthday")
    blocks = tuple(replace(b, value="2024-01-31") for b in page.blocks if isinstance(b, Field))
    glass.show(replace(page, blocks=blocks))
    assert glass.driver.target("part.month").says == "月，01"
    assert glass.driver.target("part.month.more").says == "月，加一"
    glass.driver.touch("key.clear")
    assert glass.driver.target("part.month").says == "月，还没填"


def test_what_takes_back_lies_on_the_side_of_the_hand(glass: Glass) -> None:
    for name in (*TYPED, "surname"):
        page = empty_name() if name == "surname" else sample(name)
        at = {}
        for hand in Hand:
            glass.window.show(page, Profile(hand=hand))
            glass.driver.settle()
            at[hand] = glass.driver.target("key.delete").box.centre[0]
        middle = glass.window.panel.width / 2
        assert at[Hand.LEFT] < middle < at[Hand.RIGHT], name


SURROUNDINGS = {  # the audit measures the keys of every page in all others
    **{f"{text}": Profile(text=text) for text in (TextSize.SMALL, TextSize.LARGEST)},
    "seated": Profile(text=TextSize.LARGEST, seated=True),
    "care": Profile(text=TextSize.LARGE, care=True),
    "left": Profile(hand=Hand.LEFT),
    "english": Profile(text=TextSize.LARGEST, language=Language.EN),
}


@pytest.mark.parametrize("profile", SURROUNDINGS.values(), ids=SURROUNDINGS)
def test_every_key_is_large_and_apart_enough(glass: Glass, profile: Profile) -> None:
    """VVSG 2.0 7.2-I and 7.2-H: 12.7 mm wide and high, 2.54 mm apart."""
    pixels_per_mm = glass.window.panel.ppi / MM_PER_INCH
    for at, page in enumerate(pages_typed(profile.language)):
        glass.window.show(replace(page, id=f"typed{at}"), profile)
        glass.driver.settle()
        for keys in faces(glass):
            for number, key in enumerate(keys):
                size = min(key.box.width, key.box.height) / pixels_per_mm
                assert size >= 12.7, key.name
                nearest = min(apart(key, other) for other in keys[number + 1 :] or [FAR])
                assert nearest / pixels_per_mm >= 2.54, key.name


FAR = Target("far", replace(Box(0, 0, 1, 1), x=1e6), Leave())


def pages_typed(language: Language) -> list[Page]:
    return [*(sample(name, language) for name in TYPED), empty_name(language=language)]


def faces(glass: Glass) -> list[list[Target]]:
    """The keys of each face of the keyboard on the glass, with candidates where there are any."""
    shown = [keyboard(glass)]
    for face, letter in (("key.strokes", "key.h"), ("key.letters", None), ("key.chinese", "key.y")):
        if face in names(glass):
            glass.driver.touch(face)
            if letter is not None:
                glass.driver.touch(letter)
            shown.append(keyboard(glass))
    return shown


def apart(one: Target, other: Target) -> float:
    """Pixels between the edges of two targets."""
    aside = max(one.box.x, other.box.x) - min(one.box.right, other.box.right)
    below = max(one.box.y, other.box.y) - min(one.box.bottom, other.box.bottom)
    return max(aside, below)
