"""A TCP server that says whatever bytes a test wants, to find out what a client bears."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

Behaviour = Callable[[socket.socket], None]
WAIT_S = 10.0


class RawServer:
    """Accepts on loopback; each connection is given to the behaviour in force, then closed."""

    def __init__(self, behave: Behaviour) -> None:
        self.behave = behave
        self.requests: list[bytes] = []
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._closing = threading.Event()
        self._thread = threading.Thread(target=self._serve)
        self._thread.start()

    @property
    def base_url(self) -> str:
        return f"http://127.0.0.1:{self._listener.getsockname()[1]}"

    def stop(self) -> None:
        self._closing.set()
        with socket.create_connection(self._listener.getsockname(), WAIT_S):
            self._thread.join(WAIT_S)
        self._listener.close()

    def _serve(self) -> None:
        while True:
            connection, _ = self._listener.accept()
            with connection:
                if self._closing.is_set():
                    return
                connection.settimeout(WAIT_S)
                try:
                    self.requests.append(_request(connection))
                    self.behave(connection)
                except OSError:
                    continue  # the client has gone, as it should from such a server


@contextmanager
def raw_server(behave: Behaviour) -> Iterator[RawServer]:
    server = RawServer(behave)
    try:
        yield server
    finally:
        server.stop()


def says(content: bytes) -> Behaviour:
    """Answers with these bytes and closes."""
    return lambda connection: connection.sendall(content)


def answer(status: int, body: bytes, media_type: str = "application/json", more: str = "") -> bytes:
    """A well-formed HTTP answer; `more` are further header lines, each ending in CRLF."""
    head = f"HTTP/1.1 {status} Said\r\nContent-Type: {media_type}\r\n{more}"
    return f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body


def _request(connection: socket.socket) -> bytes:
    received = b""
    while b"\r\n\r\n" not in received:
        received += _some(connection)
    head, _, body = received.partition(b"\r\n\r\n")
    length = next(
        int(line.split(b":")[1])
        for line in head.split(b"\r\n")
        if line.lower().startswith(b"content-length:")
    )
    while len(body) < length:
        body += _some(connection)
    return head + b"\r\n\r\n" + body


def _some(connection: socket.socket) -> bytes:
    received = connection.recv(65536)
    if not received:
        raise ConnectionResetError("closed before the request was whole")
    return received
