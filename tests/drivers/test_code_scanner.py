"""A citizen shows a code to a scanner on a wire: what the driver tells."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from drivers.code_scanner.keyboard_wedge import KeyboardWedge
from drivers.code_scanner.lines import Lines, Outcome
from drivers.code_scanner.port import CodeScanned, CodeScanner, ScanFailed, ScanFault
from drivers.code_scanner.serial_line import SerialScanner
from drivers.code_scanner.wire_scanner import ONE_WAY, ScannerTimes, WireScanner
from drivers.simulators.code_scanner import (
    CodeScannerSimulator,
    Encoding,
    End,
    ScannerFault,
    ScannerLine,
)
from drivers.status import DeviceState
from tests.harness.devices import WITHIN_S, Heard, eventually, quick_back_off
from tests.harness.leavings import nothing_left_behind

pytestmark = pytest.mark.filterwarnings("error::pytest.PytestUnhandledThreadExceptionWarning")

HURRIED = ScannerTimes(pause=2.0)  # where a pause is to end a code
TIMES = ScannerTimes(pause=60.0)  # where none is: a busy machine makes some
CASE = "yici:case:430100202611220001234"
STREET = "长沙市样例街道，李𠮷㙍"


def serial_scanner(url: str, *, ends: bool = True, times: ScannerTimes = TIMES) -> SerialScanner:
    return SerialScanner(url, ends=ends, back_off=quick_back_off(), times=times)


def keyboard_scanner(url: str, times: ScannerTimes = TIMES) -> KeyboardWedge:
    return KeyboardWedge(url, back_off=quick_back_off(), times=times)


class WatchedLines(Lines):
    """Shows what the driver has taken from the wire."""

    def __init__(self) -> None:
        super().__init__()
        self.taken = b""

    def feed(self, data: bytes) -> list[Outcome]:
        outcomes = super().feed(data)
        self.taken += data
        return outcomes


@pytest.fixture
def watched() -> WatchedLines:
    return WatchedLines()


@pytest.fixture
def watched_scanner(
    serial_end: CodeScannerSimulator, watched: WatchedLines, heard: Heard
) -> Iterator[WireScanner]:
    scanner = WireScanner(serial_end.url, watched, back_off=quick_back_off(), times=TIMES)
    scanner.start(heard)
    heard.wait_for_state(DeviceState.ONLINE)
    yield scanner
    scanner.stop()


def texts(heard: Heard) -> list[str]:
    return [event.code.text for event in heard.all(CodeScanned)]


@pytest.fixture
def serial_end(tmp_path: Path) -> Iterator[CodeScannerSimulator]:
    simulator = CodeScannerSimulator(ScannerLine(tmp_path / "code-scanner"))
    simulator.start()
    yield simulator
    simulator.stop()


@pytest.fixture
def scanner(serial_end: CodeScannerSimulator, heard: Heard) -> Iterator[SerialScanner]:
    scanner = serial_scanner(serial_end.url)
    scanner.start(heard)
    heard.wait_for_state(DeviceState.ONLINE)
    yield scanner
    scanner.stop()


@pytest.fixture(params=["serial", "keyboard"])
def any_end(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[CodeScannerSimulator]:
    line = ScannerLine(tmp_path / "any-scanner")
    simulator = CodeScannerSimulator(line, keyboard=request.param == "keyboard")
    simulator.start()
    yield simulator
    simulator.stop()


@pytest.fixture
def any_scanner(
    request: pytest.FixtureRequest, any_end: CodeScannerSimulator, heard: Heard
) -> Iterator[WireScanner]:
    params = request.node.callspec.params
    times = params.get("times", TIMES)
    keyboard = params["any_end"] == "keyboard"
    scanner = (
        keyboard_scanner(any_end.url, times)
        if keyboard
        else serial_scanner(any_end.url, times=times)
    )
    scanner.start(heard)
    heard.wait_for_state(DeviceState.ONLINE)
    yield scanner
    scanner.stop()


def test_drivers_fulfil_the_port() -> None:
    scanners: list[CodeScanner] = [serial_scanner("/dev/null/x"), keyboard_scanner("/dev/null/x")]
    for scanner in scanners:
        scanner.stop()


def test_a_code_that_is_shown_is_told_as_it_is(
    any_end: CodeScannerSimulator, any_scanner: WireScanner, heard: Heard
) -> None:
    any_scanner.want(True)
    any_end.show(CASE)
    any_end.show("HTTPS://Example.invalid/?q=~!@#$%^&*()_+`-=[]{};:'\",.<>/\\| 0123456789")
    heard.wait_for(CodeScanned, count=2)
    assert texts(heard) == [
        CASE,
        "HTTPS://Example.invalid/?q=~!@#$%^&*()_+`-=[]{};:'\",.<>/\\| 0123456789",
    ]
    assert len(heard.threads) == 1


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_chinese_is_read_in_either_encoding_without_being_told_which(
    encoding: Encoding, serial_end: CodeScannerSimulator, scanner: SerialScanner, heard: Heard
) -> None:
    scanner.want(True)
    serial_end.show(STREET, encoding=encoding)
    serial_end.show("一", encoding=encoding)
    heard.wait_for(CodeScanned, count=2)
    assert texts(heard) == [STREET, "一"]


@pytest.mark.parametrize("end", list(End))
def test_any_end_of_line_ends_a_code_once(end: End, tmp_path: Path, heard: Heard) -> None:
    simulator = CodeScannerSimulator(ScannerLine(tmp_path / "code-scanner"), end=end)
    simulator.start()
    scanner = serial_scanner(simulator.url)
    scanner.start(heard)
    scanner.want(True)
    heard.wait_for_state(DeviceState.ONLINE)
    simulator.show(CASE)
    simulator.show(STREET)
    heard.wait_for(CodeScanned, count=2)
    scanner.stop()
    simulator.stop()
    assert heard.story() == ["CodeScanned", "CodeScanned"]


@pytest.mark.parametrize("fault", [ScannerFault.PIECES, ScannerFault.SLOW])
def test_a_code_that_comes_byte_by_byte_is_put_together(
    fault: ScannerFault, any_end: CodeScannerSimulator, any_scanner: WireScanner, heard: Heard
) -> None:
    any_end.fault = fault
    any_scanner.want(True)
    any_end.show("T-042")
    heard.wait_for(CodeScanned)
    assert texts(heard) == ["T-042"]


@pytest.mark.parametrize("times", [HURRIED], ids=["hurried"])
@pytest.mark.parametrize("fault", [ScannerFault.CUT_SHORT, ScannerFault.NO_END])
def test_a_code_that_stops_is_never_told_in_part(
    fault: ScannerFault,
    times: ScannerTimes,
    any_end: CodeScannerSimulator,
    any_scanner: WireScanner,
    heard: Heard,
) -> None:
    del times  # of `any_scanner`
    any_scanner.want(True)
    any_end.fault = fault
    any_end.show(CASE)
    assert heard.wait_for(ScanFailed).fault is ScanFault.INCOMPLETE
    any_end.fault = ScannerFault.NONE
    any_end.show(CASE)
    heard.wait_for(CodeScanned)
    assert texts(heard) == [CASE]


def test_a_scanner_set_up_without_ends_is_read_by_its_pauses(
    serial_end: CodeScannerSimulator, heard: Heard
) -> None:
    serial_end.fault = ScannerFault.NO_END
    scanner = serial_scanner(serial_end.url, ends=False, times=HURRIED)
    scanner.start(heard)
    scanner.want(True)
    heard.wait_for_state(DeviceState.ONLINE)
    serial_end.show(CASE)
    heard.wait_for(CodeScanned)
    scanner.stop()
    assert texts(heard) == [CASE]


def test_more_than_any_code_holds_is_one_failure_and_the_next_code_is_read(
    serial_end: CodeScannerSimulator, scanner: SerialScanner, heard: Heard
) -> None:
    scanner.want(True)
    serial_end.fault = ScannerFault.ENDLESS
    serial_end.show(CASE)
    assert heard.wait_for(ScanFailed).fault is ScanFault.TOO_LONG
    serial_end.fault = ScannerFault.NONE
    serial_end.show(CASE)
    heard.wait_for(CodeScanned)
    assert heard.story() == ["ScanFailed", "CodeScanned"]


def test_after_noise_a_code_that_is_shown_again_is_read(
    serial_end: CodeScannerSimulator, scanner: SerialScanner, heard: Heard
) -> None:
    def shown_again() -> bool:
        serial_end.show(CASE)
        return CASE in texts(heard)

    scanner.want(True)
    serial_end.send(b"\xff\xfe\x80\x00\x81", b"\r\n")
    assert heard.wait_for(ScanFailed).fault is ScanFault.UNREADABLE
    serial_end.fault = ScannerFault.GARBAGE
    serial_end.show(CASE)
    serial_end.fault = ScannerFault.NONE
    eventually(shown_again, "the code after the noise is read")


def test_a_code_longer_than_the_line_holds_waits_for_the_driver_to_take_it(
    tmp_path: Path, heard: Heard
) -> None:
    simulator = CodeScannerSimulator(ScannerLine(tmp_path / "wedge"), keyboard=True)
    simulator.start()
    busy = threading.Event()

    def listen(event: object) -> None:
        heard(event)
        if isinstance(event, CodeScanned):
            busy.wait(WITHIN_S)  # the driver's thread takes nothing meanwhile

    scanner = keyboard_scanner(simulator.url)
    scanner.start(listen)
    scanner.want(True)
    heard.wait_for_state(DeviceState.ONLINE)
    simulator.show("A")
    heard.wait_for(CodeScanned)
    long = "0123456789" * 40
    showing = threading.Thread(target=simulator.show, args=(long,))
    showing.start()
    showing.join(1.0)  # by now the line is full
    busy.set()
    showing.join(WITHIN_S)
    heard.wait_for(CodeScanned, count=2)
    scanner.stop()
    simulator.stop()
    assert texts(heard) == ["A", long]


def test_hanzi_typed_by_alt_codes_make_the_whole_code_unreadable(
    tmp_path: Path, heard: Heard
) -> None:
    simulator = CodeScannerSimulator(ScannerLine(tmp_path / "wedge"), keyboard=True)
    simulator.start()
    scanner = keyboard_scanner(simulator.url)
    scanner.start(heard)
    scanner.want(True)
    heard.wait_for_state(DeviceState.ONLINE)
    simulator.show("A区12")
    assert heard.wait_for(ScanFailed).fault is ScanFault.UNREADABLE
    simulator.show("A12")
    heard.wait_for(CodeScanned)
    scanner.stop()
    simulator.stop()
    assert texts(heard) == ["A12"]


def test_nothing_is_told_while_no_code_is_wanted(
    serial_end: CodeScannerSimulator,
    watched_scanner: WireScanner,
    watched: WatchedLines,
    heard: Heard,
) -> None:
    serial_end.show("BEFORE")
    eventually(lambda: watched.taken.endswith(b"BEFORE\r\n"), "the first code is taken")
    watched_scanner.want(True)
    serial_end.show("WANTED")
    heard.wait_for(CodeScanned)
    watched_scanner.want(False)
    serial_end.show("AFTER")
    eventually(lambda: watched.taken.endswith(b"AFTER\r\n"), "the third code is taken")
    watched_scanner.want(True)
    serial_end.show("NEXT")
    heard.wait_for(CodeScanned, count=2)
    assert texts(heard) == ["WANTED", "NEXT"]


def test_a_code_half_sent_to_one_citizen_is_not_finished_for_the_next(
    serial_end: CodeScannerSimulator,
    watched_scanner: WireScanner,
    watched: WatchedLines,
    heard: Heard,
) -> None:
    watched_scanner.want(True)
    serial_end.send(b"ONE-", b"")
    eventually(lambda: watched.taken == b"ONE-", "the first half is taken")
    watched_scanner.want(False)
    watched_scanner.want(True)
    serial_end.send(b"HALF", b"\r")
    serial_end.send(b"TWO", b"\r")
    heard.wait_for(CodeScanned)
    assert texts(heard) == ["TWO"]
    assert heard.all(ScanFailed) == []


def test_online_says_that_it_means_an_open_port(scanner: SerialScanner, heard: Heard) -> None:
    assert scanner.status().state is DeviceState.ONLINE
    assert scanner.status().detail == ONE_WAY


def test_unplugged_and_plugged_in_again_it_reads_without_a_restart(
    any_end: CodeScannerSimulator, any_scanner: WireScanner, heard: Heard
) -> None:
    any_scanner.want(True)
    with capture_logs() as logs:
        any_end.unplug()
        heard.wait_for_state(DeviceState.ABSENT)
        any_end.plug()
        heard.wait_for_state(DeviceState.ONLINE, count=2)
    assert [entry["event"] for entry in logs] == ["device.lost", "device.returned"]
    any_end.show(CASE)
    heard.wait_for(CodeScanned)
    assert texts(heard) == [CASE]


def test_a_code_cut_by_unplugging_is_not_joined_to_the_next(
    any_end: CodeScannerSimulator, any_scanner: WireScanner, heard: Heard
) -> None:
    any_scanner.want(True)
    any_end.fault = ScannerFault.LOST_MID_CODE
    any_end.show("FIRST")
    heard.wait_for_state(DeviceState.BACK_OFF)
    any_end.plug()
    heard.wait_for_state(DeviceState.ONLINE, count=2)
    any_end.show("SECOND")
    heard.wait_for(CodeScanned)
    assert texts(heard) == ["SECOND"]


def test_a_hundred_losses_leave_no_thread_and_no_descriptor(
    serial_end: CodeScannerSimulator, heard: Heard
) -> None:
    with nothing_left_behind():
        scanner = serial_scanner(serial_end.url)
        scanner.start(heard)
        heard.wait_for_state(DeviceState.ONLINE)
        for loss in range(1, 101):
            serial_end.unplug()
            heard.wait_for_state(DeviceState.BACK_OFF, count=loss)
            serial_end.plug()
            heard.wait_for_state(DeviceState.ONLINE, count=loss + 1)
        scanner.stop()


def test_what_is_shown_appears_in_no_repr_and_no_log(
    serial_end: CodeScannerSimulator, heard: Heard
) -> None:
    def listen(event: object) -> None:
        heard(event)
        if isinstance(event, CodeScanned):
            raise ValueError(event.code.text)  # noqa: TRY004 - any error will do

    scanner = serial_scanner(serial_end.url)
    with capture_logs() as logs:
        scanner.start(listen)
        scanner.want(True)
        heard.wait_for_state(DeviceState.ONLINE)
        serial_end.show(STREET)
        heard.wait_for(CodeScanned)
        scanner.stop()
    assert [entry["event"] for entry in logs] == ["device.listener_defect"]
    assert STREET not in f"{logs}{heard.events}"


@pytest.mark.parametrize("path", ["/nowhere/event0", "/dev/null"])
def test_what_is_no_input_device_is_absent(path: str, heard: Heard) -> None:
    scanner = keyboard_scanner(f"evdev://{path}")
    with capture_logs() as logs:
        scanner.start(heard)
        eventually(lambda: logs, "the loss is logged")
        scanner.stop()
    assert scanner.status().state is DeviceState.ABSENT
    assert f"evdev://{path} cannot be opened" in logs[0]["detail"]
