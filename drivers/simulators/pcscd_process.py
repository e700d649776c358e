"""`pcscd` as a process behind a socket of its own, with one virtual reader (vpcd).

The socket is handed to it as systemd would (`LISTEN_FDS`), which is the one way in which Debian's
pcscd serves another path than `/run/pcscd/pcscd.comm`; so a system's own pcscd is left alone but
for the file `/run/pcscd/pcscd.pid`. vpcd listens for the card on all interfaces: its port is open
while the simulator runs.
"""

from __future__ import annotations

import contextlib
import os
import random
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from pathlib import Path

from drivers.simulators.simulated import SimulatorError

_READER = "Simulated Reader"
_LIBRARY = Path("/usr/lib/pcsc/drivers/serial/libifdvpcd.so")
_PORTS = range(10_000, 30_000, 2)  # below what Linux gives out by itself; vpcd takes the next, too
_TRIES = 50
_START_S, _STOP_S, _LOOK_S = 20.0, 20.0, 0.01
_SYSTEM_FOLDERS = "/usr/sbin:/usr/bin:/sbin:/bin"
# The socket comes as standard input and must be number 3; LISTEN_PID must name pcscd itself;
# --info makes it say when it is ready, and nothing of a card.
_COMMAND = (
    "exec 3<&0 0</dev/null; LISTEN_PID=$$ LISTEN_FDS=1 exec pcscd --foreground --info --config"
)
_SHELL = ("sh", "-c", f'{_COMMAND} "$1"', "sh")
_READY = b"daemon ready"


class PcscdProcess:
    """The service, running or not. `socket_path`: at most 107 bytes; else one of its own.

    Clients set PCSCLITE_CSOCK_NAME to that path; libpcsclite reads it once in a process's life, so
    two services that one process shall use, one after the other, are given the same path.
    """

    def __init__(
        self, socket_path: Path | None = None, chance: random.Random | None = None
    ) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="pcscd-")
        self._socket_path = socket_path or Path(self._folder.name) / "pcscd.comm"
        self._chance = chance or random.Random()  # noqa: S311 - a port, not a secret
        self._process: subprocess.Popen[bytes] | None = None
        self._port = 0

    @property
    def socket_path(self) -> str:
        """Where it serves."""
        return str(self._socket_path)

    @property
    def port(self) -> int:
        """Where the reader waits for its card; stays the same once it was started."""
        return self._port

    @property
    def running(self) -> bool:
        """Whether the process lives."""
        return self._process is not None and self._process.poll() is None

    def start(self, *, with_reader: bool = True) -> None:
        """Start it, nothing if it runs; SimulatorError when something is missing."""
        if self.running:
            return
        self._require()
        self._port = self._port or self._free_port()
        configuration = Path(self._folder.name) / "reader.conf"
        configuration.write_text(self._reader() if with_reader else "", "ascii")
        log = Path(self._folder.name) / "log"
        with self._listening() as served, log.open("wb") as out:
            self._process = subprocess.Popen(  # noqa: S603 - a list of our own making
                [*_SHELL, str(configuration)],
                env={"PATH": _SYSTEM_FOLDERS},
                stdin=served.fileno(),
                stdout=out,
                stderr=out,
                start_new_session=True,
            )
        if not self._comes_up(log):
            said = log.read_text("utf-8", "replace")[-500:]
            self.kill()
            raise SimulatorError(f"pcscd does not start: {said}")

    def signal(self, number: signal.Signals) -> None:
        """Send a signal to it when it lives."""
        if self._process is not None and self.running:
            self._process.send_signal(number)

    def kill(self) -> None:
        """End it as a crash does."""
        if self._process is not None:
            with contextlib.suppress(ProcessLookupError):  # it has ended
                os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait(_STOP_S)
            self._process = None
        self._socket_path.unlink(missing_ok=True)

    def stop(self) -> None:
        """End it and remove its files."""
        self.kill()
        self._folder.cleanup()

    def _require(self) -> None:
        if not shutil.which("pcscd", path=_SYSTEM_FOLDERS):
            raise SimulatorError("pcscd is missing: install pcscd")
        if not _LIBRARY.exists():
            raise SimulatorError(f"{_LIBRARY} is missing: install vsmartcard-vpcd")

    def _comes_up(self, log: Path) -> bool:
        until = time.monotonic() + _START_S
        while self.running and time.monotonic() < until:
            if _READY in log.read_bytes():
                return True
            time.sleep(_LOOK_S)
        return False

    def _reader(self) -> str:
        return (
            f'FRIENDLYNAME "{_READER}"\nDEVICENAME /dev/null:{self._port}\n'
            f"LIBPATH {_LIBRARY}\nCHANNELID {self._port}\n"
        )

    def _listening(self) -> socket.socket:
        served = socket.socket(socket.AF_UNIX)
        served.bind(self.socket_path)
        served.listen()
        return served

    def _free_port(self) -> int:
        for port in self._chance.sample(_PORTS, _TRIES):
            if _free(port) and _free(port + 1):
                return port
        raise SimulatorError(f"no free port from {_PORTS.start} to {_PORTS.stop}")


def _free(port: int) -> bool:
    try:
        with socket.create_server(("", port)):
            return True
    except OSError:
        return False
