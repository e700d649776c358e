"""`evdev:///dev/input/…` for pyserial: an input device of the kernel, opened and grabbed."""

from __future__ import annotations

from urllib.parse import urlsplit

import evdev
import serial
from evdev import ecodes


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

    def _reconfigure_port(self) -> None:
        """An input device has no baud rate; pyserial calls this when one is set."""
