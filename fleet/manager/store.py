"""What the manager knows of its terminals, in one SQLite file.

Guarded upserts: a report is taken only when its run of the agent is newer than the stored one's, or
it is the same run with a higher sequence. So the order of arrival does not matter, and several
writers do no harm.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import groupby
from pathlib import Path
from typing import Any

from sqlalchemy import (
    URL,
    Connection,
    Engine,
    and_,
    bindparam,
    create_engine,
    delete,
    event,
    func,
    or_,
    select,
    update,
)
from sqlalchemy.dialects.sqlite import insert

from fleet.manager.care import wants_care
from fleet.manager.schema import boots, metadata, terminals
from fleet.protocol.messages import Report, Status
from fleet.protocol.topics import Terminal

BUSY_TIMEOUT_S = 5
KEPT_BOOTS = 50  # of each terminal; an older run has long ended


@dataclass(frozen=True)
class Reported:
    """A report, and when it came."""

    terminal: Terminal
    report: Report
    came: datetime


@dataclass(frozen=True)
class Present:
    """A birth or death. `retained`: kept by the broker, so nothing was heard just now."""

    terminal: Terminal
    status: Status
    came: datetime
    retained: bool


@dataclass(frozen=True)
class LinkLost:
    """The broker is out of reach: who is there is not known until it is told again."""


Entry = Reported | Present | LinkLost


class Store:
    """Reads from any thread; `record` and `desire` are for one thread each."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self._changes = 0
        self._counting = threading.Lock()

    @classmethod
    def open(cls, file: Path) -> Store:
        """Open or create the file (its folder 0700). Raises SQLAlchemyError or OSError."""
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        engine = create_engine(
            URL.create("sqlite", database=str(file)), connect_args={"timeout": BUSY_TIMEOUT_S}
        )
        event.listen(engine, "connect", _prepare)
        metadata.create_all(engine)
        with engine.begin() as writing:
            writing.execute(delete(boots).where(boots.c.number.in_(_old_boots())))
        return cls(engine)

    def close(self) -> None:
        """Close every connection."""
        self.engine.dispose()

    @property
    def changes(self) -> int:
        """A number that grows with every change made here; whoever shows the store looks at it."""
        return self._changes

    def record(self, batch: Sequence[Entry]) -> None:
        """Take a batch in its order, in one transaction. Raises SQLAlchemyError."""
        with self.engine.begin() as writing:
            for kind, entries in groupby(batch, type):
                _RECORD[kind](writing, list(entries))
        self._changed()

    def desire(self, wanted: Sequence[tuple[Terminal, str, int]]) -> None:
        """Note which release, with which number, terminals should have."""
        if not wanted:
            return
        with self.engine.begin() as writing:
            writing.execute(
                _DESIRE,
                [
                    {
                        "of_bank": terminal.bank,
                        "of_name": terminal.name,
                        "wanted": release,
                        "as_number": number,
                    }
                    for terminal, release, number in wanted
                ],
            )
        self._changed()

    def known(self, bank: str) -> list[Terminal]:
        """The terminals of a bank that were ever heard of."""
        rows = select(terminals.c.name).where(terminals.c.bank == bank).order_by(terminals.c.name)
        with self.engine.connect() as reading:
            return [Terminal(bank, name) for name in reading.scalars(rows)]

    def lacking(self, bank: str, release: str, number: int) -> list[Terminal]:
        """Those of them for which another release or number was noted, or none."""
        rows = (
            select(terminals.c.name)
            .where(
                terminals.c.bank == bank,
                or_(
                    terminals.c.desired_release.is_distinct_from(release),
                    terminals.c.desired_number.is_distinct_from(number),
                ),
            )
            .order_by(terminals.c.name)
        )
        with self.engine.connect() as reading:
            return [Terminal(bank, name) for name in reading.scalars(rows)]

    def _changed(self) -> None:
        with self._counting:
            self._changes += 1


def _prepare(connection: Any, _record: object) -> None:
    # NORMAL: a power cut may lose the last reports, which are sent again; it damages nothing.
    for pragma in ("journal_mode = WAL", "synchronous = NORMAL"):
        connection.execute(f"PRAGMA {pragma}")


def _text(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="milliseconds")


def _old_boots() -> Any:
    newest_first = func.row_number().over(
        partition_by=(boots.c.bank, boots.c.name), order_by=boots.c.number.desc()
    )
    ranked = select(boots.c.number, newest_first.label("rank")).subquery()
    return select(ranked.c.number).where(ranked.c.rank > KEPT_BOOTS)


def _boot_number() -> Any:
    return (
        select(boots.c.number)
        .where(
            boots.c.bank == bindparam("bank"),
            boots.c.name == bindparam("name"),
            boots.c.boot == bindparam("boot"),
        )
        .scalar_subquery()
    )


_BOOT = insert(boots).on_conflict_do_nothing()

_REPORTED = (
    "sequence",
    "reported_at",
    "release",
    "update_state",
    "update_release",
    "update_reason",
    "terminal_running",
    "busy",
    "devices",
    "waiting",
    "wants_care",
    "last_seen",
)


def _report_upsert() -> Any:
    given: dict[str, Any] = {name: bindparam(name) for name in ("bank", "name", *_REPORTED)}
    statement = insert(terminals).values(**given, report_boot=_boot_number())
    new = statement.excluded
    return statement.on_conflict_do_update(
        index_elements=["bank", "name"],
        set_={name: new[name] for name in ("report_boot", *_REPORTED)},
        where=or_(
            terminals.c.report_boot.is_(None),
            new.report_boot > terminals.c.report_boot,
            and_(new.report_boot == terminals.c.report_boot, new.sequence > terminals.c.sequence),
        ),
    )


def _status_upsert() -> Any:
    given: dict[str, Any] = {
        name: bindparam(name) for name in ("bank", "name", "presence", "last_seen")
    }
    statement = insert(terminals).values(**given, status_boot=_boot_number())
    new = statement.excluded
    return statement.on_conflict_do_update(
        index_elements=["bank", "name"],
        set_={
            "presence": new.presence,
            "status_boot": new.status_boot,
            "last_seen": func.coalesce(new.last_seen, terminals.c.last_seen),
        },
        where=or_(terminals.c.status_boot.is_(None), new.status_boot >= terminals.c.status_boot),
    )


_UPSERT_REPORT = _report_upsert()
_UPSERT_STATUS = _status_upsert()
_DESIRE = (
    update(terminals)
    .where(terminals.c.bank == bindparam("of_bank"), terminals.c.name == bindparam("of_name"))
    .values(desired_release=bindparam("wanted"), desired_number=bindparam("as_number"))
)


def _record_reports(writing: Connection, entries: Sequence[Reported]) -> None:
    rows = [_row(entry) for entry in entries]
    writing.execute(_BOOT, [{key: row[key] for key in ("bank", "name", "boot")} for row in rows])
    writing.execute(_UPSERT_REPORT, rows)


def _record_statuses(writing: Connection, entries: Sequence[Present]) -> None:
    rows = [
        {
            "bank": entry.terminal.bank,
            "name": entry.terminal.name,
            "boot": entry.status.boot,
            "presence": entry.status.presence.value,
            # A death is told by the broker, a retained birth was long ago.
            "last_seen": None
            if entry.retained or entry.status.presence != "online"
            else _text(entry.came),
        }
        for entry in entries
    ]
    writing.execute(_BOOT, [{key: row[key] for key in ("bank", "name", "boot")} for row in rows])
    writing.execute(_UPSERT_STATUS, rows)


def _forget_presence(writing: Connection, _entries: Sequence[LinkLost]) -> None:
    writing.execute(update(terminals).values(presence=None))


_RECORD: dict[type, Callable[[Connection, Any], None]] = {
    Reported: _record_reports,
    Present: _record_statuses,
    LinkLost: _forget_presence,
}


def _row(entry: Reported) -> dict[str, Any]:
    report = entry.report
    return {
        "bank": entry.terminal.bank,
        "name": entry.terminal.name,
        "boot": report.boot,
        "sequence": report.sequence,
        "reported_at": report.at.isoformat(),
        "release": report.release,
        "update_state": report.update.state.value,
        "update_release": report.update.release,
        "update_reason": report.update.reason,
        "terminal_running": report.terminal_running,
        "busy": report.busy,
        "devices": "[" + ",".join(d.model_dump_json() for d in report.devices) + "]",
        "waiting": report.waiting,
        "wants_care": wants_care(report),
        "last_seen": _text(entry.came),
    }
