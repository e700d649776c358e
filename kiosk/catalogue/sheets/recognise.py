"""Which list a sheet is: by its headings, wherever they stand in its first rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kiosk.catalogue.sheets.grid import Cell, CellKind, Grid
from kiosk.catalogue.sheets.layout import ColumnLayout, Layouts, ListLayout, comparable

FIRST_ROWS = 10  # a printed form has its title and date above the headings


@dataclass(frozen=True)
class SheetRow:
    """One row with its cells by the keys of the columns; `place` is its first cell's."""

    place: str
    cells: Mapping[str, Cell]

    def text(self, key: str) -> str:
        """The text of a cell; empty where the sheet has no such column."""
        cell = self.cells.get(key)
        return cell.text if cell else ""


@dataclass(frozen=True)
class Sheet:
    """A sheet of which is known what list it is."""

    key: str
    layout: ListLayout
    name: str
    rows: Sequence[SheetRow]


def recognised(grid: Grid, layouts: Layouts, problems: list[str]) -> Sheet | None:
    """The sheet as a list. None, and what is wrong in `problems`, when it is none."""
    found = [
        (len(known), -number, number, key)
        for number, row in enumerate(grid.rows[:FIRST_ROWS])
        for key, layout in layouts.lists.items()
        if (known := _known(row, layout))
    ]
    if not found:
        expected = "、".join(layout.sheet for layout in layouts.lists.values())
        problems.append(f"{grid.name}!A1: no headings of any list; there are {expected}")
        return None
    # Of lists with equally many known headings, the one that needs no others.
    most = max(found)[:2]
    choice = [(number, key) for count, n, number, key in found if (count, n) == most]
    number, key = min(choice, key=lambda c: len(_missing(grid.rows[c[0]], layouts.lists[c[1]])))
    layout = layouts.lists[key]
    before = len(problems)
    columns = dict(_columns(grid, number, layout, problems))
    for heading in _missing(grid.rows[number], layout):
        where = grid.place(number, len(grid.rows[number]))
        problems.append(f"{where}: {layout.sheet} needs the column {heading}, which is not here")
    if len(problems) > before:
        return None
    return Sheet(key, layout, grid.name, list(_rows(grid, number, columns, problems)))


def _known(row: Sequence[Cell], layout: ListLayout) -> set[str]:
    return {comparable(cell.text) for cell in row} & layout.by_heading.keys()


def _missing(row: Sequence[Cell], layout: ListLayout) -> list[str]:
    known = _known(row, layout)
    needed = (column for column in layout.columns if column.needed)
    return [column.heading for column in needed if comparable(column.heading) not in known]


def _columns(
    grid: Grid, number: int, layout: ListLayout, problems: list[str]
) -> Sequence[tuple[int, ColumnLayout]]:
    found: list[tuple[int, ColumnLayout]] = []
    for column, cell in enumerate(grid.rows[number]):
        if not cell.text.strip():
            continue
        known = layout.by_heading.get(comparable(cell.text))
        if known is None:
            problems.append(
                f"{cell.place}: {layout.sheet} has no column {cell.text.strip()[:40]}; "
                "delete it or correct its heading"
            )
        elif any(known == other for _, other in found):
            problems.append(f"{cell.place}: the column {known.heading} is here twice")
        else:
            found.append((column, known))
    return found


def _rows(
    grid: Grid, head: int, columns: Mapping[int, ColumnLayout], problems: list[str]
) -> Sequence[SheetRow]:
    rows = []
    for number, row in enumerate(grid.rows[head + 1 :], start=head + 1):
        if not any(cell.text.strip() for cell in row):
            continue
        cells = {}
        for column, cell in enumerate(row):
            if column in columns:
                cells[columns[column].key] = cell
            elif cell.text.strip():
                problems.append(f"{cell.place}: stands in a column without a heading")
        for column, layout in columns.items():
            empty = Cell("", CellKind.TEXT, grid.place(number, column))
            cells.setdefault(layout.key, empty)
        rows.append(SheetRow(grid.place(number, 0), cells))
    return rows
