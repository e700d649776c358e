"""One HTTP request and its answer, bounded in time and size whatever the other end does.

An event loop on a thread of its own runs the exchange, and the caller waits for it by one clock
that covers name look-up, connection, request and answer together: a peer that drips a byte a
second, and a resolver that never returns, end at the same moment as any other. No connection
outlives its exchange.
"""

from __future__ import annotations

import asyncio
import concurrent.futures
import ssl
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import httpx

from kiosk.gateway.port import GatewayUnavailable

CONNECT_TIMEOUT_S = 3.0
CLOSE_TIMEOUT_S = 1.0  # for what is under way to be cancelled
LARGEST_ANSWER = 1024 * 1024  # bytes
LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})


@dataclass(frozen=True)
class Answer:
    """What came back. The body may be personal and stays out of reprs."""

    status: int
    media_type: str
    body: bytes = field(repr=False)


class Exchange:
    """Requests to one address. `send` may be called from any thread.

    Raises ValueError for an address that is not http(s), or that would send personal data
    unencrypted over a network.
    """

    def __init__(
        self,
        base_url: str,
        headers: Mapping[str, str],
        *,
        timeout_s: float,
        authorities: Path | None = None,
    ) -> None:
        self._base_url = _checked(base_url)
        self._timeout_s = timeout_s
        self._headers = {**headers, "Accept": "application/json", "Accept-Encoding": "identity"}
        # Without `authorities` the system's own list of certificate authorities holds.
        self._tls = ssl.create_default_context(cafile=authorities)
        self._door = threading.Lock()  # nothing starts once closing has begun
        self._closed = False
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._run, name="gateway", daemon=True)
        self._thread.start()

    def send(self, method: str, path: str, body: bytes) -> Answer:
        """Send JSON and wait at most the time-out.

        Raises GatewayUnavailable for everything but a whole HTTP answer of bearable size.
        """
        with self._door:
            if self._closed:
                raise GatewayUnavailable(f"{path}: the gateway is closed")
            work = self._mapped(method, path, body)
            outcome = asyncio.run_coroutine_threadsafe(work, self._loop)
        try:
            return outcome.result(self._timeout_s)
        except (TimeoutError, concurrent.futures.CancelledError):
            outcome.cancel()
            raise GatewayUnavailable(f"{path}: no answer in {self._timeout_s:g} s") from None

    def close(self) -> None:
        """End the thread; an exchange under way ends as unavailable. Again does nothing."""
        with self._door:
            if self._closed:
                return
            self._closed = True
            self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(2 * CLOSE_TIMEOUT_S)

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        self._loop.run_forever()
        if unfinished := asyncio.all_tasks(self._loop):
            for task in unfinished:
                task.cancel()
            self._loop.run_until_complete(asyncio.wait(unfinished, timeout=CLOSE_TIMEOUT_S))
        self._loop.close()

    async def _mapped(self, method: str, path: str, body: bytes) -> Answer:
        try:
            return await self._exchange(method, path, body)
        except (httpx.HTTPError, httpx.InvalidURL, OSError, ValueError) as error:
            # Its text may quote what was sent or received, its type never does.
            raise GatewayUnavailable(f"{path}: {type(error).__name__}") from None

    async def _exchange(self, method: str, path: str, body: bytes) -> Answer:
        limits = httpx.Timeout(self._timeout_s, connect=min(CONNECT_TIMEOUT_S, self._timeout_s))
        async with (
            # Proxies and credentials come from the settings, never from the environment.
            httpx.AsyncClient(verify=self._tls, timeout=limits, trust_env=False) as client,
            client.stream(
                method,
                self._base_url + path,
                content=body,
                headers={**self._headers, "Content-Type": "application/json"},
            ) as response,
        ):
            if response.headers.get("content-encoding", "identity") != "identity":
                raise GatewayUnavailable(f"{path}: a compressed answer was not asked for")
            content = bytearray()
            async for chunk in response.aiter_raw():
                content += chunk
                if len(content) > LARGEST_ANSWER:
                    raise GatewayUnavailable(f"{path}: the answer is over {LARGEST_ANSWER} bytes")
            media_type = response.headers.get("content-type", "").partition(";")[0].strip().lower()
            return Answer(response.status_code, media_type, bytes(content))


def _checked(base_url: str) -> str:
    parts = urlsplit(base_url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ValueError(f"gateway address {base_url!r}: write http(s)://host[:port]")
    if parts.username or parts.query or parts.fragment:
        raise ValueError("gateway address: write it without user, query and fragment")
    if parts.scheme == "http" and parts.hostname not in LOOPBACK:
        raise ValueError(f"gateway address {base_url!r}: use https, personal data goes there")
    return base_url.rstrip("/")
