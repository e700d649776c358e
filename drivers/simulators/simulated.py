"""What all simulated devices on a wire have in common: they are plugged in and out."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import Generic, TypeVar

from drivers.simulators.line import Line

W = TypeVar("W", bound=Line)


class SimulatorError(Exception):
    """A simulated device cannot be run; says why and what to do."""


class Simulated(ABC, Generic[W]):
    """A device behind its line, and the `Machine` that the line calls."""

    def __init__(self, line: W) -> None:
        self._line = line

    def start(self) -> None:
        """Plug the device in."""
        self._line.start(self)

    def stop(self) -> None:
        """Unplug it and end its thread."""
        self._line.stop()

    @property
    def url(self) -> str:
        """What the driver opens."""
        return self._line.url

    @property
    def plugged(self) -> bool:
        """Whether the device is on its wire."""
        return self._line.plugged

    def plug(self) -> None:
        """Put the device back on its wire."""
        self._line.plug()

    def unplug(self) -> None:
        """Take the device off its wire, which also takes its power."""
        self._line.unplug()

    # -- the device, as its line calls it

    @abstractmethod
    def power_on(self) -> None:
        """Forget everything half done."""

    @abstractmethod
    def receive(self, data: bytes) -> bytes:
        """What the device answers to these bytes."""
