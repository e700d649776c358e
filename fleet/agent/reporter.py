"""Tells the manager how the terminal is: birth, reports at every change and at intervals, death."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import datetime
from enum import StrEnum

from fleet.agent.link import Link
from fleet.agent.update import LONGEST_REASON
from fleet.protocol.messages import (
    DeviceReport,
    Presence,
    Report,
    Status,
    Update,
    UpdateState,
)
from fleet.protocol.topics import Kind, Terminal
from kiosk.catalogue.release_rows import AgentRow, InForce, TerminalRow

EVERY_S = 30.0  # a report without a change; 10,000 terminals make 333 a second


class Remark(StrEnum):
    """What can be wrong beside what the row says."""

    STORE = "store"
    DESIRED = "desired"
    METADATA = "metadata"


class Reporter:
    """Not for several threads at once, but for `death`."""

    def __init__(
        self,
        terminal: Terminal,
        boot: str,
        now: Callable[[], datetime],
        monotonic_s: Callable[[], float] = time.monotonic,
    ) -> None:
        """`boot`: 32 hex digits made anew at each start."""
        self._terminal = terminal
        self._boot = boot
        self._now = now
        self._monotonic_s = monotonic_s
        self._sequence = 0
        self._said: Report | None = None
        self._said_s = 0.0
        self._up = False
        self._remarks: dict[Remark, str] = {}
        self._link: Link | None = None

    def over(self, link: Link) -> None:
        """The connection to say it over."""
        self._link = link

    @property
    def status_topic(self) -> str:
        """Where birth and death are told, retained."""
        return self._terminal.topic(Kind.STATUS)

    def death(self) -> bytes:
        """The last will."""
        return self._status(Presence.OFFLINE)

    def connected(self) -> None:
        """Tell the birth; a report follows with the next `tell`."""
        self._up = True
        self._said = None
        self._publish(self.status_topic, self._status(Presence.ONLINE), retain=True)

    def lost(self) -> None:
        """Nothing can be told for now."""
        self._up = False

    def leave(self) -> None:
        """Tell the death oneself."""
        self._publish(self.status_topic, self.death(), retain=True)

    def remark(self, about: Remark, what: str) -> None:
        """Something to report; empty takes it back."""
        self._remarks[about] = what

    def tell(
        self,
        row: AgentRow,
        in_force: InForce | None,
        terminal: TerminalRow | None,
        *,
        alive: bool,
    ) -> None:
        """Report if something changed or the last report is old."""
        if not self._up:
            return
        report = self._report(row, in_force, terminal, alive=alive)
        due = self._monotonic_s() - self._said_s >= EVERY_S
        if self._said is not None and not due and _same(report, self._said):
            return
        if self._publish(self._terminal.topic(Kind.REPORT), report.to_bytes()):
            self._sequence = report.sequence
            self._said, self._said_s = report, self._monotonic_s()

    def _report(
        self,
        row: AgentRow,
        in_force: InForce | None,
        terminal: TerminalRow | None,
        *,
        alive: bool,
    ) -> Report:
        running = terminal if alive else None
        active = in_force.active if in_force else None
        reasons = (
            self._remarks.get(Remark.STORE),
            row.reason,
            self._remarks.get(Remark.DESIRED),
            self._remarks.get(Remark.METADATA),
            terminal.finding if terminal else "",
        )
        return Report(
            boot=self._boot,
            sequence=self._sequence + 1,
            at=self._now(),
            # What citizens see counts, which during a session is still the one before.
            release=running.release if running else active,
            update=Update(
                state=UpdateState(row.state),
                release=row.release or active,
                reason=next(filter(None, reasons), "")[:LONGEST_REASON],
            ),
            terminal_running=alive,
            busy=running.busy if running else False,
            devices=tuple(
                DeviceReport(
                    device=line.device,
                    state=line.state,
                    paper=line.paper,
                    cover_open=line.cover_open,
                )
                for line in (running.devices if running else ())
            ),
            waiting=terminal.waiting if terminal else 0,
        )

    def _status(self, presence: Presence) -> bytes:
        return Status(presence=presence, boot=self._boot, at=self._now()).to_bytes()

    def _publish(self, topic: str, payload: bytes, *, retain: bool = False) -> bool:
        return self._link is not None and self._link.publish(topic, payload, retain=retain)


def _same(one: Report, other: Report) -> bool:
    unlike = {"sequence", "at"}
    return one.model_dump(exclude=unlike) == other.model_dump(exclude=unlike)
