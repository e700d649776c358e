"""The receipt printer on the dock."""

from __future__ import annotations

from drivers.kinds import Kind
from drivers.receipt_printer.glyphs import Glyphs
from drivers.receipt_printer.interpreter import Mark
from drivers.receipt_printer.picture import as_png, as_text
from drivers.simulators.docked.device import Control, Docked, PrintOut, Prints, choice, cover
from drivers.simulators.esc_pos import EscPosSimulator, PrinterFault
from drivers.status import PaperState

_PAPER = (PaperState.FULL, PaperState.LOW, PaperState.OUT)


def receipt_printer(simulator: EscPosSimulator, glyphs: Glyphs) -> Docked:
    """Its paper, cover, faults, and its receipts as pictures and text."""

    def load(value: str) -> None:
        simulator.paper = PaperState(value)

    def move_cover(is_open: bool) -> None:
        simulator.cover_open = is_open

    def fail(fault: PrinterFault) -> None:
        simulator.fault = fault

    def marks(number: int) -> tuple[Mark, ...]:
        return {out.number: out.marks for out in simulator.print_outs}[number]

    return Docked(
        Kind.RECEIPT_PRINTER,
        simulator,
        lambda: simulator.url,
        {
            "paper": Control(_PAPER, lambda: simulator.paper.value, load, "paper"),
            "cover": cover(lambda: simulator.cover_open, move_cover),
            "fault": choice(PrinterFault, lambda: simulator.fault, fail, "receipt_printer_fault"),
        },
        prints=Prints(
            lambda: [PrintOut(out.number, out.torn) for out in simulator.print_outs],
            {
                "png": lambda number: as_png(marks(number), simulator.width, glyphs),
                "txt": lambda number: as_text(marks(number)).encode(),
            },
        ),
    )
