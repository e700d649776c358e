"""What a receipt printer can be asked to print: lines as data, without bytes."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Align(StrEnum):
    """Where a line stands between the margins."""

    LEFT = "left"
    CENTRE = "centre"


@dataclass(frozen=True)
class Text:
    """Running text, wrapped to the paper. `scale` 1 to 3 multiplies both height and width."""

    text: str
    align: Align = Align.LEFT
    bold: bool = False
    scale: int = 1


@dataclass(frozen=True)
class Pair:
    """A label at the left margin and a value at the right one."""

    label: str
    value: str
    bold: bool = False


@dataclass(frozen=True)
class Rule:
    """A line across the paper."""


@dataclass(frozen=True)
class Feed:
    """White space, in lines."""

    lines: int = 1


@dataclass(frozen=True)
class QrCode:
    """A QR code, centred. `payload` at most 300 bytes in UTF-8; `caption` stands below."""

    payload: str
    caption: str = ""


Line = Text | Pair | Rule | Feed | QrCode


@dataclass(frozen=True)
class Slip:
    """A whole print-out; the paper is cut after the last line."""

    lines: tuple[Line, ...]

    def __repr__(self) -> str:
        """Says nothing of its text, which is personal."""
        return f"Slip({len(self.lines)} lines)"
