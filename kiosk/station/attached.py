"""The devices beside card reader and receipt printer: loaded late, each told of by its name.

What only a later page needs is not loaded before the first page shows, and never in the station's
thread: a library for pictures takes longer to load than a touch may wait.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from typing import Any, Protocol, runtime_checkable

import structlog

from drivers.driver import Device
from drivers.kinds import Kind
from drivers.registry import DevicesError
from drivers.signals.port import LightState
from drivers.status import DeviceState, DeviceStatus, StatusChanged

Listener = Callable[[Kind, Any], None]

AFTER_S = 1.5
_STOP_S = 5.0

log = structlog.get_logger(__name__)


@runtime_checkable
class Wanting(Protocol):
    """A device that tells of what it sees only while that is wanted."""

    def want(self, wanted: bool) -> None:
        """Whether it is wanted now; returns at once."""


@runtime_checkable
class Lighting(Protocol):
    """A device that has lights."""

    def light(self, name: str, state: LightState) -> None:
        """How a light shall be from now on; returns at once."""


class Attached:
    """Starts and stops them. `make` gives each device, not yet started; it may raise DevicesError.

    A device that cannot be made is FAULTED for good and holds no other one up. `after_s`: how long
    the first page is left to be drawn before loading begins.
    """

    def __init__(self, make: Mapping[Kind, Callable[[], Device]], after_s: float = AFTER_S) -> None:
        self._make = make
        self._after_s = after_s
        self._stopping = threading.Event()
        self._lock = threading.Lock()
        self._devices: dict[Kind, Device] = {}
        self._wanted: dict[Kind, bool] = {}
        self._lights: dict[str, LightState] = {}
        self._thread: threading.Thread | None = None

    def start(self, listener: Listener) -> None:
        """Load and start them in a thread of their own; returns at once."""
        self._thread = threading.Thread(
            target=self._start, args=(listener,), name="attached", daemon=True
        )
        self._thread.start()

    def want(self, kind: Kind, wanted: bool) -> None:
        """Say to a device whether what it sees is wanted; kept for one that is not loaded yet."""
        with self._lock:
            self._wanted[kind] = wanted
            device = self._devices.get(kind)
        if isinstance(device, Wanting):
            device.want(wanted)

    def light(self, lights: Mapping[str, LightState]) -> None:
        """How lights shall be, by name; kept for a board that is not loaded yet."""
        with self._lock:
            changed = {n: state for n, state in lights.items() if self._lights.get(n) != state}
            self._lights |= changed
            for device in self._devices.values():
                _set_lights(device, changed)

    def stop(self) -> None:
        """Stop all of them; one that is just being loaded is never started."""
        with self._lock:
            self._stopping.set()
        if self._thread is not None:
            self._thread.join(_STOP_S)
        for device in self._devices.values():
            device.stop()

    def _start(self, listener: Listener) -> None:
        if self._stopping.wait(self._after_s):
            return
        for kind, make in self._make.items():
            try:
                device = make()
            except DevicesError as error:
                log.error("device.not_loaded", device=kind.value, detail=str(error))  # noqa: TRY400
                status = DeviceStatus(kind, DeviceState.FAULTED, "its driver cannot be loaded")
                listener(kind, StatusChanged(status))
                continue
            if not self._begin(kind, device, listener):
                return

    def _begin(self, kind: Kind, device: Device, listener: Listener) -> bool:
        with self._lock:
            if self._stopping.is_set():
                return False
            self._devices[kind] = device
            device.start(lambda event: listener(kind, event))
            _set_lights(device, self._lights)
            wanted = self._wanted.get(kind, False)
        if isinstance(device, Wanting):
            device.want(wanted)
        return True


def _set_lights(device: Device, lights: Mapping[str, LightState]) -> None:
    if isinstance(device, Lighting):
        for name, state in lights.items():
            device.light(name, state)
