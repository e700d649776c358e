"""What the platform refused, or what cannot be read any more, until staff have seen to it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog
from sqlite_utils import Database as Connection

from kiosk.cases.delivery import EMPTIED, SET_ASIDE, Event, State
from kiosk.cases.outbox_rows import Entry, UnknownItem, context, entries, entry, move, open_item
from kiosk.cases.outgoing import Outgoing
from kiosk.storage.database import Database
from kiosk.storage.vault import Sealer

# Long enough for a citizen to come back with the receipt and for staff to see to it after a
# holiday week; short enough that a terminal is no archive of what was refused.
KEPT_FOR = timedelta(days=30)
# So that a provisional number on a receipt still leads to its case number.
REMEMBERED_FOR = timedelta(days=90)

log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class RefusedItem:
    """What staff need to help on: the item as handed in and the platform's own words."""

    item: Outgoing
    code: str
    reason: str

    def __repr__(self) -> str:
        """Says nothing personal."""
        return f"RefusedItem({self.code})"


class SetAside:
    """The staff's side of the outbox. Every method raises DatabaseFault."""

    def __init__(self, database: Database, sealer: Sealer, clock: Callable[[], datetime]) -> None:
        """`database` and `sealer` are the outbox's; `clock` gives local time with its offset."""
        self._database = database
        self._sealer = sealer
        self._clock = clock

    def list(self) -> tuple[Entry, ...]:
        """Refused and damaged items in the order they were handed in."""
        states = tuple(state.value for state in SET_ASIDE)
        return self._database.read(lambda db: entries(db, "state IN (?, ?)", states))

    def open(self, item_id: str) -> RefusedItem:
        """A refused item. Raises UnknownItem, and VaultError or UnreadableItem if damaged."""

        def query(db: Connection) -> RefusedItem:
            refused = entry(db, item_id)
            if refused.state is not State.REFUSED:
                raise UnknownItem(f"{item_id} is {refused.state.value}, not refused")
            sealed = db.table("outbox").get(refused.place)["refusal_reason"]
            where = context(refused.id, refused.kind, "refusal_reason")
            return RefusedItem(
                item=open_item(db, refused, self._sealer),
                code=refused.refusal_code,
                reason=self._sealer.unseal(sealed, where).decode(),
            )

        return self._database.read(query)

    def close(self, item_id: str) -> None:
        """Staff dealt with it: erase its content. Raises UnknownItem, ForbiddenTransition."""
        self._database.purge(lambda db: self._close(db, entry(db, item_id)))

    def expire(self) -> None:
        """Erase what was set aside longer than KEPT_FOR, forget what is settled that long ago."""
        self._database.purge(self._expire)

    def _expire(self, db: Connection) -> None:
        now = self._clock()
        for kept in entries(db, "state IN (?, ?)", tuple(state.value for state in SET_ASIDE)):
            if kept.settled_at is not None and now - kept.settled_at > KEPT_FOR:
                self._close(db, kept)
                log.warning("outbox item expired", item=kept.id, state=kept.state.value)
        for settled in entries(db, "state IN (?, ?)", tuple(state.value for state in EMPTIED)):
            if settled.settled_at is not None and now - settled.settled_at > REMEMBERED_FOR:
                db.table("outbox").delete(settled.place)

    def _close(self, db: Connection, kept: Entry) -> None:
        move(
            db,
            kept,
            Event.CLOSE,
            item=None,
            refusal_reason=None,
            settled_at=self._clock().isoformat(),
        )
