"""Finds the questions `DLE EOT n` in what a simulated printer is sent, however it is torn. Pure."""

from __future__ import annotations

import re

from drivers.receipt_printer.report import QUESTIONS, question

FIXED = 0x12  # bits that every answer has
_QUESTION = re.compile(re.escape(question(0)[:2]) + b"(.)", re.DOTALL)


class Inquiries:
    """A question counts wherever it stands, as printers answer before they print."""

    def __init__(self) -> None:
        self._tail = b""

    def feed(self, data: bytes) -> list[int]:
        """The numbers of the questions that are whole now."""
        stream = self._tail + data
        found = list(_QUESTION.finditer(stream))
        end = found[-1].end() if found else 0
        self._tail = stream[max(end, len(stream) - 2) :]
        return [number for match in found if (number := match[1][0]) in QUESTIONS]

    def reset(self) -> None:
        """Forget a question half heard."""
        self._tail = b""
