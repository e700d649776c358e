"""Codes between STX and ETX, out of a scanner's bytes. Pure: no port, no clock."""

from __future__ import annotations

from drivers.code_scanner.lines import LONGEST, Outcome
from drivers.code_scanner.port import Code, CodeScanned, ScanFailed, ScanFault
from drivers.code_scanner.text import text_of

STX, ETX = 0x02, 0x03


class Frames:
    """A `Stream` (drivers/code_scanner/lines.py). Bytes outside of a frame are noise."""

    def __init__(self) -> None:
        self._frame: bytearray | None = None

    @property
    def pending(self) -> bool:
        """Whether a frame has begun and not ended."""
        return self._frame is not None

    def feed(self, data: bytes) -> list[Outcome]:
        """What has ended with these bytes, in order."""
        outcomes: list[Outcome] = []
        for byte in data:
            if byte == STX:
                outcomes += self.give_up()
                self._frame = bytearray()
            elif self._frame is None:
                continue
            elif byte == ETX:
                text = text_of(bytes(self._frame))
                outcomes.append(
                    ScanFailed(ScanFault.UNREADABLE) if text is None else CodeScanned(Code(text))
                )
                self.reset()
            elif len(self._frame) < LONGEST:
                self._frame.append(byte)
            else:
                outcomes.append(ScanFailed(ScanFault.TOO_LONG))
                self.reset()
        return outcomes

    def give_up(self) -> list[Outcome]:
        """A frame that stopped without its end."""
        begun = self.pending
        self.reset()
        return [ScanFailed(ScanFault.INCOMPLETE)] if begun else []

    def reset(self) -> None:
        """Forget what has begun."""
        self._frame = None
