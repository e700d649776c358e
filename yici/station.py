"""Starts a whole station on this machine: `python -m yici.station`, which `make run` calls.

The sandbox platform, the simulated devices, the fleet's broker and manager, one terminal and its
agent; where there is no display, also a virtual one that a browser shows. All of it listens on
127.0.0.1 only.
"""

from __future__ import annotations

import fcntl
import os
import secrets
import signal
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from drivers.simulators.people import PeopleError
from drivers.simulators.people import load as load_people
from kiosk.access.phrases import Phrases, PhrasesError
from yici.announcement import announcement, in_both
from yici.loopback import free_ports
from yici.mistakes import UNUSABLE, said
from yici.processes import Processes, Service, ServiceEnded, ServiceFailed
from yici.station_plan import (
    Places,
    Ports,
    Station,
    StationSettings,
    StationSettingsError,
    Waits,
    free_display,
    load_settings,
    services,
)

CONFIG = Path("config/station")
STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class View(StrEnum):
    """Where the terminal is seen."""

    AUTO = "auto"  # a window where there is a display, else the browser
    WINDOW = "window"
    BROWSER = "browser"


class StationBusy(Exception):
    """Another station runs over the same data. Its only argument: the lock file."""


def run(
    plan: Sequence[Service],
    ready: str,
    phrases: Phrases,
    waits: Waits,
    *,
    logs: Path,
    stop_asked: threading.Event,
) -> int:
    """Start the plan, say `ready`, wait, stop everything; gives the exit code."""
    code = 0
    with Processes(logs, stop_asked, waits.stop_s) as processes:
        try:
            for service in plan:
                if not stop_asked.is_set():
                    typer.echo(in_both(phrases, "start.service", service.name))
                processes.start(service, waits.start_s)
            if not stop_asked.is_set():
                typer.echo(ready)
            processes.watch()
            typer.echo(in_both(phrases, "end.stopping"))
        except ServiceFailed as failure:
            _tell(failure, waits.start_s, phrases)
            code = 1
    typer.echo(in_both(phrases, "end.stopped"))
    return code


def _tell(failure: ServiceFailed, start_s: float, phrases: Phrases) -> None:
    if failure.log_tail:
        typer.echo(in_both(phrases, "end.log", failure.name, log=failure.log), err=True)
    for line in failure.log_tail:
        typer.echo(f"    {line}", err=True)
    if isinstance(failure, ServiceEnded):
        told = in_both(phrases, "end.ended", failure.name, code=failure.code)
    else:
        told = in_both(phrases, "end.silent", failure.name, seconds=start_s)
    typer.echo(told, err=True)


def make_station(settings: StationSettings, places: Places, view: View) -> Station:
    """Choose free ports, and a display where one must be made."""
    wanted = settings.ports
    ports = Ports(**dict(zip(Ports.model_fields, free_ports(wanted.in_order()), strict=True)))
    has_display = bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
    in_window = view is View.WINDOW or (view is View.AUTO and has_display)
    return Station(
        settings=settings,
        ports=ports,
        places=places,
        display=None if in_window else free_display(),
        key=secrets.token_urlsafe(24),
    )


@contextmanager
def only_one(data: Path) -> Iterator[None]:
    """Hold the data folder; raises StationBusy while another station does."""
    data.mkdir(parents=True, exist_ok=True)
    lock = data / "station.lock"
    with lock.open("w") as held:
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise StationBusy(lock) from None
        yield


def main(
    view: Annotated[View, typer.Option(help="where the terminal is seen")] = View.AUTO,
    data: Annotated[Path, typer.Option(help="folder for data and logs")] = Path("var"),
    config: Annotated[
        Path, typer.Option(exists=True, dir_okay=False, help="settings of the terminal")
    ] = Path("config/terminal.toml"),
    people: Annotated[
        Path, typer.Option(exists=True, dir_okay=False, help="invented people")
    ] = Path("config/sandbox/people.yaml"),
) -> None:
    """Start a whole station; Ctrl-C stops it."""
    stop_asked = threading.Event()
    for number in STOP_SIGNALS:
        signal.signal(number, lambda _number, _frame: stop_asked.set())
    places = Places(config.resolve(), people.resolve(), data.resolve())
    try:
        phrases = Phrases.load(CONFIG / "phrases")
        test_people = load_people(places.people)
        settings = load_settings(CONFIG / "station.toml")
        with only_one(places.data):
            station = make_station(settings, places, view)
            code = run(
                services(station),
                announcement(station, test_people, phrases),
                phrases,
                settings.waits,
                logs=places.data / "log" / "station",
                stop_asked=stop_asked,
            )
            raise typer.Exit(code)
    except StationBusy as busy:
        typer.echo(in_both(phrases, "end.busy", lock=busy), err=True)
    except (PhrasesError, PeopleError, StationSettingsError, OSError) as error:
        typer.echo(f"yici: {said(error)}", err=True)
        raise typer.Exit(UNUSABLE) from error
    raise typer.Exit(1)


if __name__ == "__main__":
    typer.run(main)
