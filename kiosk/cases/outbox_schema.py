"""The outbox's tables. Steps are added at the end and never changed once released."""

from __future__ import annotations

from sqlite_utils import Database as Connection
from sqlite_utils import Migrations


def outbox_schema() -> Migrations:
    """The steps from an empty database to the present tables."""
    schema = Migrations("outbox")

    @schema(name="1 items and provisional numbers")
    def items_and_numbers(db: Connection) -> None:
        db.executescript(
            """
            CREATE TABLE outbox (
                place INTEGER PRIMARY KEY,      -- order of delivery
                id TEXT NOT NULL UNIQUE,        -- idempotency key at the platform
                kind TEXT NOT NULL,
                state TEXT NOT NULL,
                behind TEXT,                    -- the submission that must be delivered before
                provisional_no TEXT UNIQUE,
                case_no TEXT,
                refusal_code TEXT,
                put_at TEXT NOT NULL,           -- ISO 8601 with offset
                settled_at TEXT,
                item BLOB,                      -- sealed
                refusal_reason BLOB,            -- sealed: the platform may name the citizen in it
                CHECK (state NOT IN ('acknowledged', 'closed')
                       OR (item IS NULL AND refusal_reason IS NULL))
            ) STRICT;
            CREATE INDEX outbox_by_state ON outbox (state, place);
            CREATE TABLE provisional_numbers (
                day TEXT PRIMARY KEY,           -- YYYYMMDD
                last_serial INTEGER NOT NULL
            ) STRICT, WITHOUT ROWID;
            """
        )

    return schema
