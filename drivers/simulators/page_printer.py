"""A simulated page printer: CUPS's `ippeveprinter`, a real IPP Everywhere printer, on loopback.

simulator = IppEveSimulator(folder)
simulator.start()                       # the driver opens simulator.uri
simulator.paper = PaperState.OUT
simulator.cover_open = True
simulator.fault = PagePrinterFault.DIES_MID_JOB
simulator.print_outs[-1].pdf

`ippeveprinter` (Debian: cups-ipp-utils) does not start without a D-Bus to look for Avahi on. It
gets a bus of its own (Debian: dbus) with nobody on it: nothing is announced on any network, and a
system's bus and Avahi, running or not, are left alone. With `-n localhost` it listens on 127.0.0.1
and ::1 only.
"""

from __future__ import annotations

import http.client
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TypeVar

from pyipp.enums import IppOperation
from pyipp.serializer import encode_dict

from drivers.page_printer.answers import PRINTER_ATTRIBUTES, PrinterReport, printer_report, read
from drivers.page_printer.document import PDF, Sheet
from drivers.page_printer.port import MarkerState
from drivers.simulators.page_mechanism import (
    COVER_OPEN,
    LEVER,
    MARKER,
    MEDIA_EMPTY,
    MEDIA_NEEDED,
    PAPER,
    Mechanism,
    bus_configuration,
)
from drivers.status import PaperState

T = TypeVar("T")

HOST = "localhost"
FORMATS = (PDF, "image/jpeg", "image/pwg-raster")
_PATH = "/ipp/print"
_TRAYS = range(16)
_LOAD_PAPER = "/media?" + "&".join(
    f"size{tray}={Sheet.A4.value}&level{tray}=250" for tray in _TRAYS
)
_START_S = 10.0
_STOP_S = 3.0
_ANSWER_S = 3.0
_LOOK_S = 0.02
_TRIES = 5  # another process may take the port between its choice and its use
_PROGRAMS = {"ippeveprinter": "cups-ipp-utils", "ipptool": "cups-ipp-utils", "dbus-daemon": "dbus"}
_DBUS_DAEMON = ("dbus-daemon", "--nofork", "--nopidfile")
_SYSTEM_FOLDERS = "/usr/sbin:/usr/bin:/sbin:/bin"  # a user's PATH lacks those of system programs


class PagePrinterFault(StrEnum):
    """What can be wrong with the printer, beside paper, cover and toner."""

    NONE = "none"
    NEVER_ENDS = "never_ends"  # takes jobs, and is at them for ever
    GIVES_UP = "gives_up"  # aborts every job
    PAPER_OUT_MID_JOB = "paper_out_mid_job"  # once, in the next job
    DIES_MID_JOB = "dies_mid_job"  # loses power once, in the next job


@dataclass(frozen=True)
class PrintedDocument:
    """A document that came out, numbered from 1 among those still kept."""

    number: int
    pdf: bytes

    def __repr__(self) -> str:
        """Says nothing of the contents."""
        return f"PrintedDocument({self.number}, {len(self.pdf)} bytes)"


class SimulatorError(Exception):
    """ippeveprinter cannot be run; says why and what to do."""


class IppEveSimulator:
    """The printer, its paper and its faults. `folder` holds its spool, log and print-outs."""

    def __init__(self, folder: Path, formats: tuple[str, ...] = FORMATS) -> None:
        self._mechanism = Mechanism(folder.absolute())
        self._formats = formats
        self._lock = threading.RLock()
        self._port = 0
        self._bus: _Bus | None = None
        self._printer: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Plug the printer in; SimulatorError when a program is missing or does not start."""
        for program, package in _PROGRAMS.items():
            if not shutil.which(program, path=_SYSTEM_FOLDERS):
                raise SimulatorError(f"{program} is missing: install {package}")
        self._mechanism.install()
        self._bus = _Bus()
        self.plug()

    def stop(self) -> None:
        """Unplug it and end all processes."""
        self.unplug()
        if self._bus is not None:
            self._bus.stop()
            self._bus = None

    @property
    def uri(self) -> str:
        """What the driver opens; the port stays the same once plugged in."""
        return f"ipp://{HOST}:{self._port}{_PATH}"

    @property
    def plugged(self) -> bool:
        """Whether the printer has power."""
        return self._printer is not None and self._printer.poll() is None

    def plug(self) -> None:
        """Give it power; SimulatorError when it does not start. It has forgotten all jobs."""
        with self._lock:
            for _ in range(_TRIES):
                if self.plugged:
                    return
                self.unplug()
                self._power_on(self._port or _free_port())
        if not self.plugged:
            raise SimulatorError(f"ippeveprinter does not start: see {self._log}")

    def unplug(self) -> None:
        """Take its power, in whatever it is doing."""
        with self._lock:
            if self._printer is not None:
                _kill(self._printer)
                self._printer = None

    @contextmanager
    def hanging(self) -> Iterator[None]:
        """It takes connections and answers nothing, for as long as the block runs."""
        self._signal(signal.SIGSTOP)
        try:
            yield
        finally:
            self._signal(signal.SIGCONT)

    @property
    def paper(self) -> PaperState:
        """FULL, LOW, OUT or JAMMED."""
        return _said(PAPER, self._mechanism.reasons) or PaperState.FULL

    @paper.setter
    def paper(self, paper: PaperState) -> None:
        self._say(frozenset(PAPER.values()), PAPER.get(paper))

    @property
    def cover_open(self) -> bool:
        """Whether the cover is open."""
        return COVER_OPEN in self._mechanism.reasons

    @cover_open.setter
    def cover_open(self, cover_open: bool) -> None:
        self._say(frozenset({COVER_OPEN}), COVER_OPEN if cover_open else None)

    @property
    def marker(self) -> MarkerState:
        """FULL, LOW or OUT."""
        return _said(MARKER, self._mechanism.reasons) or MarkerState.FULL

    @marker.setter
    def marker(self, marker: MarkerState) -> None:
        self._say(frozenset(MARKER.values()), MARKER.get(marker))

    @property
    def fault(self) -> PagePrinterFault:
        """What is wrong with the printer now."""
        return PagePrinterFault(self._mechanism.fault)

    @fault.setter
    def fault(self, fault: PagePrinterFault) -> None:
        self._mechanism.fault = fault.value

    @property
    def print_outs(self) -> tuple[PrintedDocument, ...]:
        """The latest documents that came out, oldest first."""
        files = self._mechanism.printed()
        return tuple(PrintedDocument(n, file.read_bytes()) for n, file in enumerate(files, 1))

    # -- the processes

    @property
    def _log(self) -> Path:
        return self._mechanism.folder / "log.txt"

    def _power_on(self, port: int) -> None:
        command = ["ippeveprinter", "-n", HOST, "-p", str(port), "-r", "off"]
        command += ["-d", str(self._mechanism.folder / "spool"), "-f", ",".join(self._formats)]
        command += ["-c", str(self._mechanism.command), "Simulated A4"]
        bus = {"DBUS_SYSTEM_BUS_ADDRESS": self._bus.address} if self._bus else {}
        with self._log.open("ab") as out:
            self._printer = subprocess.Popen(  # noqa: S603 - a list of our own making
                command,
                env={"PATH": _SYSTEM_FOLDERS, **bus},
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=out,
                start_new_session=True,
            )
        if _eventually(lambda: not self.plugged or _listens(port), _START_S) and self.plugged:
            self._port = port
            self._show()

    def _signal(self, number: signal.Signals) -> None:
        if self._printer is not None and self.plugged:
            self._printer.send_signal(number)

    # -- what it says of itself

    def _say(self, instead_of: frozenset[str], reason: str | None) -> None:
        with self._lock:
            others = self._mechanism.reasons - instead_of
            self._mechanism.reasons = others | ({reason} if reason else set())
            if self.plugged:
                self._show()

    def _show(self) -> None:
        """Return when the printer says what the mechanism knows: it only hears it in a job."""
        lever = {"job-name": LEVER, "document-format": self._formats[0]}

        def shown() -> bool:
            said = set(self._report().reasons) - {MEDIA_NEEDED}
            if said == self._mechanism.reasons:
                return True
            if MEDIA_EMPTY in said:  # then it runs no job
                self._http("GET", _LOAD_PAPER)
            else:
                self._ask(IppOperation.PRINT_JOB, lever)
            return False

        if not _eventually(shown, _START_S):
            raise SimulatorError(f"ippeveprinter does not say its state: see {self._log}")

    def _report(self) -> PrinterReport:
        asked = {"requested-attributes": list(PRINTER_ATTRIBUTES)}
        return printer_report(read(self._ask(IppOperation.GET_PRINTER_ATTRIBUTES, asked)))

    def _ask(self, operation: IppOperation, attributes: Mapping[str, object]) -> bytes:
        message = {
            "version": (2, 0),
            "operation": operation,
            "operation-attributes-tag": {
                "attributes-charset": "utf-8",
                "attributes-natural-language": "en",
                "printer-uri": self.uri,
                "requesting-user-name": "dock",
                **attributes,
            },
            "data": b"-" if operation is IppOperation.PRINT_JOB else b"",
        }
        return self._http("POST", _PATH, encode_dict(message))

    def _http(self, method: str, path: str, body: bytes = b"") -> bytes:
        connection = http.client.HTTPConnection(HOST, self._port, timeout=_ANSWER_S)
        try:
            connection.request(method, path, body, {"Content-Type": "application/ipp"})
            return connection.getresponse().read()
        finally:
            connection.close()


class _Bus:
    """A D-Bus daemon behind a socket of its own."""

    def __init__(self) -> None:
        # not in the simulator's folder: the path of a socket has at most 107 bytes
        self._folder = tempfile.TemporaryDirectory(prefix="bus-")
        place = Path(self._folder.name)
        self.address = f"unix:path={place / 'socket'}"
        configuration = place / "bus.conf"
        configuration.write_text(bus_configuration(self.address), "ascii")
        self._daemon = subprocess.Popen(  # noqa: S603 - a list of our own making
            [*_DBUS_DAEMON, f"--config-file={configuration}"],
            env={"PATH": _SYSTEM_FOLDERS},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        if not _eventually((place / "socket").exists, _START_S):
            self.stop()
            raise SimulatorError("dbus-daemon does not start: try it by hand with --session")

    def stop(self) -> None:
        _kill(self._daemon)
        self._folder.cleanup()


def _said(words: dict[T, str], reasons: frozenset[str]) -> T | None:
    return next((state for state, word in words.items() if word in reasons), None)


def _kill(process: subprocess.Popen[bytes]) -> None:
    """End it and what it has started, which share its session."""
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
    process.wait(_STOP_S)


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


def _listens(port: int) -> bool:
    try:
        with socket.create_connection((HOST, port), _ANSWER_S):
            return True
    except OSError:
        return False


def _eventually(condition: Callable[[], bool], timeout_s: float) -> bool:
    until = time.monotonic() + timeout_s
    while not condition():
        if time.monotonic() > until:
            return False
        time.sleep(_LOOK_S)
    return True
