"""`yici catalogue export` and `import`: lists to and from spreadsheets, guides of the portal.

What does the work is imported when a command runs, so that other commands start quickly.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from yici.mistakes import said

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kiosk.catalogue.portal_import.importing import Options
    from kiosk.catalogue.sheets.letters import LetterHead

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "config/catalogue"
SHEETS = ROOT / "config/sheets"

Folder = Annotated[Path, typer.Option(help="folder of the catalogue")]
Sheets = Annotated[Path, typer.Option(help="folder of headings and words of the lists")]


class Cycle(StrEnum):
    """Whose life event a guide is."""

    PERSON = "person"
    ENTERPRISE = "enterprise"
    PROJECT = "project"


def export_lists(
    target: Annotated[Path, typer.Argument(help="a workbook (.xlsx), or a folder for CSV files")],
    lists: Annotated[
        list[str] | None, typer.Option("--list", help="only this list: windows, 窗口清单")
    ] = None,
    catalogue: Folder = FOLDER,
    sheets: Sheets = SHEETS,
) -> None:
    """Write the lists of the catalogue to spreadsheets."""
    from kiosk.catalogue.load import CatalogueError, load_catalogue  # noqa: PLC0415
    from kiosk.catalogue.sheets.export import export  # noqa: PLC0415
    from kiosk.catalogue.sheets.layout import SheetsError, load_layouts  # noqa: PLC0415

    if target.suffix and target.suffix.lower() != ".xlsx" and not target.is_dir():
        wanted = "name a folder, for a CSV file each, or an .xlsx file"
        typer.echo(f"Nothing was exported.\n{target}: {wanted}", err=True)
        raise typer.Exit(1)
    try:
        files = export(load_catalogue(catalogue), load_layouts(sheets), target, lists or ())
    except (CatalogueError, SheetsError, OSError) as error:
        typer.echo(f"Nothing was exported.\n{said(error)}", err=True)
        raise typer.Exit(1) from error
    for file in files:
        typer.echo(file)


def import_files(  # noqa: PLR0917  typer gives each option by name
    files: Annotated[list[Path], typer.Argument(help="workbooks, CSV files, or guides (.json)")],
    trial: Annotated[bool, typer.Option("--trial", help="say what would change, no more")] = False,
    site: Annotated[str, typer.Option(help="letters: to which site; guides: where it runs")] = "",
    unit: Annotated[str, typer.Option(help="letters: the unit that delegates")] = "",
    since: Annotated[str, typer.Option(help="letters: the first day, 2026-01-31")] = "",
    until: Annotated[str, typer.Option(help="letters: the last day")] = "",
    document: Annotated[str, typer.Option(help="letters: the number of the letter")] = "",
    number: Annotated[int | None, typer.Option(help="guides: the life event's number")] = None,
    life_cycle: Annotated[Cycle | None, typer.Option(help="guides: whose life event")] = None,
    replace: Annotated[bool, typer.Option("--replace", help="guides: a new draft")] = False,
    catalogue: Folder = FOLDER,
    sheets: Sheets = SHEETS,
) -> None:
    """Take spreadsheets in to the catalogue, or make guides of the portal draft life events."""
    guides = [file for file in files if file.suffix.lower() == ".json"]
    if guides and (len(files) > 1 or unit or until or document):
        typer.echo("Nothing was changed.\nA guide (.json) is imported by itself.", err=True)
        raise typer.Exit(2)
    if guides:
        from kiosk.catalogue.model import LifeCycle  # noqa: PLC0415
        from kiosk.catalogue.portal_import.importing import Options  # noqa: PLC0415

        cycle = LifeCycle(life_cycle.value) if life_cycle else None
        options = Options(number, cycle, site, _day(since), replace=replace, trial=trial)
        _import_guide(guides[0], catalogue, sheets, options)
        return
    if number is not None or life_cycle is not None or replace:
        typer.echo("Nothing was changed.\nThese options are for guides (.json).", err=True)
        raise typer.Exit(2)
    from kiosk.catalogue.sheets.letters import LetterHead  # noqa: PLC0415

    said = {"unit": unit, "site": site, "since": since, "until": until, "document": document}
    _import_sheets(files, catalogue, sheets, LetterHead(said), trial=trial)


def _day(since: str) -> date | None:
    try:
        return date.fromisoformat(since) if since else None
    except ValueError:
        typer.echo(f"Nothing was changed.\n--since {since}: write 2026-01-31", err=True)
        raise typer.Exit(2) from None


def _import_guide(file: Path, catalogue: Path, sheets: Path, options: Options) -> None:
    from kiosk.catalogue.consistency import CatalogueError  # noqa: PLC0415
    from kiosk.catalogue.portal_import.guide import GuideError  # noqa: PLC0415
    from kiosk.catalogue.portal_import.importing import import_guide  # noqa: PLC0415
    from kiosk.catalogue.portal_import.words import load_words  # noqa: PLC0415

    try:
        done = import_guide(file, catalogue, load_words(sheets), options)
    except (CatalogueError, GuideError, OSError) as error:
        typer.echo(f"Nothing was changed.\n{said(error)}", err=True)
        raise typer.Exit(1) from error
    for doubt in done.doubts:
        typer.echo(f"doubt: {doubt}")
    verb = "would be written" if options.trial else "written"
    typer.echo(f"{done.number} {done.slug}; {verb}: {', '.join(map(str, done.files))}")


def _import_sheets(
    files: Sequence[Path], catalogue: Path, sheets: Path, head: LetterHead, *, trial: bool
) -> None:
    from kiosk.catalogue.load import CatalogueError  # noqa: PLC0415
    from kiosk.catalogue.sheets.importing import import_sheets  # noqa: PLC0415
    from kiosk.catalogue.sheets.layout import SheetsError, load_layouts  # noqa: PLC0415

    try:
        done = import_sheets(files, catalogue, load_layouts(sheets), head, trial=trial)
    except (CatalogueError, SheetsError, OSError) as error:
        typer.echo(f"Nothing was changed.\n{said(error)}", err=True)
        raise typer.Exit(1) from error
    for change in done.changes:
        typer.echo(change)
    for note in done.notes:
        typer.echo(f"note: {note}")
    verb = "would change" if trial else "changed"
    named = ", ".join(str(file) for file in done.files) or "nothing"
    typer.echo(f"{len(done.changes)} values; {verb}: {named}")
