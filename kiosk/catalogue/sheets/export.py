"""Writes a catalogue's lists to a workbook or to CSV files."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from kiosk.catalogue.model import Catalogue
from kiosk.catalogue.sheets.csv_files import write_csv_files
from kiosk.catalogue.sheets.layout import Layouts, SheetsError
from kiosk.catalogue.sheets.tables import tables
from kiosk.catalogue.sheets.workbook import write_workbook


def export(
    catalogue: Catalogue, layouts: Layouts, target: Path, only: Sequence[str] = ()
) -> list[Path]:
    """Write all lists, or `only` those (`windows`, or by the name of the sheet).

    A target that ends in .xlsx is one workbook, any other a folder of CSV files. Gives the files
    written. Raises SheetsError for a list that is not there and text no cell can hold, OSError.
    """
    found = tables(catalogue, layouts)
    by_name = {name: key for key, t in found.items() for name in (key, t.layout.sheet)}
    unknown = [name for name in only if name not in by_name]
    if unknown:
        raise SheetsError([f"no list {name}; there are {', '.join(found)}" for name in unknown])
    chosen = [found[by_name[name]] for name in only] if only else list(found.values())
    if target.suffix.lower() == ".xlsx":
        write_workbook(chosen, target)
        return [target]
    return write_csv_files(chosen, target)
