"""Any device pulled and put back, again and again: it comes back, and nothing is left behind."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from drivers.code_scanner.camera import CameraScanner, CameraTimes
from drivers.code_scanner.decoding import Decoder
from drivers.code_scanner.keyboard_wedge import KeyboardWedge
from drivers.code_scanner.serial_line import SerialScanner
from drivers.document_camera.camera import PageCamera
from drivers.document_camera.looking import LookingTimes
from drivers.document_camera.mjpeg import MjpegCamera
from drivers.driver import Device
from drivers.id_card.sam_a import SamAReader
from drivers.nav_keypad.driver import KEYBOARD
from drivers.nav_keypad.keypad import EvdevKeypad
from drivers.nav_keypad.layout import Layout
from drivers.page_printer.carrying import PagePrinterTimes
from drivers.page_printer.esc_p2 import EscP2Printer
from drivers.page_printer.form_encoder import FormEncoder
from drivers.page_printer.ipp import IppPagePrinter
from drivers.page_printer.link import Address
from drivers.receipt_printer.encoder import SlipEncoder
from drivers.receipt_printer.esc_pos import EscPosPrinter
from drivers.receipt_printer.glyphs import Glyphs
from drivers.receipt_printer.paper import PAPER_80_MM
from drivers.signals.board import SerialBoard
from drivers.simulators.code_camera import CodeCameraSimulator
from drivers.simulators.code_scanner import CodeScannerSimulator, ScannerLine
from drivers.simulators.desk_papers import Press
from drivers.simulators.docked.device import Simulator
from drivers.simulators.document_camera import DocumentCameraSimulator
from drivers.simulators.esc_p2 import EscP2Simulator
from drivers.simulators.esc_pos import EscPosSimulator
from drivers.simulators.line import PtyLine, TcpLine
from drivers.simulators.nav_keypad import NavKeypadSimulator
from drivers.simulators.page_printer import IppEveSimulator
from drivers.simulators.sam_a import SamASimulator
from drivers.simulators.signals import SignalBoardSimulator
from drivers.simulators.smart_card import SmartCardSimulator
from tests.harness.devices import (
    CHINESE_FONT,
    SIMPLIFIED,
    Heard,
    eventually,
    quick_back_off,
)
from tests.harness.leavings import nothing_left_behind
from tests.harness.smart_card import a_reader

MANY, FEW = 100, 5
PATIENCE_S = 30.0  # a printer on the network takes a second to start


@dataclass(frozen=True)
class Attached:
    """A driver and what it drives; `pull` and `put_back` stand for a cable, or for a service."""

    make: Callable[[], Device]
    pull: Callable[[], None]
    put_back: Callable[[], None]


Attach = Callable[[Path], Iterator[Attached]]


def on_a_wire(make: Callable[[Path], tuple[Simulator, Callable[[], Device]]]) -> Attach:
    def attach(folder: Path) -> Iterator[Attached]:
        end, driver = make(folder)
        end.start()
        try:
            yield Attached(driver, end.unplug, end.plug)
        finally:
            end.stop()

    return attach


def encoder() -> SlipEncoder:
    return SlipEncoder(PAPER_80_MM, Glyphs(CHINESE_FONT, SIMPLIFIED))


def id_card(folder: Path) -> tuple[Simulator, Callable[[], Device]]:
    end = SamASimulator(PtyLine(folder / "wire"))
    return end, lambda: SamAReader(end.url, back_off=quick_back_off())


def id_card_over_tcp(folder: Path) -> tuple[Simulator, Callable[[], Device]]:
    end = SamASimulator(TcpLine())
    return end, lambda: SamAReader(end.url, back_off=quick_back_off())


def receipt_printer(folder: Path) -> tuple[Simulator, Callable[[], Device]]:
    end = EscPosSimulator(PtyLine(folder / "wire"), PAPER_80_MM)
    return end, lambda: EscPosPrinter(end.url, encoder(), back_off=quick_back_off())


def receipt_printer_on_usb(folder: Path) -> tuple[Simulator, Callable[[], Device]]:
    end = EscPosSimulator(PtyLine(folder / "wire"), PAPER_80_MM)
    return end, lambda: EscPosPrinter(f"usblp://{end.url}", encoder(), back_off=quick_back_off())


def form_printer(folder: Path) -> tuple[Simulator, Callable[[], Device]]:
    end = EscP2Simulator(PtyLine(folder / "wire"))
    forms = FormEncoder(Glyphs(CHINESE_FONT, SIMPLIFIED))
    return end, lambda: EscP2Printer(end.url, forms, back_off=quick_back_off())


def serial_scanner(folder: Path) -> tuple[Simulator, Callable[[], Device]]:
    end = CodeScannerSimulator(ScannerLine(folder / "wire"))
    return end, lambda: SerialScanner(end.url, back_off=quick_back_off())


def keyboard_scanner(folder: Path) -> tuple[Simulator, Callable[[], Device]]:
    end = CodeScannerSimulator(ScannerLine(folder / "wire"), keyboard=True)
    return end, lambda: KeyboardWedge(end.url, back_off=quick_back_off())


def nav_keypad(folder: Path) -> tuple[Simulator, Callable[[], Device]]:
    layout = Layout.of(KEYBOARD)
    end = NavKeypadSimulator(ScannerLine(folder / "wire"), layout)
    return end, lambda: EvdevKeypad(end.url, layout, back_off=quick_back_off())


def signals(folder: Path) -> tuple[Simulator, Callable[[], Device]]:
    end = SignalBoardSimulator(ScannerLine(folder / "wire"))
    return end, lambda: SerialBoard(end.url, back_off=quick_back_off())


def document_camera(folder: Path) -> tuple[Simulator, Callable[[], Device]]:
    end = DocumentCameraSimulator(Press(CHINESE_FONT, SIMPLIFIED), width=640, fps=60)
    times = LookingTimes(health=0.1)
    return end, lambda: PageCamera(
        MjpegCamera(end.url), 420, back_off=quick_back_off(), times=times
    )


def page_printer(folder: Path) -> tuple[Simulator, Callable[[], Device]]:
    end = IppEveSimulator(folder / "page-printer")
    times = PagePrinterTimes(poll=0.1)
    return end, lambda: IppPagePrinter(Address(end.uri), back_off=quick_back_off(), times=times)


def camera_scanner(folder: Path) -> Iterator[Attached]:
    end = CodeCameraSimulator()
    times = CameraTimes(health=0.05)
    yield Attached(
        lambda: CameraScanner(end, Decoder(()), back_off=quick_back_off(), times=times),
        end.unplug,
        end.plug,
    )


ON_WIRES: Mapping[str, Attach] = {
    make.__name__: on_a_wire(make)
    for make in (
        id_card,
        id_card_over_tcp,
        receipt_printer,
        receipt_printer_on_usb,
        form_printer,
        serial_scanner,
        keyboard_scanner,
        nav_keypad,
        signals,
        document_camera,
        page_printer,
    )
} | {"camera_scanner": camera_scanner}
# The others have such a test, of more cycles, beside their other faults.
NOWHERE_ELSE = ("id_card_over_tcp", "receipt_printer_on_usb", "keyboard_scanner", "camera_scanner")


@pytest.mark.parametrize("make", [id_card_over_tcp, document_camera])
def test_an_unplugged_device_keeps_its_port_and_listens_on_it_when_it_is_plugged_in_again(
    make: Callable[[Path], tuple[Simulator, Callable[[], Device]]], tmp_path: Path
) -> None:
    end, _ = make(tmp_path)
    end.start()
    port = urlsplit(end.url).port
    end.unplug()
    with socket.socket() as stranger, pytest.raises(OSError, match="in use"):
        stranger.bind(("127.0.0.1", port))
    end.plug()
    assert urlsplit(end.url).port == port
    end.stop()
    with socket.socket() as stranger:
        stranger.bind(("127.0.0.1", port))


def replug(attached: Attached, heard: Heard, cycles: int) -> None:
    with nothing_left_behind():
        device = attached.make()
        device.start(heard)
        for cycle in range(cycles):
            eventually(lambda: device.status().usable, f"cycle {cycle}: online", PATIENCE_S)
            attached.pull()
            eventually(lambda: not device.status().usable, f"cycle {cycle}: lost", PATIENCE_S)
            attached.put_back()
        eventually(lambda: device.status().usable, "online at last", PATIENCE_S)
        device.stop()


@pytest.mark.parametrize("name", NOWHERE_ELSE)
def test_a_device_pulled_a_few_times_leaves_nothing_behind(
    name: str, tmp_path: Path, heard: Heard
) -> None:
    with contextmanager(ON_WIRES[name])(tmp_path) as attached:
        replug(attached, heard, FEW)


@pytest.mark.soak
@pytest.mark.parametrize("name", ON_WIRES)
def test_a_device_pulled_a_hundred_times_leaves_nothing_behind(
    name: str, tmp_path: Path, heard: Heard
) -> None:
    with contextmanager(ON_WIRES[name])(tmp_path) as attached:
        replug(attached, heard, MANY)


@pytest.mark.soak
def test_a_card_service_gone_a_hundred_times_leaves_nothing_behind(
    card_end: SmartCardSimulator, heard: Heard
) -> None:
    replug(Attached(a_reader, card_end.stop_service, card_end.start_service), heard, MANY)
