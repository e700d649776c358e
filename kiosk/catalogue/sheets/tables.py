"""Lists of a catalogue as tables of text, as they stand on sheets."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kiosk.catalogue.model import Catalogue
from kiosk.catalogue.sheets.columns import Column, Item, Role
from kiosk.catalogue.sheets.layout import ColumnLayout, Layouts, ListLayout, SheetsError
from kiosk.catalogue.sheets.lists import LISTS
from kiosk.catalogue.sheets.names import Names


@dataclass(frozen=True)
class Row:
    """One row: the records it stands for, and its texts by the keys of the columns."""

    item: Item
    cells: Mapping[str, str]


@dataclass(frozen=True)
class Table:
    """One list. `columns` are those of its layout."""

    key: str
    layout: ListLayout
    rows: Sequence[Row]

    def column(self, key: str) -> Column:
        """What a column of it is."""
        return LISTS[self.key].columns[key]


def check_layouts(layouts: Layouts) -> None:
    """Hold `config/sheets/` against the lists and columns there are. Raises SheetsError."""
    problems = [f"config/sheets: no list {key}" for key in layouts.lists.keys() - LISTS.keys()]
    for key, layout in layouts.lists.items():
        if key not in LISTS:
            continue
        given = [column.key for column in layout.columns]
        unknown = [name for name in given if name not in LISTS[key].columns]
        problems += [f"config/sheets: lists.{key}: no column {name}" for name in unknown]
        if len(set(given)) < len(given):
            problems.append(f"config/sheets: lists.{key}: a column is given twice")
    if problems:
        raise SheetsError(sorted(problems))


def tables(catalogue: Catalogue, layouts: Layouts) -> Mapping[str, Table]:
    """Every list of the layouts by its key."""
    check_layouts(layouts)
    names = Names(catalogue, layouts.words)
    found = {}
    for key, layout in layouts.lists.items():
        rows = []
        for number, item in enumerate(LISTS[key].items(catalogue), start=1):
            cells = {c.key: _text(key, c, item, catalogue, names) for c in layout.columns}
            if "number" in cells:
                cells["number"] = str(number)
            rows.append(Row(item, cells))
        found[key] = Table(key, layout, rows)
    return found


def _text(key: str, column: ColumnLayout, item: Item, catalogue: Catalogue, names: Names) -> str:
    what = LISTS[key].columns[column.key]
    text = what.text(item, catalogue, names)
    unknown = not text and column.filled and what.role is Role.CARRIED
    return names.words.missing if unknown else text
