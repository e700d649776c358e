"""Over all sample pages, text sizes and languages: whole, legible, reachable, each thing once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import combinations

import pytest

from kiosk.access.profile import Contrast, Language, Profile, Speech, TextSize
from kiosk.journey.page import Block, Cards, Choices, Figures, Page, Rows, Segments
from screens.driver import WindowDriver
from screens.panel import Panel
from screens.seen import Drawn
from screens.sketch import Key, Target
from tests.harness.layout import Desk, faults
from tests.harness.window import Glass
from tests.screens.sample_pages import SAMPLES, sample

TARGET_PX = 40.8  # 12.7 mm on the panel of 81.6 ppi
GAP_PX = 8.1  # 2.54 mm

every_look = pytest.mark.parametrize(
    ("text", "language"), [(text, language) for text in TextSize for language in Language]
)


@dataclass(frozen=True)
class Side:
    """What one side of a sample page looked like."""

    name: str
    number: int
    drawn: tuple[Drawn, ...]
    overlaps: tuple[tuple[str, str], ...]
    targets: tuple[Target, ...]
    keys: tuple[Key, ...]

    def __str__(self) -> str:
        return f"{self.name}, side {self.number}"


Sides = tuple[Side, ...]
Survey = Callable[..., Sides]


@pytest.fixture(scope="module")
def seen() -> dict[tuple[TextSize, Language], Sides]:
    """What was looked at already: one look at every page is enough for all claims."""
    return {}


@pytest.fixture
def survey(glass: Glass, seen: dict[tuple[TextSize, Language], Sides]) -> Survey:
    """Every side of every sample page in one look."""

    def look(text: TextSize, language: Language) -> Sides:
        how = (text, language)
        if how not in seen:
            seen[how] = tuple(_look(glass, *how))
        return seen[how]

    return look


def _look(glass: Glass, text: TextSize, language: Language) -> Iterator[Side]:
    for name in SAMPLES:
        glass.show(sample(name, language), text, language=language)
        for number in glass.turns():
            frame, driver = glass.driver.frame, glass.driver
            yield Side(
                name,
                number,
                tuple(driver.boxes()),
                tuple(driver.overlaps()),
                frame.targets,
                tuple(placed.key for placed in frame.placed),
            )


@every_look
def test_no_text_is_cut_off_or_lies_over_another(
    survey: Survey, text: TextSize, language: Language
) -> None:
    for side in survey(text, language):
        assert side.drawn, side
        assert not [one.text for one in side.drawn if one.cut], side
        assert not side.overlaps, side


def test_colours_and_sound_change_nothing_of_where_things_are(desk: Desk) -> None:
    renderer = desk.renderer(Panel())
    for name in SAMPLES:
        usual = desk.sides(sample(name), Profile(TextSize.LARGEST), renderer)
        for contrast in Contrast:
            heard = Profile(TextSize.LARGEST, contrast, speech=Speech(on=True, rate=2))
            assert desk.sides(sample(name), heard, renderer) == usual, name


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("text", TextSize)
def test_every_page_fits_a_window_of_half_the_size(
    desk: Desk, text: TextSize, language: Language
) -> None:
    half = Panel(width=540, height=960, ppi=40.8)
    renderer = desk.renderer(half)
    for name in SAMPLES:
        for frame in desk.sides(sample(name, language), Profile(text, language=language), renderer):
            assert not faults(frame, half), (name, frame.turns)


def test_the_name_and_three_pills_stand_in_one_row(desk: Desk) -> None:
    renderer = desk.renderer(Panel())
    for language in Language:
        profile = Profile(language=language)
        (frame,) = desk.sides(sample("question", language), profile, renderer)
        pills = [t for t in frame.targets if t.name in ("text_size", "ease", "language")]
        (bar,) = (placed for placed in frame.placed if placed.key == ("top",))
        assert len({pill.box.y for pill in pills}) == 1
        assert len({line.box.centre[1] // 10 for line in bar.lines}) == 1


def test_who_searches_sees_field_and_keyboard_together_at_every_size(desk: Desk) -> None:
    renderer = desk.renderer(Panel())
    for language in Language:
        for text in TextSize:
            for seated in (False, True):
                profile = Profile(text, language=language, seated=seated)
                first = desk.sides(sample("search", language), profile, renderer)[0]
                assert first.holds("query"), (language, text, seated)
                assert "key.a" in {target.name for target in first.targets}


@every_look
def test_whatever_can_be_touched_is_large_enough_and_apart(
    survey: Survey, text: TextSize, language: Language
) -> None:
    for side in survey(text, language):
        small = [t.name for t in side.targets if min(t.box.width, t.box.height) < TARGET_PX]
        assert not small, side
        for one, other in combinations(side.targets, 2):
            assert not one.box.overlaps(other.box, slack=0.5), (side, one.name, other.name)


@every_look
def test_turning_over_shows_every_row_and_answer_exactly_once(
    survey: Survey, text: TextSize, language: Language
) -> None:
    for name in SAMPLES:
        sides = [side for side in survey(text, language) if side.name == name]
        counts = Counter(key for side in sides for key in side.keys if key[0] == "block")
        assert set(counts.values()) <= {1}, name
        for block in sample(name, language).blocks:
            pieces = [key for key in counts if key[1] == block.id]
            assert pieces, f"{name}: {block.id} is on no side"
            if isinstance(block, Rows):
                assert len(pieces) == len(block.rows)
            if isinstance(block, Choices):
                assert len(pieces) == len(block.choices)


@every_look
def test_every_word_of_a_page_is_drawn(survey: Survey, text: TextSize, language: Language) -> None:
    for name in SAMPLES:
        sides = [side for side in survey(text, language) if side.name == name]
        drawn = _bare("".join(one.text for side in sides for one in side.drawn))
        for words in _words(sample(name, language)):
            assert _bare(words) in drawn, f"{name}: {words}"


def test_keys_of_a_keyboard_are_apart_as_far_as_a_finger_needs(glass: Glass) -> None:
    for name in ("name", "phone", "latin", "birthday"):
        glass.show(sample(name), TextSize.LARGEST)
        keys = _keys(glass.driver)
        for one, other in combinations(keys, 2):
            assert not one.box.grown(GAP_PX / 2 - 0.5).overlaps(
                other.box.grown(GAP_PX / 2 - 0.5), slack=0.5
            ), (name, one.name, other.name)


def test_the_actions_stay_in_their_place_on_every_page(glass: Glass) -> None:
    places = set()
    for name in ("identify", "question", "notice", "check", "phone"):
        glass.show(sample(name))
        places.add(glass.driver.target("back").box)
    assert len(places) == 1


def test_what_the_hand_needs_is_in_the_lower_half(glass: Glass) -> None:
    for name, wanted in (("question", "mother"), ("choose", "school"), ("phone", "key.5")):
        glass.show(sample(name))
        assert glass.driver.target(wanted).box.y > 1920 / 2, name


def _keys(driver: WindowDriver) -> list[Target]:
    return [t for t in driver.frame.targets if t.name.startswith(("key.", "part."))]


def _words(page: Page) -> list[str]:
    words = [page.title, page.lead, page.eyebrow, page.badge, page.brand, *page.footnotes]
    if len(page.blocks) and page.layout.value != "idle":
        words += [action.text for action in page.actions]
    for block in page.blocks:
        words += _words_of(block)
    return [word for word in words if word]


def _words_of(block: Block) -> list[str]:
    match block:
        case Rows(rows=rows):
            return [text for r in rows for text in (r.text, r.detail, r.value, r.badge)]
        case Choices(choices=choices) | Segments(choices=choices) | Cards(cards=choices):
            return [text for choice in choices for text in (choice.title, choice.detail)]
        case Figures(figures=figures):
            return [text for f in figures for text in (f.label, f.now, f.before)]
    return [
        value
        for name in ("text", "title", "label", "error", "caption", "action_text")
        if (value := getattr(block, name, ""))
    ]


def _bare(text: str) -> str:
    """Without what the end of a line stands for: blanks, and dots between phrases."""
    return "".join(text.replace(" · ", " ").split())
