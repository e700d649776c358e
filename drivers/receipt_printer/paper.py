"""The paper's measure: cells of font A, as receipt printers of 203 dpi have them."""

from __future__ import annotations

from dataclasses import dataclass

CELL_DOTS = 12  # a Latin character is one cell wide, a hanzi two
HEIGHT_DOTS = 24
SPACING_DOTS = 8  # white between two lines


@dataclass(frozen=True)
class Paper:
    """How wide it is."""

    cells: int

    @property
    def dots(self) -> int:
        """Printable width in dots."""
        return self.cells * CELL_DOTS


PAPER_80_MM = Paper(48)
PAPER_58_MM = Paper(32)
