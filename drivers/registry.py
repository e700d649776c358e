"""Builds devices from settings; drivers are found by entry point, so any package can bring one.

    [devices.code_scanner]
    driver = "serial_scanner"
    url = "/dev/ttyACM0"

`driver` is the name of an entry point of the group `yici.drivers`, which names a `Driver`; the
other keys are that driver's own. Only drivers that the settings name are imported.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.metadata import EntryPoint, entry_points
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError

from drivers.driver import Capabilities, Device, Driver, DriverSettings, Equipment
from drivers.kinds import Kind

GROUP = "yici.drivers"


@dataclass(frozen=True)
class Problem:
    """What is wrong with one key of the settings, and what to do."""

    key: str
    said: str

    def __str__(self) -> str:
        return f"{self.key}: {self.said}"


class DevicesError(Exception):
    """Devices cannot be built as the settings have them; `str()` has a line for each problem."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__("\n".join(map(str, problems)))
        self.problems = problems


class DeviceTable(BaseModel):
    """The table of one device in the settings; all but `driver` is for the driver to judge."""

    model_config = ConfigDict(frozen=True, extra="allow")

    driver: str

    @property
    def options(self) -> dict[str, Any]:
        """The driver's own keys."""
        return dict(self.model_extra or {})


@dataclass(frozen=True)
class Configured:
    """A device of the settings, its driver found and its keys checked; nothing is opened yet."""

    kind: Kind
    driver_name: str
    driver: Driver[Any]
    settings: DriverSettings

    @property
    def capabilities(self) -> Capabilities:
        """What the device can do, as it is set up."""
        return self.driver.capabilities(self.settings)

    @property
    def answers(self) -> bool:
        """Whether the device can be asked how it is."""
        return self.driver.answers(self.settings)

    def make(self, equipment: Equipment) -> Device:
        """The device, not yet started.

        Raises DevicesError when a library of its driver is missing, and for values that only the
        driver's own code can judge.
        """
        try:
            return self.driver.make(self.settings, equipment)
        except ImportError as error:
            raise DevicesError(_not_imported(self.kind, self.driver_name, error)) from error
        except ValueError as error:
            raise DevicesError(Problem(f"devices.{self.kind}", str(error))) from error


def configured(tables: Mapping[Kind, DeviceTable]) -> tuple[Configured, ...]:
    """The devices of the settings in the order of their kinds.

    Raises DevicesError with every driver that is unknown, of another kind or not to be imported,
    and every key that is missing, unknown or does not fit.
    """
    found: list[Configured] = []
    problems: list[Problem] = []
    for kind in Kind:
        if kind in tables:
            try:
                found.append(_configured(kind, tables[kind]))
            except DevicesError as error:
                problems += error.problems
    if problems:
        raise DevicesError(*problems)
    return tuple(found)


def driver_names() -> tuple[str, ...]:
    """The names of all drivers that are installed; none is imported."""
    return tuple(sorted(_installed(tuple(sys.path))))


def load_driver(name: str, kind: Kind) -> Driver[Any]:
    """The driver of that name, which must be of that kind; raises DevicesError."""
    key = f"devices.{kind}.driver"
    entry = _installed(tuple(sys.path)).get(name)
    if entry is None:
        known = ", ".join(driver_names())
        remedy = f"install the package that brings it, or name one of {known}"
        raise DevicesError(Problem(key, f"there is no driver {name!r}; {remedy}"))
    try:
        driver = entry.load()
    except (ImportError, AttributeError) as error:
        raise DevicesError(_not_imported(kind, name, error)) from error
    if not isinstance(driver, Driver):
        said = f"{entry.value}, which {name!r} names, is no Driver; its package must be mended"
        raise DevicesError(Problem(key, said))
    if driver.kind is not kind:
        remedy = f"move the table to [devices.{driver.kind}] or name another driver"
        raise DevicesError(Problem(key, f"{name!r} drives a {driver.kind}; {remedy}"))
    return driver


@lru_cache(maxsize=4)
def _installed(path: tuple[str, ...]) -> dict[str, EntryPoint]:
    """By name. `path` is sys.path: what is installed changes with it."""
    del path
    return {entry.name: entry for entry in entry_points(group=GROUP)}


def _configured(kind: Kind, table: DeviceTable) -> Configured:
    driver = load_driver(table.driver, kind)
    try:
        settings = driver.settings.model_validate(table.options)
    except ValidationError as error:
        raise DevicesError(*_misfits(kind, driver, error)) from None
    return Configured(kind, table.driver, driver, settings)


def _misfits(kind: Kind, driver: Driver[Any], error: ValidationError) -> Iterator[Problem]:
    known = ", ".join(driver.settings.model_fields)
    remedies = {
        "missing": "add it",
        "extra_forbidden": f"no such key; this driver knows {known}",
    }
    for problem in error.errors(include_url=False, include_input=False):
        key = ".".join(["devices", kind, *map(str, problem["loc"])])
        yield Problem(key, f"{problem['msg']}; {remedies.get(problem['type'], 'mend it')}")


def _not_imported(kind: Kind, name: str, error: Exception) -> Problem:
    remedy = "install its package anew with what it needs, or take the table out"
    said = f"driver {name!r} cannot be imported: {error}; {remedy}"
    return Problem(f"devices.{kind}.driver", said)
