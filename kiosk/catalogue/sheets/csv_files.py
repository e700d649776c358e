"""Lists as CSV files: UTF-8 with a mark that spreadsheets know, read from what they write."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterable
from pathlib import Path

from kiosk.catalogue.sheets.grid import Cell, CellKind, Grid, place
from kiosk.catalogue.sheets.layout import SheetsError
from kiosk.catalogue.sheets.limits import MOST_COLUMNS, MOST_ROWS
from kiosk.catalogue.sheets.tables import Table

# A cell that begins so is a formula to a spreadsheet that opens the file. An apostrophe before it
# makes it text, and is taken away again when the file is read.
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r", "'")
ENCODINGS = ("utf-8", "gb18030")  # in this order: hardly any text of the second is the first too


def write_csv_files(tables: Iterable[Table], folder: Path) -> list[Path]:
    """Write `窗口清单.csv` and so on; the files written. Raises OSError."""
    folder.mkdir(parents=True, exist_ok=True)
    files = []
    for table in tables:
        file = folder / f"{table.layout.sheet}.csv"
        with file.open("w", encoding="utf-8-sig", newline="") as stream:
            writer = csv.writer(stream)
            writer.writerow([column.heading for column in table.layout.columns])
            for row in table.rows:
                writer.writerow([_guarded(row.cells[c.key]) for c in table.layout.columns])
        files.append(file)
    return files


def _guarded(text: str) -> str:
    return f"'{text}" if text.startswith(FORMULA_SIGNS) else text


def read_csv(name: str, content: bytes) -> Grid:
    """The cells of a CSV file, with commas or tabs, in UTF-8, GB18030 or UTF-16.

    Raises SheetsError for bytes that are no text, quotes that do not end, too many cells.
    """
    text = _decoded(name, content)
    head = text.splitlines()[0] if text.strip() else ""
    delimiter = "\t" if head.count("\t") > head.count(",") else ","
    rows: list[list[Cell]] = []
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        for number, values in enumerate(reader):
            if number >= MOST_ROWS or len(values) > MOST_COLUMNS:
                raise SheetsError([f"{name}: row {number + 1}: too many rows or columns"])
            rows.append([_cell(name, number, column, v) for column, v in enumerate(values)])
    except csv.Error as error:
        raise SheetsError([f"{name}: line {reader.line_num}: no CSV: {error}"]) from error
    return Grid(name, rows)


def _cell(name: str, row: int, column: int, value: str) -> Cell:
    text = value.replace("\r\n", "\n")
    plain = text[1:] if text.startswith("'") else text
    return Cell(plain, CellKind.TEXT, place(name, row, column))


def _decoded(name: str, content: bytes) -> str:
    for mark, encoding in ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16")):
        if content.startswith(mark):
            return _decode(name, content, (encoding,))
    return _decode(name, content, ENCODINGS)


def _decode(name: str, content: bytes, encodings: tuple[str, ...]) -> str:
    wrong = None
    for encoding in encodings:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError as error:
            wrong = wrong or error
    line = content[: wrong.start].count(b"\n") + 1 if wrong else 1
    tried = " or ".join(encoding.upper() for encoding in encodings)
    raise SheetsError([f"{name}: line {line}: is no text in {tried}; save it as CSV UTF-8"])
