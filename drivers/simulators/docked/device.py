"""A simulated device as data: the dock's page, its HTTP interface and tests work it alike."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol, TypeVar

from drivers.kinds import Kind

V = TypeVar("V", bound=StrEnum)

CLOSED, OPEN = "closed", "open"


class Simulator(Protocol):
    """What all simulators have in common."""

    @property
    def plugged(self) -> bool:
        """Whether the device is on its wire."""

    def start(self) -> None:
        """Plug it in for the first time."""

    def plug(self) -> None:
        """Put it back on its wire."""

    def unplug(self) -> None:
        """Take it off its wire."""

    def stop(self) -> None:
        """Unplug it and end its threads and processes."""


class NoSuchThing(Exception):
    """There is no device, control, act, value or print-out of that name; says which."""


@dataclass(frozen=True)
class Control:
    """What is always one of a few values. `words` names the table of what the page calls them."""

    values: tuple[str, ...]
    read: Callable[[], str]
    write: Callable[[str], None]
    words: str

    def set(self, value: str) -> None:
        """Make it that value; NoSuchThing for none of its values."""
        if value not in self.values:
            raise NoSuchThing(f"value {value!r}; there are {', '.join(self.values)}")
        self.write(value)


@dataclass(frozen=True)
class Act:
    """What can be done with the device. `fields`: name → the values it takes, empty for any text.

    `words` names the table of what the page calls fields and values.
    """

    fields: Mapping[str, tuple[str, ...]]
    do: Callable[[Mapping[str, str]], None]
    words: str

    def run(self, given: Mapping[str, str]) -> None:
        """Do it; NoSuchThing when fields are missing, unknown or have other values."""
        if odd := given.keys() ^ self.fields.keys():
            raise NoSuchThing(f"field {sorted(odd)[0]!r}; there are {', '.join(self.fields)}")
        for name, value in given.items():
            if self.fields[name] and value not in self.fields[name]:
                raise NoSuchThing(f"{name} {value!r}; there are {', '.join(self.fields[name])}")
        self.do(given)


@dataclass(frozen=True)
class PrintOut:
    """One print-out, numbered from 1. `torn`: it was not put out whole."""

    number: int
    torn: bool = False


@dataclass(frozen=True)
class Prints:
    """What came out of a printer: `listed` oldest first, `files` by suffix (`png`, `txt`, `pdf`).

    The first suffix is what the page shows. A reader raises KeyError for a number not there.
    """

    listed: Callable[[], Sequence[PrintOut]]
    files: Mapping[str, Callable[[int], bytes]]


@dataclass(frozen=True)
class Docked:
    """One device on the dock.

    `address`: what the driver opens. `facts`: what else can be seen, name → text. `sounds`: what
    was heard last, name → WAV file.
    """

    kind: Kind
    simulator: Simulator
    address: Callable[[], str]
    controls: Mapping[str, Control]
    acts: Mapping[str, Act] = field(default_factory=dict)
    prints: Prints | None = None
    facts: Callable[[], Mapping[str, str]] = dict
    sounds: Mapping[str, Callable[[], bytes]] = field(default_factory=dict)


def choice(kind: type[V], read: Callable[[], V], write: Callable[[V], None], words: str) -> Control:
    """A control over an enumeration."""
    values = tuple(value.value for value in kind)
    return Control(values, lambda: read().value, lambda value: write(kind(value)), words)


def cover(read: Callable[[], bool], write: Callable[[bool], None]) -> Control:
    """The control over a cover."""
    return Control(
        (CLOSED, OPEN),
        lambda: OPEN if read() else CLOSED,
        lambda value: write(value == OPEN),
        "cover",
    )
