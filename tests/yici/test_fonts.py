"""What `make setup` promises of the fonts."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTCollection, TTFont

from yici.fonts import FAMILY, FONTS, FontError, prepare


def small_font(family: str) -> TTFont:
    builder = FontBuilder(1000, isTTF=True)
    builder.setupGlyphOrder([".notdef"])
    builder.setupCharacterMap({})
    builder.setupGlyf({".notdef": TTGlyphPen(None).glyph()})
    builder.setupHorizontalMetrics({".notdef": (500, 0)})
    builder.setupHorizontalHeader()
    builder.setupNameTable({"familyName": family})
    builder.setupOS2()
    builder.setupPost()
    return builder.font


def collections(folder: Path, families: list[str]) -> Path:
    folder.mkdir()
    for font in FONTS:
        whole = TTCollection()
        whole.fonts = [small_font(family) for family in families]
        whole.save(folder / font.collection)
    return folder


@pytest.fixture
def source(tmp_path: Path) -> Path:
    return collections(tmp_path / "source", ["Noto Sans CJK JP", "Noto Sans CJK KR", FAMILY])


def test_the_face_for_simplified_chinese_is_taken_out(source: Path, tmp_path: Path) -> None:
    written = prepare(tmp_path / "fonts", source)
    assert [face.name for face in written] == ["NotoSansSC-Regular.otf", "NotoSansSC-Bold.otf"]
    for face in written:
        assert TTFont(face)["name"].getBestFamilyName() == FAMILY
    assert {path.suffix for path in (tmp_path / "fonts").iterdir()} == {".otf"}


def test_a_font_that_is_up_to_date_is_left_alone(source: Path, tmp_path: Path) -> None:
    _, bold = prepare(tmp_path / "fonts", source)
    assert prepare(tmp_path / "fonts", source) == ()
    later = bold.stat().st_mtime + 10
    os.utime(source / "NotoSansCJK-Bold.ttc", (later, later))
    assert prepare(tmp_path / "fonts", source) == (bold,)


def test_a_missing_collection_is_named_with_its_package(source: Path, tmp_path: Path) -> None:
    (source / "NotoSansCJK-Bold.ttc").unlink()
    with pytest.raises(
        FontError, match=r"NotoSansCJK-Bold\.ttc is missing; install .*fonts-noto-cjk"
    ):
        prepare(tmp_path / "fonts", source)


def test_a_collection_in_another_order_is_refused(tmp_path: Path) -> None:
    source = collections(tmp_path / "source", ["A", "B", "Noto Sans CJK TC"])
    with pytest.raises(FontError, match="not Noto Sans CJK SC"):
        prepare(tmp_path / "fonts", source)
    assert list((tmp_path / "fonts").iterdir()) == []


def test_a_file_that_is_no_collection_is_refused(source: Path, tmp_path: Path) -> None:
    shutil.copyfile(__file__, source / "NotoSansCJK-Regular.ttc")
    with pytest.raises(FontError, match="no font collection"):
        prepare(tmp_path / "fonts", source)


def test_the_prepared_fonts_draw_the_names_of_citizens(tmp_path: Path) -> None:
    """Debian's own collections: usual characters, and rare ones that occur in names."""
    regular, _ = prepare(tmp_path / "fonts")
    characters = TTFont(regular).getBestCmap()
    assert all(ord(character) in characters for character in "令门直骨陈·𠮷㙍")
