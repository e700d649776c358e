"""What stands between a page printer's driver and ippeveprinter, and spoils what it hands on."""

from __future__ import annotations

import http.client
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

from pyipp.enums import IppOperation, IppStatus

from tests.drivers.ipp_answers import ipp
from tests.kiosk.gateway.raw_server import Behaviour, RawServer, answer, raw_server, says

_ANSWER_S = 20.0


def says_ipp(body: bytes, status: int = 200, more: str = "") -> Behaviour:
    """Answers with that body over HTTP."""
    return says(answer(status, body, "application/ipp", more))


def printer_uri(server: RawServer) -> str:
    """What a driver opens to be served there."""
    return f"ipp://{urlsplit(server.base_url).netloc}/ipp/print"


def operation_of(request: bytes) -> IppOperation:
    """What is asked for."""
    body = request.partition(b"\r\n\r\n")[2]
    return IppOperation(int.from_bytes(body[2:4], "big"))


class Relay:
    """Hands requests on to a printer; `asked` has all that came, in order.

    Once, the answer to `unanswered` gets lost on its way back; once, the printer says yes to
    `unheeded` and does nothing, as ippeveprinter does to a Cancel-Job for a job it is taking up.
    What is `refused` is answered with that status and handed on to nobody. While `cut`, no request
    is answered at all.
    """

    def __init__(
        self, uri: str, unanswered: IppOperation | None = None, unheeded: IppOperation | None = None
    ) -> None:
        self._port = int(urlsplit(uri).port or 0)
        self._unanswered, self._unheeded = unanswered, unheeded
        self.server: RawServer | None = None
        self.refused: dict[IppOperation, IppStatus] = {}
        self.cut = False
        self.asked: list[IppOperation] = []

    def __call__(self, connection: socket.socket) -> None:
        """Serve one connection."""
        assert self.server is not None
        if self.cut:
            return
        request = self.server.requests[-1]
        operation = operation_of(request)
        once = operation not in self.asked
        self.asked.append(operation)
        if (status := self.refused.get(operation)) is not None:
            says_ipp(ipp(status=status))(connection)
            return
        if once and operation is self._unheeded:
            says_ipp(ipp())(connection)
            return
        printer = http.client.HTTPConnection("localhost", self._port, timeout=_ANSWER_S)
        body = request.partition(b"\r\n\r\n")[2]
        printer.request("POST", "/ipp/print", body, {"Content-Type": "application/ipp"})
        reply = printer.getresponse().read()
        printer.close()
        if not (once and operation is self._unanswered):
            says_ipp(reply)(connection)

    @contextmanager
    def serving(self) -> Iterator[str]:
        """The address to print at."""
        with raw_server(self) as server:
            self.server = server
            yield printer_uri(server)
