"""Codes in images: what the engines make of them, and that nothing they do gets through."""

from __future__ import annotations

import time

import cv2
import numpy as np
import pytest
import segno
import zxingcpp
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from pyzbar import pyzbar
from structlog.testing import capture_logs

from drivers.code_scanner.decoding import Decoder, Engine, EngineError, Image
from drivers.code_scanner.port import Code, Symbology
from drivers.code_scanner.zbar import ZbarEngine
from drivers.code_scanner.zxing import ZxingEngine
from drivers.simulators.code_camera import Writing, qr_code, side_by_side

CASE = "yici:case:430100202611220001234"
STREET = "长沙市样例街道，李先生"


def both() -> Decoder:
    return Decoder([ZxingEngine(), ZbarEngine()])


def drawn(kind: zxingcpp.BarcodeFormat, text: str) -> Image:
    picture = zxingcpp.create_barcode(text, kind).to_image(scale=4, add_quiet_zones=True)
    return np.pad(np.array(picture, np.uint8), 40, constant_values=255)


@pytest.fixture(params=[ZxingEngine, ZbarEngine])
def engine(request: pytest.FixtureRequest) -> Engine:
    made: Engine = request.param()
    return made


@pytest.mark.parametrize("writing", ["utf-8", "gb18030"])
@pytest.mark.parametrize("text", [CASE, STREET, "一", "李𠮷㙍"])
def test_chinese_is_right_by_every_engine_though_the_code_names_no_encoding(
    engine: Engine, writing: Writing, text: str
) -> None:
    assert [code.text for code in engine.find(qr_code(text, writing=writing))] == [text]


def test_hanzi_mode_is_read() -> None:
    assert both().decode(qr_code(STREET, writing="hanzi")).codes[0].text == STREET


def test_a_code_is_told_with_its_kind_and_where_it_lies(engine: Engine) -> None:
    sheet = np.full((600, 800), 255, np.uint8)
    code = qr_code(CASE)
    sheet[200 : 200 + code.shape[0], 300 : 300 + code.shape[1]] = code
    (found,) = engine.find(sheet)
    assert found.symbology is Symbology.QR_CODE
    quiet = 4 * 6
    assert min(point.x for point in found.outline) == pytest.approx(300 + quiet, abs=3)
    assert min(point.y for point in found.outline) == pytest.approx(200 + quiet, abs=3)
    assert max(point.x for point in found.outline) == pytest.approx(
        300 + code.shape[1] - quiet, abs=3
    )


def test_several_codes_in_one_image_are_all_found(engine: Engine) -> None:
    sheet = side_by_side(qr_code(CASE), qr_code(STREET), qr_code("T-042"))
    assert {code.text for code in engine.find(sheet)} == {CASE, STREET, "T-042"}


@pytest.mark.parametrize(
    ("kind", "symbology"),
    [
        (zxingcpp.BarcodeFormat.Code128, Symbology.CODE_128),
        (zxingcpp.BarcodeFormat.Code39, Symbology.CODE_39),
        (zxingcpp.BarcodeFormat.DataMatrix, Symbology.DATA_MATRIX),
        (zxingcpp.BarcodeFormat.Aztec, Symbology.AZTEC),
        (zxingcpp.BarcodeFormat.PDF417, Symbology.PDF417),
    ],
)
def test_other_kinds_of_code_are_read(kind: zxingcpp.BarcodeFormat, symbology: Symbology) -> None:
    (found,) = both().decode(drawn(kind, "T042-2026")).codes
    assert (found.text, found.symbology) == ("T042-2026", symbology)


@pytest.mark.parametrize("turned", [None, cv2.ROTATE_90_CLOCKWISE, cv2.ROTATE_180])
def test_frames_in_colour_and_turned_are_read(turned: int | None) -> None:
    frame = cv2.cvtColor(qr_code(CASE), cv2.COLOR_GRAY2BGR)
    if turned is not None:
        frame = cv2.rotate(frame, turned)
    assert both().decode(frame.astype(np.uint8)).codes[0].text == CASE


def test_a_view_into_a_larger_frame_is_read() -> None:
    frame = np.repeat(np.repeat(qr_code(CASE), 2, axis=0), 2, axis=1)
    assert both().decode(frame[::2, ::2]).codes[0].text == CASE


def spread_over_two_codes(text: str) -> list[Image]:
    parts = segno.make_sequence(text, symbol_count=2, mode="byte")
    modules = [np.array(list(part.matrix_iter(border=4)), np.uint8) for part in parts]
    return [np.kron(np.where(m == 0, 255, 0), np.ones((6, 6))).astype(np.uint8) for m in modules]


def test_what_makes_pyzbar_raise_raises_nothing_here() -> None:
    first, second = spread_over_two_codes(CASE * 2)
    with pytest.raises(ValueError, match="ZBarOrientation"):
        pyzbar.decode(first)
    with capture_logs() as logs:
        assert ZbarEngine().find(first) == ()
        assert [code.text for code in ZbarEngine().find(side_by_side(first, second))] == [CASE * 2]
        both().decode(side_by_side(first, second))
    assert logs == []


class Refusing:
    name = "refusing"

    def __init__(self) -> None:
        self.asked = 0

    def find(self, grey: Image) -> tuple[Code, ...]:
        self.asked += 1
        raise EngineError("for the test")


def test_an_engine_that_fails_is_passed_over_and_logged_once() -> None:
    refusing = Refusing()
    decoder = Decoder([refusing, ZxingEngine()])
    with capture_logs() as logs:
        assert decoder.decode(qr_code(CASE)).engine == "zxing-cpp"
        assert decoder.decode(qr_code(STREET)).codes[0].text == STREET
    assert refusing.asked == 2
    assert [entry["event"] for entry in logs] == ["code.engine_failed"]


def test_the_second_engine_is_asked_only_when_the_first_finds_nothing() -> None:
    refusing = Refusing()
    decoder = Decoder([ZxingEngine(), refusing])
    decoder.decode(qr_code(CASE))
    assert refusing.asked == 0
    decoder.decode(np.full((100, 100), 255, np.uint8))
    assert refusing.asked == 1


def test_decoding_says_how_long_it_took() -> None:
    ticks = iter([10.0, 10.25])
    decoder = Decoder([ZxingEngine()], clock=lambda: next(ticks))
    assert decoder.decode(qr_code(CASE)).seconds == 0.25


@pytest.mark.parametrize(
    "array",
    [
        np.zeros((4, 4), np.float32),
        np.zeros((4, 4, 2), np.uint8),
        np.zeros((4, 4, 4), np.uint8),
        np.zeros((0, 4), np.uint8),
        np.zeros(4, np.uint8),
        np.zeros((1, 4, 4, 3), np.uint8),
    ],
)
def test_what_is_no_image_is_refused_and_says_why(array: Image) -> None:
    with pytest.raises(ValueError, match="no image"):
        both().decode(array)


IMAGES = arrays.arrays(
    np.uint8,
    st.tuples(st.integers(1, 64), st.integers(1, 64))
    | st.tuples(st.integers(1, 40), st.integers(1, 40), st.just(3)),
)


@given(IMAGES)
@settings(max_examples=100, deadline=None)
def test_no_image_makes_an_engine_raise(image: Image) -> None:
    with capture_logs() as logs:
        both().decode(image)
    assert logs == []


@given(st.binary(min_size=1, max_size=60))
@settings(max_examples=100, deadline=None)
def test_whatever_bytes_a_code_holds_it_is_text_or_nothing(data: bytes) -> None:
    for code in both().decode(qr_code(data)).codes:
        assert code.text


@given(st.data())
@settings(max_examples=60, deadline=None)
def test_a_damaged_code_gives_its_text_or_none_but_no_other(data: st.DataObject) -> None:
    picture = qr_code(CASE, pixels=4)
    blots = data.draw(
        st.lists(
            st.tuples(
                st.integers(0, picture.shape[0]),
                st.integers(0, picture.shape[1]),
                st.integers(1, 50),
                st.sampled_from([0, 128, 255]),
            ),
            max_size=8,
        )
    )
    for top, left, size, grey in blots:
        picture[top : top + size, left : left + size] = grey
    assert {code.text for code in both().decode(picture).codes} <= {CASE}


def test_a_large_frame_without_a_code_does_not_hold_up_the_camera() -> None:
    noise = np.random.default_rng(1).integers(0, 255, (1080, 1920, 3), dtype=np.uint8)
    began = time.thread_time()
    assert both().decode(noise).codes == ()
    assert time.thread_time() - began < 5  # the worst kind of frame; a table takes 40 ms


def test_the_repr_of_a_code_says_nothing_of_its_text() -> None:
    decoded = both().decode(qr_code(STREET))
    assert decoded.codes[0].text == STREET
    assert "样例" not in repr(decoded)
