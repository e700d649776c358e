"""A platform whose time a test sets."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.gateway.http_client import HttpGateway
from kiosk.gateway.sandbox.matters import MatterDirectory
from tests.kiosk.gateway.timed_platform import (
    TimedPlatform,
    matters_with_deferrals,
    timed_platform,
)


@pytest.fixture(scope="session")
def _directory() -> MatterDirectory:
    return matters_with_deferrals()


@pytest.fixture
def timed(tmp_path: Path, _directory: MatterDirectory) -> Iterator[TimedPlatform]:
    """It is Monday, 23 November 2026, nine o'clock in Beijing."""
    with timed_platform(tmp_path / "timed", _directory) as platform:
        yield platform


@pytest.fixture
def at_work(timed: TimedPlatform) -> Iterator[HttpGateway]:
    """A terminal of that platform."""
    with timed.gateway() as gateway:
        yield gateway
