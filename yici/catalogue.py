"""`yici catalogue`: is it fit for release, what is in it, what does a search find, its schema.

What does the work is imported when a command runs, so that other commands start quickly.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kiosk import beijing
from yici import catalogue_sheets
from yici.mistakes import said

if TYPE_CHECKING:
    from kiosk.catalogue.lint import Report, Severity
    from kiosk.catalogue.search import Hit

ROOT = Path(__file__).resolve().parent.parent

app = typer.Typer(
    help="The catalogue: lint, figures, search, schema, spreadsheets out and in.",
    no_args_is_help=True,
)

Folder = Annotated[Path, typer.Option(help="folder of the catalogue")]
FOLDER = ROOT / "config/catalogue"
app.command("export")(catalogue_sheets.export_lists)
app.command("import")(catalogue_sheets.import_files)


class Format(StrEnum):
    """What is written."""

    TEXT = "text"
    JSON = "json"


@app.command()
def lint(  # noqa: PLR0917  typer gives each option by name
    catalogue: Folder = FOLDER,
    annex: Annotated[Path | None, typer.Option(help="names of the annex to compare with")] = None,
    format_: Annotated[Format, typer.Option("--format", help="what is written")] = Format.TEXT,
    out: Annotated[Path | None, typer.Option(help="spreadsheet (.xlsx) to write as well")] = None,
    strict: Annotated[bool, typer.Option("--strict", help="a warning fails too")] = False,
    rules: Annotated[bool, typer.Option("--rules", help="only list the rules")] = False,
) -> None:
    """Find what keeps the catalogue from being released; ends with 1 if there is an error."""
    from kiosk.catalogue.lint import Severity  # noqa: PLC0415
    from kiosk.catalogue.lint.spreadsheet import write  # noqa: PLC0415
    from kiosk.catalogue.lint.table import rows  # noqa: PLC0415

    if rules:
        typer.echo("\n".join(rows()))
        return
    with told():
        report = linted(catalogue, annex)
        if out is not None:
            write(report, out)
    if format_ is Format.JSON:
        typer.echo(json.dumps(report.tree(), ensure_ascii=False, indent=1))
    else:
        for line in report.lines(_paint):
            typer.echo(line)
    if not report.releasable or (strict and report.count(Severity.WARNING)):
        raise typer.Exit(1)


def linted(catalogue: Path, annex: Path | None = None) -> Report:
    """The lint's report on a folder, held against the annex that ships unless another is named.

    Raises CatalogueError when the annex cannot be read, ProofError when conditions cannot be
    tried.
    """
    from kiosk.catalogue.lint import lint, load_annex  # noqa: PLC0415
    from screens.film import Media  # noqa: PLC0415
    from screens.icons import has_icon  # noqa: PLC0415

    expected = load_annex(annex or ROOT / "config/lint/annex.yaml")
    return lint(
        catalogue,
        today=beijing.today(),
        has_icon=has_icon,
        annex=expected,
        film_fault=Media(catalogue.parent / "media").fault,
    )


@app.command()
def stats(
    catalogue: Folder = FOLDER,
    format_: Annotated[Format, typer.Option("--format", help="what is written")] = Format.TEXT,
) -> None:
    """Count what is in the catalogue and what the one form saves, life event by life event."""
    from kiosk.catalogue.load import load_catalogue  # noqa: PLC0415
    from kiosk.catalogue.stats import figures  # noqa: PLC0415
    from kiosk.catalogue.stats_text import lines  # noqa: PLC0415

    with told():
        found = figures(load_catalogue(catalogue), beijing.today())
    if format_ is Format.JSON:
        typer.echo(json.dumps(found.tree(), ensure_ascii=False, indent=1))
    else:
        typer.echo("\n".join(lines(found)))


@app.command()
def schema(
    out: Annotated[Path, typer.Option(help="folder to write to")] = ROOT / "docs/schema",
) -> None:
    """Write the JSON Schema of every kind of file of a catalogue."""
    from kiosk.catalogue.schema import schemas  # noqa: PLC0415

    with told():
        out.mkdir(parents=True, exist_ok=True)
        for name, tree in schemas().items():
            text = json.dumps(tree, ensure_ascii=False, indent=1) + "\n"
            (out / f"{name}.json").write_text(text, "utf-8")
            typer.echo(out / f"{name}.json")


@app.command()
def search(
    query: Annotated[str, typer.Argument(help="characters, pinyin, initials or English words")],
    catalogue: Folder = FOLDER,
    words: Annotated[Path, typer.Option(help="folder of aliases")] = ROOT / "config/search",
    limit: Annotated[int, typer.Option(min=1, max=100, help="the most that are shown")] = 8,
    format_: Annotated[Format, typer.Option("--format", help="what is written")] = Format.TEXT,
) -> None:
    """Show what a citizen finds who types this."""
    from kiosk.catalogue import search as room  # noqa: PLC0415
    from kiosk.catalogue.load import load_catalogue  # noqa: PLC0415

    with told():
        found = load_catalogue(catalogue)
        aliases = room.load_aliases(words / "aliases.yaml", found)
        characters = room.load_characters(words / "characters.yaml")
        index = room.Index.of(room.entries_of(found, aliases), characters, aliases.fillers)
        hits = index.search(query, limit)
    if format_ is Format.JSON:
        typer.echo(json.dumps([_tree(hit) for hit in hits], ensure_ascii=False, indent=1))
        return
    for hit in hits:
        typer.echo(_line(hit))
    if not hits:
        typer.echo("Nothing is found.")


def _tree(hit: Hit) -> dict[str, object]:
    return {
        "kind": hit.entry.kind.name.lower(),
        "slug": hit.entry.slug,
        "life_event": hit.entry.life_event,
        "name": hit.entry.names[0],
        "text": hit.text,
        "marks": [list(mark) for mark in hit.marks],
        "manner": hit.manner.name.lower(),
        "place": hit.place.name.lower(),
    }


def _line(hit: Hit) -> str:
    """`[生孩]子 → 新生儿出生  newborn  (characters, alias_prefix)`, the found part in brackets."""
    text, end = "", 0
    for start, stop in hit.marks:
        text += f"{hit.text[end:start]}[{hit.text[start:stop]}]"
        end = stop
    text += hit.text[end:]
    name = f" → {hit.entry.names[0]}" if hit.by_alias else ""
    slugs = dict.fromkeys((hit.entry.life_event, hit.entry.slug))
    how = f"{hit.manner.name.lower()}, {hit.place.name.lower()}"
    return f"{text}{name}  {'/'.join(slugs)}  ({how})"


def _paint(text: str, severity: Severity | None) -> str:
    """Colours, which the terminal's library leaves out when nobody looks at a screen."""
    if severity is None:
        return typer.style(text, bold=True)
    return typer.style(text, fg="red" if severity.value == "error" else "yellow")


@contextmanager
def told() -> Iterator[None]:
    """Say what is wrong and end with 1, for what the person at the keyboard can put right."""
    from kiosk.catalogue.consistency import CatalogueError  # noqa: PLC0415
    from kiosk.catalogue.lint.proof import ProofError  # noqa: PLC0415

    try:
        yield
    except (CatalogueError, ProofError, OSError) as error:
        typer.echo(said(error), err=True)
        raise typer.Exit(1) from error
