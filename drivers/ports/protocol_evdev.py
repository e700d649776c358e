"""`evdev:///dev/input/…` for pyserial: an input device of the kernel, opened and grabbed."""

from __future__ import annotations

import fcntl
from urllib.parse import urlsplit

import evdev
import serial
from evdev import ecodes

SWITCH_BYTES = ecodes.SW_MAX // 8 + 1
# linux/input.h: _IOC(_IOC_READ, 'E', 0x1b, length), which gives the state of all switches as bits.
EVIOCGSW = 2 << 30 | SWITCH_BYTES << 16 | ord("E") << 8 | 0x1B


def is_set(bits: bytes, number: int) -> bool:
    """One bit of a mask of the kernel's, the lowest of its first byte being number 0."""
    return bool(bits[number // 8] >> number % 8 & 1)


class Serial(serial.SerialBase):
    """A grabbed input device; `struct input_event` can be read from its descriptor."""

    _device: evdev.InputDevice[str] | None = None

    def open(self) -> None:
        """Open and grab; raises OSError when it is no input device or grabbed by another."""
        path = urlsplit(self.portstr or "").path
        device: evdev.InputDevice[str] = evdev.InputDevice(path, readonly=True)
        try:
            device.grab()
        except OSError:
            device.close()
            raise
        self._device = device
        self.is_open = True

    def close(self) -> None:
        """Close it, which ends the grab."""
        if self._device is not None:
            self._device.close()
            self._device = None
            self.is_open = False

    def fileno(self) -> int:
        """The descriptor; raises PortNotOpenError when there is none."""
        if self._device is None:
            raise serial.PortNotOpenError
        return self._device.fd

    def key_codes(self) -> frozenset[int]:
        """The keys that the device says it has (`linux/input-event-codes.h`)."""
        if self._device is None:
            raise serial.PortNotOpenError
        return frozenset(self._device.capabilities().get(ecodes.EV_KEY, ()))

    def switched(self, switch: int) -> bool | None:
        """Whether a switch of the device is on (`linux/input-event-codes.h`).

        None: it has no such switch. Raises OSError when the device is gone.
        """
        if self._device is None:
            raise serial.PortNotOpenError
        if switch not in self._device.capabilities().get(ecodes.EV_SW, ()):
            return None
        return is_set(fcntl.ioctl(self._device.fd, EVIOCGSW, bytes(SWITCH_BYTES)), switch)

    def _reconfigure_port(self) -> None:
        """An input device has no baud rate; pyserial calls this when one is set."""
