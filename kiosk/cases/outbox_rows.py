"""Rows of the outbox as entries, and the one way to change their state."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlite_utils import Database as Connection

from kiosk.cases.delivery import Event, State, after
from kiosk.cases.outgoing import Kind, Outgoing, decode
from kiosk.storage.vault import Sealer


class UnknownItem(Exception):
    """No item of that id; it was never put, or it is settled and forgotten."""


@dataclass(frozen=True)
class Entry:
    """What the outbox says of one item without opening it. Nothing in it is personal."""

    place: int
    id: str
    kind: Kind
    state: State
    provisional_no: str
    case_no: str
    refusal_code: str
    put_at: datetime
    settled_at: datetime | None


def entries(db: Connection, where: str, values: Sequence[str]) -> tuple[Entry, ...]:
    """The entries of a condition in order of delivery."""
    rows = db.table("outbox").rows_where(
        where,
        values,
        select=(
            "place, id, kind, state, provisional_no, case_no, refusal_code, put_at, settled_at"
        ),
        order_by="place",
    )
    return tuple(_entry(row) for row in rows)


def entry(db: Connection, item_id: str) -> Entry:
    """One entry. Raises UnknownItem."""
    found = entries(db, "id = ?", (item_id,))
    if not found:
        raise UnknownItem(f"no item {item_id} in the outbox")
    return found[0]


def move(db: Connection, moved: Entry, event: Event, **changes: Any) -> None:
    """Change the state of an item, and columns with it. Raises ForbiddenTransition."""
    state = after(moved.state, event)
    db.table("outbox").update(moved.place, {"state": state.value, **changes})


def open_item(db: Connection, opened: Entry, sealer: Sealer) -> Outgoing:
    """The item itself. Raises VaultError, UnreadableItem."""
    sealed = db.table("outbox").get(opened.place)["item"] or b""
    return decode(opened.kind, sealer.unseal(sealed, context(opened.id, opened.kind, "item")))


def context(item_id: str, kind: Kind, column: str) -> bytes:
    """What sealed content is bound to, so that it opens in its own row and column only."""
    return f"outbox/{kind.value}/{item_id}/{column}".encode()


def _entry(row: dict[str, Any]) -> Entry:
    settled_at = row["settled_at"]
    return Entry(
        place=row["place"],
        id=row["id"],
        kind=Kind(row["kind"]),
        state=State(row["state"]),
        provisional_no=row["provisional_no"] or "",
        case_no=row["case_no"] or "",
        refusal_code=row["refusal_code"] or "",
        put_at=datetime.fromisoformat(row["put_at"]),
        settled_at=datetime.fromisoformat(settled_at) if settled_at else None,
    )
