"""Processes that live and end together: each is started when the one before it answers.

Nothing outlives the group: each process leads a process group of its own that is ended with it,
and the kernel ends it should the program that started it be killed.
"""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import threading
import time
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Self

POLL_S = 0.05
LOG_TAIL = 8  # lines
# util-linux, on every Debian: the signal is sent when the thread that started the process ends
END_WITH_PARENT = ("setpriv", "--pdeathsig", "TERM", "--")


@dataclass(frozen=True)
class Service:
    """One process: what it runs, and how one can tell that it does its work."""

    name: str  # also of its log file
    command: tuple[str, ...]
    answers: Callable[[], bool] = field(repr=False)  # may take a second, raises nothing
    environment: Mapping[str, str] = field(default_factory=dict, repr=False)  # over the runner's


class ServiceFailed(Exception):
    """A service ended, or did not answer in time. `log_tail`: the last lines it wrote."""

    def __init__(self, name: str, log: Path) -> None:
        self.name = name
        self.log = log
        with log.open(encoding="utf-8", errors="replace") as lines:
            self.log_tail = tuple(line.rstrip() for line in deque(lines, LOG_TAIL))
        super().__init__(f"{name}: see {log}")


class ServiceEnded(ServiceFailed):
    """It ended by itself; `code` is its exit code, negative for a signal."""

    def __init__(self, name: str, log: Path, code: int) -> None:
        super().__init__(name, log)
        self.code = code


class ServiceSilent(ServiceFailed):
    """It runs, but did not answer in time."""


class Processes:
    """A group of services; leaving its `with` stops them, the last started first.

    `stop_asked` may be set by a signal handler at any moment; every wait here then returns.
    `stop_s` is the time that services have to end before they are killed.
    """

    def __init__(self, logs: Path, stop_asked: threading.Event, stop_s: float) -> None:
        self._logs = logs
        self._stop_asked = stop_asked
        self._stop_s = stop_s
        self._running: list[tuple[Service, subprocess.Popen[bytes]]] = []

    def __enter__(self) -> Self:
        self._logs.mkdir(parents=True, exist_ok=True)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()

    def start(self, service: Service, within_s: float) -> None:
        """Start it and wait until it answers; once a stop is asked for, nothing is started.

        Raises ServiceEnded or ServiceSilent, for this one or one started before.
        """
        if self._stop_asked.is_set():
            return
        with self._log(service).open("wb") as log:
            process = subprocess.Popen(  # noqa: S603 -- commands of the station's own plan
                (*END_WITH_PARENT, *service.command),
                env={**os.environ, **service.environment},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,  # Ctrl-C is for the runner alone
            )
        self._running.append((service, process))
        deadline = time.monotonic() + within_s
        while not self._stop_asked.is_set():
            self._raise_if_ended()
            if service.answers():
                return
            if time.monotonic() > deadline:
                raise ServiceSilent(service.name, self._log(service))
            self._stop_asked.wait(POLL_S)

    def watch(self) -> None:
        """Wait until a stop is asked for; raises ServiceEnded when a service ends before."""
        while not self._stop_asked.wait(POLL_S):
            self._raise_if_ended()

    def stop(self) -> None:
        """End every process, with its children."""
        for _, process in reversed(self._running):
            _signal_group(process, signal.SIGTERM)
        deadline = time.monotonic() + self._stop_s
        for _, process in self._running:
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(max(0.0, deadline - time.monotonic()))
        for _, process in self._running:
            _signal_group(process, signal.SIGKILL)
            process.wait()
        self._running.clear()

    def _raise_if_ended(self) -> None:
        for service, process in self._running:
            if (code := process.poll()) is not None:
                raise ServiceEnded(service.name, self._log(service), code)

    def _log(self, service: Service) -> Path:
        return self._logs / f"{service.name}.log"


def _signal_group(process: subprocess.Popen[bytes], number: signal.Signals) -> None:
    with contextlib.suppress(ProcessLookupError):  # all of the group have ended
        os.killpg(process.pid, number)
