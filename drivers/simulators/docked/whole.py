"""A bench with every simulated device that this machine can run, its wires in one folder."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from drivers.receipt_printer.glyphs import Glyphs
from drivers.receipt_printer.paper import PAPER_80_MM, Paper
from drivers.simulators.bench import Bench
from drivers.simulators.code_scanner import CodeScannerSimulator, ScannerLine
from drivers.simulators.docked.code_scanner import code_scanner
from drivers.simulators.docked.device import Docked
from drivers.simulators.docked.form_printer import form_printer
from drivers.simulators.docked.id_card import id_card
from drivers.simulators.docked.page_printer import page_printer
from drivers.simulators.docked.receipt_printer import receipt_printer
from drivers.simulators.esc_p2 import EscP2Simulator
from drivers.simulators.esc_pos import EscPosSimulator
from drivers.simulators.line import PtyLine
from drivers.simulators.page_printer import IppEveSimulator
from drivers.simulators.people import Somebody
from drivers.simulators.sam_a import SamASimulator


@dataclass(frozen=True)
class Outfit:
    """What a bench is to have. `page_printer`: the port of its IPP printer, None for no such.

    `wires`: the folder of the wires, `id-card`, `receipt-printer`, `code-scanner`, `form-printer`.
    """

    wires: Path
    receipt_paper: Paper = PAPER_80_MM
    page_printer: int | None = None


def whole_bench(outfit: Outfit, people: Sequence[Somebody], glyphs: Glyphs) -> Bench:
    """All of them, not yet plugged in; nothing is opened."""
    wires = outfit.wires
    reader = SamASimulator(PtyLine(wires / "id-card"))
    scanner = CodeScannerSimulator(ScannerLine(wires / "code-scanner"))
    receipts = EscPosSimulator(PtyLine(wires / "receipt-printer"), outfit.receipt_paper)
    forms = EscP2Simulator(PtyLine(wires / "form-printer"))
    devices: list[Docked] = [
        id_card(reader, people),
        code_scanner(scanner),
        receipt_printer(receipts, glyphs),
        form_printer(forms, glyphs),
    ]
    if outfit.page_printer is not None:
        pages = IppEveSimulator(wires / "page-printer", port=outfit.page_printer)
        devices.append(page_printer(pages))
    return Bench(devices, people)
