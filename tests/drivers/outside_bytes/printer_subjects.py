"""What printers say, and what simulated ones are sent."""

from __future__ import annotations

from drivers.page_printer import esc_p2_interpreter
from drivers.page_printer.answers import BadAnswer, job_reports, printer_report, read
from drivers.page_printer.form import FormLayout, Placed
from drivers.page_printer.form_encoder import FormEncoder
from drivers.receipt_printer import interpreter
from drivers.receipt_printer.encoder import SlipEncoder
from drivers.receipt_printer.glyphs import Glyphs
from drivers.receipt_printer.paper import PAPER_80_MM
from drivers.receipt_printer.report import QUESTIONS, decode, is_answer
from drivers.receipt_printer.slip import Pair, QrCode, Slip, Text
from drivers.status import PaperState
from tests.drivers.ipp_answers import ipp, job_group, printer_group
from tests.drivers.outside_bytes.feeding import Life, Subject
from tests.harness.devices import CHINESE_FONT, SIMPLIFIED

_PRINTER, _PAPER_END = 0, 0x60


def _status() -> Life:
    """The first answers among the bytes, one for each question, as a driver takes them."""

    def feed(piece: bytes) -> None:
        heard = [byte for byte in piece if is_answer(byte)][: len(QUESTIONS)]
        answers = [*heard, *[None] * (len(QUESTIONS) - len(heard))]
        report = decode(*answers)
        assert report.answered is (answers[_PRINTER] is not None)
        if (sensors := answers[-1]) is not None and sensors & _PAPER_END:
            assert report.paper is PaperState.OUT
        assert len(report.detail) < 80

    return Life(feed)


def _ipp(raw: bytes) -> None:
    answer = read(raw)
    for job in job_reports(answer):
        assert job.sheets is None or job.sheets >= 0
    report = printer_report(answer)
    assert report.detail.isascii()


def _receipt() -> list[bytes]:
    text = Text("办件编号 A-17 𠮷㙍")
    lines = (text, Pair("姓名", "李小一"), QrCode("yici:case:1", "办件"))
    encoder = SlipEncoder(PAPER_80_MM, Glyphs(CHINESE_FONT, SIMPLIFIED))
    return [encoder.encode(Slip((line,))) for line in lines]


def _form() -> list[bytes]:
    encoder = FormEncoder(Glyphs(CHINESE_FONT, SIMPLIFIED))
    fields = (Placed("李小一", 62.5, 40.0), Placed("㙍", 150.0, 12.3))
    return [encoder.encode(FormLayout(210.0, 148.0, (field,))) for field in fields]


def _receipt_printer() -> Life:
    printer = interpreter.Interpreter(PAPER_80_MM)
    return Life(printer.feed, printer)


def _form_printer() -> Life:
    printer = esc_p2_interpreter.Interpreter()
    return Life(printer.feed, printer)


SUBJECTS = (
    Subject("esc_pos status", lambda: [b"\x12\x12\x12\x12", b"\x1a\x36\x12\x72"], _status),
    Subject(
        "ipp answers",
        lambda: [
            ipp(printer_group("media-low-warning", "cover-open-report")),
            ipp(job_group(7, 9)),
            ipp(printer_group("none"), job_group(8, 5), status=0x0400),
        ],
        lambda: Life(_ipp),
        errors=(BadAnswer,),
        length_at=slice(10, 12),  # of the first attribute's name
    ),
    Subject("receipts", _receipt, _receipt_printer, most_kept=1_200_000),
    Subject("forms", _form, _form_printer, most_kept=70_000),
)
