"""The tables of a terminal's releases. Steps are added at the end, never changed once released."""

from __future__ import annotations

from sqlite_utils import Database as Connection
from sqlite_utils import Migrations


def release_schema() -> Migrations:
    """The steps from an empty database to the present tables."""
    schema = Migrations("releases")

    @schema(name="1 items, releases and what is in force")
    def items_and_releases(db: Connection) -> None:
        db.executescript(
            """
            CREATE TABLE items (
                sha256 TEXT PRIMARY KEY,
                content BLOB NOT NULL
            ) STRICT;
            CREATE TABLE releases (
                release TEXT PRIMARY KEY,
                origin TEXT NOT NULL            -- shipped with the program, or signed and fetched
                    CHECK (origin IN ('shipped', 'signed'))
            ) STRICT;
            CREATE TABLE release_items (
                release TEXT NOT NULL REFERENCES releases ON DELETE CASCADE,
                key TEXT NOT NULL,
                sha256 TEXT NOT NULL REFERENCES items,
                PRIMARY KEY (release, key)
            ) STRICT, WITHOUT ROWID;
            CREATE INDEX release_items_by_content ON release_items (sha256);
            CREATE TABLE in_force (
                one INTEGER PRIMARY KEY CHECK (one = 1),
                active TEXT NOT NULL REFERENCES releases,
                previous TEXT REFERENCES releases,
                serial INTEGER NOT NULL,        -- grows with every switch
                confirmed INTEGER NOT NULL,     -- 0 from a switch until the terminal's check passed
                starts INTEGER NOT NULL         -- of the terminal while not confirmed
            ) STRICT;
            CREATE TABLE agent (
                one INTEGER PRIMARY KEY CHECK (one = 1),
                state TEXT NOT NULL,
                release TEXT,
                reason TEXT NOT NULL,
                number INTEGER NOT NULL,        -- of the newest desired state; 0 before the first
                wanted TEXT,
                not_before TEXT                 -- ISO 8601 with offset
            ) STRICT;
            CREATE TABLE terminal (
                one INTEGER PRIMARY KEY CHECK (one = 1),
                run TEXT NOT NULL,
                beat INTEGER NOT NULL,
                busy INTEGER NOT NULL,
                release TEXT NOT NULL,
                checked INTEGER NOT NULL,       -- serial of in_force that was checked
                finding TEXT NOT NULL,          -- empty when the check passed
                waiting INTEGER NOT NULL,
                devices TEXT NOT NULL           -- JSON
            ) STRICT;
            """
        )

    return schema
