"""A database file keeps what was written, and says in words what is wrong with the file."""

import stat
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random

import pytest
from sqlite_utils import Database as Connection
from sqlite_utils import Migrations

from kiosk.storage.database import Database
from kiosk.storage.faults import (
    DatabaseClosed,
    DatabaseCorrupted,
    DatabaseReadOnly,
    DatabaseTooNew,
    DatabaseUnreachable,
    DiskFull,
)


def notes_schema(*later: str) -> list[Migrations]:
    schema = Migrations("notes")

    @schema()
    def notes(db: Connection) -> None:
        db.table("notes").create({"id": int, "text": str}, pk="id")

    for column in later:

        @schema(name=column)
        def add(db: Connection, column: str = column) -> None:
            db.table("notes").add_column(column, str)

    return [schema]


def add_note(text: str) -> Callable[[Connection], object]:
    return lambda db: db.table("notes").insert({"text": text})


def texts(db: Connection) -> list[str]:
    return [row["text"] for row in db.table("notes").rows]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "notes.db"


@pytest.fixture
def database(path: Path) -> Iterator[Database]:
    with Database(path, notes_schema()) as opened:
        yield opened


def test_what_was_written_is_read_back_after_reopening(path: Path) -> None:
    with Database(path, notes_schema()) as first:
        first.write(add_note("一"))
    with Database(path, notes_schema()) as second:
        assert second.read(texts) == ["一"]


def test_write_is_on_the_disk_when_it_returns_and_survives_a_kill(path: Path) -> None:
    child = (
        "import os, signal, sys\n"
        "from pathlib import Path\n"
        "from kiosk.storage.database import Database\n"
        "from tests.kiosk.storage.test_database import add_note, notes_schema\n"
        "database = Database(Path(sys.argv[1]), notes_schema())\n"
        "database.write(add_note('kept'))\n"
        "os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    ended = subprocess.run([sys.executable, "-c", child, str(path)], timeout=60, check=False)

    assert ended.returncode == -9
    with Database(path, notes_schema()) as reopened:
        assert reopened.read(texts) == ["kept"]


def test_failed_change_leaves_nothing_behind(database: Database) -> None:
    def half(db: Connection) -> None:
        db.table("notes").insert({"text": "half"})
        raise LookupError("thought better of it")

    with pytest.raises(LookupError):
        database.write(half)
    database.write(add_note("whole"))

    assert database.read(texts) == ["whole"]


def test_writes_from_many_threads_are_all_kept(database: Database) -> None:
    def write_ten(thread: int) -> None:
        for note in range(10):
            database.write(add_note(f"{thread}-{note}"))

    threads = [threading.Thread(target=write_ten, args=(n,)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)

    assert len(set(database.read(texts))) == 80


def test_reader_sees_one_moment_while_a_write_goes_on(database: Database) -> None:
    database.write(add_note("before"))

    def read_twice(db: Connection) -> tuple[list[str], list[str]]:
        first = texts(db)
        database.write(add_note("meanwhile"))
        return first, texts(db)

    assert database.read(read_twice) == (["before"], ["before"])
    assert database.read(texts) == ["before", "meanwhile"]


def test_reader_cannot_write(database: Database) -> None:
    with pytest.raises(DatabaseReadOnly):
        database.read(add_note("smuggled"))


def test_only_the_owner_may_open_the_files(database: Database, path: Path) -> None:
    database.write(add_note("private"))

    modes = {file.name: stat.S_IMODE(file.stat().st_mode) for file in path.parent.iterdir()}
    assert modes == {"notes.db": 0o600, "notes.db-wal": 0o600, "notes.db-shm": 0o600}


def test_file_that_others_could_open_is_closed_to_them(path: Path) -> None:
    Database(path, notes_schema()).close()
    path.chmod(0o644)

    with Database(path, notes_schema()):
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_closing_leaves_one_file_with_everything_in_it(path: Path) -> None:
    database = Database(path, notes_schema())
    database.write(add_note("kept"))
    database.close()

    assert [file.name for file in path.parent.iterdir()] == ["notes.db"]
    with pytest.raises(DatabaseClosed, match="is closed"):
        database.write(add_note("late"))


def test_purged_content_is_in_no_file(database: Database, path: Path) -> None:
    secret = "only-here-" * 2000  # longer than a page, so that overflow pages are used
    database.write(add_note(secret))
    assert any(b"only-here-" in file.read_bytes() for file in path.parent.iterdir())

    database.purge(lambda db: db.table("notes").delete_where())

    assert not any(b"only-here-" in file.read_bytes() for file in path.parent.iterdir())


def test_purge_is_done_although_a_reader_holds_the_log(database: Database) -> None:
    database.write(add_note("going"))

    def purge_meanwhile(db: Connection) -> list[str]:
        texts(db)
        database.purge(lambda writer: writer.table("notes").delete_where())
        return texts(db)

    assert database.read(purge_meanwhile) == ["going"]
    assert database.read(texts) == []


def test_what_a_reader_kept_from_being_purged_goes_when_it_has_finished(
    database: Database, path: Path
) -> None:
    database.write(add_note("only-here-" * 2000))

    def purge_meanwhile(db: Connection) -> None:
        texts(db)
        database.purge(lambda writer: writer.table("notes").delete_where())
        assert any(b"only-here-" in file.read_bytes() for file in path.parent.iterdir())

    database.read(purge_meanwhile)
    database.write(lambda _: None)  # behind all that was queued

    assert not any(b"only-here-" in file.read_bytes() for file in path.parent.iterdir())


def test_later_release_adds_its_tables_and_keeps_the_content(path: Path) -> None:
    with Database(path, notes_schema()) as old:
        old.write(add_note("kept"))
    with Database(path, notes_schema("colour")) as new:
        assert new.read(lambda db: list(db.table("notes").rows)) == [
            {"id": 1, "text": "kept", "colour": None}
        ]


def test_tables_of_a_later_release_are_not_touched(path: Path) -> None:
    Database(path, notes_schema("colour")).close()

    with pytest.raises(DatabaseTooNew, match=r"notes\.db.*colour.*run the release"):
        Database(path, notes_schema())


def test_full_disk_is_named_and_what_was_there_stays(database: Database) -> None:
    database.write(add_note("before"))
    pages = database.write(lambda db: db.conn.execute("PRAGMA page_count").fetchone()[0])
    database.write(lambda db: db.conn.execute(f"PRAGMA max_page_count = {pages + 1}"))

    with pytest.raises(DiskFull, match=r"notes\.db.*free space"):
        database.write(add_note("x" * 100_000))

    assert database.read(texts) == ["before"]
    database.write(add_note("small enough"))


SMALL_DISK = """
import subprocess, sys
from pathlib import Path
from kiosk.storage.database import Database
from kiosk.storage.faults import DatabaseReadOnly, DiskFull
from tests.kiosk.storage.test_database import add_note, notes_schema, texts

disk = Path(sys.argv[1])
subprocess.run(["mount", "-t", "tmpfs", "-o", "size=300k", "none", disk], check=True)
database = Database(disk / "notes.db", notes_schema())
written = 0
try:
    while True:
        database.write(add_note("x" * 5000))
        written += 1
except DiskFull as fault:
    print("full", "free space" in str(fault), 0 < written == len(database.read(texts)))
try:
    database.close()
except DiskFull:
    print("still full when closed")
subprocess.run(["mount", "-o", "remount,size=3m", disk], check=True)
with Database(disk / "notes.db", notes_schema()) as reopened:
    print("kept", written == len(reopened.read(texts)))
subprocess.run(["mount", "-o", "remount,ro", disk], check=True)
try:
    Database(disk / "notes.db", notes_schema())
except DatabaseReadOnly as fault:
    print("read only", "write permission" in str(fault))
"""


def test_disk_that_is_really_full_or_read_only_is_named_and_keeps_what_it_had(
    tmp_path: Path,
) -> None:
    own_mounts = ["unshare", "--mount"]
    if subprocess.run([*own_mounts, "true"], capture_output=True, check=False).returncode:
        pytest.skip("mounting a small disk needs root")
    ended = subprocess.run(
        [*own_mounts, sys.executable, "-c", SMALL_DISK, str(tmp_path)],
        timeout=60,
        check=False,
        capture_output=True,
        text=True,
    )

    assert ended.stdout.splitlines() == [
        "full True True",
        "still full when closed",
        "kept True",
        "read only True",
    ], ended.stderr


def test_damaged_file_is_named_with_the_way_to_recover(path: Path) -> None:
    with Database(path, notes_schema()) as database:
        for note in range(500):
            database.write(add_note(f"note {note} " * 20))
    content = bytearray(path.read_bytes())
    content[8192:32768] = Random(1).randbytes(32768 - 8192)
    path.write_bytes(content)

    with pytest.raises(DatabaseCorrupted, match=r"notes\.db.*\.recover"):
        Database(path, notes_schema())


def test_file_of_something_else_is_refused_and_left_as_it_is(path: Path) -> None:
    path.parent.mkdir()
    path.write_bytes(b"a shopping list, longer than a header" * 50)

    with pytest.raises(DatabaseCorrupted):
        Database(path, notes_schema())
    assert path.read_bytes().startswith(b"a shopping list")


def test_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "in the way").write_text("a file")

    with pytest.raises(DatabaseUnreachable, match="in the way"):
        Database(tmp_path / "in the way" / "notes.db", notes_schema())
