"""One SQLite file with one writer: durable when `write` returns, readable from any thread.

The write connection lives in one thread. Write-ahead log, every commit synced to disk, deleted
content overwritten, nothing spilled to temporary files.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from types import TracebackType
from typing import Self, TypeVar

import structlog
from sqlite_utils import Database as Connection
from sqlite_utils import Migrations

from kiosk.storage.faults import (
    DatabaseBusy,
    DatabaseClosed,
    DatabaseCorrupted,
    DatabaseTooNew,
    fault_of,
    named_faults,
)
from kiosk.storage.folders import sync_folder

BUSY_TIMEOUT_S = 5.0  # for another process (the agent) that is writing
EMPTY_LOG_TIMEOUT_S = 0.2  # for a reader to finish
WRITE_TIMEOUT_S = 30.0  # queue, lock and sync on a slow flash disk

Result = TypeVar("Result")

log = structlog.get_logger(__name__)

_DURABLE_AND_CLEAN = (
    "PRAGMA synchronous = FULL",
    "PRAGMA secure_delete = ON",
    "PRAGMA temp_store = MEMORY",
    "PRAGMA foreign_keys = ON",
)


class Database:
    """A database file. `write`, `purge` and `read` may be called from any thread."""

    def __init__(self, path: Path, schema: Sequence[Migrations]) -> None:
        """Open or create the file (mode 0600, folder included) and bring its tables up to date.

        `schema`: one set of migrations per room that keeps tables here. Raises a DatabaseFault.
        """
        self.path = path
        self._schema = tuple(schema)
        self._closed = False
        self._writer = ThreadPoolExecutor(1, thread_name_prefix=f"writer {path.name}")
        self._connection: Connection | None = None
        self._log_to_empty = False
        try:
            self._in_writer(self._open)
        except BaseException:
            self._in_writer(self._disconnect)
            self._writer.shutdown()
            raise

    def write(self, change: Callable[[Connection], Result]) -> Result:
        """Run `change` in one transaction and return its result once it is on the disk.

        An exception of `change` rolls everything back and is raised here. Raises a DatabaseFault;
        after a DatabaseBusy that says so, it is not known whether the change was made.
        """
        return self._in_writer(lambda: self._transact(change))

    def purge(self, change: Callable[[Connection], Result]) -> Result:
        """As `write`, for a change that removes content: the log keeps no copy of it either.

        When the log cannot be emptied at that moment, because a reader holds it or the disk is
        full, the change is made all the same and the copy goes when that reader, or the next one,
        has finished, and at the latest with the next purge or `close`.
        """

        def change_and_empty_the_log() -> Result:
            result = self._transact(change)
            self._empty_log_if_possible()
            return result

        return self._in_writer(change_and_empty_the_log)

    def read(self, query: Callable[[Connection], Result]) -> Result:
        """Run `query` on a connection of its own that sees one moment and cannot write.

        Return plain values: the connection is closed afterwards. Raises a DatabaseFault.
        """
        if self._closed:
            raise DatabaseClosed(self.path, "is closed")
        try:
            with named_faults(self.path), closing(self._connect()) as connection:
                connection.conn.execute("PRAGMA query_only = ON")
                connection.begin()
                return query(connection)
        finally:
            if self._log_to_empty:
                with contextlib.suppress(RuntimeError):  # closed meanwhile, which empties it
                    self._writer.submit(self._empty_log_if_possible)

    def close(self) -> None:
        """Finish the writes queued, empty the log into the file and close; again does nothing."""
        if self._closed:
            return
        try:
            self._in_writer(self._empty_log)
        finally:
            self._closed = True
            self._writer.submit(self._disconnect)
            self._writer.shutdown()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        _type: type[BaseException] | None,
        _error: BaseException | None,
        _traceback: TracebackType | None,
    ) -> None:
        self.close()

    def _in_writer(self, job: Callable[[], Result]) -> Result:
        if self._closed:
            raise DatabaseClosed(self.path, "is closed")
        future: Future[Result] = self._writer.submit(job)
        try:
            with named_faults(self.path):
                return future.result(WRITE_TIMEOUT_S)
        except TimeoutError as error:
            if future.cancel():
                raise DatabaseBusy(self.path, "earlier writes took too long") from error
            raise DatabaseBusy(self.path, "is still writing; outcome unknown") from error

    def _open(self) -> None:
        self._create_private_file()
        self._connection = connection = self._connect()
        connection.enable_wal()
        for pragma in _DURABLE_AND_CLEAN:
            connection.conn.execute(pragma)
        verdict = connection.conn.execute("PRAGMA quick_check(1)").fetchone()[0]
        if verdict != "ok":
            raise DatabaseCorrupted(self.path, "its integrity check fails")
        self._transact(self._migrate)

    def _create_private_file(self) -> None:
        try:
            self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            descriptor = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
            try:
                os.fchmod(descriptor, 0o600)
            finally:
                os.close(descriptor)
            sync_folder(self.path.parent)
        except OSError as error:
            raise fault_of(self.path, error) from error

    def _connect(self) -> Connection:
        connection = sqlite3.connect(self.path, timeout=BUSY_TIMEOUT_S)
        return Connection(connection, execute_plugins=False)

    def _migrate(self, connection: Connection) -> None:
        for migrations in self._schema:
            # Pending in an empty database are all that this release knows.
            with closing(Connection(memory=True, execute_plugins=False)) as empty:
                known = {step.name for step in migrations.pending(empty)}
            unknown = {step.name for step in migrations.applied(connection)} - known
            if unknown:
                raise DatabaseTooNew(self.path, f"has tables of a later release ({min(unknown)})")
            migrations.apply(connection)

    def _transact(self, change: Callable[[Connection], Result]) -> Result:
        connection = self._open_connection()
        connection.execute("BEGIN IMMEDIATE")
        try:
            result = change(connection)
            connection.commit()
        except BaseException:
            connection.rollback()
            raise
        return result

    def _empty_log_if_possible(self) -> None:
        try:
            self._empty_log()
        except sqlite3.OperationalError as error:
            log.warning("write-ahead log not emptied", file=self.path.name, reason=str(error))

    def _empty_log(self) -> None:
        self._log_to_empty = True  # before it is tried: a reader may finish just after
        connection = self._open_connection().conn
        # Not worth holding up other writes for: a later purge does it as well.
        connection.execute(f"PRAGMA busy_timeout = {int(EMPTY_LOG_TIMEOUT_S * 1000)}")
        try:
            held, _, _ = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
            self._log_to_empty = bool(held)
        finally:
            connection.execute(f"PRAGMA busy_timeout = {int(BUSY_TIMEOUT_S * 1000)}")

    def _disconnect(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _open_connection(self) -> Connection:
        if self._connection is None:
            raise DatabaseClosed(self.path, "is closed")
        return self._connection
