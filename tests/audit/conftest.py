"""The shipped terminal, every page of it once, and the real window."""

from __future__ import annotations

import os

import pytest

from kiosk import beijing
from tests.harness.walk import NOW, ROOT
from tests.harness.window import Glass
from yici.audit.auditor import Auditor
from yici.audit.room import Room
from yici.audit.visitor import Situation


@pytest.fixture(scope="session")
def rotation() -> int:
    """Which covering set: today's, or that of YICI_AUDIT_ROTATION."""
    return int(os.environ.get("YICI_AUDIT_ROTATION") or beijing.today().toordinal())


@pytest.fixture(scope="session")
def room() -> Room:
    return Room.of(ROOT / "config", NOW)


@pytest.fixture(scope="session")
def situations(room: Room) -> tuple[Situation, ...]:
    return room.collector(ROOT / "config").collect()


@pytest.fixture(scope="session")
def auditor(
    room: Room,
    situations: tuple[Situation, ...],
    _glass: Glass,
    tmp_path_factory: pytest.TempPathFactory,
) -> Auditor:
    """Draws without a window; the one there is has settled Kivy's surroundings."""
    return Auditor(room.world, room.drawing(tmp_path_factory.mktemp("kivy")), situations)
