"""The printer for pre-printed forms on the dock."""

from __future__ import annotations

from drivers.kinds import Kind
from drivers.page_printer.form_picture import as_png
from drivers.receipt_printer.glyphs import Glyphs
from drivers.simulators.docked.device import Control, Docked, PrintOut, Prints, choice, cover
from drivers.simulators.esc_p2 import EscP2Simulator, FormPrinterFault
from drivers.status import PaperState

_PAPER = (PaperState.FULL, PaperState.OUT)


def form_printer(simulator: EscP2Simulator, glyphs: Glyphs) -> Docked:
    """Its paper, cover, faults, and its sheets as pictures."""

    def load(value: str) -> None:
        simulator.paper = PaperState(value)

    def move_cover(is_open: bool) -> None:
        simulator.cover_open = is_open

    def fail(fault: FormPrinterFault) -> None:
        simulator.fault = fault

    def png(number: int) -> bytes:
        sheet = {sheet.number: sheet for sheet in simulator.sheets}[number]
        return as_png(sheet.traces, simulator.width_mm, sheet.length_mm, glyphs)

    return Docked(
        Kind.FORM_PRINTER,
        simulator,
        lambda: simulator.url,
        {
            "paper": Control(_PAPER, lambda: simulator.paper.value, load, "paper"),
            "cover": cover(lambda: simulator.cover_open, move_cover),
            "fault": choice(FormPrinterFault, lambda: simulator.fault, fail, "form_printer_fault"),
        },
        prints=Prints(
            lambda: [PrintOut(sheet.number, sheet.torn) for sheet in simulator.sheets],
            {"png": png},
        ),
    )
