"""A simulated page printer: CUPS's `ippeveprinter`, a real IPP Everywhere printer, on loopback.

simulator = IppEveSimulator(folder)
simulator.start()                       # the driver opens simulator.uri
simulator.paper = PaperState.OUT
simulator.cover_open = True
simulator.fault = PagePrinterFault.DIES_MID_JOB
simulator.print_outs[-1].pdf

Debian: cups-ipp-utils and dbus. How it is kept to itself says `eve_process`.
"""

from __future__ import annotations

import http.client
import signal
import socket
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TypeVar

from pyipp.enums import IppOperation
from pyipp.serializer import encode_dict

from drivers.page_printer.answers import (
    PRINTER_ATTRIBUTES,
    BadAnswer,
    PrinterReport,
    printer_report,
    read,
)
from drivers.page_printer.document import PDF, Sheet
from drivers.page_printer.port import MarkerState
from drivers.simulators.eve_process import (
    HOST,
    START_S,
    EveProcess,
    eventually,
    held_port,
)
from drivers.simulators.page_mechanism import (
    COVER_OPEN,
    LEVER,
    MARKER,
    MEDIA_EMPTY,
    MEDIA_NEEDED,
    PAPER,
    Mechanism,
)
from drivers.simulators.simulated import SimulatorError
from drivers.status import PaperState

T = TypeVar("T")

FORMATS = (PDF, "image/jpeg", "image/pwg-raster")
_PATH = "/ipp/print"
_TRAYS = range(16)
_LOAD_PAPER = "/media?" + "&".join(
    f"size{tray}={Sheet.A4.value}&level{tray}=250" for tray in _TRAYS
)
_ANSWER_S = 3.0


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


class IppEveSimulator:
    """The printer, its paper and its faults.

    `folder` holds its spool, log and print-outs; `port` 0 takes a free one.
    """

    def __init__(self, folder: Path, formats: tuple[str, ...] = FORMATS, *, port: int = 0) -> None:
        self._mechanism = Mechanism(folder.absolute())
        self._formats = formats
        self._lock = threading.RLock()
        self._port = port
        self._held: socket.socket | None = None
        self._process = EveProcess()

    def start(self) -> None:
        """Plug the printer in; SimulatorError when a program is missing or does not start."""
        self._mechanism.install()
        self.plug()

    def stop(self) -> None:
        """Unplug it and end all processes."""
        with self._lock:
            self._process.stop()
            if self._held:
                self._held.close()
                self._held = None

    @property
    def uri(self) -> str:
        """What the driver opens; the port stays the same once plugged in."""
        return f"ipp://{HOST}:{self._port}{_PATH}"

    @property
    def plugged(self) -> bool:
        """Whether the printer has power."""
        return self._process.running

    def plug(self) -> None:
        """Give it power; SimulatorError when it does not start. It has forgotten all jobs."""
        with self._lock:
            if self.plugged:
                return
            self._held = self._held or held_port(self._port)
            self._port = self._held.getsockname()[1]
            if self._process.run(self._mechanism, self._formats, self._port):
                self._show()
                return
        self.stop()
        raise SimulatorError(f"ippeveprinter does not start: see {self._mechanism.log}")

    def unplug(self) -> None:
        """Take its power, in whatever it is doing."""
        with self._lock:
            self._process.kill()

    @contextmanager
    def hanging(self) -> Iterator[None]:
        """It takes connections and answers nothing, for as long as the block runs."""
        self._process.signal(signal.SIGSTOP)
        try:
            yield
        finally:
            self._process.signal(signal.SIGCONT)

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

    # -- what it says of itself

    def _say(self, instead_of: frozenset[str], reason: str | None) -> None:
        with self._lock:
            others = self._mechanism.reasons - instead_of
            self._mechanism.reasons = others | ({reason} if reason else set())
            if self.plugged:
                self._show()

    def _show(self) -> None:
        """Return when the printer says what the mechanism knows, or has lost its power."""

        def shown() -> bool:
            try:
                return self._says_its_state()
            except (OSError, http.client.HTTPException, BadAnswer):
                return not self.plugged

        if not eventually(shown, START_S):
            raise SimulatorError(f"ippeveprinter does not say its state: see {self._mechanism.log}")

    def _says_its_state(self) -> bool:
        """Whether it does; if not, it is given a job, in which alone it hears of its state."""
        said = set(self._report().reasons) - {MEDIA_NEEDED}
        if said == self._mechanism.reasons:
            return True
        if MEDIA_EMPTY in said:  # then it runs no job
            self._http("GET", _LOAD_PAPER)
        else:
            lever = {"job-name": LEVER, "document-format": self._formats[0]}
            self._ask(IppOperation.PRINT_JOB, lever)
        return False

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


def _said(words: Mapping[T, str], reasons: frozenset[str]) -> T | None:
    return next((state for state, word in words.items() if word in reasons), None)
