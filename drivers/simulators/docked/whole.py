"""A bench with every simulated device that this machine can run, its wires in one folder."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from drivers.nav_keypad.driver import KEYBOARD
from drivers.nav_keypad.layout import Layout
from drivers.receipt_printer.glyphs import Glyphs
from drivers.receipt_printer.paper import PAPER_80_MM, Paper
from drivers.simulators.audio import AudioSimulator
from drivers.simulators.bench import Bench
from drivers.simulators.code_scanner import CodeScannerSimulator, ScannerLine
from drivers.simulators.desk_papers import Press
from drivers.simulators.docked.audio import audio
from drivers.simulators.docked.code_scanner import code_scanner
from drivers.simulators.docked.device import Docked
from drivers.simulators.docked.document_camera import document_camera
from drivers.simulators.docked.form_printer import form_printer
from drivers.simulators.docked.id_card import id_card
from drivers.simulators.docked.nav_keypad import nav_keypad
from drivers.simulators.docked.page_printer import page_printer
from drivers.simulators.docked.receipt_printer import receipt_printer
from drivers.simulators.docked.signals import signals
from drivers.simulators.docked.smart_card import smart_card
from drivers.simulators.document_camera import DocumentCameraSimulator
from drivers.simulators.esc_p2 import EscP2Simulator
from drivers.simulators.esc_pos import EscPosSimulator
from drivers.simulators.line import PtyLine
from drivers.simulators.nav_keypad import NavKeypadSimulator
from drivers.simulators.page_printer import IppEveSimulator
from drivers.simulators.people import Somebody
from drivers.simulators.sam_a import SamASimulator
from drivers.simulators.signals import SignalBoardSimulator
from drivers.simulators.smart_card import SmartCardSimulator

LIGHTS = ("reader", "printer", "call")


@dataclass(frozen=True)
class Outfit:
    """What a bench is to have. `wires`: the folder of the wires, `id-card` for one.

    `font`, `face`: a Chinese font for print-outs and papers, and which of a collection (.ttc).
    `page_printer`, `document_camera`: the port where each listens, 0 for a free one, None for no
    such device.
    `smart_card`: whether there is a pcscd; its virtual reader listens on all interfaces.
    """

    wires: Path
    font: Path
    face: int = 0
    receipt_paper: Paper = PAPER_80_MM
    page_printer: int | None = None
    document_camera: int | None = None
    smart_card: bool = False


def whole_bench(outfit: Outfit, people: Sequence[Somebody]) -> Bench:
    """All of them, not yet plugged in; OSError when the font cannot be read."""
    wires, glyphs = outfit.wires, Glyphs(outfit.font, outfit.face)
    reader = SamASimulator(PtyLine(wires / "id-card"))
    scanner = CodeScannerSimulator(ScannerLine(wires / "code-scanner"))
    receipts = EscPosSimulator(PtyLine(wires / "receipt-printer"), outfit.receipt_paper)
    forms = EscP2Simulator(PtyLine(wires / "form-printer"))
    devices: list[Docked] = [
        id_card(reader, people),
        code_scanner(scanner),
        receipt_printer(receipts, glyphs),
        form_printer(forms, glyphs),
        nav_keypad(
            NavKeypadSimulator(ScannerLine(wires / "nav-keypad"), Layout.of(KEYBOARD)), KEYBOARD
        ),
        signals(SignalBoardSimulator(ScannerLine(wires / "signals"), lights=LIGHTS)),
        audio(AudioSimulator(wires)),
    ]
    if outfit.document_camera is not None:
        press = Press(outfit.font, outfit.face)
        camera = DocumentCameraSimulator(press, port=outfit.document_camera)
        devices.append(document_camera(camera))
    if outfit.smart_card:
        devices.append(smart_card(SmartCardSimulator((wires / "pcscd.comm").absolute()), people))
    if outfit.page_printer is not None:
        pages = IppEveSimulator(wires / "page-printer", port=outfit.page_printer)
        devices.append(page_printer(pages))
    return Bench(devices, people)
