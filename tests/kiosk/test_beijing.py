"""Every clock of the house shows Beijing time, whatever zone its machine is set to."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from kiosk import beijing
from tests.harness.walk import ROOT

PARTS = ("kiosk", "screens", "drivers", "fleet", "yici")
# `today` as a default is asked when the window is used: the terminal gives it the day in China.
MACHINE_TIME = re.compile(r"datetime\.now\(\)|date\.today\(|datetime\.today\(|\.astimezone\(\)")


@pytest.fixture(params=["UTC", "Pacific/Honolulu", "Asia/Shanghai"])
def machine(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A machine that is set to that zone."""
    with monkeypatch.context() as patched:
        patched.setenv("TZ", request.param)
        time.tzset()
        yield
    time.tzset()


def test_the_zone_of_the_machine_does_not_matter(machine: None) -> None:
    here = beijing.now()
    assert here.utcoffset() == timedelta(hours=8)
    assert abs(here - datetime.now(UTC)) < timedelta(minutes=1)
    assert beijing.today() in {here.date(), (datetime.now(UTC) + timedelta(hours=8)).date()}


def test_nobody_asks_the_machine_for_its_zone() -> None:
    files = [
        ROOT / "run_kiosk.py",
        *(file for part in PARTS for file in (ROOT / part).rglob("*.py")),
    ]
    asking = {
        f"{file.relative_to(ROOT)}: {found}"
        for file in files
        for found in MACHINE_TIME.findall(file.read_text("utf-8"))
    }
    assert asking == set()
