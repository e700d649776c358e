"""Hangs up on a peer that keeps an answer going without end.

httpx bounds each read alone: a peer that sends a byte now and then holds a request for ever.
"""

from __future__ import annotations

import contextlib
import socket
import threading
from collections.abc import Iterator, Mapping
from typing import Any

_CONNECTED = "connection.connect_tcp.complete"


class Watchdog:
    """Watches one connection at a time. `bit`: whether it hung up in the last `within`."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._line: socket.socket | None = None
        self.bit = False

    def trace(self, event: str, info: Mapping[str, Any]) -> None:
        """For a request's extension `trace`, which has the connection before there is an answer."""
        if event != _CONNECTED:
            return
        # a duplicate: TLS takes the socket itself away, and closing it must not race with the bite
        line = info["return_value"].get_extra_info("socket").dup()
        self.release()
        with self._lock:
            self._line = line
            if self.bit:
                self._hang_up()

    @contextlib.contextmanager
    def within(self, seconds: float) -> Iterator[None]:
        """Hang up if the block takes longer; reads in it then fail or find the stream's end."""
        self.bit = False
        timer = threading.Timer(seconds, self._bite)
        timer.daemon = True
        timer.start()
        try:
            yield
        finally:
            timer.cancel()
            timer.join()  # at once; whether it has bitten is certain from here on

    def release(self) -> None:
        """Forget the connection: without this it stays open though all others closed it."""
        with self._lock:
            if self._line is not None:
                self._line.close()
                self._line = None

    def _bite(self) -> None:
        with self._lock:
            self.bit = True
            self._hang_up()

    def _hang_up(self) -> None:
        if self._line is not None:
            with contextlib.suppress(OSError):  # the peer was first
                self._line.shutdown(socket.SHUT_RDWR)
