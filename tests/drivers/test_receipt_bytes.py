"""A slip as bytes, read back as a printer reads them."""

from __future__ import annotations

import io

import pytest
import zxingcpp
from escpos.printer import Dummy
from hypothesis import example, given, settings
from hypothesis import strategies as st
from PIL import Image

from drivers.receipt_printer.characters import clean, width
from drivers.receipt_printer.encoder import SlipEncoder
from drivers.receipt_printer.glyphs import Glyphs
from drivers.receipt_printer.interpreter import Cut, Interpreter, Raster, TextLine
from drivers.receipt_printer.lines import pair, wrap
from drivers.receipt_printer.paper import PAPER_58_MM, PAPER_80_MM, Paper
from drivers.receipt_printer.picture import as_picture, as_png, as_text, print_outs
from drivers.receipt_printer.report import Report, decode, is_answer
from drivers.receipt_printer.slip import Align, Feed, Line, Pair, QrCode, Rule, Slip, Text
from drivers.status import PaperState

PAPERS = pytest.mark.parametrize("paper", [PAPER_80_MM, PAPER_58_MM], ids=["80 mm", "58 mm"])


def printed(glyphs: Glyphs, *lines: Line, paper: Paper = PAPER_80_MM) -> list[TextLine]:
    """The lines of text that come out for these lines."""
    [out] = print_outs(SlipEncoder(paper, glyphs).encode(Slip(lines)), paper)
    return [mark for mark in out if isinstance(mark, TextLine)]


def read_lines(glyphs: Glyphs, *lines: Line, paper: Paper = PAPER_80_MM) -> list[str]:
    return ["".join(run.text for run in line.runs) for line in printed(glyphs, *lines, paper=paper)]


def test_chinese_latin_and_punctuation_come_out_as_written(glyphs: Glyphs) -> None:
    text = "办件编号 A-17：已受理（5 个工作日）。"
    assert read_lines(glyphs, Text(text)) == [text]


def test_chinese_without_the_chinese_mode_would_be_garbage() -> None:
    plain = Dummy()
    plain.text("办件编号\n")
    [out] = print_outs(plain.output, PAPER_80_MM)
    assert as_text(out) != "办件编号"


@pytest.mark.parametrize("separator", ["\u2028", "\u2029", "\x85"])
def test_a_separator_pasted_with_a_text_does_not_keep_it_from_the_paper(
    separator: str, glyphs: Glyphs
) -> None:
    assert read_lines(glyphs, Text(f"一{separator}二")) == ["一 二"]


def test_size_weight_and_place_reach_the_paper(glyphs: Glyphs) -> None:
    big, small = printed(glyphs, Text("回执", align=Align.CENTRE, bold=True, scale=2), Text("正文"))
    assert (big.runs[0].wide, big.runs[0].high, big.runs[0].bold, big.align) == (2, 2, True, 1)
    assert (small.runs[0].wide, small.runs[0].bold, small.align) == (1, False, 0)


@PAPERS
def test_a_rule_goes_across_the_paper(paper: Paper, glyphs: Glyphs) -> None:
    [line] = read_lines(glyphs, Rule(), paper=paper)
    assert width(line) == paper.cells


@PAPERS
def test_no_line_is_wider_than_the_paper(paper: Paper, glyphs: Glyphs) -> None:
    text = "在自助终端一次告知、一次填报、一次提交、一次办结。" * 4
    for scale in (1, 2, 3):
        lines = printed(glyphs, Text(text, scale=scale), paper=paper)
        assert all(
            width("".join(run.text for run in line.runs)) * scale <= paper.cells for line in lines
        )
        assert "".join(run.text for line in lines for run in line.runs) == text


@pytest.mark.parametrize("scale", [1, 2, 3])
def test_descenders_of_drawn_letters_are_whole(scale: int, glyphs: Glyphs) -> None:
    _, x_top, _, x_foot = ink(glyphs, "x", scale)
    for letter in "gjpqy":
        _, _, _, foot = ink(glyphs, letter, scale)
        assert foot - x_foot >= 0.4 * (x_foot - x_top), letter


def ink(glyphs: Glyphs, character: str, scale: int) -> tuple[int, int, int, int]:
    """Where its ink lies: left, top, right, foot."""
    picture = glyphs.draw(character, wide=scale, high=scale)
    box = picture.point(lambda shade: 255 - shade).getbbox()
    assert box is not None
    return box


def test_characters_printers_lack_are_drawn_and_the_rest_is_not(glyphs: Glyphs) -> None:
    data = SlipEncoder(PAPER_80_MM, glyphs).encode(Slip((Text("陈样例"), Text("李𠮷㙍"))))
    [out] = print_outs(data, PAPER_80_MM)
    assert [type(mark) for mark in out[:2]] == [TextLine, Raster]
    [drawn] = [mark for mark in out if isinstance(mark, Raster)]
    expected = glyphs.draw("李𠮷㙍").point(lambda shade: 255 if shade >= 128 else 0)
    got = as_picture([drawn], PAPER_80_MM, glyphs).crop((32, 32, 32 + expected.width, 32 + 24))
    assert list(got.tobytes()) == list(expected.tobytes())


@PAPERS
@pytest.mark.parametrize("payload", ["https://example.invalid/c/4301", "查询码：" + "办件" * 47])
def test_the_code_on_the_paper_can_be_scanned(payload: str, paper: Paper, glyphs: Glyphs) -> None:
    data = SlipEncoder(paper, glyphs).encode(Slip((QrCode(payload, "扫码查进度"),)))
    [out] = print_outs(data, paper)
    picture = Image.open(io.BytesIO(as_png(out, paper, glyphs)))
    [found] = zxingcpp.read_barcodes(picture)
    assert found.text == payload
    assert as_text(out).splitlines()[-1] == "扫码查进度"


@pytest.mark.parametrize("payload", ["", "办" * 101])
def test_a_code_that_no_phone_could_read_is_refused(payload: str, glyphs: Glyphs) -> None:
    with pytest.raises(ValueError, match="1 to 300 bytes"):
        SlipEncoder(PAPER_80_MM, glyphs).encode(Slip((QrCode(payload),)))


def test_a_slip_is_cut_once_after_its_last_line(glyphs: Glyphs) -> None:
    data = SlipEncoder(PAPER_80_MM, glyphs).encode(Slip((Text("一"), Feed(300), Text("二"))))
    [out] = print_outs(data, PAPER_80_MM)
    assert [mark for mark in out if isinstance(mark, Cut)] == [out[-1]]


def test_a_name_cannot_carry_commands_into_the_printer(glyphs: Glyphs) -> None:
    evil = "张\x1b@\x1dV\x00\x10\x04\x01三"
    data = SlipEncoder(PAPER_80_MM, glyphs).encode(Slip((Text(evil), Pair("姓名", evil))))
    assert data.count(b"\x1dV") == 1
    assert b"\x10\x04" not in data
    [out] = print_outs(data, PAPER_80_MM)
    assert sum(isinstance(mark, Cut) for mark in out) == 1


def test_a_short_quotation_is_not_parted_where_a_line_can_hold_it() -> None:
    title = "纸质材料，连同本回执交到大堂左手边的“一件事一次办”柜台"
    for columns in range(18, 60):
        assert any("“一件事一次办”" in line for line in wrap(title, columns)), columns


def test_no_line_begins_with_a_closing_mark() -> None:
    assert wrap("您提交的材料：身份证（电子证照）、户口簿", 32) == [
        "您提交的材料：身份证（电子证",
        "照）、户口簿",
    ]


def test_a_long_value_keeps_its_place_beside_the_label() -> None:
    assert pair("事项", "新生儿出生一件事", 16) == ["事项  新生儿出生", "      一件事"]


@given(st.text(max_size=120), st.sampled_from([10, 16, 24, 32, 48]))
@settings(max_examples=150, deadline=None)
def test_wrapping_loses_no_character_and_overflows_no_line(text: str, columns: int) -> None:
    text = clean(text)
    lines = wrap(text, columns)
    assert all(width(line) <= columns for line in lines)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "").replace("\n", "")


@given(st.text(max_size=60), st.text(max_size=80), st.sampled_from([32, 48]))
@settings(max_examples=150, deadline=None)
def test_a_pair_loses_no_character_and_overflows_no_line(
    label: str, value: str, columns: int
) -> None:
    label, value = clean(label), clean(value)
    lines = pair(label, value, columns)
    assert all(width(line) <= columns for line in lines)
    assert sorted("".join(lines).replace(" ", "")) == sorted(
        (label + value).replace(" ", "").replace("\n", "")
    )


@given(st.lists(st.builds(Text, st.text(max_size=40), st.sampled_from(Align)), max_size=4))
@example([Text("\u2029")])
@settings(max_examples=60, deadline=None)
def test_any_text_becomes_one_whole_print_out(glyphs: Glyphs, lines: list[Text]) -> None:
    data = SlipEncoder(PAPER_58_MM, glyphs).encode(Slip(tuple(lines)))
    interpreter = Interpreter(PAPER_58_MM)
    marks = interpreter.feed(data)
    assert interpreter.pending == 0
    assert isinstance(marks[-1], Cut)


@given(st.binary(max_size=3000), st.lists(st.integers(1, 300), max_size=20))
@settings(max_examples=150, deadline=None)
def test_no_bytes_upset_the_interpreter(data: bytes, cuts: list[int]) -> None:
    interpreter = Interpreter(PAPER_80_MM)
    for cut in [*cuts, len(data)]:
        for mark in interpreter.feed(data[:cut]):
            assert as_text([mark]) is not None
        data = data[cut:]
        assert interpreter.pending <= (1 << 20) + 8


COMMANDS = [b"\x1b@", b"\x1ba\x01", b"\x1d!\x22", b"\x1c&", b"\x1dv0\x00\x02\x00\x01\x00\xff\xff"]
COMMANDS += [b"\x1d(k\x03\x001Q0", b"\x1d(k\x04\x001P0a", b"\x1dV\x00", b"\x1bd\x05", b"\xc4\xe3"]


@given(st.lists(st.sampled_from(COMMANDS) | st.binary(min_size=1, max_size=4), max_size=30))
@settings(max_examples=80, deadline=None)
def test_no_order_of_commands_upsets_the_picture(glyphs: Glyphs, parts: list[bytes]) -> None:
    for out in print_outs(b"".join(parts), PAPER_58_MM):
        picture = as_picture(out, PAPER_58_MM, glyphs)
        assert picture.width == PAPER_58_MM.dots + 64


@pytest.mark.parametrize(
    ("answers", "report"),
    [
        ((0x12, 0x12, 0x12, 0x12), Report(answered=True, paper=PaperState.FULL)),
        ((0x12, 0x12, 0x12, 0x1E), Report(answered=True, paper=PaperState.LOW)),
        ((0x1A, 0x32, 0x12, 0x72), Report(answered=True, offline=True, paper=PaperState.OUT)),
        (
            (0x1A, 0x16, 0x12, 0x12),
            Report(answered=True, offline=True, cover_open=True, paper=PaperState.FULL),
        ),
        ((0x1A, 0x52, 0x1A, 0x12), Report(answered=True, offline=True, paper=PaperState.JAMMED)),
        (
            (0x1A, 0x52, 0x32, 0x12),
            Report(answered=True, offline=True, broken=True, paper=PaperState.FULL),
        ),
        ((0x12, 0x12, 0x12, None), Report(answered=True)),
        ((None, None, None, None), Report()),
    ],
)
def test_status_bytes_say_what_is_known_and_no_more(
    answers: tuple[int | None, int | None, int | None, int | None], report: Report
) -> None:
    assert decode(*answers) == report


@pytest.mark.parametrize("stray", [0x11, 0x13, 0x00, 0x10, 0x0F, 0xFF])
def test_flow_control_and_stray_bytes_are_no_answers(stray: int) -> None:
    assert not is_answer(stray)
