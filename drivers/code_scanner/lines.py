"""Codes out of a byte stream: each ends with CR, LF or both, or was lost. Pure."""

from __future__ import annotations

import re
from typing import Protocol

from drivers.code_scanner.port import Code, CodeScanned, ScanFailed, ScanFault
from drivers.code_scanner.text import text_of

LONGEST = 4096  # bytes; the largest QR code holds 2,953
_END = re.compile(rb"[\r\n]")

Outcome = CodeScanned | ScanFailed


class Stream(Protocol):
    """Bytes from a scanner put together to codes. Holds back a bounded amount."""

    @property
    def pending(self) -> bool:
        """Whether a code has begun and not ended."""

    def feed(self, data: bytes) -> list[Outcome]:
        """What has ended with these bytes, in order."""

    def give_up(self) -> list[Outcome]:
        """Nothing more came for long: what to make of a code that has begun, if one has."""

    def reset(self) -> None:
        """Forget what has begun."""


class Lines:
    """A `Stream` of lines in UTF-8 or GB 18030; empty ones, as between CR and LF, are nothing.

    A line that stops without its end is INCOMPLETE: a part of a number is worse than none. Only
    for a scanner set up to send no end (`ends`: False) is a pause the end of a line.
    """

    def __init__(self, *, ends: bool = True, longest: int = LONGEST) -> None:
        self._ends = ends
        self._longest = longest
        self._line = bytearray()
        self._too_long = False

    @property
    def pending(self) -> bool:
        """Whether a line has begun and not ended."""
        return self._too_long or bool(self._line)

    def feed(self, data: bytes) -> list[Outcome]:
        """The lines that end with these bytes, in order."""
        outcomes: list[Outcome] = []
        *ended, begun = _END.split(data)
        for part in ended:
            self._append(part)
            outcomes += self._end()
        self._append(begun)
        return outcomes

    def give_up(self) -> list[Outcome]:
        """A line that stopped: INCOMPLETE, or the line itself when lines have no end."""
        if self._ends and self._line:
            self.reset()
            return [ScanFailed(ScanFault.INCOMPLETE)]
        return self._end()

    def reset(self) -> None:
        """Forget the line that has begun."""
        self._line.clear()
        self._too_long = False

    def _append(self, part: bytes) -> None:
        if self._too_long:
            return
        self._line += part[: self._longest + 1 - len(self._line)]
        if len(self._line) > self._longest:
            self._line.clear()
            self._too_long = True

    def _end(self) -> list[Outcome]:
        line, too_long = bytes(self._line), self._too_long
        self.reset()
        if too_long:
            return [ScanFailed(ScanFault.TOO_LONG)]
        if not line:
            return []
        text = text_of(line)
        return [ScanFailed(ScanFault.UNREADABLE) if text is None else CodeScanned(Code(text))]
