"""A page printer that loses answers, says that it is busy, or counts jobs from 1 again.

Between the driver and ippeveprinter stands a relay that spoils what it hands on.
"""

from __future__ import annotations

import dataclasses
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from pyipp.enums import IppOperation, IppStatus
from structlog.testing import capture_logs

from drivers.page_printer import operations
from drivers.page_printer.carrying import PagePrinterTimes
from drivers.page_printer.document import Document
from drivers.page_printer.ipp import IppPagePrinter
from drivers.page_printer.link import Address, IppLink
from drivers.page_printer.port import JobEnd, JobEnded, JobSent
from drivers.simulators.page_printer import IppEveSimulator, PagePrinterFault
from drivers.status import DeviceState, PaperState
from tests.drivers.ipp_relay import Relay
from tests.drivers.printer_times import Clock
from tests.harness.devices import Heard, eventually, quick_back_off

ANSWER_S = 20.0
TIMES = PagePrinterTimes(
    reach=ANSWER_S, answer=ANSWER_S, poll=0.05, follow=0.05, send=ANSWER_S, refill=60.0
)
PAGE = Document(b"%PDF-1.4")
OTHERS_PAGE = Document(b"%PDF-1.4 of somebody else")
PRINT, FIND, FOLLOW, CANCEL, LOOK = (
    IppOperation.PRINT_JOB,
    IppOperation.GET_JOBS,
    IppOperation.GET_JOB_ATTRIBUTES,
    IppOperation.CANCEL_JOB,
    IppOperation.GET_PRINTER_ATTRIBUTES,
)


@pytest.fixture
def simulator(tmp_path: Path) -> Iterator[IppEveSimulator]:
    simulator = IppEveSimulator(tmp_path / "page-printer")
    simulator.start()
    yield simulator
    simulator.stop()


@contextmanager
def printing_through(
    relay: Relay,
    heard: Heard,
    times: PagePrinterTimes = TIMES,
    clock: Callable[[], float] = time.monotonic,
) -> Iterator[IppPagePrinter]:
    with relay.serving() as uri:
        printer = IppPagePrinter(Address(uri), back_off=quick_back_off(), times=times, clock=clock)
        printer.start(heard)
        try:
            yield printer
        finally:
            printer.stop()


@contextmanager
def at_a_job(simulator: IppEveSimulator, relay: Relay, heard: Heard) -> Iterator[IppPagePrinter]:
    """The printer has job-1 and is at it."""
    simulator.fault = PagePrinterFault.NEVER_ENDS
    with printing_through(relay, heard) as printer:
        printer.print("job-1", PAGE)
        heard.wait_for(JobSent)
        yield printer


def asked_again(relay: Relay, operation: IppOperation) -> None:
    before = relay.asked.count(operation)
    eventually(lambda: relay.asked.count(operation) > before + 2, f"{operation.name} again")


@pytest.mark.parametrize("fault", [PagePrinterFault.NONE, PagePrinterFault.NEVER_ENDS])
def test_a_job_whose_answer_was_lost_is_found_again_and_not_sent_twice(
    fault: PagePrinterFault, simulator: IppEveSimulator, heard: Heard
) -> None:
    simulator.fault = fault
    relay = Relay(simulator.uri, unanswered=PRINT)
    with printing_through(relay, heard) as printer:
        printer.print("job-1", PAGE)
        heard.wait_for(JobSent)
        simulator.fault = PagePrinterFault.NONE
        assert heard.wait_for(JobEnded).end is JobEnd.REPORTED_DONE
    assert relay.asked.count(PRINT) == 1
    assert [out.pdf for out in simulator.print_outs] == [PAGE.pdf]


def test_a_cancellation_that_the_printer_did_not_heed_is_asked_again(
    simulator: IppEveSimulator, heard: Heard
) -> None:
    relay = Relay(simulator.uri, unheeded=CANCEL)
    with at_a_job(simulator, relay, heard) as printer:
        printer.cancel("job-1")
        assert heard.wait_for(JobEnded).end is JobEnd.CANCELLED
    assert relay.asked.count(CANCEL) >= 2
    assert simulator.print_outs == ()


# -- a printer that lost its power counts jobs from 1 again


def print_for_another(simulator: IppEveSimulator) -> int:
    """Print somebody else's document, and give the number of that job."""
    with IppLink(Address(simulator.uri), lambda: False) as link:
        said = operations.print_document(link, "other", OTHERS_PAGE, ANSWER_S)
    assert said.number is not None
    return said.number


def another_gets_our_number(
    simulator: IppEveSimulator, relay: Relay, heard: Heard, fault: PagePrinterFault
) -> None:
    """The printer loses power with our first job, and has another's when it is seen again."""
    relay.cut = True
    heard.wait_for_state(DeviceState.BACK_OFF)
    simulator.unplug()
    simulator.fault = fault
    simulator.plug()
    assert print_for_another(simulator) == 1


def test_anothers_job_with_our_number_does_not_make_ours_done(
    simulator: IppEveSimulator, heard: Heard
) -> None:
    relay = Relay(simulator.uri)
    with at_a_job(simulator, relay, heard):
        another_gets_our_number(simulator, relay, heard, PagePrinterFault.NONE)
        eventually(lambda: simulator.print_outs, "the other's document is out")
        relay.cut = False
        assert heard.wait_for(JobEnded) == JobEnded("job-1", JobEnd.UNKNOWN, sent=True)


def test_anothers_job_with_our_number_is_not_cancelled(
    simulator: IppEveSimulator, heard: Heard
) -> None:
    relay = Relay(simulator.uri)
    with at_a_job(simulator, relay, heard) as printer:
        another_gets_our_number(simulator, relay, heard, PagePrinterFault.NEVER_ENDS)
        printer.cancel("job-1")
        relay.cut = False
        assert heard.wait_for(JobEnded) == JobEnded("job-1", JobEnd.UNKNOWN, sent=True)
    assert CANCEL not in relay.asked
    simulator.fault = PagePrinterFault.NONE
    eventually(lambda: simulator.print_outs, "the other's document comes out")


# -- a printer that refuses to answer a question


@pytest.mark.parametrize("operation", [FOLLOW, LOOK])
def test_a_job_is_followed_on_when_the_printer_was_too_busy_to_say_how_it_is(
    operation: IppOperation, simulator: IppEveSimulator, heard: Heard
) -> None:
    relay = Relay(simulator.uri)
    with at_a_job(simulator, relay, heard), capture_logs() as logs:
        asked_again(relay, LOOK)
        relay.refused[operation] = IppStatus.ERROR_BUSY
        asked_again(relay, operation)
        assert heard.all(JobEnded) == []
        relay.refused.clear()
        simulator.fault = PagePrinterFault.NONE
        assert heard.wait_for(JobEnded).end is JobEnd.REPORTED_DONE
        assert DeviceState.FAULTED not in heard.states
    assert logs == []


def test_a_printer_too_busy_with_anothers_job_to_say_how_it_is_is_not_lost(
    simulator: IppEveSimulator, heard: Heard
) -> None:
    simulator.paper = PaperState.LOW
    relay = Relay(simulator.uri)
    with printing_through(relay, heard) as printer:
        eventually(lambda: printer.status().paper is PaperState.LOW, "paper is low")
        relay.refused[LOOK] = IppStatus.ERROR_BUSY
        asked_again(relay, LOOK)
        assert printer.status().paper is PaperState.LOW
        assert DeviceState.FAULTED not in heard.states


def test_a_job_whose_answer_was_lost_is_found_by_a_printer_that_was_busy(
    simulator: IppEveSimulator, heard: Heard
) -> None:
    relay = Relay(simulator.uri, unanswered=PRINT)
    relay.refused[FIND] = IppStatus.ERROR_BUSY
    with capture_logs() as logs, printing_through(relay, heard) as printer:
        printer.print("job-1", PAGE)
        asked_again(relay, FIND)
        relay.refused.clear()
        assert heard.wait_for(JobEnded).end is JobEnd.REPORTED_DONE
    assert [entry["event"] for entry in logs] == ["device.lost", "device.returned"]


def test_a_job_whose_answer_was_lost_is_unknown_to_a_printer_that_lists_none(
    simulator: IppEveSimulator, heard: Heard
) -> None:
    relay = Relay(simulator.uri, unanswered=PRINT)
    relay.refused[FIND] = IppStatus.ERROR_OPERATION_NOT_SUPPORTED
    with printing_through(relay, heard) as printer:
        printer.print("job-1", PAGE)
        assert heard.wait_for(JobEnded) == JobEnded("job-1", JobEnd.UNKNOWN, sent=False)
    assert relay.asked.count(FIND) == 1


def test_a_job_that_the_printer_has_forgotten_is_unknown(
    simulator: IppEveSimulator, heard: Heard
) -> None:
    relay = Relay(simulator.uri)
    relay.refused[FOLLOW] = IppStatus.ERROR_NOT_FOUND
    with printing_through(relay, heard) as printer:
        printer.print("job-1", PAGE)
        assert heard.wait_for(JobEnded) == JobEnded("job-1", JobEnd.UNKNOWN, sent=True)


def test_a_busy_printer_does_not_keep_a_job_for_ever(
    simulator: IppEveSimulator, heard: Heard
) -> None:
    simulator.fault = PagePrinterFault.NEVER_ENDS
    relay, clock = Relay(simulator.uri), Clock()
    relay.refused[FOLLOW] = IppStatus.ERROR_BUSY
    with printing_through(relay, heard, clock=clock) as printer:
        printer.print("job-1", PAGE)
        asked_again(relay, FOLLOW)
        assert heard.all(JobEnded) == []
        clock.ahead = TIMES.done
        assert heard.wait_for(JobEnded) == JobEnded("job-1", JobEnd.UNKNOWN, sent=True)


def test_a_printer_that_refuses_to_say_how_it_is_is_lost_once_with_the_reason(
    simulator: IppEveSimulator, heard: Heard
) -> None:
    relay = Relay(simulator.uri)
    relay.refused[LOOK] = IppStatus.ERROR_NOT_FOUND
    with capture_logs() as logs, printing_through(relay, heard):
        asked_again(relay, LOOK)
        heard.wait_for_state(DeviceState.FAULTED, count=2)
        relay.refused.clear()
        heard.wait_for_state(DeviceState.ONLINE)
    assert [entry["event"] for entry in logs] == ["device.lost", "device.returned"]
    assert logs[0]["detail"] == "refuses to say how it is: 0x0406"


def test_a_printer_busy_with_anothers_job_is_asked_for_as_long_as_was_promised(
    simulator: IppEveSimulator, heard: Heard
) -> None:
    relay = Relay(simulator.uri)
    relay.refused[PRINT] = IppStatus.ERROR_BUSY
    times = dataclasses.replace(TIMES, follow=20.0, patience=1.0)
    with printing_through(relay, heard, times) as printer:
        heard.wait_for_state(DeviceState.ONLINE)
        began = time.monotonic()
        printer.print("job-1", PAGE)
        assert heard.wait_for(JobEnded) == JobEnded("job-1", JobEnd.FAILED, sent=False)
        assert time.monotonic() - began >= times.patience
