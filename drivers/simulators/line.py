"""The device's end of a wire: a pseudo-terminal behind a symlink, or a listening TCP port.

What the device does with bytes is its `Machine`; the line runs it on a thread of its own, can be
unplugged and plugged in again, and can send slowly or in single bytes.
"""

from __future__ import annotations

import contextlib
import os
import pty
import socket
import struct
import termios
import threading
import tty
from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from drivers.bell import Bell

_CHUNK = 4096
_STOP_S = 2.0


class Machine(Protocol):
    """A simulated device behind its line."""

    def receive(self, data: bytes) -> bytes:
        """Bytes that came in; gives the bytes to answer with."""

    def power_on(self) -> None:
        """The line was plugged in: forget everything half done."""


class Line(Protocol):
    """One wire to one machine."""

    @property
    def url(self) -> str:
        """What the driver opens."""

    def start(self, machine: Machine) -> None:
        """Plug in and serve the machine from a thread."""

    def plug(self) -> None:
        """Put the device back on its wire; nothing happens when it is on it."""

    def unplug(self) -> None:
        """Take the device off its wire; the driver sees the port break."""

    @property
    def plugged(self) -> bool:
        """Whether the device is on its wire."""

    def pace(self, pace: Pace) -> None:
        """How answers go out from now on."""

    def hold(self, after: int = 0) -> None:
        """Take no more once so many bytes came in, as a device does whose buffer is full."""

    def let_go(self) -> None:
        """Take bytes again."""

    def stop(self) -> None:
        """Unplug and end the thread."""


@dataclass(frozen=True)
class Pace:
    """How a device sends: after `delay_s`, in pieces of `piece` bytes."""

    delay_s: float = 0.0
    piece: int = _CHUNK


class _Served(ABC):
    """The thread and the lock that both kinds of line share."""

    def __init__(self) -> None:
        self._lock = threading.RLock()
        self._speaking = threading.RLock()  # taken before `_lock`: an answer is not cut into
        self._bell = Bell()
        self._pace = Pace()
        self._stopping = False
        self._takes: int | None = None  # bytes until no more are taken; None: there is no end
        self._thread: threading.Thread | None = None
        self._machine: Machine | None = None

    def start(self, machine: Machine) -> None:
        self._machine = machine
        self.plug()
        self._thread = threading.Thread(
            target=self._serve, args=(machine,), name="simulated-device", daemon=True
        )
        self._thread.start()

    def pace(self, pace: Pace) -> None:
        self._pace = pace

    def hold(self, after: int = 0) -> None:
        with self._lock:
            self._takes = after

    def let_go(self) -> None:
        with self._lock:  # not while bytes are being counted, which would hold it again
            self._takes = None
        self._bell.ring()

    @property
    def _held(self) -> bool:
        return self._takes is not None and self._takes <= 0

    def stop(self) -> None:
        self._stopping = True
        self._bell.ring()
        if self._thread is not None:
            self._thread.join(_STOP_S)
        self.unplug()
        self._close()
        self._bell.close()

    def plug(self) -> None:
        with self._lock:
            if not self.plugged:
                if self._machine is not None:
                    self._machine.power_on()
                self._connect()
        self._bell.ring()

    def unplug(self) -> None:
        with self._lock:
            if self.plugged:
                self._disconnect()
        self._bell.ring()

    @property
    @abstractmethod
    def plugged(self) -> bool:
        """Whether the device is on the line."""

    @abstractmethod
    def _connect(self) -> None:
        """Put the device on the line."""

    @abstractmethod
    def _disconnect(self) -> None:
        """Take it off the line."""

    def _close(self) -> None:
        """Give back what outlives an unplugging; most lines have nothing of the kind."""
        return

    @abstractmethod
    def _readable(self) -> dict[int, Callable[[], bytes]]:
        """What to wait for, and how to take bytes from it."""

    @abstractmethod
    def _put(self, data: bytes) -> None:
        """Send bytes to whoever drives the device."""

    def _serve(self, machine: Machine) -> None:
        while not self._stopping:
            with self._lock:
                sources = {} if self._held else self._readable()
            try:
                ready = self._bell.wait(1.0, list(sources))
            except (OSError, ValueError):
                continue  # a descriptor was closed by unplug() between listing and waiting
            for fd in ready:
                if not self._held:
                    self._hear(machine, fd)

    def _hear(self, machine: Machine, fd: int) -> None:
        with self._lock:
            take = self._readable().get(fd)
            data = take() if take else b""
            if self._takes is not None:
                self._takes -= len(data)
        if data:
            with self._speaking:
                self._answer(machine.receive(data))

    def _answer(self, reply: bytes) -> None:
        pace = self._pace
        if reply and pace.delay_s:
            self._bell.wait(pace.delay_s)
        for start in range(0, len(reply), pace.piece):
            with self._lock:
                if not self.plugged or self._stopping:
                    return
                self._put(reply[start : start + pace.piece])


class PtyLine(_Served):
    """A serial line as a pseudo-terminal, reachable through a symlink at `link`."""

    def __init__(self, link: Path) -> None:
        super().__init__()
        self._link = link
        self._master = -1
        self._slave = -1

    @property
    def url(self) -> str:
        """The symlink's path."""
        return str(self._link)

    @property
    def plugged(self) -> bool:
        """Whether the pseudo-terminal is open."""
        return self._master >= 0

    def _connect(self) -> None:
        self._link.parent.mkdir(parents=True, exist_ok=True)
        self._master, self._slave = pty.openpty()
        os.set_blocking(self._master, False)
        tty.setraw(self._slave, termios.TCSANOW)
        self._link.unlink(missing_ok=True)
        self._link.symlink_to(os.ttyname(self._slave))

    def _disconnect(self) -> None:
        # whoever drives it learns of it by the closing, and must not find it plugged then
        ends, self._master, self._slave = (self._slave, self._master), -1, -1
        self._link.unlink(missing_ok=True)
        for end in ends:
            os.close(end)

    def _readable(self) -> dict[int, Callable[[], bytes]]:
        return {self._master: self._take} if self.plugged else {}

    def _take(self) -> bytes:
        try:
            return os.read(self._master, _CHUNK)
        except BlockingIOError:
            return b""

    def _put(self, data: bytes) -> None:
        self._taken(data)  # a full buffer means that nobody listens: a serial line loses the rest

    def _taken(self, data: bytes) -> int:
        """Send as much as there is room for; gives how many bytes that were."""
        try:
            return os.write(self._master, data)
        except BlockingIOError:
            return 0


class TcpLine(_Served):
    """A serial device server: one client at a time, as such servers have it."""

    def __init__(self, host: str = "127.0.0.1", port: int = 0) -> None:
        super().__init__()
        self._address = (host, port)
        self._held_port: socket.socket | None = None
        self._server: socket.socket | None = None
        self._client: socket.socket | None = None

    @property
    def url(self) -> str:
        """`socket://host:port`; the port is known once plugged in."""
        host, port = self._address
        return f"socket://{host}:{port}"

    @property
    def plugged(self) -> bool:
        """Whether the port listens."""
        return self._server is not None

    def _connect(self) -> None:
        if self._held_port is None:
            # bound and not listening: the port stays this device's while it is unplugged
            self._held_port = socket.socket()
            self._held_port.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            self._held_port.bind(self._address)
            self._address = self._held_port.getsockname()[:2]
        self._server = socket.create_server(self._address)
        self._server.setblocking(False)

    def _disconnect(self) -> None:
        server, self._server = self._server, None
        self._drop_client()
        if server is not None:
            # closed alone, it would listen on for as long as the thread still waits on it
            server.shutdown(socket.SHUT_RDWR)
            server.close()

    def _close(self) -> None:
        if self._held_port is not None:
            self._held_port.close()
            self._held_port = None

    def _drop_client(self) -> None:
        if self._client is not None:
            # linger of 0 s: closing resets the connection, as a server losing power does
            self._client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            self._client.close()
            self._client = None

    def _readable(self) -> dict[int, Callable[[], bytes]]:
        sources: dict[int, Callable[[], bytes]] = {}
        if self._server is not None:
            sources[self._server.fileno()] = self._accept
        if self._client is not None:
            sources[self._client.fileno()] = self._take
        return sources

    def _accept(self) -> bytes:
        if self._server is not None:
            with contextlib.suppress(BlockingIOError):  # the caller left before it was let in
                client, _ = self._server.accept()
                self._drop_client()
                client.setblocking(False)
                self._client = client
        return b""

    def _take(self) -> bytes:
        try:
            data = self._client.recv(_CHUNK) if self._client is not None else b""
        except BlockingIOError:
            return b""
        except OSError:
            data = b""
        if not data:
            self._drop_client()
        return data

    def _put(self, data: bytes) -> None:
        if self._client is not None:
            try:
                self._client.sendall(data)
            except OSError:
                self._drop_client()
