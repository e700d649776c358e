"""A terminal killed at any moment has neither lost a submission nor made a second case."""

import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from kiosk.cases.delivery import State
from tests.kiosk.cases.scripted_platform import HOLD_LIMIT_S, ScriptedPlatform, scripted_platform
from tests.kiosk.cases.terminal import submission, terminal, wait_until

START_LIMIT_S = 60


@contextmanager
def terminal_process(folder: Path, url: str, *arguments: str) -> Iterator[subprocess.Popen[str]]:
    """A terminal in a process of its own, killed at the end of the block at the latest."""
    command = [sys.executable, "-m", "tests.kiosk.cases.terminal", str(folder), url, *arguments]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    try:
        yield process
    finally:
        process.kill()
        process.communicate(timeout=START_LIMIT_S)


def kill(process: subprocess.Popen[str]) -> None:
    process.send_signal(signal.SIGKILL)
    assert process.wait(START_LIMIT_S) == -signal.SIGKILL


@pytest.fixture
def platform() -> Iterator[ScriptedPlatform]:
    with scripted_platform() as listening:
        yield listening


def restart_and_deliver(folder: Path, platform: ScriptedPlatform) -> None:
    with terminal(folder, platform.url) as station:
        wait_until(lambda: station.outbox.backlog().waiting == 0, "the outbox is empty")
        found = station.outbox.find("T0001-20261122-0001")
        assert found is not None
        assert (found.state, found.case_no) == (State.ACKNOWLEDGED, "SAMPLE-0001")


def test_killed_after_writing_ahead_and_before_sending(
    platform: ScriptedPlatform, tmp_path: Path
) -> None:
    with terminal_process(tmp_path, platform.url, "s-1", "standing") as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "handed in\n"
        kill(process)
    assert platform.stored == {}

    restart_and_deliver(tmp_path, platform)

    assert platform.order == ["s-1"]
    assert platform.asked["s-1"] == 1


def test_killed_after_the_platform_stored_it_and_before_its_answer_came(
    platform: ScriptedPlatform, tmp_path: Path
) -> None:
    stored, release = threading.Event(), threading.Event()

    def hold_the_answer(_item: str) -> None:
        stored.set()
        release.wait(HOLD_LIMIT_S)

    platform.after = hold_the_answer
    with terminal_process(tmp_path, platform.url, "s-1", "running") as process:
        assert stored.wait(START_LIMIT_S)
        kill(process)
    release.set()
    platform.after = lambda _id: None

    restart_and_deliver(tmp_path, platform)

    assert platform.order == ["s-1"]
    assert platform.asked["s-1"] == 2


def test_killed_before_the_platform_stored_it(platform: ScriptedPlatform, tmp_path: Path) -> None:
    asked, release = threading.Event(), threading.Event()

    def hold_the_request(_item: str) -> tuple[int, str]:
        asked.set()
        release.wait(HOLD_LIMIT_S)
        return 503, "unavailable"

    platform.before = hold_the_request
    with terminal_process(tmp_path, platform.url, "s-1", "running") as process:
        assert asked.wait(START_LIMIT_S)
        kill(process)
    release.set()
    platform.before = lambda _id: None

    restart_and_deliver(tmp_path, platform)

    assert platform.order == ["s-1"]


def test_provisional_numbers_go_on_where_the_killed_terminal_left_them(
    platform: ScriptedPlatform, tmp_path: Path
) -> None:
    with terminal_process(tmp_path, platform.url, "s-1", "standing") as process:
        assert process.stdout is not None
        process.stdout.readline()
        kill(process)

    with terminal(tmp_path, platform.url, running=False) as station:
        assert station.outbox.put(submission("s-2")).provisional_no == "T0001-20261122-0002"
