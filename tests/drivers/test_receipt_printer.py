"""A receipt, a printer: how a job ends, on a real wire."""

from __future__ import annotations

import dataclasses
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from drivers.receipt_printer.encoder import SlipEncoder
from drivers.receipt_printer.esc_pos import EscPosPrinter, PrinterTimes
from drivers.receipt_printer.glyphs import Glyphs
from drivers.receipt_printer.paper import PAPER_80_MM
from drivers.receipt_printer.picture import as_text
from drivers.receipt_printer.port import JobEnd, JobEnded, ReceiptPrinter
from drivers.receipt_printer.slip import Pair, QrCode, Slip, Text
from drivers.simulators.esc_pos import EscPosSimulator, PrinterFault
from drivers.simulators.line import Line, PtyLine, TcpLine
from drivers.status import DeviceState, PaperState
from tests.harness.devices import Heard, eventually, quick_back_off
from tests.harness.leavings import nothing_left_behind

pytestmark = pytest.mark.filterwarnings("error::pytest.PytestUnhandledThreadExceptionWarning")

# A busy machine may answer late; only where no answer comes, it need not be waited for long.
TIMES = PrinterTimes(poll=0.05, answer=20.0, patience=20.0, send=20.0, last_answer=20.0)
QUICK_TO_MISS_THE_LAST = dataclasses.replace(TIMES, last_answer=0.5)
QUICK = PrinterTimes(poll=0.05, answer=0.2, patience=2.0, send=2.0, last_answer=0.5)
RECEIPT = Slip(
    (
        Text("受理回执", scale=2),
        Pair("办件编号", "430100202611220001234"),
        Pair("事项", "新生儿出生一件事，含出生医学证明签发、预防接种证办理"),
        Text("可凭办件编号查询进度。Keep this slip."),
    )
)


def make_printer(url: str, glyphs: Glyphs, times: PrinterTimes = TIMES) -> EscPosPrinter:
    encoder = SlipEncoder(PAPER_80_MM, glyphs)
    return EscPosPrinter(url, encoder, back_off=quick_back_off(), times=times)


@pytest.fixture
def times() -> PrinterTimes:
    return TIMES


@pytest.fixture
def printer(
    printer_end: EscPosSimulator, glyphs: Glyphs, heard: Heard, times: PrinterTimes
) -> Iterator[EscPosPrinter]:
    printer = make_printer(printer_end.url, glyphs, times)
    printer.start(heard)
    heard.wait_for_state(DeviceState.ONLINE)
    yield printer
    printer.stop()


@pytest.fixture
def quick_printer(
    printer_end: EscPosSimulator, glyphs: Glyphs, heard: Heard
) -> Iterator[EscPosPrinter]:
    printer = make_printer(printer_end.url, glyphs, QUICK)
    printer.start(heard)
    heard.wait_for_state(DeviceState.ONLINE)
    yield printer
    printer.stop()


@pytest.fixture(params=["pty", "tcp"])
def any_printer_end(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[EscPosSimulator]:
    line: Line = TcpLine() if request.param == "tcp" else PtyLine(tmp_path / "any-printer")
    simulator = EscPosSimulator(line, PAPER_80_MM)
    simulator.start()
    yield simulator
    simulator.stop()


@pytest.fixture
def any_printer(
    any_printer_end: EscPosSimulator, glyphs: Glyphs, heard: Heard
) -> Iterator[EscPosPrinter]:
    printer = make_printer(any_printer_end.url, glyphs)
    printer.start(heard)
    heard.wait_for_state(DeviceState.ONLINE)
    yield printer
    printer.stop()


def test_driver_fulfils_the_port(glyphs: Glyphs) -> None:
    printer: ReceiptPrinter = make_printer("/dev/null/none", glyphs)
    printer.stop()


def test_a_receipt_comes_out_whole_and_cut(
    any_printer_end: EscPosSimulator, any_printer: EscPosPrinter, heard: Heard
) -> None:
    any_printer.print("job-1", RECEIPT)
    ended = heard.wait_for(JobEnded)
    assert (ended.job, ended.end) == ("job-1", JobEnd.SENT)
    [out] = any_printer_end.print_outs
    assert not out.torn
    lines = as_text(out.marks).splitlines()
    assert lines[0] == "受理回执"
    assert lines[1] == "办件编号" + " " * 19 + "430100202611220001234"
    assert lines[-1] == "可凭办件编号查询进度。Keep this slip."
    assert heard.states[-2:] == [DeviceState.BUSY, DeviceState.ONLINE]
    assert len(heard.threads) == 1


def test_receipts_come_out_in_the_order_they_were_asked_for(
    printer_end: EscPosSimulator, printer: EscPosPrinter, heard: Heard
) -> None:
    for number in range(5):
        printer.print(f"job-{number}", Slip((Text(f"第{number}张"),)))
    heard.wait_for(JobEnded, count=5)
    assert [ended.job for ended in heard.all(JobEnded)] == [f"job-{n}" for n in range(5)]
    assert [as_text(out.marks) for out in printer_end.print_outs] == [
        f"第{number}张" for number in range(5)
    ]


def test_without_paper_nothing_is_sent(
    printer_end: EscPosSimulator, printer: EscPosPrinter, heard: Heard
) -> None:
    printer_end.paper = PaperState.OUT
    printer.print("job-1", RECEIPT)
    assert heard.wait_for(JobEnded) == JobEnded("job-1", JobEnd.PAPER_OUT, 0)
    printer_end.paper = PaperState.FULL
    printer.print("job-2", RECEIPT)
    assert heard.wait_for(JobEnded, count=2).end is JobEnd.SENT


def test_with_the_cover_open_nothing_is_sent(
    printer_end: EscPosSimulator, printer: EscPosPrinter, heard: Heard
) -> None:
    printer_end.cover_open = True
    printer.print("job-1", RECEIPT)
    assert heard.wait_for(JobEnded) == JobEnded("job-1", JobEnd.COVER_OPEN, 0)


def test_a_jammed_cutter_fails_the_job(
    printer_end: EscPosSimulator, printer: EscPosPrinter, heard: Heard
) -> None:
    printer_end.fault = PrinterFault.CUTTER_JAMMED
    printer.print("job-1", RECEIPT)
    assert heard.wait_for(JobEnded) == JobEnded("job-1", JobEnd.FAILED, 0)
    assert printer.status().paper is PaperState.JAMMED


def test_paper_that_ends_in_the_middle_is_not_called_sent(
    printer_end: EscPosSimulator, printer: EscPosPrinter, heard: Heard
) -> None:
    printer_end.fault = PrinterFault.PAPER_OUT_MID_JOB
    printer.print("job-1", RECEIPT)
    assert heard.wait_for(JobEnded).end is JobEnd.PAPER_OUT


@pytest.mark.parametrize("times", [QUICK_TO_MISS_THE_LAST])
def test_a_printer_that_falls_silent_leaves_the_job_unknown(
    printer_end: EscPosSimulator, printer: EscPosPrinter, heard: Heard
) -> None:
    printer_end.fault = PrinterFault.SILENT_MID_JOB
    printer.print("job-1", RECEIPT)
    ended = heard.wait_for(JobEnded)
    assert ended.end is JobEnd.UNKNOWN
    assert ended.bytes_sent > 0


def test_a_printer_that_dies_in_the_middle_is_not_called_sent_and_prints_the_next_one(
    any_printer_end: EscPosSimulator, any_printer: EscPosPrinter, heard: Heard
) -> None:
    any_printer_end.fault = PrinterFault.DIES_MID_JOB
    any_printer.print("job-1", Slip((*RECEIPT.lines, *[Text("长" * 3000)] * 4)))
    # a network buffer may have taken all bytes before the wire broke: then nobody knows
    assert heard.wait_for(JobEnded).end in (JobEnd.FAILED, JobEnd.UNKNOWN)
    heard.wait_for_state(DeviceState.ABSENT)
    any_printer_end.plug()
    any_printer.print("job-2", RECEIPT)
    assert heard.wait_for(JobEnded, count=2).end is JobEnd.SENT
    assert "受理回执" in as_text(any_printer_end.print_outs[-1].marks)
    assert [ended.job for ended in heard.all(JobEnded)] == ["job-1", "job-2"]


def test_a_silent_printer_is_faulted_and_never_ok(
    printer_end: EscPosSimulator, quick_printer: EscPosPrinter, heard: Heard
) -> None:
    with capture_logs() as logs:
        printer_end.fault = PrinterFault.SILENT
        heard.wait_for_state(DeviceState.BACK_OFF, count=2)
        assert quick_printer.status().paper is PaperState.UNKNOWN
        quick_printer.print("job-1", RECEIPT)
        assert heard.wait_for(JobEnded) == JobEnded("job-1", JobEnd.FAILED, 0)
        printer_end.fault = PrinterFault.NONE
        heard.wait_for_state(DeviceState.ONLINE, count=2)
    assert [entry["event"] for entry in logs] == ["device.lost", "device.returned"]


def test_the_first_missing_answer_makes_the_paper_unknown(
    printer_end: EscPosSimulator, quick_printer: EscPosPrinter, heard: Heard
) -> None:
    printer_end.fault = PrinterFault.SILENT
    eventually(lambda: quick_printer.status().paper is PaperState.UNKNOWN, "paper unknown")


@pytest.mark.parametrize("paper", [PaperState.LOW, PaperState.OUT])
def test_the_paper_sensors_are_told(
    paper: PaperState, printer_end: EscPosSimulator, printer: EscPosPrinter
) -> None:
    eventually(lambda: printer.status().paper is PaperState.FULL, "paper is full")
    printer_end.paper = paper
    eventually(lambda: printer.status().paper is paper, f"paper is {paper}")
    assert printer.status().usable


def test_an_open_cover_is_told(printer_end: EscPosSimulator, printer: EscPosPrinter) -> None:
    printer_end.cover_open = True
    eventually(lambda: printer.status().cover_open, "cover open")
    printer_end.cover_open = False
    eventually(lambda: not printer.status().cover_open, "cover closed")


def test_a_cancelled_job_that_has_not_begun_never_prints(
    printer_end: EscPosSimulator, printer: EscPosPrinter, heard: Heard
) -> None:
    printer_end.unplug()
    heard.wait_for_state(DeviceState.ABSENT)
    printer.print("job-1", RECEIPT)
    printer.cancel("job-1")
    assert heard.wait_for(JobEnded) == JobEnded("job-1", JobEnd.CANCELLED, 0)
    printer_end.plug()
    printer.print("job-2", RECEIPT)
    assert heard.wait_for(JobEnded, count=2).end is JobEnd.SENT
    assert len(printer_end.print_outs) == 1


def test_a_job_cancelled_while_the_end_of_another_is_told_never_prints(
    printer_end: EscPosSimulator, glyphs: Glyphs, heard: Heard
) -> None:
    printer = make_printer(printer_end.url, glyphs)

    def listen(event: object) -> None:
        match event:
            case JobEnded("job-1"):
                printer.print("job-2", RECEIPT)
                printer.print("job-3", RECEIPT)
                printer.cancel("job-2")
            case JobEnded("job-2"):
                printer.cancel("job-3")
        heard(event)

    printer.start(listen)
    printer.print("job-1", RECEIPT)
    heard.wait_for(JobEnded, count=3)
    printer.stop()
    assert [(ended.job, ended.end) for ended in heard.all(JobEnded)] == [
        ("job-1", JobEnd.SENT),
        ("job-2", JobEnd.CANCELLED),
        ("job-3", JobEnd.CANCELLED),
    ]
    assert len(printer_end.print_outs) == 1


def test_a_job_waits_out_a_short_loss(
    printer_end: EscPosSimulator, printer: EscPosPrinter, heard: Heard
) -> None:
    printer_end.unplug()
    heard.wait_for_state(DeviceState.ABSENT)
    printer.print("job-1", RECEIPT)
    printer_end.plug()
    assert heard.wait_for(JobEnded).end is JobEnd.SENT


def test_a_job_fails_when_no_printer_comes(glyphs: Glyphs, heard: Heard, tmp_path: Path) -> None:
    times = PrinterTimes(patience=0.2)
    printer = make_printer(str(tmp_path / "nothing"), glyphs, times)
    printer.start(heard)
    printer.print("job-1", RECEIPT)
    assert heard.wait_for(JobEnded) == JobEnded("job-1", JobEnd.FAILED, 0)
    printer.stop()


def test_the_promised_thirty_seconds_hold_for_the_usual_times() -> None:
    assert PrinterTimes().longest_job < 30


def test_stop_gives_every_waiting_job_its_end(
    printer_end: EscPosSimulator, printer: EscPosPrinter, heard: Heard
) -> None:
    printer_end.unplug()
    heard.wait_for_state(DeviceState.ABSENT)
    printer.print("job-1", RECEIPT)
    printer.print("job-2", RECEIPT)
    printer.stop()
    assert [(ended.job, ended.end) for ended in heard.all(JobEnded)] == [
        ("job-1", JobEnd.CANCELLED),
        ("job-2", JobEnd.CANCELLED),
    ]
    with pytest.raises(RuntimeError, match="stopped"):
        printer.print("job-3", RECEIPT)


def test_a_slip_that_cannot_be_printed_fails_and_its_text_is_not_logged(
    printer: EscPosPrinter, heard: Heard
) -> None:
    with capture_logs() as logs:
        printer.print("job-1", Slip((QrCode("秘" * 400),)))
        assert heard.wait_for(JobEnded).end is JobEnd.FAILED
    assert "秘" not in str(logs)
    assert printer.status().usable


def test_twenty_losses_leave_no_thread_and_no_descriptor(
    printer_end: EscPosSimulator, glyphs: Glyphs, heard: Heard
) -> None:
    with nothing_left_behind():
        printer = make_printer(printer_end.url, glyphs)
        printer.start(heard)
        heard.wait_for_state(DeviceState.ONLINE)
        for loss in range(1, 21):
            printer_end.unplug()
            heard.wait_for_state(DeviceState.BACK_OFF, count=loss)
            printer_end.plug()
            heard.wait_for_state(DeviceState.ONLINE, count=loss + 1)
        printer.stop()


def test_stop_ends_within_two_seconds_in_the_middle_of_a_job(
    printer_end: EscPosSimulator, glyphs: Glyphs, heard: Heard
) -> None:
    printer = make_printer(printer_end.url, glyphs, dataclasses.replace(TIMES, last_answer=60.0))
    with nothing_left_behind():
        printer.start(heard)
        heard.wait_for_state(DeviceState.ONLINE)
        printer_end.fault = PrinterFault.SILENT_MID_JOB
        printer.print("job-1", RECEIPT)
        heard.wait_for_state(DeviceState.BUSY)
        began = time.monotonic()
        printer.stop()
        assert time.monotonic() - began < 3  # the promised 2 s, on a busy machine
    assert [ended.job for ended in heard.all(JobEnded)] == ["job-1"]
