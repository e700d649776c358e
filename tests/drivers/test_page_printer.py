"""A document, a page printer: how a job ends. The printer is CUPS's ippeveprinter."""

from __future__ import annotations

import dataclasses
import io
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from PIL import Image
from structlog.testing import capture_logs

from drivers.page_printer.carrying import PagePrinterTimes
from drivers.page_printer.document import Document
from drivers.page_printer.ipp import IppPagePrinter
from drivers.page_printer.link import Address
from drivers.page_printer.port import (
    JobEnd,
    JobEnded,
    JobRecord,
    JobSent,
    JobTaken,
    MarkerChanged,
    MarkerState,
    PagePrinter,
)
from drivers.simulators.page_printer import FORMATS, IppEveSimulator, PagePrinterFault
from drivers.status import DeviceState, PaperState
from tests.drivers.printer_times import Clock
from tests.harness.devices import Heard, eventually, quick_back_off
from tests.harness.leavings import nothing_left_behind

pytestmark = pytest.mark.filterwarnings("error::pytest.PytestUnhandledThreadExceptionWarning")

# A busy machine may answer late; a time is short only where a test is about its coming to an end.
TIMES = PagePrinterTimes(answer=20.0, poll=0.05, follow=0.05, refill=60.0)
BUSY_MACHINE_S = 2.0
QUICK_TO_MISS_AN_ANSWER = dataclasses.replace(TIMES, answer=1.5)
QUICK_TO_MISS_PAPER = dataclasses.replace(TIMES, refill=0.3)
QUICK_TO_GIVE_UP = dataclasses.replace(TIMES, done=0.8)


def one_page(shade: int = 200) -> Document:
    file = io.BytesIO()
    Image.new("L", (595, 842), shade).save(file, "PDF")
    return Document(file.getvalue())


PAGE = one_page()


def make_printer(
    uri: str, times: PagePrinterTimes = TIMES, clock: Callable[[], float] = time.monotonic
) -> IppPagePrinter:
    return IppPagePrinter(Address(uri), back_off=quick_back_off(), times=times, clock=clock)


@pytest.fixture
def formats() -> tuple[str, ...]:
    return FORMATS


@pytest.fixture
def page_end(tmp_path: Path, formats: tuple[str, ...]) -> Iterator[IppEveSimulator]:
    simulator = IppEveSimulator(tmp_path / "page-printer", formats)
    simulator.start()
    yield simulator
    simulator.stop()


@contextmanager
def printing(
    simulator: IppEveSimulator,
    heard: Heard,
    times: PagePrinterTimes = TIMES,
    clock: Callable[[], float] = time.monotonic,
) -> Iterator[IppPagePrinter]:
    printer = make_printer(simulator.uri, times, clock)
    printer.start(heard)
    try:
        heard.wait_for_state(DeviceState.ONLINE)
        yield printer
    finally:
        printer.stop()


@pytest.fixture
def printer(page_end: IppEveSimulator, heard: Heard) -> Iterator[IppPagePrinter]:
    with printing(page_end, heard) as printer:
        yield printer


def printed(simulator: IppEveSimulator) -> list[bytes]:
    return [out.pdf for out in simulator.print_outs]


def test_driver_fulfils_the_port() -> None:
    printer: PagePrinter = make_printer("ipp://localhost/ipp/print")
    printer.stop()


def test_an_address_that_is_none_is_refused_at_once() -> None:
    with pytest.raises(ValueError, match="ipp://"):
        Address("http://localhost/ipp/print")


def test_the_promised_six_minutes_hold_for_the_usual_times() -> None:
    assert PagePrinterTimes().longest_job < 360


def test_a_document_comes_out_byte_for_byte_and_is_reported_done(
    page_end: IppEveSimulator, printer: IppPagePrinter, heard: Heard
) -> None:
    printer.print("job-1", PAGE)
    ended = heard.wait_for(JobEnded)
    assert ended == JobEnded("job-1", JobEnd.REPORTED_DONE, sent=True, sheets=1)
    assert printed(page_end) == [PAGE.pdf]
    assert heard.story() == ["MarkerChanged", "JobSent", "JobEnded"]
    assert heard.states[-2:] == [DeviceState.BUSY, DeviceState.ONLINE]
    assert len(heard.threads) == 1


def test_sent_reported_done_and_taken_are_three_things(
    page_end: IppEveSimulator, printer: IppPagePrinter, heard: Heard
) -> None:
    page_end.fault = PagePrinterFault.NEVER_ENDS
    printer.print("job-1", PAGE)
    heard.wait_for(JobSent)
    assert printer.record("job-1") == JobRecord(sent=True, end=None, taken=None)
    page_end.fault = PagePrinterFault.NONE
    heard.wait_for(JobEnded)
    assert printer.record("job-1") == JobRecord(sent=True, end=JobEnd.REPORTED_DONE, taken=None)
    printer.tell_taken("job-1", False)
    assert heard.wait_for(JobTaken) == JobTaken("job-1", taken=False)
    assert printer.record("job-1").taken is False


def test_documents_come_out_in_the_order_they_were_asked_for(
    page_end: IppEveSimulator, printer: IppPagePrinter, heard: Heard
) -> None:
    pages = [one_page(shade) for shade in (10, 20, 30)]
    for number, page in enumerate(pages):
        printer.print(f"job-{number}", page)
    heard.wait_for(JobEnded, count=3)
    assert printed(page_end) == [page.pdf for page in pages]


@pytest.mark.parametrize("paper", [PaperState.LOW, PaperState.OUT, PaperState.JAMMED])
def test_the_paper_is_told(
    paper: PaperState, page_end: IppEveSimulator, printer: IppPagePrinter
) -> None:
    eventually(lambda: printer.status().paper is PaperState.FULL, "paper is full")
    page_end.paper = paper
    eventually(lambda: printer.status().paper is paper, f"paper is {paper}")
    page_end.paper = PaperState.FULL
    eventually(lambda: printer.status().paper is PaperState.FULL, "paper is full again")


def test_an_open_cover_is_told(page_end: IppEveSimulator, printer: IppPagePrinter) -> None:
    page_end.cover_open = True
    eventually(lambda: printer.status().cover_open, "cover open")
    page_end.cover_open = False
    eventually(lambda: not printer.status().cover_open, "cover closed")


def test_the_toner_is_told(
    page_end: IppEveSimulator, printer: IppPagePrinter, heard: Heard
) -> None:
    for count, marker in enumerate((MarkerState.LOW, MarkerState.OUT), 2):
        page_end.marker = marker
        assert heard.wait_for(MarkerChanged, count=count).marker is marker
        assert printer.marker() is marker


@pytest.mark.parametrize(
    ("paper", "cover_open", "end"),
    [
        (PaperState.OUT, False, JobEnd.PAPER_OUT),
        (PaperState.JAMMED, False, JobEnd.JAMMED),
        (PaperState.FULL, True, JobEnd.COVER_OPEN),
    ],
)
def test_what_hinders_the_printer_keeps_the_document_from_it(
    page_end: IppEveSimulator,
    printer: IppPagePrinter,
    heard: Heard,
    *,
    paper: PaperState,
    cover_open: bool,
    end: JobEnd,
) -> None:
    page_end.paper, page_end.cover_open = paper, cover_open
    printer.print("job-1", PAGE)
    assert heard.wait_for(JobEnded) == JobEnded("job-1", end, sent=False)
    page_end.paper, page_end.cover_open = PaperState.FULL, False
    printer.print("job-2", PAGE)
    assert heard.wait_for(JobEnded, count=2).end is JobEnd.REPORTED_DONE
    assert printed(page_end) == [PAGE.pdf]


def test_a_document_comes_out_once_staff_have_put_paper_in(
    page_end: IppEveSimulator, printer: IppPagePrinter, heard: Heard
) -> None:
    page_end.fault = PagePrinterFault.PAPER_OUT_MID_JOB
    printer.print("job-1", PAGE)
    eventually(lambda: printer.status().paper is PaperState.OUT, "paper is out")
    assert heard.all(JobEnded) == []
    page_end.paper = PaperState.FULL
    assert heard.wait_for(JobEnded).end is JobEnd.REPORTED_DONE
    assert printed(page_end) == [PAGE.pdf]


def test_what_nobody_gave_paper_for_does_not_come_out_later(
    page_end: IppEveSimulator, heard: Heard
) -> None:
    page_end.fault = PagePrinterFault.PAPER_OUT_MID_JOB
    with printing(page_end, heard, QUICK_TO_MISS_PAPER) as printer:
        printer.print("job-1", PAGE)
        ended = heard.wait_for(JobEnded)
        assert ended == JobEnded("job-1", JobEnd.PAPER_OUT, sent=True, sheets=0)
        page_end.paper = PaperState.FULL
        other = one_page(10)
        printer.print("job-2", other)
        assert heard.wait_for(JobEnded, count=2).end is JobEnd.REPORTED_DONE
    assert printed(page_end) == [other.pdf]


def test_a_job_that_never_ends_is_taken_back_from_the_printer(
    page_end: IppEveSimulator, heard: Heard
) -> None:
    page_end.fault = PagePrinterFault.NEVER_ENDS
    with printing(page_end, heard, QUICK_TO_GIVE_UP) as printer:
        printer.print("job-1", PAGE)
        ended = heard.wait_for(JobEnded)
        assert ended == JobEnded("job-1", JobEnd.TIMED_OUT, sent=True, sheets=0)
    page_end.fault = PagePrinterFault.NONE
    other, heard_then = one_page(10), Heard()
    with printing(page_end, heard_then) as patient:
        patient.print("job-2", other)
        assert heard_then.wait_for(JobEnded).end is JobEnd.REPORTED_DONE
    assert printed(page_end) == [other.pdf]


def test_a_job_that_the_printer_gives_up_has_failed(
    page_end: IppEveSimulator, printer: IppPagePrinter, heard: Heard
) -> None:
    page_end.fault = PagePrinterFault.GIVES_UP
    printer.print("job-1", PAGE)
    assert heard.wait_for(JobEnded) == JobEnded("job-1", JobEnd.FAILED, sent=True, sheets=0)


def dies_at_a_job(simulator: IppEveSimulator, printer: IppPagePrinter, heard: Heard) -> None:
    """The printer has said that it has job-1, and is gone."""
    simulator.fault = PagePrinterFault.NEVER_ENDS
    printer.print("job-1", PAGE)
    heard.wait_for(JobSent)  # a printer that died at once might not have come to its answer
    simulator.fault = PagePrinterFault.DIES_MID_JOB
    heard.wait_for_state(DeviceState.ABSENT)


def test_a_printer_that_dies_in_the_middle_leaves_the_job_unknown_and_prints_the_next_one(
    page_end: IppEveSimulator, printer: IppPagePrinter, heard: Heard
) -> None:
    dies_at_a_job(page_end, printer, heard)
    assert heard.all(JobEnded) == []
    page_end.plug()
    assert heard.wait_for(JobEnded) == JobEnded("job-1", JobEnd.UNKNOWN, sent=True)
    printer.print("job-2", PAGE)
    assert heard.wait_for(JobEnded, count=2).end is JobEnd.REPORTED_DONE


def test_a_printer_that_never_comes_back_leaves_the_job_unknown(
    page_end: IppEveSimulator, heard: Heard
) -> None:
    clock = Clock()
    with printing(page_end, heard, clock=clock) as printer:
        dies_at_a_job(page_end, printer, heard)
        clock.ahead = TIMES.done
        assert heard.wait_for(JobEnded) == JobEnded("job-1", JobEnd.UNKNOWN, sent=True)
        assert printer.status().state is DeviceState.ABSENT


def test_a_job_is_followed_on_when_a_hanging_printer_answers_again(
    page_end: IppEveSimulator, heard: Heard
) -> None:
    with printing(page_end, heard, QUICK_TO_MISS_AN_ANSWER) as printer, capture_logs() as logs:
        page_end.fault = PagePrinterFault.NEVER_ENDS
        printer.print("job-1", PAGE)
        heard.wait_for(JobSent)
        with page_end.hanging():
            heard.wait_for_state(DeviceState.BACK_OFF)
            assert printer.status().paper is PaperState.UNKNOWN
        page_end.fault = PagePrinterFault.NONE
        assert heard.wait_for(JobEnded).end is JobEnd.REPORTED_DONE
    assert [entry["event"] for entry in logs] == ["device.lost", "device.returned"]
    assert len(heard.all(JobSent)) == 1
    assert printed(page_end) == [PAGE.pdf]


def test_a_cancelled_document_that_has_not_begun_never_prints(
    page_end: IppEveSimulator, printer: IppPagePrinter, heard: Heard
) -> None:
    page_end.unplug()
    heard.wait_for_state(DeviceState.ABSENT)
    printer.print("job-1", PAGE)
    printer.cancel("job-1")
    assert heard.wait_for(JobEnded) == JobEnded("job-1", JobEnd.CANCELLED, sent=False)
    page_end.plug()
    printer.print("job-2", PAGE)
    assert heard.wait_for(JobEnded, count=2).end is JobEnd.REPORTED_DONE
    assert len(printed(page_end)) == 1


def test_a_document_is_cancelled_while_the_printer_is_at_it(
    page_end: IppEveSimulator, printer: IppPagePrinter, heard: Heard
) -> None:
    page_end.fault = PagePrinterFault.NEVER_ENDS
    printer.print("job-1", PAGE)
    heard.wait_for(JobSent)
    printer.cancel("job-1")
    ended = heard.wait_for(JobEnded)
    assert ended == JobEnded("job-1", JobEnd.CANCELLED, sent=True, sheets=0)
    assert printed(page_end) == []


@pytest.mark.parametrize("formats", [("image/jpeg",)])
def test_a_printer_for_photographs_refuses_a_pdf(printer: IppPagePrinter, heard: Heard) -> None:
    printer.print("job-1", PAGE)
    assert heard.wait_for(JobEnded) == JobEnded("job-1", JobEnd.REFUSED, sent=False)
    assert printer.status().usable


def test_a_printer_busy_with_anothers_job_is_waited_for(
    page_end: IppEveSimulator, printer: IppPagePrinter, heard: Heard
) -> None:
    page_end.fault = PagePrinterFault.NEVER_ENDS
    other_heard = Heard()
    with printing(page_end, other_heard) as other:
        other.print("other", PAGE)
        other_heard.wait_for(JobSent)
        printer.print("job-1", PAGE)
        heard.wait_for_state(DeviceState.BUSY)
        page_end.fault = PagePrinterFault.NONE
        assert heard.wait_for(JobEnded).end is JobEnd.REPORTED_DONE
        assert other_heard.wait_for(JobEnded).end is JobEnd.REPORTED_DONE


def test_a_document_fails_when_no_printer_comes(heard: Heard) -> None:
    printer = make_printer("ipp://localhost:9/ipp/print", PagePrinterTimes(patience=0.2))
    printer.start(heard)
    printer.print("job-1", PAGE)
    assert heard.wait_for(JobEnded) == JobEnded("job-1", JobEnd.FAILED, sent=False)
    assert printer.status().state is DeviceState.ABSENT
    printer.stop()


def test_stop_ends_within_two_seconds_and_gives_every_job_its_end(
    page_end: IppEveSimulator, heard: Heard
) -> None:
    printer = make_printer(page_end.uri, PagePrinterTimes(answer=60.0))
    page_end.fault = PagePrinterFault.NEVER_ENDS
    with nothing_left_behind():
        printer.start(heard)
        printer.print("job-1", PAGE)
        printer.print("job-2", PAGE)
        heard.wait_for(JobSent)
        with page_end.hanging():
            began = time.monotonic()
            printer.stop()
            assert time.monotonic() - began < 2 + BUSY_MACHINE_S
    assert [(ended.job, ended.end) for ended in heard.all(JobEnded)] == [
        ("job-1", JobEnd.UNKNOWN),
        ("job-2", JobEnd.CANCELLED),
    ]
    with pytest.raises(RuntimeError, match="stopped"):
        printer.print("job-3", PAGE)


def test_ten_losses_leave_no_thread_and_no_descriptor(
    page_end: IppEveSimulator, heard: Heard
) -> None:
    with nothing_left_behind():
        printer = make_printer(page_end.uri)
        printer.start(heard)
        heard.wait_for_state(DeviceState.ONLINE)
        for loss in range(1, 11):
            page_end.unplug()
            heard.wait_for_state(DeviceState.ABSENT, count=loss)
            page_end.plug()
            heard.wait_for_state(DeviceState.ONLINE, count=loss + 1)
        printer.stop()


def test_nothing_of_a_document_is_in_its_representation() -> None:
    assert "PDF" not in repr(Document(b"%PDF secret"))
