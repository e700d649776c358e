"""`yici fleet release`: from a changed catalogue to signed releases that terminals fetch.

What does the work is imported when a command runs, so that other commands start quickly.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from yici.mistakes import said

if TYPE_CHECKING:
    from fleet.release.repository import Repository

ROOT = Path(__file__).resolve().parent.parent
SHOWN = 40  # changes listed before the rest is only counted

app = typer.Typer(help="Build, sign and publish releases of the catalogue.", no_args_is_help=True)

CatalogueFolder = Annotated[Path, typer.Option(help="folder of the catalogue")]


@dataclass(frozen=True)
class Place:
    """Where the repository is and whose."""

    folder: Path
    bank: str
    live: bool

    def open(self) -> Repository:
        """The repository; made at first use."""
        from fleet.release.repository import Repository  # noqa: PLC0415

        return Repository.open(self.folder, self.bank, live=self.live)


@app.callback()
def release(
    context: typer.Context,
    folder: Annotated[
        Path, typer.Option(envvar="YICI_FLEET_FOLDER", help="folder of the bank's repository")
    ] = ROOT / "var/fleet",
    bank: Annotated[str, typer.Option(envvar="YICI_FLEET_BANK", help="whose terminals")] = "sample",
    live: Annotated[
        bool, typer.Option(envvar="YICI_FLEET_LIVE", help="refuse keys made for development")
    ] = False,
) -> None:
    """Build, sign and publish releases of the catalogue."""
    context.obj = Place(folder, bank, live)


@app.command()
def build(
    context: typer.Context,
    catalogue: CatalogueFolder = ROOT / "config/catalogue",
    earlier: Annotated[
        str | None, typer.Option(help="a release built before, in place of the folder")
    ] = None,
    sign: Annotated[bool, typer.Option("--sign", help="with both keys that lie here")] = False,
) -> None:
    """Make a release of the catalogue, to be signed and then published."""
    with _told():
        repository = context.obj.open()
        wanted = repository.desired()
        items = repository.items(earlier) if earlier else checked(catalogue)
        if wanted is not None and wanted.release == _name(items):
            typer.echo(f"Nothing has changed since release {wanted.release}, which is published.")
            return
        built = repository.build(items)
        typer.echo(f"Release {built.name}")
        if wanted is not None:
            _tell_changes(repository.items(wanted.release), items)
        typer.echo(f"  full pack {built.manifest.full.length} bytes")
        for pack in built.manifest.deltas:
            typer.echo(f"  delta from {pack.base} {pack.length} bytes")
        if sign:
            _sign_with_own_keys(repository)
        else:
            typer.echo("City and bank sign it next: yici fleet release sign")


@app.command()
def sign(
    context: typer.Context,
    key: Annotated[
        Path | None, typer.Option(help="PEM file of one party's key; both that lie here if none")
    ] = None,
) -> None:
    """Sign the release that waits. Look at it first: yici fleet release diff."""
    from fleet.release import keys  # noqa: PLC0415

    with _told():
        repository = context.obj.open()
        if key is None:
            _sign_with_own_keys(repository)
        else:
            _tell_missing(repository.sign(keys.read(key)))


@app.command()
def publish(
    context: typer.Context,
    name: Annotated[
        str | None, typer.Argument(help="a release still listed; the one that waits if none")
    ] = None,
) -> None:
    """Make a release the one that all terminals of the bank should have."""
    with _told():
        wanted = context.obj.open().publish(name)
        typer.echo(f"Release {wanted.release} is published; desired state {wanted.number}.")


@app.command()
def show(context: typer.Context) -> None:
    """Show the releases, which of them terminals may take, and what waits."""
    with _told():
        repository = context.obj.open()
        for known in repository.releases():
            marks = [word for word in ("desired", "listed") if getattr(known, word)]
            deltas = ", ".join(f"{pack.base} {pack.length} B" for pack in known.manifest.deltas)
            size = known.manifest.full.length
            typer.echo(f"{known.name}  {size} B  {' '.join(marks) or '-'}  {deltas}".rstrip())
        waiting = repository.pending()
        typer.echo(f"waits for publication: {waiting or 'nothing'}")
        for role, expires in repository.expiries().items():
            typer.echo(f"{role} valid until {expires:%Y-%m-%d %H:%M %Z}")


@app.command()
def diff(
    context: typer.Context,
    old: Annotated[str | None, typer.Argument(help="a release; the desired one if none")] = None,
    new: Annotated[
        str | None, typer.Argument(help="a release; what waits, else the folder")
    ] = None,
    catalogue: CatalogueFolder = ROOT / "config/catalogue",
) -> None:
    """Show what changed between two releases, or since the desired one."""
    with _told():
        repository = context.obj.open()
        wanted = repository.desired()
        before = old or (wanted.release if wanted else None)
        after = new or repository.pending()
        _tell_changes(
            repository.items(before) if before else {},
            repository.items(after) if after else _items(catalogue),
        )


def checked(catalogue: Path) -> dict[str, bytes]:
    """The items of a catalogue that the lint finds no error in; else says them and ends with 1."""
    from yici.catalogue import linted  # noqa: PLC0415

    items = _items(catalogue)
    report = linted(catalogue)
    if not report.releasable:
        for line in report.errors().lines():
            typer.echo(line, err=True)
        typer.echo("No release is made of a catalogue with errors.", err=True)
        raise typer.Exit(1)
    if report.release != _name(items):
        typer.echo(f"{catalogue} was changed while it was checked; build again.", err=True)
        raise typer.Exit(1)
    return items


def _items(catalogue: Path) -> dict[str, bytes]:
    from kiosk.catalogue.items import to_items  # noqa: PLC0415
    from kiosk.catalogue.load import load_catalogue  # noqa: PLC0415

    return to_items(load_catalogue(catalogue))


def _name(items: Mapping[str, bytes]) -> str:
    from kiosk.catalogue.items import release_name  # noqa: PLC0415

    return release_name(items)


def _sign_with_own_keys(repository: Repository) -> None:
    from fleet.release.parties import RELEASING  # noqa: PLC0415

    missing = len(RELEASING)
    for party in RELEASING:
        missing = repository.sign(repository.party_key(party))
    _tell_missing(missing)


def _tell_missing(missing: int) -> None:
    if missing:
        typer.echo(f"Signed; {missing} signature missing: the other party signs next.")
    else:
        typer.echo("Signed by city and bank. Publish it: yici fleet release publish")


def _tell_changes(old: Mapping[str, bytes], new: Mapping[str, bytes]) -> None:
    from fleet.release.changes import changes  # noqa: PLC0415

    found = list(changes(old, new))
    for change in found[:SHOWN]:
        typer.echo(f"  {change}")
    if len(found) > SHOWN:
        typer.echo(f"  and {len(found) - SHOWN} more")
    typer.echo(f"  {len(found)} changed values")


@contextmanager
def _told() -> Iterator[None]:
    """Say what is wrong and end with 1, for what the person at the keyboard can put right."""
    from fleet.release.files import ReleaseError  # noqa: PLC0415
    from fleet.release.keys import KeyFileError  # noqa: PLC0415
    from kiosk.catalogue.consistency import CatalogueError  # noqa: PLC0415
    from kiosk.catalogue.lint.proof import ProofError  # noqa: PLC0415

    try:
        yield
    except (ReleaseError, KeyFileError, CatalogueError, ProofError, OSError) as error:
        typer.echo(said(error), err=True)
        raise typer.Exit(1) from error
