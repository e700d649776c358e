"""Any bytes for an answer: a page printer's driver gives its errors, or what is truly said.

The printer's end is a server that says what a test wants.
"""

from __future__ import annotations

import socket
import struct
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from pyipp.enums import IppOperation

from drivers.owner import DeviceFault
from drivers.page_printer import operations
from drivers.page_printer.answers import BadAnswer, job_reports, printer_report, read
from drivers.page_printer.carrying import PagePrinterTimes
from drivers.page_printer.document import Document
from drivers.page_printer.ipp import IppPagePrinter
from drivers.page_printer.link import Address, IppLink, NotReached, Refused
from drivers.page_printer.port import JobEnd, JobEnded, MarkerState
from drivers.status import DeviceState, PaperState
from drivers.wire import Stopped, WireLost
from tests.drivers.ipp_answers import (
    BOOLEAN,
    COLLECTION,
    ENUM,
    INTEGER,
    KEYWORD,
    PRINTER,
    TEXT_LANG,
    attribute,
    ipp,
    job_group,
    printer_group,
)
from tests.drivers.ipp_relay import operation_of, printer_uri, says_ipp
from tests.harness.devices import Heard, quick_back_off
from tests.kiosk.gateway.raw_server import RawServer, answer, raw_server, says

FEW = settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
MANY = settings(max_examples=400, deadline=None)
TIMEOUT_S = 20.0  # a busy machine may answer late
TIMES = PagePrinterTimes(answer=TIMEOUT_S, poll=0.05, follow=0.05)
PAGE = Document(b"%PDF-1.4")

WELL = ipp(printer_group("media-low-warning", "cover-open-report"))


@pytest.fixture
def server() -> Iterator[RawServer]:
    with raw_server(says(b"")) as server:
        yield server


def address(server: RawServer) -> Address:
    return Address(printer_uri(server))


@pytest.fixture
def link(server: RawServer) -> Iterator[IppLink]:
    with IppLink(address(server), lambda: False) as link:
        yield link


# -- what is said is read


def test_an_answer_is_read_as_paper_cover_and_marker() -> None:
    report = printer_report(read(WELL))
    assert (report.paper, report.cover_open, report.marker) == (
        PaperState.LOW,
        True,
        MarkerState.FULL,
    )
    assert report.hindrance is JobEnd.COVER_OPEN


def test_a_printer_that_names_no_reasons_is_not_taken_to_be_well() -> None:
    report = printer_report(read(ipp(printer_group())))
    assert report.paper is PaperState.UNKNOWN
    assert report.marker is MarkerState.UNKNOWN


def test_words_that_are_no_keywords_reach_neither_status_nor_log() -> None:
    report = printer_report(read(ipp(printer_group("\x1b[31m", "李小一", "media-low-report"))))
    assert report.reasons == ("media-low",)


def test_an_answer_that_describes_no_printer_is_refused() -> None:
    with pytest.raises(BadAnswer, match="no printer"):
        printer_report(read(ipp()))


# -- what is not an answer


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<html>no</html>",
        WELL[:-1],
        WELL[:40],
        # a negative length, which leads backwards for ever
        ipp(PRINTER + struct.pack(">BH", KEYWORD, 0x8000)),
        ipp(PRINTER + struct.pack(">BHH", KEYWORD, 0, 0xFFFB)),
        ipp(PRINTER + attribute(TEXT_LANG, "a", struct.pack(">HH", 0xFFFA, 0))),
        ipp(PRINTER + attribute(INTEGER, "a", b"")),
        ipp(PRINTER + attribute(BOOLEAN, "a", b"12345")),
        ipp(PRINTER + attribute(COLLECTION, "a", b"")),
        ipp(PRINTER + attribute(COLLECTION, "a", b"") * 5000),
        ipp(PRINTER + attribute(ENUM, "printer-state", struct.pack(">i", 77))),
        ipp(b"\x06\xff\xff\xff\xff"),
        ipp(PRINTER),
    ],
)
def test_what_is_no_answer_is_refused(body: bytes) -> None:
    with pytest.raises(BadAnswer):
        read(body)


def try_to_read(body: bytes) -> None:
    try:
        said = read(body)
        job_reports(said)
        printer_report(said)
    except BadAnswer:
        return


@MANY
@given(st.binary(max_size=200))
def test_random_bytes_are_read_or_refused(body: bytes) -> None:
    try_to_read(WELL[:8] + body)


@MANY
@given(st.data())
def test_a_changed_answer_is_read_or_refused(data: st.DataObject) -> None:
    body = bytearray(ipp(printer_group("media-empty-error"), job_group(7, 9)))
    for _ in range(data.draw(st.integers(1, 4))):
        body[data.draw(st.integers(8, len(body) - 1))] = data.draw(st.integers(0, 255))
    try_to_read(bytes(body[: data.draw(st.integers(0, len(body)))]))


bodies = st.binary(max_size=120) | st.binary(max_size=60).map(lambda tail: WELL[:30] + tail)


@FEW
@given(raw=bodies | bodies.map(lambda body: answer(200, body, "application/ipp")))
@example(raw=answer(404, b"\xff\xfe", "text/plain"))
@example(raw=b"HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\n")
@example(raw=b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n")
@example(raw=b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 3\r\n\r\nabc")
def test_any_bytes_from_the_printer_are_an_answer_or_one_of_the_links_errors(
    server: RawServer, link: IppLink, raw: bytes
) -> None:
    server.behave = says(raw)
    try:
        operations.printer(link, TIMEOUT_S)
    except (DeviceFault, WireLost, Refused) as error:
        assert "李" not in str(error)


def test_an_answer_without_end_is_cut_short(server: RawServer, link: IppLink) -> None:
    def endless(connection: socket.socket) -> None:
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: application/ipp\r\n\r\n")
        while True:
            connection.sendall(WELL * 1000)

    server.behave = endless
    with pytest.raises((DeviceFault, WireLost)):
        operations.printer(link, 5.0)


@pytest.mark.parametrize("begun", [b"", b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n\x02"])
def test_an_answer_that_does_not_come_is_not_waited_for(
    server: RawServer, link: IppLink, begun: bytes
) -> None:
    def stall(connection: socket.socket) -> None:
        connection.sendall(begun)
        connection.recv(1)  # until the driver has gone

    server.behave = stall
    with pytest.raises(DeviceFault, match=r"no answer within 0\.3 s"):
        operations.printer(link, 0.3)


def test_a_redirection_does_not_take_the_document_elsewhere(
    server: RawServer, link: IppLink
) -> None:
    with raw_server(says_ipp(WELL)) as elsewhere:
        server.behave = says_ipp(b"", 307, f"Location: {elsewhere.base_url}/ipp/print\r\n")
        with pytest.raises(DeviceFault):
            operations.print_document(link, "sheet", PAGE, TIMEOUT_S)
        assert elsewhere.requests == []


def test_a_refusal_gives_its_status(server: RawServer, link: IppLink) -> None:
    server.behave = says_ipp(ipp(status=0x040A))
    with pytest.raises(Refused) as caught:
        operations.print_document(link, "sheet", PAGE, TIMEOUT_S)
    assert caught.value.status == 0x040A


def test_nobody_there_is_told_from_nobody_answering(server: RawServer) -> None:
    with IppLink(Address("ipp://localhost:9/ipp/print"), lambda: False) as nowhere:
        with pytest.raises(NotReached):
            nowhere.reach(TIMEOUT_S)
        with pytest.raises(NotReached):
            operations.printer(nowhere, TIMEOUT_S)


def test_a_link_whose_thread_is_to_end_gives_up_at_once(server: RawServer) -> None:
    with IppLink(address(server), lambda: True) as link, pytest.raises(Stopped):
        link.ask(IppOperation.GET_PRINTER_ATTRIBUTES, {}, 60.0)


# -- the driver, whole


def driver(uri: str) -> IppPagePrinter:
    return IppPagePrinter(Address(uri), back_off=quick_back_off(), times=TIMES)


def test_rubbish_makes_a_printer_faulted_and_a_good_answer_brings_it_back(
    server: RawServer, heard: Heard
) -> None:
    server.behave = says_ipp(b"rubbish")
    printer = driver(address(server).uri)
    printer.start(heard)
    heard.wait_for_state(DeviceState.FAULTED, count=2)
    server.behave = says_ipp(ipp(printer_group("none")))
    heard.wait_for_state(DeviceState.ONLINE)
    printer.stop()


def test_a_refused_format_ends_the_job_and_not_the_printer(server: RawServer, heard: Heard) -> None:
    def behave(connection: socket.socket) -> None:
        refuses = operation_of(server.requests[-1]) is IppOperation.PRINT_JOB
        says_ipp(ipp(status=0x040A) if refuses else ipp(printer_group("none")))(connection)

    server.behave = behave
    printer = driver(address(server).uri)
    printer.start(heard)
    printer.print("job-1", PAGE)
    assert heard.wait_for(JobEnded) == JobEnded("job-1", JobEnd.REFUSED, sent=False)
    assert printer.status().usable
    printer.stop()
