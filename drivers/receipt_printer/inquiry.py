"""Asks a printer on a wire how it is: `DLE EOT 1` … `DLE EOT 4`, each answered by one byte."""

from __future__ import annotations

from drivers.owner import DeviceFault
from drivers.ports.protocol_usblp import Serial as UsbPrinter
from drivers.receipt_printer.report import (
    QUESTIONS,
    Report,
    decode,
    is_answer,
    of_class_status,
    question,
)
from drivers.self_test import Tested
from drivers.wire import Wire


def inquire(wire: Wire, answer_s: float, first_answer_s: float) -> Report:
    """What it answers; a printer silent to the first question is not asked the others.

    On USB what the printer class has of its state then stands in for its answers.

    `first_answer_s` may be longer: the first question stands behind what the line still holds.
    Raises what the wire raises.
    """
    answers: list[int | None] = [None] * len(QUESTIONS)
    for place, number in enumerate(QUESTIONS):
        answers[place] = _answer(wire, number, answer_s if place else first_answer_s)
        if answers[0] is None:
            return _class_report(wire)
    return decode(*answers)


def tested(report: Report) -> Tested:
    """What a report is as the end of a self-test; raises DeviceFault for none."""
    if not report.answered:
        raise DeviceFault("no answer")
    return Tested({"printer": report.detail or "ready"}, attention=report.offline or report.broken)


def _class_report(wire: Wire) -> Report:
    status = wire.port.class_status() if isinstance(wire.port, UsbPrinter) else None
    return Report() if status is None else of_class_status(status)


def _answer(wire: Wire, number: int, timeout_s: float) -> int | None:
    wire.drain()  # what is still there answers an earlier question
    until = wire.deadline(timeout_s)
    wire.write(question(number), until)
    while data := wire.read(until):
        for byte in data:
            if is_answer(byte):
                return byte
    return None
