"""A form's layout, its bytes, and back: every text stands where the form has its blank."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import ImageChops

from drivers.page_printer.esc_p2_interpreter import (
    Ejected,
    Interpreter,
    PrintedPicture,
    PrintedText,
    Trace,
)
from drivers.page_printer.form import Adjustment, FormLayout, Placed
from drivers.page_printer.form_encoder import Charset, FormEncoder
from drivers.page_printer.form_picture import as_picture
from drivers.receipt_printer.glyphs import Glyphs

TOLERANCE_MM = 0.2
WIDTH_MM, HEIGHT_MM = 210.0, 148.0
CERTIFICATE = FormLayout(
    WIDTH_MM,
    HEIGHT_MM,
    (
        Placed("C430100123", 150.0, 12.3),
        Placed("李小一", 62.5, 40.0),
        Placed("女", 120.7, 40.0),
        Placed("2026年11月22日 08时15分", 62.5, 52.45),
        Placed("湖南省长沙市岳麓区", 62.5, 65.0),
    ),
)


def traces(data: bytes) -> list[Trace]:
    return Interpreter().feed(data)


def texts(data: bytes) -> dict[str, tuple[float, float]]:
    return {
        trace.text: (trace.x_mm, trace.y_mm)
        for trace in traces(data)
        if isinstance(trace, PrintedText)
    }


@pytest.fixture
def encoder(glyphs: Glyphs) -> FormEncoder:
    return FormEncoder(glyphs)


def test_every_text_stands_at_its_place(encoder: FormEncoder) -> None:
    printed = texts(encoder.encode(CERTIFICATE))
    assert set(printed) == {field.text for field in CERTIFICATE.fields}
    for field in CERTIFICATE.fields:
        x_mm, y_mm = printed[field.text]
        assert abs(x_mm - field.x_mm) <= TOLERANCE_MM
        assert abs(y_mm - field.y_mm) <= TOLERANCE_MM


@settings(max_examples=100, deadline=None)
@given(
    x_mm=st.floats(0, WIDTH_MM - 4),
    y_mm=st.floats(0, HEIGHT_MM - 4),
    character=st.sampled_from("国A7㙍"),
)
def test_any_place_on_the_sheet_is_met(
    glyphs: Glyphs, x_mm: float, y_mm: float, character: str
) -> None:
    layout = FormLayout(WIDTH_MM, HEIGHT_MM, (Placed(character, x_mm, y_mm),))
    trace, _ = traces(FormEncoder(glyphs).encode(layout))
    assert not isinstance(trace, Ejected)
    assert abs(trace.x_mm - x_mm) <= TOLERANCE_MM
    assert abs(trace.y_mm - y_mm) <= TOLERANCE_MM


def test_the_ink_of_a_picture_lies_where_the_text_was_placed(
    encoder: FormEncoder, glyphs: Glyphs
) -> None:
    layout = FormLayout(WIDTH_MM, HEIGHT_MM, (Placed("𠮷", 100.0, 50.0, size=2),))
    sheet = as_picture(traces(encoder.encode(layout)), WIDTH_MM, HEIGHT_MM, glyphs)
    left, top, right, bottom = ImageChops.invert(sheet).getbbox() or (0, 0, 0, 0)
    mm = 25.4 / 180
    assert 100.0 - TOLERANCE_MM <= left * mm < right * mm <= 100.0 + 48 * mm + TOLERANCE_MM
    assert 50.0 - TOLERANCE_MM <= top * mm < bottom * mm <= 50.0 + 48 * mm + TOLERANCE_MM
    assert (right - left) * mm > 4  # a hanzi fills its cell


def test_a_text_of_double_size_looks_as_the_font_draws_it(
    encoder: FormEncoder, glyphs: Glyphs
) -> None:
    layout = FormLayout(WIDTH_MM, HEIGHT_MM, (Placed("证", 0.0, 0.0, size=2),))
    sheet = as_picture(traces(encoder.encode(layout)), WIDTH_MM, HEIGHT_MM, glyphs)
    drawn = glyphs.draw("证", wide=2, high=2).point(lambda shade: 0 if shade < 128 else 255)
    assert ImageChops.difference(sheet.crop((0, 0, *drawn.size)), drawn).getbbox() is None


def test_a_character_that_the_printer_lacks_does_not_move_its_neighbours(
    encoder: FormEncoder,
) -> None:
    layout = FormLayout(WIDTH_MM, HEIGHT_MM, (Placed("李𠮷华", 20.0, 30.0),))
    first, picture, last, _ = traces(encoder.encode(layout))
    assert isinstance(first, PrintedText)
    assert isinstance(picture, PrintedPicture)
    assert isinstance(last, PrintedText)
    assert (first.text, last.text) == ("李", "华")
    hanzi_mm = 24 * 25.4 / 180
    assert abs(picture.x_mm - (20.0 + hanzi_mm)) <= TOLERANCE_MM
    assert abs(last.x_mm - (20.0 + 2 * hanzi_mm)) <= TOLERANCE_MM


def test_an_old_printer_gets_what_gb_2312_lacks_as_pictures(glyphs: Glyphs) -> None:
    layout = FormLayout(WIDTH_MM, HEIGHT_MM, (Placed("朱镕基", 20.0, 30.0),))
    old = traces(FormEncoder(glyphs, Charset.GB2312).encode(layout))
    new = traces(FormEncoder(glyphs, Charset.GB18030).encode(layout))
    assert [type(trace) for trace in old] == [PrintedText, PrintedPicture, PrintedText, Ejected]
    assert [type(trace) for trace in new] == [PrintedText, Ejected]


def test_paper_only_moves_down(encoder: FormEncoder) -> None:
    layout = FormLayout(
        WIDTH_MM,
        HEIGHT_MM,
        (Placed("下", 10, 100), Placed("大", 50, 20, size=2), Placed("上", 10, 22)),
    )
    places = [
        trace.y_mm for trace in traces(encoder.encode(layout)) if not isinstance(trace, Ejected)
    ]
    assert places == sorted(places)


def test_the_adjustment_of_a_machine_moves_all(glyphs: Glyphs) -> None:
    moved = FormEncoder(glyphs, adjustment=Adjustment(right_mm=1.5, down_mm=-2.0))
    before, after = texts(FormEncoder(glyphs).encode(CERTIFICATE)), texts(moved.encode(CERTIFICATE))
    for text, (x_mm, y_mm) in before.items():
        assert after[text] == pytest.approx((x_mm + 1.5, y_mm - 2.0), abs=TOLERANCE_MM)


def test_the_sheet_is_put_out_at_its_own_length(encoder: FormEncoder) -> None:
    assert isinstance(end := traces(encoder.encode(CERTIFICATE))[-1], Ejected)
    assert end.length_mm == pytest.approx(HEIGHT_MM, abs=TOLERANCE_MM)


@pytest.mark.parametrize(
    "field",
    [
        Placed("秘密秘密", 200.0, 10.0),
        Placed("秘", 10.0, 147.0),
        Placed("秘", -1.0, 10.0),
        Placed("秘\n密", 10.0, 10.0),
        Placed("秘", 10.0, 10.0, size=3),
        Placed("秘", float("nan"), 10.0),
        Placed("秘", 10.0, float("inf")),
    ],
)
def test_what_does_not_fit_is_refused_by_number_and_not_by_name(
    encoder: FormEncoder, field: Placed
) -> None:
    layout = FormLayout(WIDTH_MM, HEIGHT_MM, (Placed("好", 1, 1), field))
    with pytest.raises(ValueError, match="field 2") as caught:
        encoder.encode(layout)
    assert "秘" not in str(caught.value)
    assert "秘" not in repr(layout)


@pytest.mark.parametrize("height_mm", [0.0, -5.0, 600.0, float("nan")])
def test_a_sheet_that_no_printer_takes_is_refused(encoder: FormEncoder, height_mm: float) -> None:
    with pytest.raises(ValueError, match="sheet"):
        encoder.encode(FormLayout(WIDTH_MM, height_mm, ()))


@settings(max_examples=150, deadline=None)
@given(text=st.text(st.characters(exclude_characters="\n"), max_size=12), size=st.integers(1, 2))
def test_any_text_becomes_bytes_that_end_with_the_sheet_put_out(
    glyphs: Glyphs, text: str, size: int
) -> None:
    layout = FormLayout(WIDTH_MM, HEIGHT_MM, (Placed(text, 5.0, 5.0, size),))
    interpreter = Interpreter()
    assert isinstance(interpreter.feed(FormEncoder(glyphs).encode(layout))[-1], Ejected)
    assert interpreter.pending == 0


def test_bytes_may_come_one_by_one(encoder: FormEncoder) -> None:
    data = encoder.encode(CERTIFICATE)
    interpreter = Interpreter()
    slowly = [trace for byte in data for trace in interpreter.feed(bytes([byte]))]
    joined = "".join(trace.text for trace in slowly if isinstance(trace, PrintedText))
    at_once = "".join(trace.text for trace in traces(data) if isinstance(trace, PrintedText))
    assert joined == at_once


COMMANDS = st.sampled_from(
    [b"\x1b(", b"\x1b(U\x01\x00", b"\x1b(V\x02\x00", b"\x1b*\x27", b"\x1b$", b"\x1c&", b"\x1cS"]
)


@settings(max_examples=300, deadline=None)
@given(st.lists(st.binary(max_size=40) | COMMANDS, max_size=20))
def test_no_bytes_stop_the_interpreter_or_fill_the_memory(pieces: list[bytes]) -> None:
    interpreter = Interpreter()
    for piece in pieces:
        interpreter.feed(piece)
        assert interpreter.pending <= 0x10000 * 3 + 8
