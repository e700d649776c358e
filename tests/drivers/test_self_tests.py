"""Self-tests: every device tests itself on its own thread, and says what it found."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Protocol

import pytest

from drivers.code_scanner.camera import CameraScanner
from drivers.code_scanner.decoding import Decoder
from drivers.code_scanner.serial_line import SerialScanner
from drivers.document_camera.camera import PageCamera
from drivers.driver import Device
from drivers.id_card.port import IdCard
from drivers.id_card.sam_a import ReaderTimes, SamAReader
from drivers.nav_keypad.driver import KEYBOARD
from drivers.nav_keypad.keypad import EvdevKeypad
from drivers.nav_keypad.layout import Layout
from drivers.page_printer.esc_p2 import EscP2Printer
from drivers.page_printer.form_encoder import FormEncoder
from drivers.receipt_printer.encoder import SlipEncoder
from drivers.receipt_printer.esc_pos import EscPosPrinter, PrinterTimes
from drivers.receipt_printer.glyphs import Glyphs
from drivers.receipt_printer.paper import PAPER_80_MM
from drivers.receipt_printer.slip import Slip, Text
from drivers.self_test import Result, SelfTesting
from drivers.signals.board import BoardTimes, SerialBoard
from drivers.signals.port import LightState
from drivers.simulators.code_camera import CameraFault, CodeCameraSimulator
from drivers.simulators.code_scanner import CodeScannerSimulator, ScannerLine
from drivers.simulators.esc_p2 import EscP2Simulator
from drivers.simulators.esc_pos import EscPosSimulator, PrinterFault
from drivers.simulators.line import PtyLine
from drivers.simulators.nav_keypad import NavKeypadSimulator
from drivers.simulators.sam_a import ReaderFault, SamASimulator
from drivers.simulators.signals import SignalBoardSimulator
from drivers.status import DeviceState
from tests.harness.devices import WITHIN_S, Heard, eventually, quick_back_off


class SelfTestingDevice(Device, SelfTesting, Protocol):
    """What all devices of this package are."""


PATIENT_S = 40.0  # for a test that is to pass, on a busy machine

Start = Callable[[SelfTestingDevice], SelfTestingDevice]


@pytest.fixture
def start(heard: Heard) -> Iterator[Start]:
    started: list[SelfTestingDevice] = []

    def begin(device: SelfTestingDevice) -> SelfTestingDevice:
        started.append(device)
        device.start(heard)
        return device

    yield begin
    for device in started:
        device.stop()


# -- what each kind of device finds


def test_a_card_reader_asks_its_module_and_looks_for_a_card(
    reader_end: SamASimulator, people: dict[str, IdCard], start: Start
) -> None:
    reader = start(SamAReader(reader_end.url))
    report = reader.self_test()
    assert (report.result, report.findings["card"]) == (Result.PASSED, "none")
    assert len(bytes.fromhex(report.findings["sam"])) == 16
    reader_end.lay(people["chen"])
    assert reader.self_test().findings["card"] == "there"


def test_a_card_that_is_read_is_not_disturbed_by_a_test(
    reader_end: SamASimulator, people: dict[str, IdCard], start: Start, heard: Heard
) -> None:
    reader = SamAReader(reader_end.url, times=ReaderTimes(poll=0.05))
    start(reader)
    heard.wait_for_state(DeviceState.ONLINE)
    reader.want(True)
    reader_end.lay(people["chen"])
    eventually(lambda: "CardRead" in heard.story(), "the card is read")
    assert reader.self_test().findings["card"] == "there"
    assert heard.story() == ["CardLaid", "CardRead"]
    assert reader_end.texts_read == 1


def test_a_receipt_printer_says_how_it_is_and_prints_nothing(
    printer_end: EscPosSimulator, glyphs: Glyphs, start: Start
) -> None:
    printer = start(EscPosPrinter(printer_end.url, SlipEncoder(PAPER_80_MM, glyphs)))
    report = printer.self_test()
    assert (report.result, report.findings) == (Result.PASSED, {"printer": "ready"})
    printer_end.cover_open = True
    report = printer.self_test()
    assert report.result is Result.ATTENTION
    assert report.status.cover_open
    assert printer_end.print_outs == ()


@pytest.mark.parametrize(("mute", "result"), [(False, Result.PASSED), (True, Result.UNKNOWN)])
def test_a_form_printer_is_asked_unless_it_is_mute(
    mute: bool, result: Result, tmp_path: Path, glyphs: Glyphs, start: Start
) -> None:
    end = EscP2Simulator(PtyLine(tmp_path / "form"), mute=mute)
    end.start()
    printer = start(EscP2Printer(end.url, FormEncoder(glyphs), mute=mute))
    assert printer.self_test().result is result
    end.stop()


def test_a_scanner_that_only_speaks_is_never_said_to_have_passed(
    tmp_path: Path, start: Start
) -> None:
    end = CodeScannerSimulator(ScannerLine(tmp_path / "scanner"))
    end.start()
    assert start(SerialScanner(end.url)).self_test().result is Result.UNKNOWN
    end.stop()


def test_cameras_take_a_frame(start: Start) -> None:
    scanner = start(CameraScanner(CodeCameraSimulator(), Decoder(())))
    report = scanner.self_test()
    assert (report.result, report.findings) == (Result.PASSED, {"frame": "640 × 480"})


def test_a_document_camera_without_frames_fails(start: Start) -> None:
    end = CodeCameraSimulator()
    end.fault = CameraFault.FROZEN
    report = start(PageCamera(end, 420)).self_test(within_s=1.5)
    assert report.result is Result.FAILED


def test_a_keypad_that_cannot_be_asked_for_its_keys_is_an_open_port(
    tmp_path: Path, start: Start
) -> None:
    layout = Layout.of(KEYBOARD)
    end = NavKeypadSimulator(ScannerLine(tmp_path / "keypad"), layout)
    end.start()
    assert start(EvdevKeypad(end.url, layout)).self_test().result is Result.UNKNOWN
    end.stop()


def test_keys_that_a_keypad_does_not_have_are_named() -> None:
    layout = Layout.of({"KEY_UP": "up", "KEY_F13": "up", "KEY_F14": "down", "KEY_F15": "select"})
    up, select = 103, 185
    assert layout.missing({up, select}) == ("KEY_F14",)
    assert layout.missing({up, select, 184}) == ()


class NotedLights(SignalBoardSimulator):
    """Keeps how its lights were after each command."""

    def __init__(self, line: ScannerLine, lights: tuple[str, ...]) -> None:
        super().__init__(line, lights=lights)
        self.shown: list[dict[str, LightState]] = []

    def receive(self, data: bytes) -> bytes:
        answer = super().receive(data)
        self.shown.append(self.lights)
        return answer


def test_a_board_shows_each_light_and_puts_it_back(tmp_path: Path, start: Start) -> None:
    end = NotedLights(ScannerLine(tmp_path / "board"), lights=("reader", "printer"))
    end.start()
    board = SerialBoard(end.url, times=BoardTimes(shown=0.05, answer=10.0))
    board.light("reader", LightState.BLINK)
    board.light("door", LightState.ON)
    start(board)
    report = board.self_test(PATIENT_S)
    assert report.result is Result.ATTENTION
    assert report.findings == {
        "parts": "door presence ups",
        "lights": "door printer reader",
        "refused": "door",
    }
    assert any(lights["printer"] is LightState.ON for lights in end.shown)
    assert any(lights["reader"] is LightState.ON for lights in end.shown)
    assert end.lights == {"reader": LightState.BLINK, "printer": LightState.OFF}
    end.stop()


# -- a device that is not there, at work, or silent


def test_a_device_that_is_not_there_has_failed_at_once(tmp_path: Path, start: Start) -> None:
    report = start(SamAReader(str(tmp_path / "none"))).self_test(within_s=30.0)
    assert (report.result, report.status.state) == (Result.FAILED, DeviceState.ABSENT)
    assert report.seconds < 10.0


def test_a_test_does_not_wait_for_the_back_off(reader_end: SamASimulator, start: Start) -> None:
    reader_end.unplug()
    reader = start(SamAReader(reader_end.url))
    for _ in range(6):  # by now the driver would wait for 5 s at least
        assert reader.self_test().result is Result.FAILED
    reader_end.plug()
    report = reader.self_test()
    assert report.result is Result.PASSED
    assert report.seconds < 4.0


def test_a_device_at_work_is_busy_and_its_work_goes_on(
    printer_end: EscPosSimulator, glyphs: Glyphs, start: Start, heard: Heard
) -> None:
    times = PrinterTimes(answer=0.2, last_answer=3.0)
    printer = EscPosPrinter(printer_end.url, SlipEncoder(PAPER_80_MM, glyphs), times=times)
    start(printer)
    heard.wait_for_state(DeviceState.ONLINE)
    printer_end.fault = PrinterFault.SILENT_MID_JOB
    printer.print("slip", Slip(tuple(Text("办件回执") for _ in range(30))))
    heard.wait_for_state(DeviceState.BUSY)
    assert printer.self_test(within_s=0.3).result is Result.BUSY
    eventually(lambda: "JobEnded" in heard.story(), "the job ends", timeout_s=10.0)


def test_a_silent_device_fails_within_the_time_that_was_given(
    reader_end: SamASimulator, start: Start, heard: Heard
) -> None:
    reader = start(SamAReader(reader_end.url, back_off=quick_back_off()))
    heard.wait_for_state(DeviceState.ONLINE)
    reader_end.fault = ReaderFault.SILENT
    report = reader.self_test(within_s=1.5)
    assert report.result is Result.FAILED
    assert report.seconds < 4.0


def test_noise_in_place_of_an_answer_is_asked_over(
    reader_end: SamASimulator, start: Start, heard: Heard
) -> None:
    reader = start(SamAReader(reader_end.url, back_off=quick_back_off()))
    heard.wait_for_state(DeviceState.ONLINE)
    reader_end.fault = ReaderFault.GARBAGE
    reports = []
    testing = threading.Thread(target=lambda: reports.append(reader.self_test(PATIENT_S)))
    testing.start()
    heard.wait_for_state(DeviceState.BACK_OFF)
    reader_end.fault = ReaderFault.NONE
    testing.join()
    assert reports[0].result is Result.PASSED


def test_a_test_that_nobody_wants_any_more_ends_at_once(
    reader_end: SamASimulator, start: Start, heard: Heard
) -> None:
    reader = start(SamAReader(reader_end.url))
    heard.wait_for_state(DeviceState.ONLINE)
    reader_end.fault = ReaderFault.SILENT
    report = reader.self_test(within_s=30.0, given_up=lambda: True)
    assert report.result is Result.CANCELLED
    assert report.seconds < 10.0
    reader_end.fault = ReaderFault.NONE
    assert reader.self_test(PATIENT_S).result is Result.PASSED


def test_two_who_test_at_once_are_told_apart(
    reader_end: SamASimulator, start: Start, heard: Heard
) -> None:
    reader = start(SamAReader(reader_end.url, back_off=quick_back_off()))
    heard.wait_for_state(DeviceState.ONLINE)
    reader_end.fault = ReaderFault.SILENT  # until the second has asked
    results: list[Result] = []
    both = [
        threading.Thread(target=lambda: results.append(reader.self_test(PATIENT_S).result))
        for _ in range(2)
    ]
    for each in both:
        each.start()
    eventually(lambda: results == [Result.BUSY], "the second is turned away")
    reader_end.fault = ReaderFault.NONE
    for each in both:
        each.join()
    assert results == [Result.BUSY, Result.PASSED]


def test_a_test_ends_with_its_device(reader_end: SamASimulator, start: Start, heard: Heard) -> None:
    reader = start(SamAReader(reader_end.url))
    heard.wait_for_state(DeviceState.ONLINE)
    reader_end.fault = ReaderFault.SILENT
    results: list[Result] = []
    testing = threading.Thread(target=lambda: results.append(reader.self_test(30.0).result))
    testing.start()
    eventually(lambda: reader_end.requests > 2, "the module is asked")
    reader.stop()
    testing.join(WITHIN_S)
    assert results == [Result.FAILED]


def test_a_test_asked_for_after_the_end_of_its_device_fails_at_once(
    reader_end: SamASimulator, start: Start, heard: Heard
) -> None:
    reader = start(SamAReader(reader_end.url))
    heard.wait_for_state(DeviceState.ONLINE)
    reader.stop()
    report = reader.self_test(within_s=60.0)
    assert report.result is Result.FAILED
    assert report.seconds < 30.0


def test_no_device_waits_for_itself(reader_end: SamASimulator) -> None:
    errors: list[type[Exception]] = []
    reader = SamAReader(reader_end.url)
    told = threading.Event()

    def listen(event: object) -> None:
        try:
            reader.self_test()
        except RuntimeError as error:
            errors.append(type(error))
        told.set()

    with pytest.raises(RuntimeError):
        reader.self_test()
    reader.start(listen)
    assert told.wait(WITHIN_S)
    reader.stop()
    assert set(errors) == {RuntimeError}
