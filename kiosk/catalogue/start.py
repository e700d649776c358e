"""The catalogue that a terminal starts with: read before its first page, so with little.

Plain `sqlite3` on purpose: the room's `Database` loads libraries and checks the file, which
may take its time after the first page (`kiosk/station/catalogue_watch.py`).
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from kiosk.catalogue import compiled
from kiosk.catalogue.consistency import CatalogueError
from kiosk.catalogue.items import from_items
from kiosk.catalogue.load import load_catalogue
from kiosk.catalogue.model import Catalogue

STARTS = 3  # with a release that never passed its check; then the one before is taken
BUSY_TIMEOUT_S = 1.0  # the agent's transactions take some 10 ms
IN_FORCE = (
    "SELECT serial, active, previous, confirmed, starts, origin"
    " FROM in_force JOIN releases ON release = active"
)
ITEMS = "SELECT key, content FROM release_items JOIN items USING (sha256) WHERE release = ?"


@dataclass(frozen=True)
class Start:
    """`serial`: the switch that put the release in force, 0 before the first. `finding`: why the
    release in force was not taken, empty when it was.
    """

    catalogue: Catalogue
    serial: int = 0
    finding: str = ""


def starting_catalogue(file: Path, shipped: Path) -> Start:
    """The release in force according to the store `file`, else the one before, else `shipped`.

    `shipped` is read as long as no signed release came, so that a terminal without a fleet runs
    what its folder says. Raises CatalogueError when `shipped` is needed and cannot be used.
    """
    kept_file = file.with_name(compiled.FILE)
    if not file.exists():
        return Start(_shipped(shipped, kept_file))
    serial, finding = 0, ""
    try:
        with closing(sqlite3.connect(file, timeout=BUSY_TIMEOUT_S)) as store:
            row = store.execute(IN_FORCE).fetchone()
            if row is None or row[-1] == "shipped":
                return Start(_shipped(shipped, kept_file), row[0] if row else 0)
            serial, active, previous, confirmed, starts, _ = row
            if not confirmed:
                store.execute("UPDATE in_force SET starts = starts + 1")
                store.commit()
            trusted = confirmed or starts < STARTS
            finding = "" if trusted else f"{active}: started {starts} times and never passed"
            for release in filter(None, (active if trusted else None, previous)):
                try:
                    return Start(_load(store, release, kept_file), serial, finding)
                except CatalogueError as error:
                    finding = finding or f"{release}: {error.problems[0]}"
    except sqlite3.Error as error:
        finding = f"{file.name}: {type(error).__name__}: {error}"
    return Start(_shipped(shipped, kept_file), serial, finding)


def _shipped(folder: Path, kept_file: Path) -> Catalogue:
    if not folder.is_dir():
        return load_catalogue(folder)
    origin = compiled.fingerprint(folder)
    catalogue = compiled.kept(kept_file, origin)
    if catalogue is None:
        catalogue = load_catalogue(folder)
        compiled.keep(kept_file, origin, catalogue)
    return catalogue


def _load(store: sqlite3.Connection, release: str, kept_file: Path) -> Catalogue:
    kept = compiled.kept(kept_file, release)
    if kept is not None and kept.release == release:
        return kept
    catalogue = from_items(dict(store.execute(ITEMS, [release])))
    if catalogue.release != release:
        raise CatalogueError(["its items are not those that its name was made of"])
    compiled.keep(kept_file, release, catalogue)
    return catalogue
