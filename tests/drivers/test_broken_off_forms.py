"""What is left of a form broken off: never on the next citizen's sheet, which is numbered stock."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from pathlib import Path
from typing import cast

import pytest

from drivers.page_printer.esc_p2 import EscP2Printer, FormPrinterTimes
from drivers.page_printer.esc_p2_interpreter import (
    Ejected,
    Interpreter,
    PrintedPicture,
    PrintedText,
    Trace,
)
from drivers.page_printer.form import FormLayout, Placed
from drivers.page_printer.form_encoder import FormEncoder
from drivers.page_printer.port import JobEnd, JobEnded
from drivers.receipt_printer.glyphs import Glyphs
from drivers.simulators.esc_p2 import EscP2Simulator, FormPrinterFault
from drivers.simulators.line import Line, PtyLine, TcpLine
from drivers.status import DeviceState, PaperState
from tests.drivers.printer_times import Hurried
from tests.harness.devices import Heard, eventually, quick_back_off

pytestmark = pytest.mark.filterwarnings("error::pytest.PytestUnhandledThreadExceptionWarning")

TIMES = FormPrinterTimes(poll=0.05, answer=20.0, patience=20.0, send=20.0, last_answer=20.0)
QUICK = dataclasses.replace(TIMES, answer=1.0, send=1.0, last_answer=1.0)
TAKEN = 3000  # bytes that the printer takes of a job before it stops
LINES = range(10)
DRAWN = FormLayout(
    210.0, 148.0, tuple(Placed("甲𠮷㙍𠮷㙍𠮷㙍", 10.0, 20.0 + 12 * n, 2) for n in LINES)
)
WRITTEN = FormLayout(
    210.0, 148.0, tuple(Placed("甲的证件上的字", 10.0, 20.0 + 12 * n) for n in LINES)
)
LARGE = FormLayout(210.0, 148.0, tuple(Placed("𠮷" * 25, 5.0, 5.0 + 12 * n, 2) for n in LINES))
NEXT = FormLayout(210.0, 148.0, (Placed("乙", 10.0, 20.0), Placed("完", 60.0, 90.0)))

Start = Callable[..., EscP2Printer]
CLEARS = pytest.mark.parametrize("clears", [True, False], ids=["clears", "cannot clear"])


@pytest.fixture(params=["pty", "tcp"])
def line(request: pytest.FixtureRequest, tmp_path: Path) -> Line:
    return TcpLine() if request.param == "tcp" else PtyLine(tmp_path / "form-printer")


@pytest.fixture
def times() -> Hurried:
    """A held line answers nothing, and not every printer that it was cleared."""
    return Hurried(TIMES, QUICK)


@pytest.fixture
def start(glyphs: Glyphs, times: Hurried) -> Iterator[Start]:
    begun: list[EscP2Printer | EscP2Simulator] = []

    def started(end: EscP2Simulator, heard: Heard, *, mute: bool = False) -> EscP2Printer:
        end.start()
        printer = EscP2Printer(
            end.url,
            FormEncoder(glyphs),
            mute=mute,
            back_off=quick_back_off(),
            times=cast(FormPrinterTimes, times),
        )
        begun[:0] = [printer, end]
        with times.hurry():
            printer.start(heard)
            heard.wait_for_state(DeviceState.ONLINE)
        return printer

    yield started
    for one in begun:
        one.stop()


def texts(traces: tuple[Trace, ...] | list[Trace]) -> list[str]:
    return [trace.text if isinstance(trace, PrintedText) else "drawn" for trace in traces]


def on_sheets(end: EscP2Simulator) -> list[list[str]]:
    return [texts(sheet.traces) for sheet in end.sheets]


@CLEARS
def test_after_a_printer_that_stopped_in_mid_job_the_next_form_has_a_sheet_of_its_own(
    clears: bool, line: Line, start: Start, times: Hurried, heard: Heard
) -> None:
    end = EscP2Simulator(line, clears=clears)
    printer = start(end, heard)
    with times.hurry():
        line.hold(after=TAKEN)
        printer.print("job-a", DRAWN)
        assert heard.wait_for(JobEnded).end is JobEnd.UNKNOWN
        heard.wait_for_state(DeviceState.BACK_OFF)
        line.let_go()
        heard.wait_for_state(DeviceState.ONLINE, count=2)
    printer.print("job-b", NEXT)
    assert heard.wait_for(JobEnded, count=2).end is JobEnd.SENT
    assert on_sheets(end)[-1] == ["乙", "完"]
    assert "乙" not in str(on_sheets(end)[:-1])


@CLEARS
def test_a_sheet_put_in_after_it_ran_out_does_not_get_the_last_ones_form(
    clears: bool, line: Line, start: Start, times: Hurried, heard: Heard
) -> None:
    end = EscP2Simulator(line, clears=clears)
    printer = start(end, heard)
    end.fault = FormPrinterFault.PAPER_OUT_MID_JOB
    with nullcontext() if clears else times.hurry():
        printer.print("job-a", WRITTEN)
        assert heard.wait_for(JobEnded).end is JobEnd.PAPER_OUT
    end.paper = PaperState.FULL
    printer.print("job-b", NEXT)
    assert heard.wait_for(JobEnded, count=2).end is JobEnd.SENT
    # a printer that cannot clear has it in its buffer; at least it takes a sheet of its own
    before = [] if clears else [["甲的证件上的字"] * len(LINES)]
    assert on_sheets(end) == [*before, ["乙", "完"]]


def test_a_mute_printer_that_stops_is_not_called_sent_and_the_next_form_is_whole(
    tmp_path: Path, start: Start, times: Hurried, heard: Heard
) -> None:
    line = PtyLine(tmp_path / "form-printer")
    end = EscP2Simulator(line, mute=True)
    printer = start(end, heard, mute=True)
    with times.hurry():
        line.hold(after=TAKEN)
        printer.print("job-a", LARGE)
        assert heard.wait_for(JobEnded).end is JobEnd.UNKNOWN
    line.let_go()
    printer.print("job-b", NEXT)
    assert heard.wait_for(JobEnded, count=2).end is JobEnd.SENT
    eventually(lambda: on_sheets(end)[-1:] == [["乙", "完"]], "the next form is whole")


@pytest.mark.parametrize("put_out", [True, False])
def test_wherever_a_form_breaks_off_the_next_one_is_whole(glyphs: Glyphs, put_out: bool) -> None:
    encoder = FormEncoder(glyphs)
    job = encoder.encode(FormLayout(210.0, 100.0, (Placed("甲𠮷㙍甲", 40, 60, 2),)))
    afresh, following = encoder.fresh_start(put_out=put_out), encoder.encode(NEXT)
    for broken_at in range(0, len(job) - 4, 5):
        printer = Interpreter()
        printer.feed(job[:broken_at])
        before = printer.feed(afresh)
        assert any(isinstance(trace, Ejected) for trace in before) is put_out
        *printed, ejected = printer.feed(following)
        assert texts(printed) == ["乙", "完"], f"broken off after {broken_at} bytes"
        assert isinstance(ejected, Ejected)


def test_a_long_drawn_text_is_drawn_without_a_gap(glyphs: Glyphs) -> None:
    job = FormEncoder(glyphs).encode(FormLayout(210.0, 100.0, (Placed("𠮷" * 25, 10, 10),)))
    *drawn, _ = Interpreter().feed(job)
    pictures = [trace for trace in drawn if isinstance(trace, PrintedPicture)]
    widths = [len(picture.columns) // 3 for picture in pictures]
    places = [picture.x_mm for picture in pictures]
    ends = [x + width * 25.4 / 180 for x, width in zip(places, widths, strict=True)]
    assert places[1:] == pytest.approx(ends[:-1])
    assert len(pictures) == len(drawn) > 1
    assert sum(widths) == 25 * 24
