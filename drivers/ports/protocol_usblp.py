"""`usblp:///dev/usb/lp0` for pyserial: a printer of the USB printer class, by Linux's usblp.

usblp passes bytes to the printer and back, lets one process open it, and gives the class's status
byte (USB Printer Class 1.1, 4.2.2) by an ioctl.
"""

from __future__ import annotations

import fcntl
import os
from urllib.parse import urlsplit

import serial

_LPGETSTATUS = 0x060B  # linux/lp.h
_INT_BYTES = 4


class Serial(serial.SerialBase):
    """An open /dev/usb/lp*. `empty_reads`: a printer that has nothing to say may answer so."""

    empty_reads = True
    _fd: int | None = None

    def open(self) -> None:
        """Open it; raises OSError when there is none or another process has it."""
        path = urlsplit(self.portstr or "").path
        self._fd = os.open(path, os.O_RDWR | os.O_NONBLOCK | os.O_NOCTTY | os.O_CLOEXEC)
        self.is_open = True

    def close(self) -> None:
        """Close it; what usblp still holds is given up."""
        if self._fd is not None:
            fd, self._fd = self._fd, None
            self.is_open = False
            os.close(fd)

    def fileno(self) -> int:
        """The descriptor; raises PortNotOpenError when there is none."""
        if self._fd is None:
            raise serial.PortNotOpenError
        return self._fd

    def class_status(self) -> int | None:
        """The status byte of the printer class; None where it cannot be had."""
        try:
            raw = fcntl.ioctl(self.fileno(), _LPGETSTATUS, bytes(_INT_BYTES))
        except OSError:  # ENOTTY: no usblp; EIO: the printer does not answer
            return None
        return int.from_bytes(raw, "little") & 0xFF

    def _reconfigure_port(self) -> None:
        """USB has no baud rate; pyserial calls this when one is set."""
