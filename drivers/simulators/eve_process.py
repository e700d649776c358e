"""`ippeveprinter` as a process on loopback, with a D-Bus of its own.

It does not start without a bus to look for Avahi on. The bus it is given has nobody on it, so
nothing is announced on any network, and a system's bus and Avahi, running or not, are left alone.
With `-n localhost` it listens on 127.0.0.1 and ::1 only.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from drivers.simulators.page_mechanism import Mechanism, bus_configuration
from drivers.simulators.simulated import SimulatorError

HOST = "localhost"
START_S = 10.0
_STOP_S = 3.0
_CONNECT_S = 1.0
_LOOK_S = 0.02
_SYSTEM_FOLDERS = "/usr/sbin:/usr/bin:/sbin:/bin"  # a user's PATH lacks those of system programs
_PROGRAMS = {"ippeveprinter": "cups-ipp-utils", "ipptool": "cups-ipp-utils", "dbus-daemon": "dbus"}
_DBUS_DAEMON = ("dbus-daemon", "--nofork", "--nopidfile")


class EveProcess:
    """The printer's process, none or one at a time, and its bus."""

    def __init__(self) -> None:
        self._bus: _Bus | None = None
        self._printer: subprocess.Popen[bytes] | None = None

    @property
    def running(self) -> bool:
        """Whether the process lives."""
        return self._printer is not None and self._printer.poll() is None

    def run(self, mechanism: Mechanism, formats: Sequence[str], port: int) -> bool:
        """Start it on that port; whether it listens there. SimulatorError for what is missing."""
        self.kill()
        self._bus = self._bus or _Bus()
        command = ["ippeveprinter", "-n", HOST, "-p", str(port), "-r", "off"]
        command += ["-d", str(mechanism.spool), "-f", ",".join(formats)]
        command += ["-c", str(mechanism.command), "Simulated A4"]
        with mechanism.log.open("ab") as log:
            self._printer = _start(command, log.fileno(), DBUS_SYSTEM_BUS_ADDRESS=self._bus.address)
        return eventually(lambda: not self.running or _listens(port), START_S) and self.running

    def signal(self, number: signal.Signals) -> None:
        """Send a signal to it when it lives."""
        if self._printer is not None and self.running:
            self._printer.send_signal(number)

    def kill(self) -> None:
        """End it and its job command, as the loss of power does."""
        if self._printer is not None:
            _kill(self._printer)
            self._printer = None

    def stop(self) -> None:
        """End it, and its bus too."""
        self.kill()
        if self._bus is not None:
            self._bus.stop()
            self._bus = None


class _Bus:
    """A D-Bus daemon behind a socket of its own."""

    def __init__(self) -> None:
        # a folder of its own: the path of a socket has at most 107 bytes
        self._folder = tempfile.TemporaryDirectory(prefix="bus-")
        place = Path(self._folder.name)
        self.address = f"unix:path={place / 'socket'}"
        configuration = place / "bus.conf"
        configuration.write_text(bus_configuration(self.address), "ascii")
        command = [*_DBUS_DAEMON, f"--config-file={configuration}"]
        try:
            self._daemon = _start(command, subprocess.DEVNULL)
        except SimulatorError:
            self._folder.cleanup()
            raise
        if not eventually(lambda: _answers(place / "socket"), START_S):
            self.stop()
            raise SimulatorError(f"{' '.join(command)} opens no socket: try it by hand")

    def stop(self) -> None:
        _kill(self._daemon)
        self._folder.cleanup()


def held_port(port: int) -> socket.socket:
    """A socket that holds a port until it is closed, so that a printer without power finds it free.

    Linux lets a second socket have the port when both set SO_REUSEADDR, as servers do, and only one
    listens. 0: any free port. SimulatorError when another has it.
    """
    held = socket.socket()
    held.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        held.bind(("127.0.0.1", port))
    except OSError as error:
        held.close()
        raise SimulatorError(f"port {port} is taken ({error.strerror}): name another") from error
    return held


def eventually(condition: Callable[[], bool], timeout_s: float) -> bool:
    """Whether the condition holds before so many seconds have passed."""
    until = time.monotonic() + timeout_s
    while not condition():
        if time.monotonic() > until:
            return False
        time.sleep(_LOOK_S)
    return True


def _start(command: Sequence[str], out: int, **more: str) -> subprocess.Popen[bytes]:
    program = command[0]
    if not shutil.which(program, path=_SYSTEM_FOLDERS):
        raise SimulatorError(f"{program} is missing: install {_PROGRAMS[program]}")
    return subprocess.Popen(  # noqa: S603 - a list of our own making
        command,
        env={"PATH": _SYSTEM_FOLDERS, **more},
        stdin=subprocess.DEVNULL,
        stdout=out,
        stderr=out,
        start_new_session=True,  # so that it can be ended with what it has started
    )


def _kill(process: subprocess.Popen[bytes]) -> None:
    with contextlib.suppress(ProcessLookupError):  # it has ended, and what it had started too
        os.killpg(process.pid, signal.SIGKILL)
    process.wait(_STOP_S)


def _answers(path: Path) -> bool:
    """Whether connections are taken there: the socket is to be seen before they are."""
    try:
        with socket.socket(socket.AF_UNIX) as caller:
            caller.settimeout(_CONNECT_S)
            caller.connect(str(path))
            return True
    except OSError:
        return False


def _listens(port: int) -> bool:
    try:
        with socket.create_connection((HOST, port), _CONNECT_S):
            return True
    except OSError:
        return False
