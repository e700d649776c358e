"""The parts of a station live and end together. Real processes, standing in for the parts."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.yici.waiting import wait_until
from yici.processes import Processes, Service, ServiceEnded, ServiceSilent

STOP_S = 5.0
START_S = 60.0  # two shared cores
SLEEP = "import time; time.sleep(60)"


def python(name: str, program: str, *arguments: object, answers: Callable[[], bool]) -> Service:
    command = (sys.executable, "-c", program, *(str(argument) for argument in arguments))
    return Service(name, command, answers)


def at_once() -> bool:
    return True


def never() -> bool:
    return False


def is_running(pid: int) -> bool:
    """Whether it runs; one that has ended and waits to be collected does not."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0]
    except (FileNotFoundError, ProcessLookupError):  # the latter when it ends while it is read
        return False
    return state != "Z"


WRITES_PID = """
import os, pathlib, subprocess, sys, time
pid_file = pathlib.Path(sys.argv[1])
part = pid_file.with_suffix(".part")
part.write_text(str(os.getpid()))
part.replace(pid_file)
"""

HAS_A_CHILD = """
child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
part.write_text(str(child.pid))
part.replace(pid_file.with_suffix(".child"))
child.wait()
"""


def writes_pid(name: str, pid_file: Path, then: str = SLEEP) -> Service:
    return python(name, WRITES_PID + then, pid_file, answers=pid_file.exists)


@pytest.fixture
def stop_asked() -> threading.Event:
    return threading.Event()


@pytest.fixture
def processes(tmp_path: Path, stop_asked: threading.Event) -> Processes:
    return Processes(tmp_path / "log", stop_asked, STOP_S)


def test_a_service_is_started_once_the_one_before_answers(
    processes: Processes, tmp_path: Path
) -> None:
    first = writes_pid("first", tmp_path / "first.pid")
    second = python(
        "second",
        f"import os, sys; os.path.exists(sys.argv[1]) or sys.exit(9)\n{SLEEP}",
        tmp_path / "first.pid",
        answers=at_once,
    )
    with processes:
        processes.start(first, within_s=START_S)
        processes.start(second, within_s=START_S)


def test_leaving_stops_every_process_and_its_children(processes: Processes, tmp_path: Path) -> None:
    parent = writes_pid("parent", tmp_path / "parent.pid", then=HAS_A_CHILD)
    with processes:
        processes.start(parent, within_s=START_S)
        wait_until((tmp_path / "parent.child").exists, START_S)
        pids = [int((tmp_path / name).read_text()) for name in ("parent.pid", "parent.child")]
        assert all(map(is_running, pids))
    wait_until(lambda: not any(map(is_running, pids)))


def test_a_process_that_will_not_end_is_killed(tmp_path: Path, stop_asked: threading.Event) -> None:
    pid_file = tmp_path / "stubborn.pid"
    stubborn = f"import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN)\n{SLEEP}"
    ignored = tmp_path / "ignored"
    program = stubborn.replace("\n", f"\nopen({str(ignored)!r}, 'w').close()\n")
    with Processes(tmp_path / "log", stop_asked, stop_s=0.2) as processes:
        processes.start(writes_pid("stubborn", pid_file, then=program), within_s=START_S)
        wait_until(ignored.exists, START_S)
    assert not is_running(int(pid_file.read_text()))


def test_a_process_that_ends_is_named_with_its_code_and_last_words(
    processes: Processes, tmp_path: Path
) -> None:
    with processes:
        processes.start(writes_pid("steady", tmp_path / "steady.pid"), within_s=START_S)
        brief = python("brief", "import sys; print('no paper'); sys.exit(3)", answers=at_once)
        with pytest.raises(ServiceEnded) as ended:
            processes.start(brief, within_s=START_S)  # it may have ended before it is looked at
            processes.watch()
    assert (ended.value.name, ended.value.code) == ("brief", 3)
    assert ended.value.log_tail == ("no paper",)
    assert not is_running(int((tmp_path / "steady.pid").read_text()))


def test_a_process_that_ends_before_it_answers_is_not_waited_for(processes: Processes) -> None:
    with processes, pytest.raises(ServiceEnded, match="brief"):
        processes.start(python("brief", "raise SystemExit(1)", answers=never), within_s=START_S)


def test_a_program_that_is_not_installed_is_reported(processes: Processes) -> None:
    with processes, pytest.raises(ServiceEnded) as ended:
        processes.start(Service("absent", ("/no/such/program",), never), within_s=START_S)
    assert "/no/such/program" in " ".join(ended.value.log_tail)


def test_a_process_that_never_answers_is_given_up(processes: Processes) -> None:
    with processes, pytest.raises(ServiceSilent, match="silent"):
        processes.start(python("silent", SLEEP, answers=never), within_s=0.2)


def test_a_stop_asked_for_while_starting_ends_the_wait_and_starts_nothing_more(
    processes: Processes, stop_asked: threading.Event, tmp_path: Path
) -> None:
    def asks_to_stop() -> bool:
        stop_asked.set()
        return False

    with processes:
        processes.start(python("slow", SLEEP, answers=asks_to_stop), within_s=START_S)
        processes.start(writes_pid("later", tmp_path / "later.pid"), within_s=START_S)
        processes.watch()
    assert not (tmp_path / "later.pid").exists()


def test_nothing_outlives_a_runner_that_is_killed(tmp_path: Path) -> None:
    pid_file = tmp_path / "orphan.pid"
    runner = (
        "import pathlib, sys, threading\n"
        "from tests.yici.test_processes import writes_pid\n"
        "from yici.processes import Processes\n"
        "with Processes(pathlib.Path(sys.argv[1]), threading.Event(), 5) as processes:\n"
        "    processes.start(writes_pid('orphan', pathlib.Path(sys.argv[2])), 60)\n"
        "    processes.watch()\n"
    )
    process = subprocess.Popen([sys.executable, "-c", runner, str(tmp_path / "log"), str(pid_file)])
    try:
        wait_until(pid_file.exists, START_S)
        os.kill(process.pid, signal.SIGKILL)
    finally:
        process.kill()
        process.wait()
    wait_until(lambda: not is_running(int(pid_file.read_text())))
