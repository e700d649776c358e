"""A lint's report as a spreadsheet: what is wrong, how much is filled in, what is open."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from kiosk.catalogue.lint.report import Report

FINDINGS = ("severity", "code", "file", "line", "key", "problem", "remedy")
COMPLETENESS = ("kind", "field", "filled", "of", "share")
OPEN = ("kind", "file", "line", "key", "field")
WIDTHS = {"file": 34, "key": 48, "problem": 60, "remedy": 60, "code": 24, "field": 18, "kind": 16}


def write(report: Report, file: Path) -> None:
    """Write the sheets `findings`, `completeness` and `open`. Raises OSError."""
    book = Workbook()
    book.remove(book.worksheets[0])
    _sheet(
        book.create_sheet("findings"),
        FINDINGS,
        ([getattr(found, name) for name in FINDINGS] for found in report.findings),
    )
    fields = report.completeness.fields if report.completeness else ()
    sheet = book.create_sheet("completeness")
    _sheet(sheet, COMPLETENESS, ([getattr(f, name) for name in COMPLETENESS] for f in fields))
    for (cell,) in sheet.iter_rows(min_row=2, min_col=len(COMPLETENESS)):
        cell.number_format = "0%"
    _sheet(
        book.create_sheet("open"),
        OPEN,
        ([getattr(field, name) for name in OPEN] for field in report.open),
    )
    book.save(file)


def _sheet(sheet: Worksheet, heads: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    sheet.append(list(heads))
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    for number, values in enumerate(rows, start=2):
        for column, value in enumerate(values, start=1):
            cell = sheet.cell(number, column)
            if isinstance(value, str):
                # Texts of a catalogue are foreign: one that begins with = is no formula here.
                cell.value = ILLEGAL_CHARACTERS_RE.sub("\ufffd", str(value))
                cell.data_type = "s"
                cell.alignment = Alignment(wrap_text=True, vertical="top")
            else:
                cell.value = value  # type: ignore[assignment]
    for column, head in enumerate(heads, start=1):
        sheet.column_dimensions[get_column_letter(column)].width = WIDTHS.get(head, 10)
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = sheet.dimensions
