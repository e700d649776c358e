"""Writes lists as one workbook (.xlsx) that can be printed and changed."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from openpyxl import Workbook
from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.header_footer import HeaderFooter, HeaderFooterItem, _HeaderFooterPart
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from kiosk.catalogue.sheets.columns import Role
from kiosk.catalogue.sheets.forms import Count
from kiosk.catalogue.sheets.layout import SheetsError
from kiosk.catalogue.sheets.tables import Table

LONGEST_CELL = 32_767  # characters; openpyxl cuts what is longer in silence
# What a workbook cannot give back: control characters, and what its format means as an escape.
UNHELD = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]|x005F_|_x[0-9A-Fa-f]{4}_")
A4 = 9  # the number of the paper in SpreadsheetML
HEAD = PatternFill("solid", fgColor="DDE8F3")
READ_ONLY = PatternFill("solid", fgColor="F2F2F2")  # cells that cannot be changed here
LINE = Side(style="thin", color="999999")
FRAME = Border(left=LINE, right=LINE, top=LINE, bottom=LINE)
TOP = Alignment(wrap_text=True, vertical="top")
TEXT = "@"  # the number format of text: a code keeps its leading noughts


def write_workbook(tables: Iterable[Table], file: Path) -> None:
    """Write one sheet for each table. Raises SheetsError for text no cell can hold, OSError."""
    problems: list[str] = []
    book = Workbook()
    book.remove(book.worksheets[0])
    for table in tables:
        _write_sheet(book.create_sheet(table.layout.sheet), table, problems)
    if problems:
        raise SheetsError(problems)
    book.save(file)


def _write_sheet(sheet: Worksheet, table: Table, problems: list[str]) -> None:
    _set_up_page(sheet, table)
    for column, layout in enumerate(table.layout.columns, start=1):
        head = sheet.cell(1, column, layout.heading)
        head.font, head.fill, head.border = Font(bold=True), HEAD, FRAME
        head.alignment = Alignment(wrap_text=True, vertical="center", horizontal="center")
        sheet.column_dimensions[get_column_letter(column)].width = layout.width
    for number, row in enumerate(table.rows, start=2):
        for column, layout in enumerate(table.layout.columns, start=1):
            what = table.column(layout.key)
            text = row.cells[layout.key]
            cell = sheet.cell(number, column)
            if len(text) > LONGEST_CELL or UNHELD.search(text):
                where = f"{table.layout.sheet}!{cell.coordinate}"
                problems.append(f"{where}: {row.item.id}: {layout.key}: no cell can hold this text")
                continue
            is_count = isinstance(what.form, Count) and what.role is Role.CARRIED
            _fill(cell, text, is_count=(is_count or what.role is Role.COUNTED) and text.isdigit())
            if what.role in (Role.SHOWN, Role.IDENTITY):
                cell.fill = READ_ONLY


def _fill(cell: Cell | MergedCell, text: str, *, is_count: bool) -> None:
    cell.alignment, cell.border = TOP, FRAME
    if isinstance(cell, MergedCell):
        raise TypeError("a sheet that is written here has no merged cells")
    if is_count:
        cell.value = int(text)
        return
    cell.number_format = TEXT
    if text:
        cell.value = text
        cell.data_type = "s"  # a text that begins with = is no formula


def _set_up_page(sheet: Worksheet, table: Table) -> None:
    sheet.freeze_panes = "A2"
    sheet.print_title_rows = "1:1"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0  # as many pages as it takes
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    pages = HeaderFooterItem(center=_HeaderFooterPart(text="&P / &N"))
    title = HeaderFooterItem(center=_HeaderFooterPart(text=table.layout.title.replace("&", "&&")))
    sheet.HeaderFooter = HeaderFooter(oddHeader=title, oddFooter=pages)
