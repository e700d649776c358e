"""Releases of the catalogue on a terminal: items by content hash, and which release is in force.

The file `catalogue.db` belongs to two processes. The agent stages, switches, confirms and rolls
back; the terminal installs the release it was shipped with, counts its starts and says how it is.
Each of these is one transaction, so the catalogue in force is always one whole release.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any, Self

from sqlite_utils import Database as Connection

from kiosk.catalogue.release_rows import (
    FILE,
    AgentRow,
    DeviceRow,
    InForce,
    TerminalRow,
    UnknownRelease,
)
from kiosk.catalogue.release_schema import release_schema
from kiosk.storage.database import Database


class ReleaseStore:
    """Every method may be called from any thread and raises DatabaseFault."""

    def __init__(self, database: Database) -> None:
        """`database` has `release_schema`."""
        self._database = database

    @classmethod
    def open(cls, folder: Path) -> Self:
        """The store in a terminal's data folder, made when it is not there."""
        return cls(Database(folder / FILE, [release_schema()]))

    def close(self) -> None:
        """Finish what is being written."""
        self._database.close()

    # what is in force

    def in_force(self) -> InForce | None:
        """None before the terminal's first start."""
        return self._database.read(_in_force)

    def items(self, release: str) -> dict[str, bytes]:
        """The items of a release by key. Raises UnknownRelease."""
        return self._database.read(lambda db: _items(db, release))

    def holds(self, release: str) -> bool:
        """Whether all of a release is here."""
        return self._database.read(
            lambda db: bool(list(db.query("SELECT 1 FROM releases WHERE release = ?", [release])))
        )

    # the terminal's side

    def install(self, release: str, items: Mapping[str, bytes]) -> None:
        """Put the release shipped with the program in force, unless a signed one is."""

        def change(db: Connection) -> None:
            now = _in_force(db)
            if now is not None and not now.shipped:
                return
            _put(db, release, items, "shipped")
            _put_in_force(db, release, None, now, confirmed=True)
            _drop_unused(db)

        self._database.write(change)

    def say(self, row: TerminalRow) -> None:
        """Keep what the terminal says of itself."""
        values = asdict(row) | {"devices": json.dumps([asdict(line) for line in row.devices])}
        self._database.write(lambda db: _replace(db, "terminal", values))

    def terminal(self) -> TerminalRow | None:
        """What the terminal said last; None when it never ran."""
        found = self._database.read(lambda db: list(db.query("SELECT * FROM terminal")))
        return _terminal_row(found[0]) if found else None

    # the agent's side

    def agent(self) -> AgentRow | None:
        """Where the agent is; None when it never wrote."""
        found = self._database.read(lambda db: list(db.query("SELECT * FROM agent")))
        return _agent_row(found[0]) if found else None

    def record(self, row: AgentRow) -> None:
        """Keep where the agent is."""
        self._database.write(lambda db: _say_agent(db, row))

    def stage(self, row: AgentRow, release: str, items: Mapping[str, bytes]) -> None:
        """Keep a verified release beside those in force, drop older ones, and say so."""

        def change(db: Connection) -> None:
            _put(db, release, items, "signed")
            _say_agent(db, row)
            _drop_unused(db)

        self._database.write(change)

    def switch(self, row: AgentRow, release: str) -> None:
        """Put a staged release in force and say so. Raises UnknownRelease."""

        def change(db: Connection) -> None:
            now = _in_force(db)
            if not list(db.query("SELECT 1 FROM releases WHERE release = ?", [release])):
                raise UnknownRelease(f"no release {release} in the store")
            _put_in_force(db, release, now.active if now else None, now, confirmed=False)
            _say_agent(db, row)

        self._database.write(change)

    def confirm(self, row: AgentRow) -> None:
        """The release in force is the desired one and stays: say so.

        From then on it is the bank's, even if it was shipped: the folder is no longer looked at.
        """

        def change(db: Connection) -> None:
            db.execute("UPDATE in_force SET confirmed = 1, starts = 0")
            db.execute(
                "UPDATE releases SET origin = 'signed' WHERE release IN"
                " (SELECT active FROM in_force)"
            )
            _say_agent(db, row)

        self._database.write(change)

    def roll_back(self, row: AgentRow) -> None:
        """Put the release before in force again and say so. Raises UnknownRelease without one."""

        def change(db: Connection) -> None:
            now = _in_force(db)
            if now is None or now.previous is None:
                raise UnknownRelease("there is no release to go back to")
            _put_in_force(db, now.previous, None, now, confirmed=True)
            _say_agent(db, row)

        self._database.write(change)


def _in_force(db: Connection) -> InForce | None:
    found = list(
        db.query(
            "SELECT active, previous, serial, confirmed, starts, origin = 'shipped' AS shipped"
            " FROM in_force JOIN releases ON release = active"
        )
    )
    flags = {name: bool(found[0][name]) for name in ("confirmed", "shipped")} if found else {}
    return InForce(**{**found[0], **flags}) if found else None


def _put_in_force(
    db: Connection, active: str, previous: str | None, now: InForce | None, *, confirmed: bool
) -> None:
    values = {
        "active": active,
        "previous": previous,
        "serial": now.serial + 1 if now else 1,
        "confirmed": confirmed,
        "starts": 0,
    }
    _replace(db, "in_force", values)


def _items(db: Connection, release: str) -> dict[str, bytes]:
    rows = db.query(
        "SELECT key, content FROM release_items JOIN items USING (sha256) WHERE release = ?",
        [release],
    )
    found = {row["key"]: bytes(row["content"]) for row in rows}
    if not found:
        raise UnknownRelease(f"no release {release} in the store")
    return found


def _put(db: Connection, release: str, items: Mapping[str, bytes], origin: str) -> None:
    named = [(key, hashlib.sha256(content).hexdigest()) for key, content in items.items()]
    db.conn.executemany(
        "INSERT OR IGNORE INTO items VALUES (?, ?)",
        [(sha256, items[key]) for key, sha256 in named],
    )
    # A release that was shipped and then came signed is signed from then on.
    db.execute(
        "INSERT INTO releases VALUES (?, ?) ON CONFLICT (release)"
        " DO UPDATE SET origin = 'signed' WHERE excluded.origin = 'signed'",
        [release, origin],
    )
    db.execute("DELETE FROM release_items WHERE release = ?", [release])
    db.conn.executemany(
        "INSERT INTO release_items VALUES (?, ?, ?)",
        [(release, key, sha256) for key, sha256 in named],
    )


def _drop_unused(db: Connection) -> None:
    db.execute(
        "DELETE FROM releases WHERE release NOT IN"
        " (SELECT active FROM in_force"
        "  UNION SELECT previous FROM in_force WHERE previous IS NOT NULL"
        "  UNION SELECT release FROM agent WHERE release IS NOT NULL)"
    )
    db.execute("DELETE FROM items WHERE sha256 NOT IN (SELECT sha256 FROM release_items)")


def _replace(db: Connection, table: str, values: Mapping[str, Any]) -> None:
    db.table(table).upsert({"one": 1, **values}, pk="one")


def _say_agent(db: Connection, row: AgentRow) -> None:
    not_before = row.not_before.isoformat() if row.not_before else None
    _replace(db, "agent", asdict(row) | {"not_before": not_before})


def _agent_row(row: dict[str, Any]) -> AgentRow:
    values = {key: value for key, value in row.items() if key != "one"}
    if values["not_before"]:
        values["not_before"] = datetime.fromisoformat(values["not_before"])
    return AgentRow(**values)


def _terminal_row(row: dict[str, Any]) -> TerminalRow:
    values = {key: value for key, value in row.items() if key != "one"}
    values["devices"] = tuple(DeviceRow(**line) for line in json.loads(values["devices"]))
    return TerminalRow(**{**values, "busy": bool(values["busy"])})
