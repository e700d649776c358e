"""The page printer on the dock."""

from __future__ import annotations

from drivers.kinds import Kind
from drivers.page_printer.port import MarkerState
from drivers.simulators.docked.device import Control, Docked, PrintOut, Prints, choice, cover
from drivers.simulators.page_printer import IppEveSimulator, PagePrinterFault
from drivers.status import PaperState

_PAPER = (PaperState.FULL, PaperState.LOW, PaperState.OUT, PaperState.JAMMED)
_MARKER = (MarkerState.FULL, MarkerState.LOW, MarkerState.OUT)


def page_printer(simulator: IppEveSimulator) -> Docked:
    """Its paper, cover, toner, faults, and its print-outs as the files that were printed."""

    def load(value: str) -> None:
        simulator.paper = PaperState(value)

    def fill(value: str) -> None:
        simulator.marker = MarkerState(value)

    def move_cover(is_open: bool) -> None:
        simulator.cover_open = is_open

    def fail(fault: PagePrinterFault) -> None:
        simulator.fault = fault

    def pdf(number: int) -> bytes:
        return {out.number: out.pdf for out in simulator.print_outs}[number]

    return Docked(
        Kind.PAGE_PRINTER,
        simulator,
        lambda: simulator.uri,
        {
            "paper": Control(_PAPER, lambda: simulator.paper.value, load, "paper"),
            "cover": cover(lambda: simulator.cover_open, move_cover),
            "marker": Control(_MARKER, lambda: simulator.marker.value, fill, "marker"),
            "fault": choice(PagePrinterFault, lambda: simulator.fault, fail, "page_printer_fault"),
        },
        prints=Prints(lambda: [PrintOut(out.number) for out in simulator.print_outs], {"pdf": pdf}),
    )
