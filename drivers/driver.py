"""What a driver says of itself: the object that an entry point of the group `yici.drivers` names.

A module that holds one is read at every start, also by those who only list drivers: it imports the
code that speaks to the device inside `make` and not before.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, Protocol, TypeVar

from pydantic import BaseModel, ConfigDict

from drivers.kinds import Kind
from drivers.status import DeviceStatus

# In the words of XFS4IoT's Common.Capabilities: an interface's name, then its properties; of a
# property with parts, those that are there. What XFS4IoT has no word for stands under the kind.
Capabilities = Mapping[str, Mapping[str, bool | str | tuple[str, ...]]]


class Device(Protocol):
    """What all ports have in common; events are those of the kind's own port."""

    def start(self, on_event: Callable[[Any], None]) -> None:
        """Begin; returns at once."""

    def status(self) -> DeviceStatus:
        """The last known status."""

    def stop(self) -> None:
        """End the thread and close the link (at most 2 s)."""


@dataclass(frozen=True)
class Equipment:
    """What a terminal lends its drivers. `font`: draws what a printer has no glyph for."""

    font: Path


class DriverSettings(BaseModel):
    """The keys of one driver beside `driver` itself; unknown ones are refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")


S = TypeVar("S", bound=DriverSettings)


@dataclass(frozen=True)
class Driver(Generic[S]):
    """One driver. `make` opens nothing: the device's own `start` does.

    `answers`: whether the device can be asked how it is; of one that only speaks or only listens,
    online means that its port is open.
    """

    kind: Kind
    settings: type[S]
    make: Callable[[S, Equipment], Device]
    capabilities: Callable[[S], Capabilities]
    answers: Callable[[S], bool] = lambda _: True
