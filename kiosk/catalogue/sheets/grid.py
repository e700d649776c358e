"""A sheet as it was read, whatever file it came from: cells with their text, kind and place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from openpyxl.utils import get_column_letter


class CellKind(StrEnum):
    """What a cell holds; a CSV file knows text alone."""

    TEXT = "text"
    NUMBER = "number"
    DATE = "date"
    FORMULA = "formula"
    OTHER = "other"  # an error value, a truth value, a time


@dataclass(frozen=True)
class Cell:
    """One cell. `text` is empty where the cell is; a date is written as 2026-01-31."""

    text: str
    kind: CellKind
    place: str


@dataclass(frozen=True)
class Grid:
    """The cells of one sheet. `name` as it is in messages: 授权清单."""

    name: str
    rows: Sequence[Sequence[Cell]]

    def place(self, row: int, column: int) -> str:
        """授权清单!C7 of row 6 and column 2, which are counted from 0."""
        return place(self.name, row, column)


def place(sheet: str, row: int, column: int) -> str:
    """授权清单!C7 of row 6 and column 2, which are counted from 0."""
    return f"{sheet}!{get_column_letter(column + 1)}{row + 1}"
