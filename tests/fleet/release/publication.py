"""A publisher and a terminal in two folders, with a clock that the test turns."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from fleet.release.repository import Repository
from fleet.release.trust import Trust
from kiosk.catalogue.items import canonical, to_items
from kiosk.catalogue.load import load_catalogue

ITEMS = to_items(load_catalogue(Path(__file__).resolve().parents[3] / "config/catalogue"))
BIRTH = "matter/birth_certificate"
YEAR = timedelta(days=365)


def with_limit(days: int) -> dict[str, bytes]:
    return ITEMS | {BIRTH: canonical(json.loads(ITEMS[BIRTH]) | {"promise_days": days})}


@dataclass
class Clock:
    time: datetime = field(default_factory=lambda: datetime(2026, 3, 1, 9, tzinfo=UTC))

    def __call__(self) -> datetime:
        return self.time

    def pass_(self, span: timedelta) -> None:
        self.time += span


@dataclass
class Publication:
    """`folder/fleet` is the publisher's, `folder/terminal` the terminal's."""

    folder: Path
    clock: Clock = field(default_factory=Clock)

    def __post_init__(self) -> None:
        self.repository = Repository.open(self.folder / "fleet", "sample-bank", now=self.clock)

    def release(self, days: int) -> str:
        """Build, sign by both, publish: the catalogue with that limit."""
        built = self.repository.build(with_limit(days))
        self.sign("city", "bank")
        self.repository.publish()
        return built.name

    def sign(self, *names: str) -> None:
        for name in names:
            self.repository.sign(self.repository.party_key(name))

    def terminal(self, clock: Clock | None = None, *, live: bool = False) -> Trust:
        return Trust(
            self.folder / "terminal", self.repository.root, now=clock or self.clock, live=live
        )
