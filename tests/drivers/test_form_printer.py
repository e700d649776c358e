"""A form, a dot-matrix printer: how a job ends, on a real wire."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from drivers.page_printer.esc_p2 import EscP2Printer, FormPrinterTimes
from drivers.page_printer.esc_p2_interpreter import PrintedText
from drivers.page_printer.form import FormLayout, Placed
from drivers.page_printer.form_encoder import FormEncoder
from drivers.page_printer.port import (
    FormPrinter,
    JobEnd,
    JobEnded,
    JobRecord,
    JobSent,
    JobTaken,
    MarkerState,
)
from drivers.receipt_printer.glyphs import Glyphs
from drivers.simulators.esc_p2 import EscP2Simulator, FormPrinterFault
from drivers.simulators.line import Line, PtyLine, TcpLine
from drivers.status import DeviceState, PaperState
from tests.harness.devices import Heard, eventually, quick_back_off
from tests.harness.leavings import nothing_left_behind

pytestmark = pytest.mark.filterwarnings("error::pytest.PytestUnhandledThreadExceptionWarning")

# A busy machine may answer late; only where no answer comes, it need not be waited for long.
TIMES = FormPrinterTimes(poll=0.05, answer=20.0, patience=20.0, send=20.0, last_answer=20.0)
QUICK_TO_MISS_THE_LAST = dataclasses.replace(TIMES, last_answer=0.5)
QUICK = FormPrinterTimes(poll=0.05, answer=0.2, patience=2.0, send=2.0, last_answer=0.5)
FORM = FormLayout(
    210.0,
    148.0,
    (Placed("C430100123", 150.0, 12.0), Placed("李𠮷", 62.5, 40.0), Placed("题", 9.0, 70.0, 2)),
)


def make_printer(
    url: str, glyphs: Glyphs, times: FormPrinterTimes = TIMES, *, mute: bool = False
) -> EscP2Printer:
    return EscP2Printer(url, FormEncoder(glyphs), back_off=quick_back_off(), times=times, mute=mute)


def texts(simulator: EscP2Simulator) -> list[list[str]]:
    return [
        [trace.text for trace in sheet.traces if isinstance(trace, PrintedText)]
        for sheet in simulator.sheets
    ]


@pytest.fixture(params=["pty", "tcp"])
def form_end(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[EscP2Simulator]:
    line: Line = TcpLine() if request.param == "tcp" else PtyLine(tmp_path / "form-printer")
    simulator = EscP2Simulator(line)
    simulator.start()
    yield simulator
    simulator.stop()


@pytest.fixture
def times() -> FormPrinterTimes:
    return TIMES


@pytest.fixture
def printer(
    form_end: EscP2Simulator, glyphs: Glyphs, heard: Heard, times: FormPrinterTimes
) -> Iterator[EscP2Printer]:
    printer = make_printer(form_end.url, glyphs, times)
    printer.start(heard)
    heard.wait_for_state(DeviceState.ONLINE)
    yield printer
    printer.stop()


@pytest.fixture
def quick_printer(form_end: EscP2Simulator, glyphs: Glyphs, heard: Heard) -> Iterator[EscP2Printer]:
    printer = make_printer(form_end.url, glyphs, QUICK)
    printer.start(heard)
    heard.wait_for_state(DeviceState.ONLINE)
    yield printer
    printer.stop()


def test_driver_fulfils_the_port(glyphs: Glyphs) -> None:
    printer: FormPrinter = make_printer("/dev/null/none", glyphs)
    printer.stop()


def test_the_promised_two_minutes_hold_for_the_usual_times() -> None:
    assert FormPrinterTimes().longest_job < 120


def test_a_form_comes_out_and_is_called_sent_but_not_done(
    form_end: EscP2Simulator, printer: EscP2Printer, heard: Heard
) -> None:
    printer.print("job-1", FORM)
    assert heard.wait_for(JobEnded) == JobEnded("job-1", JobEnd.SENT, sent=True)
    assert heard.story() == ["JobSent", "JobEnded"]
    assert texts(form_end) == [["C430100123", "李"]]
    assert not form_end.sheets[0].torn
    assert len(heard.threads) == 1


def test_a_sheet_is_taken_only_when_somebody_says_so(
    form_end: EscP2Simulator, printer: EscP2Printer, heard: Heard
) -> None:
    printer.print("job-1", FORM)
    heard.wait_for(JobEnded)
    assert printer.record("job-1") == JobRecord(sent=True, end=JobEnd.SENT, taken=None)
    printer.tell_taken("job-1", True)
    assert heard.wait_for(JobTaken) == JobTaken("job-1", taken=True)
    assert printer.record("job-1").taken is True
    with pytest.raises(KeyError):
        printer.tell_taken("job-2", True)


@pytest.mark.parametrize(
    ("paper", "cover_open", "end"),
    [(PaperState.OUT, False, JobEnd.PAPER_OUT), (PaperState.FULL, True, JobEnd.COVER_OPEN)],
)
def test_what_hinders_the_printer_keeps_the_job_from_it(
    form_end: EscP2Simulator,
    printer: EscP2Printer,
    heard: Heard,
    *,
    paper: PaperState,
    cover_open: bool,
    end: JobEnd,
) -> None:
    form_end.paper, form_end.cover_open = paper, cover_open
    printer.print("job-1", FORM)
    assert heard.wait_for(JobEnded) == JobEnded("job-1", end, sent=False)
    form_end.paper, form_end.cover_open = PaperState.FULL, False
    printer.print("job-2", FORM)
    assert heard.wait_for(JobEnded, count=2).end is JobEnd.SENT
    assert len(form_end.sheets) == 1


def test_paper_that_ends_in_the_middle_is_told(
    form_end: EscP2Simulator, printer: EscP2Printer, heard: Heard
) -> None:
    form_end.fault = FormPrinterFault.PAPER_OUT_MID_JOB
    printer.print("job-1", FORM)
    assert heard.wait_for(JobEnded).end is JobEnd.PAPER_OUT
    assert printer.status().paper is PaperState.OUT


@pytest.mark.parametrize("times", [QUICK_TO_MISS_THE_LAST])
def test_a_printer_that_falls_silent_leaves_the_job_unknown(
    form_end: EscP2Simulator, printer: EscP2Printer, heard: Heard
) -> None:
    form_end.fault = FormPrinterFault.SILENT_MID_JOB
    printer.print("job-1", FORM)
    assert heard.wait_for(JobEnded) == JobEnded("job-1", JobEnd.UNKNOWN, sent=True)


def test_a_printer_that_dies_in_the_middle_leaves_the_job_unknown_and_prints_the_next_one(
    form_end: EscP2Simulator, printer: EscP2Printer, heard: Heard
) -> None:
    form_end.fault = FormPrinterFault.DIES_MID_JOB
    printer.print("job-1", FORM)
    assert heard.wait_for(JobEnded).end is JobEnd.UNKNOWN
    heard.wait_for_state(DeviceState.ABSENT)
    form_end.plug()
    printer.print("job-2", FORM)
    assert heard.wait_for(JobEnded, count=2).end is JobEnd.SENT
    assert texts(form_end)[-1] == ["C430100123", "李"]


def test_a_silent_printer_is_faulted_unless_it_is_known_to_be_mute(
    form_end: EscP2Simulator, quick_printer: EscP2Printer, heard: Heard
) -> None:
    with capture_logs() as logs:
        form_end.fault = FormPrinterFault.SILENT
        heard.wait_for_state(DeviceState.BACK_OFF, count=2)
        assert quick_printer.status().paper is PaperState.UNKNOWN
        form_end.fault = FormPrinterFault.NONE
        heard.wait_for_state(DeviceState.ONLINE, count=2)
    assert [entry["event"] for entry in logs] == ["device.lost", "device.returned"]


def test_of_a_mute_printer_nothing_is_known_but_that_the_form_went_out(
    tmp_path: Path, glyphs: Glyphs, heard: Heard
) -> None:
    simulator = EscP2Simulator(PtyLine(tmp_path / "form-printer"), mute=True)
    simulator.start()
    printer = make_printer(simulator.url, glyphs, mute=True)
    printer.start(heard)
    printer.print("job-1", FORM)
    assert heard.wait_for(JobEnded) == JobEnded("job-1", JobEnd.SENT, sent=True)
    assert printer.status().paper is PaperState.UNKNOWN
    assert printer.marker() is MarkerState.UNKNOWN
    eventually(lambda: texts(simulator) == [["C430100123", "李"]], "the form is printed")
    printer.stop()
    simulator.stop()


def test_a_form_that_does_not_fit_is_refused_and_its_text_is_not_logged(
    printer: EscP2Printer, heard: Heard
) -> None:
    with capture_logs() as logs:
        printer.print("job-1", FormLayout(210.0, 148.0, (Placed("秘" * 80, 5, 5),)))
        assert heard.wait_for(JobEnded) == JobEnded("job-1", JobEnd.REFUSED, sent=False)
    assert "field 1" in str(logs)
    assert "秘" not in str(logs)
    assert printer.status().usable


def test_a_cancelled_job_that_has_not_begun_never_prints(
    form_end: EscP2Simulator, printer: EscP2Printer, heard: Heard
) -> None:
    form_end.unplug()
    heard.wait_for_state(DeviceState.ABSENT)
    printer.print("job-1", FORM)
    printer.cancel("job-1")
    assert heard.wait_for(JobEnded).end is JobEnd.CANCELLED
    form_end.plug()
    printer.print("job-2", FORM)
    assert heard.wait_for(JobEnded, count=2).end is JobEnd.SENT
    assert len(form_end.sheets) == 1


def test_a_job_fails_when_no_printer_comes(glyphs: Glyphs, heard: Heard, tmp_path: Path) -> None:
    printer = make_printer(str(tmp_path / "nothing"), glyphs, FormPrinterTimes(patience=0.2))
    printer.start(heard)
    printer.print("job-1", FORM)
    assert heard.wait_for(JobEnded) == JobEnded("job-1", JobEnd.FAILED, sent=False)
    printer.stop()


def test_stop_gives_every_waiting_job_its_end(
    form_end: EscP2Simulator, printer: EscP2Printer, heard: Heard
) -> None:
    form_end.unplug()
    heard.wait_for_state(DeviceState.ABSENT)
    printer.print("job-1", FORM)
    printer.print("job-2", FORM)
    printer.stop()
    assert [(ended.job, ended.end) for ended in heard.all(JobEnded)] == [
        ("job-1", JobEnd.CANCELLED),
        ("job-2", JobEnd.CANCELLED),
    ]
    assert heard.all(JobSent) == []
    with pytest.raises(RuntimeError, match="stopped"):
        printer.print("job-3", FORM)


def test_twenty_losses_leave_no_thread_and_no_descriptor(
    tmp_path: Path, glyphs: Glyphs, heard: Heard
) -> None:
    form_end = EscP2Simulator(PtyLine(tmp_path / "form-printer"))
    form_end.start()
    with nothing_left_behind():
        printer = make_printer(form_end.url, glyphs)
        printer.start(heard)
        heard.wait_for_state(DeviceState.ONLINE)
        for loss in range(1, 21):
            form_end.unplug()
            heard.wait_for_state(DeviceState.BACK_OFF, count=loss)
            form_end.plug()
            heard.wait_for_state(DeviceState.ONLINE, count=loss + 1)
        printer.stop()
    form_end.stop()
