"""The near end of a serial line or TCP device server: bytes in and out, every wait bounded.

pyserial opens and configures the port. Reading and writing go to its descriptor directly:
pyserial's `write` does not say how much had gone out when it times out, and spins when it may
not block, while a print job's end must state how many bytes left the machine.
"""

from __future__ import annotations

import fcntl
import os
import select
import socket
import stat
import struct
import sys
import termios
import time
from collections.abc import Callable
from types import TracebackType

import serial

from drivers.serial_settings import FlowControl

_PORTS = "drivers.ports"  # where pyserial finds evdev:// and usblp://
_SLICE_S = 0.1  # how long a wait may overlook that the thread is to end
_EMPTY_S = 0.05  # rest after a read that gave nothing, of a port that reads so at any time
_CHUNK = 4096
_FLUSH_S = 0.02  # between two looks at what has not gone out
_MOST_UNASKED = 8 << 20  # bytes: Linux keeps 6 MiB of a TCP connection, less of a port


class WireLost(Exception):
    """The port cannot be opened, or it broke: unplugged, reset, or taken by another process."""


class Stopped(Exception):
    """The owner is to end; whatever was being waited for is given up."""


class Wire:
    """One open port. Belongs to one thread."""

    def __init__(
        self,
        port: serial.SerialBase,
        stopping: Callable[[], bool],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._port = port
        self._stopping = stopping
        self._clock = clock
        self._empty_reads = bool(getattr(port, "empty_reads", False))

    @classmethod
    def open(
        cls,
        url: str,
        baud_rate: int,
        stopping: Callable[[], bool],
        flow_control: FlowControl = FlowControl.NONE,
    ) -> Wire:
        """Open a device path, `socket://host:port` or what `drivers.ports` has.

        Raises WireLost when it cannot be.
        """
        if _PORTS not in serial.protocol_handler_packages:
            serial.protocol_handler_packages.append(_PORTS)
        try:
            port = serial.serial_for_url(
                url,
                baudrate=baud_rate,
                timeout=0,
                exclusive=True,
                rtscts=flow_control is FlowControl.RTS_CTS,
                xonxoff=flow_control is FlowControl.XON_XOFF,
            )
        except (OSError, ValueError, OverflowError, termios.error) as error:
            raise WireLost(f"{url} cannot be opened: {_reason(error)}") from error
        return cls(port, stopping)

    def __enter__(self) -> Wire:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._discard()
        self._port.close()

    @property
    def port(self) -> serial.SerialBase:
        """What pyserial opened, for what only some ports can be asked."""
        return self._port

    def fileno(self) -> int:
        """The descriptor, for waiting on it together with others."""
        return self._port.fileno()

    def deadline(self, seconds: float) -> float:
        """The moment so many seconds from now, as `read` and `write` take it."""
        return self._clock() + seconds

    def drain(self) -> None:
        """Throw away what has come in unasked; raises WireLost when there is no end of it."""
        count = 0
        while select.select([self.fileno()], [], [], 0)[0]:
            if not (data := self._take()):
                break
            count += len(data)
            if self._stopping():
                raise Stopped
            if count > _MOST_UNASKED:
                raise WireLost(f"over {_MOST_UNASKED} bytes came unasked, without an end")

    def read(self, until: float) -> bytes:
        """What comes first before the moment `until`; empty when nothing does."""
        while self._wait(until, writing=False):
            if data := self._take():
                return data
            if self._clock() >= until:
                break
        return b""

    def write(self, data: bytes, until: float) -> int:
        """Send as much as goes out before the moment `until`; gives how many bytes did."""
        sent = 0
        while sent < len(data) and self._wait(until, writing=True):
            try:
                sent += os.write(self.fileno(), data[sent : sent + _CHUNK])
            except BlockingIOError:
                continue
            except OSError as error:
                raise WireLost(f"writing failed: {_reason(error)}") from error
        return sent

    def flush(self, until: float) -> bool:
        """Wait until all that was written has gone out; whether it had before the moment `until`.

        USB does not tell: there what was written counts as gone.
        """
        while self._unsent():
            if self._stopping():
                raise Stopped
            if self._clock() >= until:
                return False
            time.sleep(_FLUSH_S)
        return True

    def _unsent(self) -> int:
        # TIOCOUTQ of a serial line is SIOCOUTQ of a TCP connection: tty(4), tcp(7)
        try:
            raw = fcntl.ioctl(self.fileno(), termios.TIOCOUTQ, bytes(struct.calcsize("i")))
        except OSError:  # a port that has no such queue, or is gone
            return 0
        return int.from_bytes(raw, sys.byteorder)

    def _discard(self) -> None:
        """Throw away what has not gone out, or it would come before the next citizen's.

        A serial line held up by its device would also keep close() waiting, for 30 s
        (`closing_wait` of setserial(8)). usblp throws it away by itself.
        """
        try:
            fd = self.fileno()
            if os.isatty(fd):
                termios.tcflush(fd, termios.TCOFLUSH)
            elif stat.S_ISSOCK(os.fstat(fd).st_mode) and self._unsent():
                with socket.socket(fileno=os.dup(fd)) as connection:
                    # linger of 0 s: closing resets the connection instead of sending the rest
                    linger = struct.pack("ii", 1, 0)
                    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
        except (OSError, termios.error):
            return  # unplugged: nothing of it is left

    def _take(self) -> bytes:
        try:
            data = os.read(self.fileno(), _CHUNK)
        except BlockingIOError:
            return b""
        except OSError as error:
            raise WireLost(f"reading failed: {_reason(error)}") from error
        if data:
            return data
        if not self._empty_reads or self._hung_up():
            raise WireLost("the other end hung up")
        time.sleep(_EMPTY_S)
        return b""

    def _hung_up(self) -> bool:
        poll = select.poll()
        poll.register(self.fileno(), 0)
        return any(happened & select.POLLHUP for _, happened in poll.poll(0))

    def _wait(self, until: float, *, writing: bool) -> bool:
        fds = [self.fileno()]
        while True:
            if self._stopping():
                raise Stopped
            left = until - self._clock()
            ready = select.select(
                [] if writing else fds, fds if writing else [], [], max(0.0, min(left, _SLICE_S))
            )
            if ready[0] or ready[1]:
                return True
            if left <= 0:
                return False


def _reason(error: BaseException) -> str:
    number = getattr(error, "errno", None)
    return os.strerror(number) if isinstance(number, int) else type(error).__name__
