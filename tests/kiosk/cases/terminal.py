"""A terminal's delivery side, assembled as a terminal assembles it, over a scripted platform.

Run as a program it hands in one submission and then goes on delivering until it is killed.
"""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from pathlib import Path
from random import Random

from kiosk.backoff import Backoff
from kiosk.cases.answers import LateAcknowledgement
from kiosk.cases.courier import Courier
from kiosk.cases.outbox import Outbox
from kiosk.cases.outbox_schema import outbox_schema
from kiosk.cases.set_aside import SetAside
from kiosk.gateway.http_client import HttpGateway
from kiosk.gateway.port import Gateway, Holder, MaterialEntry, Problem, Rating, Submission
from kiosk.storage.database import Database
from kiosk.storage.vault import Sealer, Vault

BEIJING = timezone(timedelta(hours=8))
NAME = "样例·阿卜杜热合曼"
NUMBER = "439900199603120027"
QUICK = Backoff(first_s=0.01, longest_s=0.05)
PATIENCE_S = 20.0


@dataclass
class SettableClock:
    """Local time that stands still until it is moved."""

    now: datetime = field(default_factory=lambda: datetime(2026, 11, 22, 9, 30, tzinfo=BEIJING))

    def __call__(self) -> datetime:
        return self.now


@dataclass
class Terminal:
    """The parts a test speaks to."""

    folder: Path
    database: Database
    outbox: Outbox
    set_aside: SetAside
    courier: Courier
    clock: SettableClock
    late: list[LateAcknowledgement]


def submission(item_id: str) -> Submission:
    return Submission(
        id=item_id,
        terminal="T0001",
        life_event="newborn",
        catalogue="2026.11.1",
        applicant=Holder("111", NUMBER, NAME),
        applied_at=datetime(2026, 11, 22, 9, 30, tzinfo=BEIJING),
        matters=("birth_certificate", "household_entry"),
        answers={"married": "yes"},
        values={"child_name": "周样例乐", "mobile": "13800000000"},
        materials=(MaterialEntry("id_card", "licence", "1.2.156.3005.2"),),
        delivery="post",
        provisional_no="",
    )


def rating(item_id: str, of_submission: str) -> Rating:
    return Rating(item_id, of_submission, 5, datetime(2026, 11, 22, 9, 31, tzinfo=BEIJING))


def problem(item_id: str) -> Problem:
    at = datetime(2026, 11, 22, 9, 32, tzinfo=BEIJING)
    return Problem(item_id, "T0001", "newborn", "field.child_name", "no_character", at)


@contextmanager
def terminal(
    folder: Path,
    url: str,
    *,
    sealer: Sealer | None = None,
    gateway: Gateway | None = None,
    timeout_s: float = PATIENCE_S,
    backoff: Backoff = QUICK,
    running: bool = True,
) -> Iterator[Terminal]:
    """A terminal that runs until the block ends; on the same folder, the same one after restart."""
    clock = SettableClock()
    late: list[LateAcknowledgement] = []
    vault = sealer or Vault.open(folder / "outbox.key")
    with (
        Database(folder / "outbox.db", [outbox_schema()]) as database,
        HttpGateway(url, "T0001", "sample-key", timeout_s=timeout_s) as http,
    ):
        outbox = Outbox(database, vault, "T0001", clock)
        set_aside = SetAside(database, vault, clock)
        courier = Courier(outbox, set_aside, gateway or http, Random(1), backoff=backoff)
        courier.subscribe(late.append)
        if running:
            courier.start()
        try:
            yield Terminal(folder, database, outbox, set_aside, courier, clock, late)
        finally:
            courier.stop()


def wait_until(condition: Callable[[], bool], what: str) -> None:
    """Fail, saying what was waited for, if it does not come about."""
    until = time.monotonic() + PATIENCE_S
    while not condition():
        assert time.monotonic() < until, f"still waiting until {what}"
        time.sleep(0.005)


def main(folder: str, url: str, item_id: str, running: str) -> None:
    """Hand in; say so on the output; then go on until killed."""
    with terminal(Path(folder), url, running=running == "running") as station:
        if running == "running":
            station.courier.hand_in(submission(item_id), wait_s=PATIENCE_S)
        else:
            station.outbox.put(submission(item_id))
        print("handed in", flush=True)  # noqa: T201 - read by the test that started this
        threading.Event().wait()


if __name__ == "__main__":
    main(*sys.argv[1:])
