"""Finds `DLE DC4 8` in what a simulated printer is sent, however it is torn. Pure."""

from __future__ import annotations

from drivers.receipt_printer.real_time import CLEAR


class Clearing:
    """The command counts wherever it stands, as printers obey before they print."""

    def __init__(self) -> None:
        self._tail = b""

    def feed(self, data: bytes) -> int | None:
        """Where in these bytes the last such command ends; None when none does."""
        stream = self._tail + data
        start = stream.rfind(CLEAR)
        found = start >= 0
        end = start + len(CLEAR) - len(self._tail)
        rest = data[end:] if found else stream
        self._tail = rest[max(0, len(rest) - len(CLEAR) + 1) :]
        return end if found else None

    def reset(self) -> None:
        """Forget a command half heard."""
        self._tail = b""
