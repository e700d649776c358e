"""Every letter and icon that is asked for is really drawn, the Chinese way."""

from __future__ import annotations

from dataclasses import replace

from fontTools.ttLib import TTFont

from kiosk.journey.page import Paragraph
from screens.icons import characters, has_icon
from tests.harness.window import ICON_FONT, Glass, fonts
from tests.screens.sample_pages import SAMPLES, sample

RARE = "𠮷㙍䶮喆堃"  # in names; outside the first plane or the common sets
KEYBOARD = "qwertyuiop1234567890+−–·…（）？！，。“”"


def test_the_icon_font_has_every_icon_listed() -> None:
    glyphs = TTFont(ICON_FONT).getBestCmap()
    named = {chr(code): name for code, name in glyphs.items()}
    assert {name: named.get(c) for name, c in characters().items()} == {n: n for n in characters()}


def test_every_icon_of_the_sample_pages_and_of_the_screen_itself_is_there() -> None:
    own = {"arrow-up", "arrow-down", "check", "alert-circle", "backspace"}
    shown = {
        icon
        for name in SAMPLES
        for part in (*sample(name).actions, *sample(name).blocks)
        for one in (part, *getattr(part, "choices", ()), *getattr(part, "cards", ()))
        if (icon := getattr(one, "icon", ""))
    }
    assert not [icon for icon in own | shown if not has_icon(icon)]


def test_both_faces_have_rare_name_characters_and_all_that_keyboards_type() -> None:
    chosen = fonts()
    for face in (chosen.regular, chosen.bold):
        glyphs = TTFont(face).getBestCmap()
        assert not [character for character in RARE + KEYBOARD if ord(character) not in glyphs]


def test_the_faces_are_those_for_simplified_chinese() -> None:
    for face in (fonts().regular, fonts().bold):
        assert "SC" in TTFont(face)["name"].getDebugName(4)


def test_a_rare_character_leaves_ink_on_the_glass(glass: Glass) -> None:
    page = replace(sample("submitting"), busy=False, lead="", title=" ")
    for character in RARE:
        glass.show(replace(page, blocks=(Paragraph("text", character),)))
        line = next(d for d in glass.driver.boxes() if d.text == character)
        box = line.box.grown(2)
        place = (int(box.x), int(box.y), int(box.right), int(box.bottom))
        ink = glass.driver.picture().crop(place).convert("L").point(lambda v: 255 * (v < 128))
        assert 60 < ink.histogram()[255] < 900, character


def test_a_page_with_an_unknown_icon_shows_its_words(glass: Glass) -> None:
    page = sample("question")
    actions = tuple(replace(action, icon="no-such-icon") for action in page.actions)
    glass.show(replace(page, actions=actions))
    assert "继续" in glass.driver.texts()


def test_every_face_of_the_keyboard_has_its_words(glass: Glass) -> None:
    glass.show(sample("name"))
    assert {"删除", "笔画", "字母数字"} <= set(glass.driver.texts())
    glass.driver.touch("key.letters")
    assert {"删除", "空格", "拼音"} <= set(glass.driver.texts())
