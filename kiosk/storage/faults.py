"""What can go wrong with a database file, each with a name and a remedy."""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class DatabaseFault(Exception):
    """A database file cannot be used; the text names the file and says what to do."""

    remedy = ""

    def __init__(self, path: Path, what: str) -> None:
        super().__init__(f"{path}: {what}; {self.remedy}")
        self.path = path


class DiskFull(DatabaseFault):
    """Nothing more can be written."""

    remedy = "free space on this disk, then try again; nothing was half written"


class DatabaseReadOnly(DatabaseFault):
    """The file can be read and not written."""

    remedy = "give the service's user write permission on the file and its folder"


class DatabaseCorrupted(DatabaseFault):
    """The file is not a database or is damaged."""

    remedy = (
        "stop the service, move the file and its -wal and -shm aside, recover what can be with "
        "`sqlite3 FILE .recover`, then start again"
    )


class DatabaseBusy(DatabaseFault):
    """Another writer held the file, or the writer thread was occupied, for too long."""

    remedy = "try again; if it persists, find the process that keeps the file locked"


class DatabaseUnreachable(DatabaseFault):
    """The file cannot be opened, or the disk gives errors."""

    remedy = "check that the folder exists, belongs to the service's user, and the disk is sound"


class DatabaseTooNew(DatabaseFault):
    """A later release has changed the tables."""

    remedy = "run the release that wrote it, or a later one"


class DatabaseClosed(DatabaseFault):
    """It was closed before."""

    remedy = "close it only when everything that writes has stopped"


_BY_CODE: dict[int, type[DatabaseFault]] = {
    sqlite3.SQLITE_FULL: DiskFull,
    sqlite3.SQLITE_READONLY: DatabaseReadOnly,
    sqlite3.SQLITE_CORRUPT: DatabaseCorrupted,
    sqlite3.SQLITE_NOTADB: DatabaseCorrupted,
    sqlite3.SQLITE_BUSY: DatabaseBusy,
    sqlite3.SQLITE_LOCKED: DatabaseBusy,
    sqlite3.SQLITE_CANTOPEN: DatabaseUnreachable,
    sqlite3.SQLITE_PERM: DatabaseUnreachable,
    sqlite3.SQLITE_IOERR: DatabaseUnreachable,
}
_PRIMARY_CODE = 0xFF  # extended result codes carry the primary one in the lowest byte


@contextmanager
def named_faults(path: Path) -> Iterator[None]:
    """Raise SQLite's errors about the file as a DatabaseFault; let errors about data pass."""
    try:
        yield
    except sqlite3.Error as error:
        code = getattr(error, "sqlite_errorcode", None)
        fault = _BY_CODE.get(code & _PRIMARY_CODE) if code is not None else None
        if fault is None:
            raise
        raise fault(path, str(error)) from error


_BY_ERRNO: dict[int, type[DatabaseFault]] = {
    errno.ENOSPC: DiskFull,
    errno.EDQUOT: DiskFull,
    errno.EROFS: DatabaseReadOnly,
    errno.EACCES: DatabaseReadOnly,
    errno.EPERM: DatabaseReadOnly,
}


def fault_of(path: Path, error: OSError) -> DatabaseFault:
    """The fault that an error of the operating system at that file amounts to."""
    fault = _BY_ERRNO.get(error.errno or 0, DatabaseUnreachable)
    return fault(path, error.strerror or "cannot be opened")
