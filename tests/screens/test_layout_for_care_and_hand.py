"""One thing to do a page in care mode, and on the left what the left hand needs."""

from __future__ import annotations

from dataclasses import replace
from itertools import chain

import pytest

from kiosk.access.profile import Hand, Language, Profile, TextSize
from kiosk.journey.page import (
    Action,
    Block,
    Cards,
    Field,
    Heading,
    Paragraph,
    Row,
    Rows,
    Segments,
    Weight,
)
from screens.frame import Frame
from screens.panel import Panel
from screens.sketch import Target
from screens.things import things
from tests.harness.layout import Desk, faults
from tests.screens.sample_pages import EN, SAMPLES, ZH, Words, sample, step

CARE = Profile(TextSize.LARGE, care=True)


def blocks(frame: Frame) -> set[str]:
    return {placed.key[1] for placed in frame.placed if placed.key[0] == "block"}


def target(frame: Frame, name: str) -> Target:
    return next(target for target in frame.targets if target.name == name)


def names(frame: Frame) -> set[str]:
    return {target.name for target in frame.targets}


def sections(rows: int, *names: str) -> tuple[Block, ...]:
    """Lists under headings."""
    return tuple(
        block
        for name in names
        for block in (
            Heading(f"{name}_title", name),
            Rows(name, tuple(Row(f"{name}{n}", "出生医学证明", "签发后") for n in range(rows))),
        )
    )


def test_short_sections_that_only_tell_share_a_side(desk: Desk) -> None:
    (side,) = desk.sides(replace(sample("notice"), blocks=sections(1, *"abc")), CARE)
    assert blocks(side) == {name for one in "abc" for name in (one, f"{one}_title")}


@pytest.mark.parametrize("text", [TextSize.NORMAL, TextSize.LARGE])
@pytest.mark.parametrize("rows", range(1, 12))
def test_the_faces_of_a_rating_are_seen_all_at_once(desk: Desk, rows: int, text: TextSize) -> None:
    page = sample("done")
    told = Rows("told", tuple(Row(f"told{n}", "出生医学证明", "签发后") for n in range(rows)))
    faces = next(block for block in page.blocks if isinstance(block, Cards))
    sides = desk.sides(replace(page, blocks=(told, faces)), Profile(text, care=True))
    seen = [{card.id for card in faces.cards} & names(side) for side in sides]
    assert sorted(map(len, seen)) == [0] * (len(sides) - 1) + [len(faces.cards)]


@pytest.mark.parametrize("rows", range(3, 9))
def test_a_section_that_a_side_can_hold_is_not_split(desk: Desk, rows: int) -> None:
    sides = desk.sides(replace(sample("notice"), blocks=sections(rows, *"abcdef")), CARE)
    assert len(sides) > 1
    held = [blocks(side) for side in sides]
    for name in "abcdef":
        assert [name in side for side in held].count(True) == 1
        assert [f"{name}_title" in side for side in held] == [name in side for side in held]


def test_what_is_to_be_answered_is_alone_on_its_side(desk: Desk) -> None:
    question = sample("question")
    page = replace(question, blocks=(*sections(1, "a"), *question.blocks, *sections(1, "b")))
    sides = [blocks(frame) for frame in desk.sides(page, CARE)]
    assert sides == [
        {"a", "a_title"},
        {block.id for block in question.blocks},
        {"b", "b_title"},
    ]


def test_a_page_that_goes_by_itself_is_not_parted(desk: Desk) -> None:
    question = sample("question")
    page = replace(question, blocks=(*sections(1, "a"), *question.blocks))
    assert len(desk.sides(page, CARE)) > 1
    assert len(desk.sides(replace(page, count_down_s=16), CARE)) == 1


def test_a_question_keeps_its_answers_and_a_field_its_keyboard(desk: Desk) -> None:
    (question,) = desk.sides(sample("question"), CARE)
    assert {"mother", "father", "unsure"} <= names(question)
    (field,) = desk.sides(sample("phone"), CARE)
    assert {"value", "key.5"} <= names(field)


def test_what_has_a_heading_of_its_own_is_another_thing() -> None:
    rows, note = Rows("rows", ()), Paragraph("note", "")
    field, hits = Field("query", "", sample("name").blocks[0].kind), Cards("hits", (), found=True)
    kinds, events = Segments("kinds", (), ""), Cards("events", ())
    faces = Cards("faces", (), title="How was it?")
    heading = Heading("heading", "")
    found = things((field, hits, heading, rows, note, kinds, events, faces))
    assert found == [(field, hits), (heading, rows, note), (kinds, events), (faces,)]
    assert things((heading, note, heading, rows)) == [(heading, note), (heading, rows)]


def test_cards_stand_one_under_another(desk: Desk) -> None:
    for name in ("choose", "done"):
        page = sample(name)
        for frame in desk.sides(page, CARE):
            for block in page.blocks:
                if isinstance(block, Cards):
                    cards = [t for t in frame.targets if t.name in {c.id for c in block.cards}]
                    assert len({card.box.x for card in cards}) <= 1
                    assert all(card.box.width == cards[0].box.width for card in cards)


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("text", [TextSize.LARGE, TextSize.LARGEST])
def test_nothing_is_cut_off_in_care_mode(desk: Desk, text: TextSize, language: Language) -> None:
    renderer = desk.renderer(Panel())
    for name in SAMPLES:
        profile = Profile(text, language=language, care=True)
        for frame in desk.sides(sample(name, language), profile, renderer):
            assert not faults(frame, Panel()), (name, frame.turns)


@pytest.mark.parametrize("language", [ZH, EN])
@pytest.mark.parametrize("text", [TextSize.LARGE, TextSize.LARGEST])
def test_help_is_a_whole_button_on_every_side_in_one_place(
    desk: Desk, text: TextSize, language: Language
) -> None:
    say = Words(language)
    helped = Action("help", say("找工作人员", "Get help"), Weight.PLAIN, icon="help-circle")
    places = set()
    for name in ("notice", "question", "check"):
        page = step(say, name, sample(name, language).title, *sample(name, language).blocks)
        usual = [action for action in page.actions if action.id != "help"]
        page = step(say, name, page.title, *page.blocks, actions=(*usual[3:5], helped))
        for frame in desk.sides(page, Profile(text, language=language, care=True)):
            box = target(frame, "help").box
            places.add((box.x, box.y, box.width))
            assert box.width == 1080 - 2 * box.x
    assert len(places) == 1


def test_what_the_page_for_all_of_it_has_is_left_out_of_the_bar_above(desk: Desk) -> None:
    page = sample("question")
    assert "text_size" in names(desk.sides(page, Profile())[0])
    ease = Action("ease", "更方便", Weight.TOP, icon="tune")
    more = step(Words(ZH), "question.more", page.title, *page.blocks, actions=(ease,))
    assert "text_size" not in names(desk.sides(more, CARE)[0])
    assert {"ease", "language"} <= names(desk.sides(more, CARE)[0])


def test_the_left_hand_finds_the_filled_button_on_its_side(desk: Desk) -> None:
    for page in (sample("question"), sample("notice", EN)):
        (right, *_), (left, *_) = (
            desk.sides(page, Profile(TextSize.LARGEST, hand=hand)) for hand in Hand
        )
        filled = (
            "turn.next" if right.turns.of > 1 and "continue" not in names(right) else "continue"
        )
        assert target(right, "back").box.x < target(right, filled).box.x
        assert target(left, filled).box.x < target(left, "back").box.x
        assert target(left, filled).box.width == target(right, filled).box.width


def test_text_begins_where_it_did_for_the_other_hand(desk: Desk) -> None:
    def starts(hand: Hand) -> list[float]:
        frames = desk.sides(sample("check"), Profile(hand=hand))
        lines = chain.from_iterable(
            p.lines for f in frames for p in f.placed if p.key[0] == "block"
        )
        return [line.box.x for line in lines]

    assert starts(Hand.LEFT) == starts(Hand.RIGHT)
