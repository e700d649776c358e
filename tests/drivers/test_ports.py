"""What a wire can be besides a plain serial line: flow control, and printers on USB."""

from __future__ import annotations

import os
import pty
import termios
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from drivers.ports.protocol_usblp import Serial as UsbPrinter
from drivers.receipt_printer.encoder import SlipEncoder
from drivers.receipt_printer.esc_pos import EscPosPrinter, PrinterTimes
from drivers.receipt_printer.glyphs import Glyphs
from drivers.receipt_printer.paper import PAPER_80_MM
from drivers.receipt_printer.picture import as_text
from drivers.receipt_printer.port import JobEnd, JobEnded
from drivers.receipt_printer.report import Report, of_class_status
from drivers.receipt_printer.slip import Slip, Text
from drivers.serial_settings import FlowControl
from drivers.simulators.code_scanner import ScannerLine
from drivers.simulators.esc_pos import EscPosSimulator
from drivers.status import DeviceState, PaperState, StatusChanged
from drivers.wire import Wire, WireLost
from tests.harness.devices import Heard, eventually, quick_back_off

XON, XOFF = b"\x11", b"\x13"
PATIENT = PrinterTimes(poll=0.3, answer=15.0)
QUICK = PrinterTimes(poll=0.1, answer=0.1)
SLIP = Slip((Text("办件回执"),))
A_MOMENT_S = 0.4

Start = Callable[..., EscPosPrinter]


@pytest.fixture
def line(tmp_path: Path) -> ScannerLine:
    return ScannerLine(tmp_path / "printer")


@pytest.fixture
def end(line: ScannerLine) -> Iterator[EscPosSimulator]:
    simulator = EscPosSimulator(line, PAPER_80_MM)
    simulator.start()
    yield simulator
    simulator.stop()


@pytest.fixture
def start(glyphs: Glyphs, heard: Heard) -> Iterator[Start]:
    printers: list[EscPosPrinter] = []

    def started(
        url: str, times: PrinterTimes = QUICK, flow_control: FlowControl = FlowControl.NONE
    ) -> EscPosPrinter:
        printers.append(
            EscPosPrinter(
                url,
                SlipEncoder(PAPER_80_MM, glyphs),
                flow_control=flow_control,
                back_off=quick_back_off(),
                times=times,
            )
        )
        printers[-1].start(heard)
        return printers[-1]

    yield started
    for printer in printers:
        printer.stop()


# -- flow control


def test_a_printer_that_can_take_no_more_is_waited_for(
    line: ScannerLine, end: EscPosSimulator, start: Start, heard: Heard
) -> None:
    printer = start(end.url, PATIENT, FlowControl.XON_XOFF)
    heard.wait_for_state(DeviceState.ONLINE)
    line.send(XOFF)
    printer.print("slip", SLIP)
    heard.wait_for_state(DeviceState.BUSY)
    assert not threading.Event().wait(A_MOMENT_S)
    assert end.print_outs == ()
    line.send(XON)
    assert heard.wait_for(JobEnded).end is JobEnd.SENT
    assert as_text(end.print_outs[0].marks) == "办件回执"


def test_without_flow_control_the_same_byte_stops_nothing(
    line: ScannerLine, end: EscPosSimulator, start: Start, heard: Heard
) -> None:
    printer = start(end.url, PATIENT)
    heard.wait_for_state(DeviceState.ONLINE)
    line.send(XOFF)
    printer.print("slip", SLIP)
    assert heard.wait_for(JobEnded).end is JobEnd.SENT


@pytest.mark.parametrize(
    ("flow_control", "hard", "soft"),
    [
        (FlowControl.NONE, False, False),
        (FlowControl.RTS_CTS, True, False),
        (FlowControl.XON_XOFF, False, True),
    ],
)
def test_the_kernel_is_told_of_the_flow_control(
    flow_control: FlowControl, hard: bool, soft: bool
) -> None:
    master, slave = pty.openpty()
    try:
        with Wire.open(os.ttyname(slave), 9600, lambda: False, flow_control):
            inward, _, control, *_ = termios.tcgetattr(slave)
        assert bool(control & termios.CRTSCTS) is hard
        assert bool(inward & termios.IXON) is bool(inward & termios.IXOFF) is soft
    finally:
        os.close(master)
        os.close(slave)


# -- printers on USB; a pseudo-terminal and /dev/null stand in for /dev/usb/lp0


def test_a_receipt_comes_out_of_a_printer_on_usb(
    end: EscPosSimulator, start: Start, heard: Heard
) -> None:
    printer = start(f"usblp://{end.url}", PATIENT)
    heard.wait_for_state(DeviceState.ONLINE)
    assert printer.status().paper is PaperState.FULL
    printer.print("slip", SLIP)
    assert heard.wait_for(JobEnded).end is JobEnd.SENT
    assert as_text(end.print_outs[0].marks) == "办件回执"


def test_a_printer_on_usb_comes_back_when_it_is_plugged_in_again(
    end: EscPosSimulator, start: Start, heard: Heard
) -> None:
    start(f"usblp://{end.url}", PATIENT)
    heard.wait_for_state(DeviceState.ONLINE)
    end.unplug()
    heard.wait_for_state(DeviceState.ABSENT)
    end.plug()
    heard.wait_for_state(DeviceState.ONLINE, count=2)


def test_a_printer_on_usb_that_has_nothing_to_say_is_neither_gone_nor_spun_upon(
    start: Start, heard: Heard
) -> None:
    """usblp gives an empty read for an empty packet, as /dev/null does for ever."""
    start("usblp:///dev/null")
    heard.wait_for_state(DeviceState.FAULTED, count=3)
    (thread,) = heard.threads
    worked_s = time.clock_gettime(time.pthread_getcpuclockid(thread))
    faults = [
        change.status.detail
        for change in heard.all(StatusChanged)
        if change.status.state is DeviceState.FAULTED
    ]
    assert set(faults) == {"no answer"}
    assert worked_s < 1.0


def test_a_place_that_is_no_printer_is_absent(start: Start, heard: Heard, tmp_path: Path) -> None:
    printer = start(f"usblp://{tmp_path}/lp7")
    eventually(lambda: "No such file" in printer.status().detail, "the reason is told")
    assert printer.status().state is DeviceState.ABSENT


def test_what_is_no_usblp_has_no_class_status() -> None:
    with Wire.open("usblp:///dev/null", 9600, lambda: False) as wire:
        assert isinstance(wire.port, UsbPrinter)
        assert wire.port.class_status() is None


def test_a_port_out_of_range_is_a_wire_that_cannot_be_opened() -> None:
    with pytest.raises(WireLost, match="cannot be opened"):
        Wire.open("socket://127.0.0.1:99999", 9600, lambda: False)


def test_a_device_that_never_stops_sending_is_lost(start: Start, heard: Heard) -> None:
    start("usblp:///dev/zero")
    heard.wait_for_state(DeviceState.FAULTED)
    (fault, *_) = (
        change.status.detail
        for change in heard.all(StatusChanged)
        if change.status.state is DeviceState.FAULTED
    )
    assert "without an end" in fault


@pytest.mark.parametrize(
    ("status", "report"),
    [
        (0x18, Report(answered=True)),
        (0x38, Report(answered=True, paper=PaperState.OUT)),
        (0x30, Report(answered=True, paper=PaperState.OUT)),
        (0x10, Report(answered=True, broken=True)),
    ],
)
def test_the_class_status_of_a_silent_printer_says_no_more_than_it_knows(
    status: int, report: Report
) -> None:
    assert of_class_status(status) == report
