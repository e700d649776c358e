"""The table of docs/hardware.md, device × fault → what is said and done, on a whole terminal."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import groupby
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from drivers.code_scanner.serial_line import SerialScanner
from drivers.driver import Device
from drivers.kinds import Kind
from drivers.registry import DevicesError, Problem
from drivers.simulators.code_scanner import CodeScannerSimulator, ScannerFault, ScannerLine
from drivers.simulators.esc_pos import PrinterFault
from drivers.simulators.sam_a import ReaderFault
from drivers.status import DeviceState, PaperState
from kiosk.journey.page import Page
from tests.harness.devices import REPOSITORY, eventually, quick_back_off
from tests.harness.station import Citizen, running_station
from tests.kiosk.station.conftest import SCRIPT, Site

ROW = re.compile(r"\| `(\w+)` \| `([\w ]+)` \| (“[^|]+”) \|")
WORDS = re.compile("“([^”]+)”")
SENT = "已送到打印机"
CASE = "yici:case:43990020261120000001K"


def rows(device: str) -> list[tuple[str, list[str]]]:
    """Fault and words of every row of a device that has words: one of them is said."""
    handbook = (REPOSITORY / "docs/hardware.md").read_text("utf-8")
    _, table = handbook.split("## When a device fails")
    found = [ROW.match(line) for line in table.splitlines()]
    return [(row[2], WORDS.findall(row[3])) for row in found if row and row[1] == device]


def says_so(citizen: Citizen, says: list[str]) -> Page:
    """The page, once it says one of these; printers may take half a minute to be given up."""
    return citizen.screen.wait(
        lambda page: any(words in str(page) for words in says), f"one of {says}", 40
    )


@pytest.fixture
def citizen(site: Site) -> Iterator[Citizen]:
    with site.open() as (someone, _):
        yield someone


def test_the_table_has_every_fault_of_the_reader_and_the_receipt_printer():
    reader = {fault for fault, _ in rows("id_card")}
    assert {fault.value for fault in ReaderFault} - reader == {"none", "wrong_check_once"}
    printer = {fault for fault, _ in rows("receipt_printer")}
    assert {fault.value for fault in PrinterFault} - printer == {"none", "silent"}


@pytest.mark.parametrize(("fault", "says"), rows("id_card"))
def test_what_a_failing_reader_leads_to(citizen: Citizen, site: Site, fault: str, says: list[str]):
    citizen.go("begin", "choose")
    citizen.go("newborn", "identify")
    if fault == "unplugged":
        site.reader.unplug()
    else:
        site.reader.fault = ReaderFault(fault)
        site.reader.lay(site.people["chen"])
    says_so(citizen, says)
    site.reader.fault = ReaderFault.NONE
    site.reader.plug()
    site.reader.remove()
    site.reader.lay(site.people["chen"])
    citizen.screen.wait_for("consent")


@pytest.mark.parametrize(("fault", "says"), rows("receipt_printer"))
def test_what_a_failing_receipt_printer_leads_to(
    citizen: Citizen, site: Site, fault: str, says: list[str]
):
    site.identify(citizen)
    citizen.to("check", SCRIPT)
    match fault.split():
        case ["paper", state]:
            site.printer.paper = PaperState(state)
        case ["cover", "open"]:
            site.printer.cover_open = True
        case _:
            site.printer.fault = PrinterFault(fault)
    citizen.go("submit", "done")
    page = says_so(citizen, says)
    # what was not surely printed can be photographed
    assert any(block.id == "code" for block in page.blocks) is (says != [SENT])


@pytest.fixture
def scanner(tmp_path: Path) -> Iterator[CodeScannerSimulator]:
    simulator = CodeScannerSimulator(ScannerLine(tmp_path / "code-scanner"))
    simulator.start()
    yield simulator
    simulator.stop()


def with_scanner(scanner: CodeScannerSimulator) -> dict[Kind, Callable[[], Device]]:
    return {Kind.CODE_SCANNER: lambda: SerialScanner(scanner.url, back_off=quick_back_off())}


def state_of(citizen: Citizen, device: str) -> DeviceState | None:
    known = {status.device: status.state for status in citizen.station.standing().devices}
    return known.get(device)


def wait_for_state(citizen: Citizen, device: str, *states: DeviceState) -> None:
    eventually(lambda: state_of(citizen, device) in states, f"{device} is {states}", 10)


def test_a_receipt_shown_on_the_idle_picture_leads_to_ones_cases(
    site: Site, scanner: CodeScannerSimulator
):
    with running_station(site.settings, attached=with_scanner(scanner)) as (citizen, screen):
        wait_for_state(citizen, "code_scanner", DeviceState.ONLINE)
        scanner.show(CASE)
        screen.wait_until("请把身份证")
        assert CASE not in str(screen.page)
        site.reader.lay(site.people["chen"])
        screen.wait_for("progress")


@pytest.mark.parametrize("text", ["https://example.invalid/a", "yici:staff:12345678", "12345"])
def test_another_code_on_the_idle_picture_changes_nothing(
    text: str, site: Site, scanner: CodeScannerSimulator
):
    with running_station(site.settings, attached=with_scanner(scanner)) as (citizen, screen):
        wait_for_state(citizen, "code_scanner", DeviceState.ONLINE)
        scanner.show(text)
        citizen.go("begin", "choose")
        scanner.show(CASE)
        screen.wait_until("请把身份证")
        # several pages of one place: the clock on the idle picture may have gone on meanwhile
        places = [place for place, _ in groupby(page.id for page in screen.pages)]
        assert places == ["idle", "choose", "identify.progress"]


def test_what_a_failing_scanner_sends_is_thrown_away(site: Site, scanner: CodeScannerSimulator):
    with running_station(site.settings, attached=with_scanner(scanner)) as (citizen, screen):
        wait_for_state(citizen, "code_scanner", DeviceState.ONLINE)
        citizen.go("begin", "choose")
        for fault in (ScannerFault.GARBAGE, ScannerFault.CUT_SHORT, ScannerFault.ENDLESS):
            scanner.fault = fault
            scanner.show(CASE)
            assert screen.page.id == "choose"
        scanner.fault = ScannerFault.NONE

        def shown_again() -> bool:
            scanner.show(CASE)
            return "请把身份证" in str(screen.page)

        eventually(shown_again, "the whole code is read")


def test_a_lost_scanner_is_logged_once_and_its_return_once(
    site: Site, scanner: CodeScannerSimulator
):
    with (
        capture_logs() as logs,
        running_station(site.settings, attached=with_scanner(scanner)) as (citizen, screen),
    ):
        wait_for_state(citizen, "code_scanner", DeviceState.ONLINE)
        scanner.unplug()
        wait_for_state(citizen, "code_scanner", DeviceState.ABSENT)
        citizen.go("begin", "choose")
        assert "用不了" not in str(screen.page)
        scanner.plug()
        wait_for_state(citizen, "code_scanner", DeviceState.ONLINE)
    told = [entry["event"] for entry in logs if entry.get("device") == "code_scanner"]
    assert told == ["device.lost", "device.returned"]


def test_a_driver_that_cannot_be_loaded_holds_nobody_up(site: Site, scanner: CodeScannerSimulator):
    def missing() -> Device:
        raise DevicesError(Problem("devices.smart_card.driver", "pyscard is missing"))

    attached = {Kind.SMART_CARD: missing, **with_scanner(scanner)}
    with (
        capture_logs() as logs,
        running_station(site.settings, attached=attached) as (citizen, _),
    ):
        wait_for_state(citizen, "code_scanner", DeviceState.ONLINE)
        assert state_of(citizen, "smart_card") is DeviceState.FAULTED
        site.identify(citizen)
    (entry,) = [entry for entry in logs if entry["event"] == "device.not_loaded"]
    assert "devices.smart_card.driver: pyscard is missing" in entry["detail"]
