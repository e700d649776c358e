"""Reads a workbook that somebody sent: every visible sheet as a grid of cells.

Rows are streamed, so what a sheet says of its size costs nothing.
"""

from __future__ import annotations

import io
import warnings
import zipfile
import zlib
from datetime import datetime, time
from typing import Any

from openpyxl.reader.excel import ExcelReader
from openpyxl.utils.exceptions import InvalidFileException

from kiosk.catalogue.sheets.archive import merged_ranges, refusal
from kiosk.catalogue.sheets.grid import Cell, CellKind, Grid, place
from kiosk.catalogue.sheets.layout import SheetsError
from kiosk.catalogue.sheets.limits import MOST_CELLS, MOST_COLUMNS, MOST_ROWS, MOST_SHEETS

# What openpyxl raises on parts that do not fit together; it has no error of its own for them.
BROKEN = (
    InvalidFileException,
    zipfile.BadZipFile,
    zlib.error,
    ValueError,
    TypeError,
    LookupError,
    AttributeError,
    ArithmeticError,
    AssertionError,
    SyntaxError,  # the XML parser's
    NotImplementedError,
    RecursionError,
    OSError,
    EOFError,
)
LAST_ROW = 1_048_576  # of any workbook; a part may say that its next row is the billionth
Content = Any  # of a cell: what openpyxl makes of it


def read_workbook(name: str, content: bytes) -> list[Grid]:
    """The visible sheets. Raises SheetsError with everything that keeps them from being read."""
    why = refusal(name, content)
    if why is not None:
        raise SheetsError([why])
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of styles and extensions that are not read
            return _sheets(name, content)
    except BROKEN as error:
        raise SheetsError([f"{name}: is broken; open it and save it again as .xlsx"]) from error


def _sheets(name: str, content: bytes) -> list[Grid]:
    reader = ExcelReader(io.BytesIO(content), read_only=True, keep_links=False)
    reader.read()
    problems: list[str] = []
    grids: list[Grid] = []
    sheets = list(reader.parser.find_sheets())
    if len(sheets) > MOST_SHEETS:
        raise SheetsError([f"{name}: has {len(sheets)} sheets; {MOST_SHEETS} are the most"])
    for sheet, part in sheets:
        title = str(sheet.name)
        if sheet.state != "visible":
            problems.append(f"{title}: is hidden; show the sheet or delete it")
            continue
        if "chartsheet" in part.Type:
            problems.append(f"{title}: is a chart; delete it")
            continue
        for merged in merged_ranges(content, part.target):
            first = merged.partition(":")[0]
            problems.append(f"{title}!{first}: cells {merged} are merged; unmerge them")
        try:
            grids.append(_grid(title, reader.wb[title]))
        except SheetsError as error:
            problems += error.problems
    reader.archive.close()
    if problems:
        raise SheetsError(problems)
    return grids


def _grid(title: str, sheet: Any) -> Grid:
    sheet.reset_dimensions()  # they are what the file says of itself, and rows may lie beyond
    rows: list[list[Cell]] = []
    count = 0
    for number, values in enumerate(sheet.iter_rows()):
        row = [_cell(title, number, column, cell) for column, cell in enumerate(values)]
        while row and not row[-1].text:
            row.pop()
        count += len(row)
        too_far = number >= (MOST_ROWS if row else LAST_ROW)
        if too_far or len(row) > MOST_COLUMNS or count > MOST_CELLS:
            where = place(title, number, 0)
            raise SheetsError([f"{where}: the sheet has too many rows or columns"])
        if number < MOST_ROWS:
            rows.append(row)
    while rows and not rows[-1]:
        rows.pop()
    return Grid(title, rows)


def _cell(title: str, row: int, column: int, cell: Content) -> Cell:
    where = place(title, row, column)
    value = cell.value
    if value is None:
        return Cell("", CellKind.TEXT, where)
    match cell.data_type:
        case "f":
            return Cell("=", CellKind.FORMULA, where)
        case "s" | "inlineStr" | "str":
            return Cell(str(value).replace("\r\n", "\n"), CellKind.TEXT, where)
    if isinstance(value, datetime) and value.time() == time():
        return Cell(value.date().isoformat(), CellKind.DATE, where)
    if isinstance(value, int | float) and not isinstance(value, bool) and cell.data_type == "n":
        whole = float(value).is_integer()
        return Cell(str(int(value)) if whole else repr(value), CellKind.NUMBER, where)
    return Cell(str(value), CellKind.OTHER, where)
