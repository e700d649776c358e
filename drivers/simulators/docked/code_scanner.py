"""The code scanner on the dock."""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast, get_args

from drivers.kinds import Kind
from drivers.simulators.code_scanner import CodeScannerSimulator, Encoding, ScannerFault
from drivers.simulators.docked.device import Act, Docked, choice


def code_scanner(simulator: CodeScannerSimulator) -> Docked:
    """`show` holds a code with any text before it, as a serial scanner set to that encoding."""

    def fail(fault: ScannerFault) -> None:
        simulator.fault = fault

    def show(given: Mapping[str, str]) -> None:
        simulator.show(given["text"], encoding=cast(Encoding, given["encoding"]))

    return Docked(
        Kind.CODE_SCANNER,
        simulator,
        lambda: simulator.url,
        {"fault": choice(ScannerFault, lambda: simulator.fault, fail, "code_scanner_fault")},
        {"show": Act({"text": (), "encoding": get_args(Encoding)}, show, "show")},
    )
