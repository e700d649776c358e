"""The near end of IPP over HTTP: one request and its checked answer, every wait bounded.

pyipp is asynchronous; its loop runs here, inside the printer's thread, only while a request is
under way. It bounds neither the time nor the length of an answer's body, follows redirections and
trusts what it reads, so the session it is given, the time-out and `answers.read` see to those.
"""

from __future__ import annotations

import asyncio
import math
from collections.abc import Callable, Coroutine, Mapping
from dataclasses import dataclass
from types import TracebackType
from typing import Any, TypeVar

import aiohttp
from pyipp import IPP
from pyipp.enums import IppOperation
from pyipp.exceptions import IPPError
from yarl import URL

from drivers.owner import DeviceFault
from drivers.page_printer.answers import BadAnswer, read
from drivers.wire import Stopped, WireLost

T = TypeVar("T")

IPP_PORT = 631
_SLICE_S = 0.1  # how long a wait may overlook that the thread is to end
_LONGEST_ANSWER = 1 << 20  # bytes; a printer with all its attributes says some 20 KB
_FIRST_REFUSAL = 0x0200
_REDIRECTIONS = range(300, 400)
_USER = "terminal"


class Refused(Exception):
    """The printer understood the request and will not do it. `status`: RFC 8011, appendix B."""

    def __init__(self, status: int) -> None:
        super().__init__(f"refused with status 0x{status:04x}")
        self.status = status


class NotReached(WireLost):
    """No connection: the printer has not seen the request."""


@dataclass(frozen=True)
class Address:
    """Where a printer is: `ipp://host[:port]/path`, or `ipps:` with TLS.

    Most printers sign their own certificate, which `verify_tls` refuses.
    """

    uri: str
    verify_tls: bool = False

    def __post_init__(self) -> None:
        url = URL(self.uri)
        if url.scheme not in ("ipp", "ipps") or not url.host:
            raise ValueError(f"{self.uri}: a printer's address is ipp://host[:port]/path")


class IppLink:
    """One printer, reached or not. Belongs to one thread."""

    def __init__(self, address: Address, stopping: Callable[[], bool]) -> None:
        self._address = address
        self._stopping = stopping
        self._runner = asyncio.Runner()
        self._session: aiohttp.ClientSession | None = None

    def __enter__(self) -> IppLink:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._session is not None:
            self._runner.run(self._session.close())
        self._runner.close()

    def reach(self, timeout_s: float) -> None:
        """Make sure that something listens there; raises NotReached, Stopped."""
        url = URL(self._address.uri)
        host, port = url.host or "", url.port or IPP_PORT
        try:
            self._run(_connect(host, port), timeout_s)
        except (OSError, TimeoutError) as error:
            reason = getattr(error, "strerror", None) or type(error).__name__
            # not the whole address, which may hold a password
            raise NotReached(f"{host}:{port} cannot be reached: {reason}") from error

    def ask(
        self,
        operation: IppOperation,
        attributes: Mapping[str, Any],
        timeout_s: float,
        *,
        template: Mapping[str, Any] | None = None,
        document: bytes = b"",
    ) -> dict[str, Any]:
        """The printer's answer, as `answers.read` gives it.

        `attributes` are the operation's, `template` the job's. Raises Refused; NotReached and
        WireLost without and with a connection; DeviceFault for rubbish and when no answer comes
        in time; Stopped.
        """
        message: dict[str, Any] = {
            "operation-attributes-tag": {"requesting-user-name": _USER, **attributes}
        }
        if template:
            message["job-attributes-tag"] = dict(template)
        if document:
            message["data"] = document
        try:
            answer = read(self._run(self._exchange(operation, message, timeout_s), timeout_s))
        except BadAnswer as error:
            raise DeviceFault(f"{operation.name}: {error}") from error
        except TimeoutError as error:
            raise DeviceFault(f"{operation.name}: no answer within {timeout_s:g} s") from error
        except (IPPError, aiohttp.ClientError, OSError, ValueError) as error:
            raise _lost(operation, error) from error
        if (status := answer["status-code"]) not in range(_FIRST_REFUSAL):
            raise Refused(status)
        return answer

    async def _exchange(
        self, operation: IppOperation, message: dict[str, Any], timeout_s: float
    ) -> bytes:
        if self._session is None:
            self._session = aiohttp.ClientSession(
                response_class=_BoundedResponse,
                middlewares=(_stay,),
                connector=aiohttp.TCPConnector(force_close=True),  # printers drop idle ones
            )
        printer = IPP(
            host=self._address.uri,
            session=self._session,
            verify_ssl=self._address.verify_tls,
            request_timeout=math.ceil(timeout_s) + 1,  # ours comes first
        )
        return await printer.raw(operation, message)

    def _run(self, work: Coroutine[Any, Any, T], timeout_s: float) -> T:
        return self._runner.run(self._bounded(work, timeout_s))

    async def _bounded(self, work: Coroutine[Any, Any, T], timeout_s: float) -> T:
        loop = asyncio.get_running_loop()
        until = loop.time() + timeout_s
        task = asyncio.ensure_future(work)
        try:
            while not task.done():
                left = until - loop.time()
                if self._stopping():
                    raise Stopped
                if left <= 0:
                    raise TimeoutError
                await asyncio.wait({task}, timeout=min(left, _SLICE_S))
        finally:
            if not task.done():
                task.cancel()
                await asyncio.wait({task}, timeout=_SLICE_S)
        return task.result()


class _BoundedResponse(aiohttp.ClientResponse):
    """Reads so much and no more, whatever the printer sends."""

    async def read(self) -> bytes:
        try:
            await self.content.readexactly(_LONGEST_ANSWER)
        except asyncio.IncompleteReadError as whole:
            return whole.partial
        self.close()
        raise aiohttp.ClientPayloadError("the answer is too long")


async def _stay(
    request: aiohttp.ClientRequest, handler: aiohttp.ClientHandlerType
) -> aiohttp.ClientResponse:
    """A redirection would hand a citizen's document to another machine."""
    response = await handler(request)
    if response.status in _REDIRECTIONS:
        response.close()
        raise aiohttp.ClientError("the printer redirects to another place")
    return response


async def _connect(host: str, port: int) -> None:
    _, writer = await asyncio.open_connection(host, port)
    writer.close()


def _lost(operation: IppOperation, error: Exception) -> WireLost | DeviceFault:
    """What an error of the libraries means; their texts may quote the answer."""
    cause = error.__cause__ or error
    name = f"{operation.name}: {type(cause).__name__}"
    if isinstance(cause, aiohttp.ClientConnectorError):
        return NotReached(name)
    if isinstance(cause, aiohttp.ClientConnectionError | OSError):
        return WireLost(name)
    return DeviceFault(name)
