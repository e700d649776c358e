"""What stands where on a pre-printed form, in millimetres. Data, without bytes."""

from __future__ import annotations

from dataclasses import dataclass

LARGEST_SIZE = 2  # ESC/P-K2 prints hanzi in their size, or twice as wide and high


@dataclass(frozen=True)
class Placed:
    """One line of text. `x_mm`, `y_mm`: its upper left corner from the sheet's upper left one.

    `size` 1 is 24 dots of 1/180 inch (3.4 mm) high, a hanzi as wide; `size` 2 is twice that.
    """

    text: str
    x_mm: float
    y_mm: float
    size: int = 1

    def __repr__(self) -> str:
        """Says nothing of the text, which is personal."""
        return f"Placed({len(self.text)} characters at {self.x_mm:g}, {self.y_mm:g} mm)"


@dataclass(frozen=True)
class FormLayout:
    """All texts of one sheet, in any order."""

    width_mm: float
    height_mm: float
    fields: tuple[Placed, ...]


@dataclass(frozen=True)
class Adjustment:
    """How far one machine prints beside its mark, in millimetres: added to every place."""

    right_mm: float = 0.0
    down_mm: float = 0.0
