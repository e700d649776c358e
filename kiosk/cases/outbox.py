"""What was handed in at this terminal and must reach the platform, written before it is sent.

Content is sealed and is gone from the disk once the platform has it. What remains of an item
names nobody: id, kind, state, times, provisional number, case number.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

import structlog
from sqlite_utils import Database as Connection

from kiosk.cases.delivery import EMPTIED, UNDELIVERED, Event, State
from kiosk.cases.outbox_rows import Entry, context, entries, entry, move, open_item
from kiosk.cases.outgoing import Outgoing, UnreadableItem, encode, kind_of
from kiosk.gateway.port import Rating, Submission
from kiosk.storage.database import Database
from kiosk.storage.vault import Sealer, VaultError

_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")

log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Backlog:
    """How much is undelivered and set aside, for the terminal's report. Age in seconds."""

    waiting: int
    oldest_s: float
    refused: int
    damaged: int


class Outbox:
    """Items in order of delivery. Every method may be called from any thread.

    Every method raises DatabaseFault when the file cannot be used; those that name an item raise
    UnknownItem, and ForbiddenTransition when `delivery.TRANSITIONS` has no such step.
    """

    def __init__(
        self,
        database: Database,
        sealer: Sealer,
        terminal: str,
        clock: Callable[[], datetime],
    ) -> None:
        """`database` has `outbox_schema`; `clock` gives local time with its offset."""
        self._database = database
        self._sealer = sealer
        self._terminal = terminal
        self._clock = clock

    def put(self, item: Outgoing) -> Entry:
        """Keep an item; when this returns it survives a power cut.

        A submission gets its provisional number here: terminal, day, serial of the day. The same
        id again changes nothing and gives the entry there is. Raises ValueError for an id that is
        not 1 to 64 letters, digits, dots, dashes.
        """
        if not _ID.fullmatch(item.id):
            raise ValueError("the id of an item must be 1 to 64 of A-Z a-z 0-9 . _ -")
        return self._database.write(lambda db: self._put(db, item))

    def deliverable(self) -> tuple[Entry, ...]:
        """What can be sent now, in order: a rating stays behind its undelivered submission."""
        undelivered = tuple(state.value for state in UNDELIVERED)
        condition = """
            state IN (?, ?) AND NOT EXISTS (
                SELECT 1 FROM outbox AS before
                WHERE before.id = outbox.behind AND before.state IN (?, ?))
        """
        return self._database.read(lambda db: entries(db, condition, undelivered * 2))

    def take(self, item_id: str) -> Outgoing | None:
        """Mark an item as being sent and open it; None when it is damaged, and now set aside."""
        return self._database.write(lambda db: self._take(db, item_id))

    def no_answer(self, item_id: str) -> None:
        """The platform did not answer: the item waits again."""
        self._database.write(lambda db: move(db, entry(db, item_id), Event.NO_ANSWER))

    def acknowledge(self, item_id: str, case_no: str) -> None:
        """The platform has the item: erase its content. `case_no` is empty but for submissions."""
        self._database.purge(
            lambda db: move(
                db,
                entry(db, item_id),
                Event.ACKNOWLEDGE,
                item=None,
                case_no=case_no or None,
                settled_at=self._clock().isoformat(),
            )
        )

    def refuse(self, item_id: str, code: str, reason: str) -> None:
        """The platform will never take the item: keep it sealed for staff."""

        def change(db: Connection) -> None:
            refused = entry(db, item_id)
            move(
                db,
                refused,
                Event.REFUSE,
                refusal_code=code,
                refusal_reason=self._sealer.seal(
                    reason.encode(), context(refused.id, refused.kind, "refusal_reason")
                ),
                settled_at=self._clock().isoformat(),
            )

        self._database.write(change)

    def find(self, provisional_no: str) -> Entry | None:
        """The submission of a provisional number; None when it is unknown or forgotten."""
        found = self._database.read(lambda db: entries(db, "provisional_no = ?", (provisional_no,)))
        return found[0] if found else None

    def backlog(self) -> Backlog:
        """What waits and for how long."""
        emptied = tuple(state.value for state in EMPTIED)
        kept = self._database.read(lambda db: entries(db, "state NOT IN (?, ?)", emptied))
        waiting = [item for item in kept if item.state in UNDELIVERED]
        oldest = min((item.put_at for item in waiting), default=None)
        return Backlog(
            waiting=len(waiting),
            oldest_s=max(0.0, (self._clock() - oldest).total_seconds()) if oldest else 0.0,
            refused=sum(item.state is State.REFUSED for item in kept),
            damaged=sum(item.state is State.DAMAGED for item in kept),
        )

    def _put(self, db: Connection, item: Outgoing) -> Entry:
        if known := entries(db, "id = ?", (item.id,)):
            return known[0]
        kind = kind_of(item)
        provisional_no = None
        if isinstance(item, Submission):
            provisional_no = self._next_provisional_no(db)
            item = replace(item, provisional_no=provisional_no)
        db.table("outbox").insert(
            {
                "id": item.id,
                "kind": kind.value,
                "state": State.WAITING.value,
                "behind": item.submission if isinstance(item, Rating) else None,
                "provisional_no": provisional_no,
                "put_at": self._clock().isoformat(),
                "item": self._sealer.seal(encode(item), context(item.id, kind, "item")),
            }
        )
        return entry(db, item.id)

    def _next_provisional_no(self, db: Connection) -> str:
        day = self._clock().strftime("%Y%m%d")
        serial = db.execute(
            """
            INSERT INTO provisional_numbers (day, last_serial) VALUES (?, 1)
            ON CONFLICT (day) DO UPDATE SET last_serial = last_serial + 1
            RETURNING last_serial
            """,
            (day,),
        ).fetchone()[0]
        return f"{self._terminal}-{day}-{serial:04d}"

    def _take(self, db: Connection, item_id: str) -> Outgoing | None:
        taken = entry(db, item_id)
        try:
            item = open_item(db, taken, self._sealer)
        except (VaultError, UnreadableItem) as error:
            move(db, taken, Event.FIND_DAMAGED, settled_at=self._clock().isoformat())
            log.warning("outbox item set aside as damaged", item=item_id, reason=str(error))
            return None
        move(db, taken, Event.SEND)
        return item
