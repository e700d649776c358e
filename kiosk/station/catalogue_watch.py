"""Keeps a terminal's catalogue at the release in force, and says how the terminal is.

One thread beside the station. It opens the store after the first page, checks a release that was
put in force, and offers it to the station, which takes it when nobody is in a session.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import structlog

from kiosk.catalogue.consistency import CatalogueError
from kiosk.catalogue.items import from_items, to_items
from kiosk.catalogue.model import Catalogue
from kiosk.catalogue.release_rows import DeviceRow, InForce, TerminalRow, UnknownRelease
from kiosk.catalogue.start import Start
from kiosk.journey.world import Moment, World
from kiosk.station.self_check import CheckFailed, check_pages
from kiosk.station.station import Station

if TYPE_CHECKING:
    from kiosk.catalogue.release_store import ReleaseStore

LOOK_EVERY_S = 0.25  # a switch is seen within this; one look takes about 1 ms
BEAT_EVERY_S = 5.0  # the agent takes three missed beats for a terminal that stopped
OPEN_AGAIN_S = 10.0  # after the store could not be used

log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Surroundings:
    """What the watch is given. `waiting` counts the outbox; `run` names this run."""

    folder: Path
    run: str
    now: Callable[[], datetime]
    waiting: Callable[[], int]
    look_every_s: float = LOOK_EVERY_S


class CatalogueWatch:
    """`start` after the station has started; `stop` before it is stopped."""

    def __init__(
        self, world: World, station: Station, began: Start, surroundings: Surroundings
    ) -> None:
        """`began` is what the world's catalogue came from."""
        self._world = world
        self._station = station
        self._around = surroundings
        self._began = began
        # What was found at the start stands; else the release is checked as any other.
        self._judged = began.serial if began.finding else None
        self._finding = began.finding
        self._catalogue = world.catalogue
        self._beat = 0
        self._said: TerminalRow | None = None
        self._said_s = 0.0
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="catalogue watch", daemon=True)

    def start(self) -> None:
        """Begin; returns at once."""
        self._thread.start()

    def stop(self) -> None:
        """Finish the look under way."""
        self._stop.set()
        if self._thread.is_alive():
            self._thread.join()

    def _run(self) -> None:
        if self._began.finding:
            log.critical("release in force not taken", finding=self._began.finding)
        # Loaded here, so that it comes after the first page.
        from kiosk.catalogue.release_store import ReleaseStore  # noqa: PLC0415
        from kiosk.storage.faults import DatabaseFault  # noqa: PLC0415

        while not self._stop.wait(self._around.look_every_s):
            try:
                store = ReleaseStore.open(self._around.folder)
            except DatabaseFault as fault:
                log.critical("catalogue store cannot be used", reason=str(fault))
                self._stop.wait(OPEN_AGAIN_S)
                continue
            try:
                self._install_shipped(store)
                while not self._stop.wait(self._around.look_every_s):
                    self._look(store)
            except DatabaseFault as fault:
                log.critical("catalogue store cannot be used", reason=str(fault))
                self._stop.wait(OPEN_AGAIN_S)
            finally:
                store.close()

    def _install_shipped(self, store: ReleaseStore) -> None:
        """The release of this start is put in force, if it came with the program."""
        release = self._world.catalogue.release
        now = store.in_force()
        if now is None or (now.shipped and now.active != release):
            store.install(release, to_items(self._world.catalogue))
            log.info("shipped catalogue put in force", release=release)

    def _look(self, store: ReleaseStore) -> None:
        in_force = store.in_force()
        if in_force is not None and in_force.serial != self._judged:
            self._finding = self._judge(store, in_force)
            self._judged = in_force.serial
        self._say(store)

    def _judge(self, store: ReleaseStore, in_force: InForce) -> str:
        """Take the release in force, or say why it cannot be taken."""
        held = in_force.active == self._catalogue.release
        if held and in_force.confirmed:
            return ""
        began_s = time.monotonic()
        try:
            catalogue = self._catalogue if held else _read(store, in_force.active)
            moment = Moment(self._around.now(), "self-check")
            check_pages(replace(self._world, catalogue=catalogue), moment)
        except (CatalogueError, CheckFailed, UnknownRelease) as error:
            finding = f"{in_force.active}: {str(error).splitlines()[0]}"
            log.critical("release in force not taken", finding=finding)
            return finding
        if not held:
            self._station.offer(catalogue)
            self._catalogue = catalogue
        took_ms = round((time.monotonic() - began_s) * 1000)
        log.info("release checked", release=in_force.active, took_ms=took_ms)
        return ""

    def _say(self, store: ReleaseStore) -> None:
        standing = self._station.standing()
        said = self._said
        row = TerminalRow(
            run=self._around.run,
            beat=self._beat,
            busy=standing.busy,
            release=standing.release,
            checked=self._judged or 0,
            finding=self._finding,
            devices=tuple(
                DeviceRow(status.device, status.state.value, status.paper.value, status.cover_open)
                for status in standing.devices
            ),
        )
        due = time.monotonic() - self._said_s >= BEAT_EVERY_S
        if said is not None and not due and row == replace(said, waiting=0):
            return
        self._beat += 1
        self._said = replace(row, beat=self._beat, waiting=self._around.waiting())
        self._said_s = time.monotonic()
        store.say(self._said)


def _read(store: ReleaseStore, release: str) -> Catalogue:
    catalogue = from_items(store.items(release))
    if catalogue.release != release:
        raise CatalogueError(["its items are not those that its name was made of"])
    return catalogue
