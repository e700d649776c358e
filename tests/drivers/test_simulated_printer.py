"""A simulated printer between its line and the people who handle it."""

from __future__ import annotations

import os
import threading
from pathlib import Path

from drivers.receipt_printer.paper import PAPER_80_MM
from drivers.simulators.esc_pos import EscPosSimulator, PrinterFault
from drivers.simulators.line import Line, PtyLine
from tests.harness.devices import WITHIN_S, eventually


class MetOnTheWay(EscPosSimulator):
    """Loses power just while somebody plugs it in, who then waits for it with the line in hand."""

    def __init__(self, line: Line) -> None:
        super().__init__(line, PAPER_80_MM)
        self.struck = threading.Event()
        self.plugging = threading.Event()

    def power_on(self) -> None:
        if self.struck.is_set():
            self.plugging.set()
        super().power_on()

    def _strike(self) -> bool:
        if self.fault is PrinterFault.DIES_MID_JOB:
            self.struck.set()
            self.plugging.wait(WITHIN_S)
        return super()._strike()


def test_a_printer_that_dies_while_it_is_plugged_in_holds_nobody_up(tmp_path: Path) -> None:
    end = MetOnTheWay(PtyLine(tmp_path / "printer"))
    end.start()
    end.fault = PrinterFault.DIES_MID_JOB
    port = os.open(end.url, os.O_RDWR | os.O_NOCTTY)
    os.write(port, b"a" * 300)
    assert end.struck.wait(WITHIN_S)
    end.unplug()
    staff = threading.Thread(target=end.plug, daemon=True)
    staff.start()
    staff.join(WITHIN_S)
    assert not staff.is_alive(), "plugging in never ends"
    eventually(lambda: not end.plugged, "the printer has died")
    end.cover_open = True
    os.close(port)
    end.stop()
