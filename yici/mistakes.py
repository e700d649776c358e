"""What whoever typed a command can put right: said in a line, without a traceback."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from kiosk.catalogue.model import Catalogue, LifeEvent

UNUSABLE = 2  # exit code: an argument, a file it names or a port cannot be used

REMEDIES = {
    errno.EACCES: "name another, or let this user have it",
    errno.EADDRINUSE: "end the program that listens there, or give another --port",
    errno.ENOENT: "name one that is there, in a folder that is there",
    errno.ENOSPC: "make room on the disk",
    errno.EROFS: "name one on a disk that can be written",
}


class Unusable(ValueError):
    """An argument cannot be used; says which, and what can be given instead."""


def said(error: Exception) -> str:
    """What was wrong, where, and what to do, also of an error of the operating system."""
    if not isinstance(error, OSError) or error.errno is None:
        return str(error)
    where = f"{error.filename}: " if error.filename else ""
    return f"{where}{error.strerror}; {REMEDIES.get(error.errno, 'mend it, or name another')}"


@contextmanager
def told() -> Iterator[None]:
    """Say which argument, setting or file cannot be used, and end with 2."""
    from drivers.registry import DevicesError  # noqa: PLC0415  what commands without it do without
    from drivers.simulators.people import PeopleError  # noqa: PLC0415
    from kiosk.access.phrases import PhrasesError  # noqa: PLC0415
    from kiosk.catalogue.consistency import CatalogueError  # noqa: PLC0415
    from kiosk.storage.settings_file import SettingsError  # noqa: PLC0415

    try:
        yield
    except (
        *(Unusable, SettingsError, DevicesError, PeopleError, PhrasesError, CatalogueError),
        OSError,
    ) as error:
        typer.echo(f"yici: {said(error)}", err=True)
        raise typer.Exit(UNUSABLE) from error


def life_event(catalogue: Catalogue, name: str) -> LifeEvent:
    """A life event by slug or number; raises Unusable, which names those there are."""
    try:
        return catalogue.life_event(name)
    except KeyError as error:
        raise Unusable(error.args[0]) from None
