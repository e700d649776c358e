"""What the store says of terminals: for the console and the command line."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import ColumnElement, Engine, Row, and_, case, func, or_, select

from fleet.manager.schema import terminals
from fleet.protocol.messages import DeviceReport, Presence, UpdateState
from fleet.protocol.topics import Terminal

PAGE = 50  # rows
LARGEST_PAGE = 1000

_DEVICES = TypeAdapter(tuple[DeviceReport, ...])


@dataclass(frozen=True)
class TerminalRow:
    """A terminal as last heard of. None is not known: never said, or the broker is out of reach."""

    terminal: Terminal
    presence: Presence | None
    last_seen: datetime | None
    release: str | None
    desired_release: str | None
    update: UpdateState | None
    update_release: str | None
    update_reason: str
    terminal_running: bool | None
    busy: bool | None
    devices: tuple[DeviceReport, ...]
    waiting: int | None
    wants_care: bool


@dataclass(frozen=True)
class Totals:
    """How many terminals there are, in all and of some kinds."""

    terminals: int
    online: int
    wanting_care: int
    up_to_date: int  # have the release that they should have


@dataclass(frozen=True)
class Page:
    """Some rows: those that want care first, then by name. `number` counts from 1."""

    rows: tuple[TerminalRow, ...]
    number: int
    pages: int


def page(
    engine: Engine,
    *,
    bank: str | None = None,
    only_wanting_care: bool = False,
    number: int = 1,
    size: int = PAGE,
) -> Page:
    """One page of terminals; a number beyond the last page gives the last."""
    size = max(1, min(size, LARGEST_PAGE))
    care = _wanting_care()
    chosen = and_(
        terminals.c.bank == bank if bank is not None else terminals.c.bank.is_not(None),
        care if only_wanting_care else terminals.c.bank.is_not(None),
    )
    with engine.connect() as reading:
        count = reading.scalar(select(func.count()).select_from(terminals).where(chosen)) or 0
        pages = max(1, -(-count // size))
        number = max(1, min(number, pages))
        found = reading.execute(
            select(terminals, care.label("care"))
            .where(chosen)
            .order_by(case((care, 0), else_=1), terminals.c.bank, terminals.c.name)
            .limit(size)
            .offset((number - 1) * size)
        )
        return Page(tuple(map(_row, found)), number, pages)


def totals(engine: Engine) -> Totals:
    """The figures at the head of the console."""
    in_place = and_(
        terminals.c.desired_release.is_not(None),
        terminals.c.release == terminals.c.desired_release,
    )
    figures = select(
        func.count(),
        func.count(case((terminals.c.presence == Presence.ONLINE.value, 1))),
        func.count(case((_wanting_care(), 1))),
        func.count(case((in_place, 1))),
    ).select_from(terminals)
    with engine.connect() as reading:
        return Totals(*reading.execute(figures).one())


def _wanting_care() -> ColumnElement[bool]:
    """Something in the last report, or the terminal is gone. Unknown presence is nobody's fault."""
    return or_(
        func.coalesce(terminals.c.wants_care, False),
        func.coalesce(terminals.c.presence == Presence.OFFLINE.value, False),
    )


def _row(found: Row[Any]) -> TerminalRow:
    return TerminalRow(
        terminal=Terminal(found.bank, found.name),
        presence=Presence(found.presence) if found.presence else None,
        last_seen=datetime.fromisoformat(found.last_seen) if found.last_seen else None,
        release=found.release,
        desired_release=found.desired_release,
        update=UpdateState(found.update_state) if found.update_state else None,
        update_release=found.update_release,
        update_reason=found.update_reason or "",
        terminal_running=found.terminal_running,
        busy=found.busy,
        devices=_DEVICES.validate_json(found.devices) if found.devices else (),
        waiting=found.waiting,
        wants_care=bool(found.care),
    )
