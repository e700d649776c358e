"""Takes lists in from files: reads all, changes a copy, and puts it in place if it holds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from kiosk.catalogue.load import CatalogueError, load_catalogue
from kiosk.catalogue.sheets.applying import apply, unkept
from kiosk.catalogue.sheets.csv_files import read_csv
from kiosk.catalogue.sheets.grid import Grid
from kiosk.catalogue.sheets.layout import Layouts, SheetsError
from kiosk.catalogue.sheets.letters import LetterHead, Letters
from kiosk.catalogue.sheets.limits import LARGEST_FILE, MOST_PROBLEMS
from kiosk.catalogue.sheets.matching import Matching, UnmatchedError
from kiosk.catalogue.sheets.names import Names
from kiosk.catalogue.sheets.reading import Reading
from kiosk.catalogue.sheets.recognise import Sheet, recognised
from kiosk.catalogue.sheets.staging import Staged, StagingError, staged
from kiosk.catalogue.sheets.tables import check_layouts
from kiosk.catalogue.sheets.xlsx_reader import read_workbook

TEXT_FILES = (".csv", ".tsv", ".txt")


@dataclass(frozen=True)
class Imported:
    """What was taken in: one line for each changed value, what to look at, files written."""

    changes: tuple[str, ...]
    notes: tuple[str, ...]
    files: tuple[Path, ...]


def import_sheets(
    files: Sequence[Path],
    folder: Path,
    layouts: Layouts,
    head: LetterHead | None = None,
    *,
    trial: bool = False,
) -> Imported:
    """Take the lists of workbooks and CSV files in to the catalogue of `folder`.

    With `trial` nothing is written. Raises SheetsError with every cell that cannot be taken in,
    and CatalogueError when the folder's own files do not hold; then nothing is changed.
    """
    check_layouts(layouts)
    catalogue = load_catalogue(folder)
    problems: list[str] = []
    sheets = [sheet for file in files for sheet in _sheets(file, layouts, problems)]
    reading = Reading(catalogue, Names(catalogue, layouts.words), problems)
    added = _read(sheets, reading, head or LetterHead())
    _raise(problems)
    with staged(folder) as copy:
        for name, text in added.items():
            if copy.exists(name):
                problems.append(f"{folder / name}: is there already; move it first")
            copy.write(name, text)
        _raise(problems)
        apply(reading.edits, copy)
        try:
            after = copy.load()
        except CatalogueError as error:
            raise SheetsError([_with_cells(p, reading) for p in error.problems]) from error
        _raise(unkept(reading.edits, after))
        changes = [str(edit) for edit in reading.edits] + [f"{name}: new" for name in added]
        written = [] if trial else _commit(copy)
        named = [folder / name for name in copy.changed] if trial else written
    return Imported(tuple(changes), tuple(reading.notes), tuple(named))


def _sheets(file: Path, layouts: Layouts, problems: list[str]) -> list[Sheet]:
    try:
        grids = _grids(file)
    except SheetsError as error:
        problems += error.problems
        return []
    found = [recognised(grid, layouts, problems) for grid in grids if grid.rows]
    if not any(grid.rows for grid in grids):
        problems.append(f"{file.name}: is empty")
    return [sheet for sheet in found if sheet is not None]


def _grids(file: Path) -> list[Grid]:
    try:
        size = file.stat().st_size
        content = file.read_bytes() if size <= LARGEST_FILE else b""
    except OSError as error:
        raise SheetsError([f"{file}: cannot be read: {error.strerror}"]) from error
    if size > LARGEST_FILE:
        raise SheetsError([f"{file.name}: is larger than {LARGEST_FILE} bytes"])
    if file.suffix.lower() in TEXT_FILES:
        return [read_csv(file.name, content)]
    return read_workbook(file.name, content)


def _read(sheets: Sequence[Sheet], reading: Reading, head: LetterHead) -> Mapping[str, str]:
    matching = Matching(reading.catalogue)
    letters = Letters(reading, matching, head)
    found = []
    for sheet in sheets:
        seen: dict[str, str] = {}
        for row in sheet.rows:
            if sheet.key == "letters":
                letters.row(sheet, row)
                continue
            try:
                item = matching.item(sheet.key, row)
            except UnmatchedError as error:
                reading.problems.append(str(error))
                continue
            if item.id in seen:
                reading.problems.append(f"{row.place}: {item.id} stands in {seen[item.id]} too")
                continue
            seen[item.id] = row.place
            reading.row(sheet, row, item)
            reading.membership(sheet, row, item)
            found.append((sheet, row, item))
    for sheet, row, item in found:
        reading.on_two_lists(sheet, row, item)
    files = letters.finish()
    reading.add_english()
    return files


def _with_cells(problem: str, reading: Reading) -> str:
    """A problem of the changed catalogue, with the cells that may have led to it."""
    near = [e.place for e in reading.edits if e.target.slug.rpartition(".")[2] in problem]
    cells = near or [edit.place for edit in reading.edits]
    return f"{'、'.join(cells[:5])}: {problem}" if cells else problem


def _commit(copy: Staged) -> list[Path]:
    try:
        return copy.commit()
    except StagingError as error:
        raise SheetsError([str(error)]) from error


def _raise(problems: Sequence[str]) -> None:
    if problems:
        shown = list(problems[:MOST_PROBLEMS])
        if len(problems) > MOST_PROBLEMS:
            shown.append(f"and {len(problems) - MOST_PROBLEMS} more")
        raise SheetsError(shown)
