"""The sandbox platform over HTTP with a clock that a test moves, and a catalogue with deferrals.

The shipped catalogue publishes no day for any deferral; here two papers of the restaurant have one.
"""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import uvicorn

from kiosk.beijing import BEIJING
from kiosk.catalogue.load import load_catalogue
from kiosk.catalogue.model import Deferral, LifeEvent, Material, Matter
from kiosk.gateway.http_client import HttpGateway
from kiosk.gateway.sandbox.__main__ import assemble
from kiosk.gateway.sandbox.matters import CatalogueMatters, MatterDirectory
from kiosk.gateway.sandbox.schema import open_store
from tests.harness.platform import CATALOGUE, KEY, PEOPLE, ROOT, TERMINAL

MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=BEIJING)
DEFERRALS = {"evacuation_plan": 5, "floor_plan": 10, "sign_picture": 5}
INSTANT = "shop_sign"
STOP_TIMEOUT_S = 10.0


def matters_with_deferrals() -> MatterDirectory:
    """The shipped catalogue, with days for some papers and one matter finished on the spot."""
    catalogue = load_catalogue(CATALOGUE)
    events = tuple(
        _changed(event) if event.slug == "restaurant" else event for event in catalogue.life_events
    )
    return CatalogueMatters(catalogue.model_copy(update={"life_events": events}))


def _changed(event: LifeEvent) -> LifeEvent:
    def material(one: Material) -> Material:
        days = DEFERRALS.get(one.slug)
        return one.model_copy(update={"deferral": Deferral(days=days)}) if days else one

    def matter(one: Matter) -> Matter:
        return one.model_copy(update={"instant": one.slug == INSTANT})

    return event.model_copy(
        update={
            "materials": tuple(map(material, event.materials)),
            "matters": tuple(map(matter, event.matters)),
        }
    )


class TimedPlatform:
    """Served on loopback by a thread of the test's own process, so that its time can be set."""

    def __init__(self, folder: Path, directory: MatterDirectory, now: datetime = MONDAY) -> None:
        self.now = now
        self._store = open_store(folder)
        texts = ROOT / "config" / "sandbox"
        app = assemble(self._store, KEY, directory, PEOPLE, texts, clock=lambda: self.now)
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._server = uvicorn.Server(uvicorn.Config(app, log_level="error", access_log=False))
        self._thread = threading.Thread(
            target=self._server.run, kwargs={"sockets": [self._listener]}
        )
        self._thread.start()
        self.base_url = f"http://127.0.0.1:{self._listener.getsockname()[1]}"
        self._http = httpx.Client(base_url=self.base_url, trust_env=False, timeout=10.0)

    def gateway(self) -> HttpGateway:
        return HttpGateway(self.base_url, TERMINAL, KEY)

    def days_later(self, days: int) -> None:
        self.now += timedelta(days=days)

    def press(self, path: str, **headers: str) -> httpx.Response:
        """What a button of the desk's page sends."""
        return self._http.post(f"/desk/cases/{path}", headers=headers)

    def desk(self, what: str) -> Any:
        """`cases` or `counts`, as staff see them."""
        return self._http.get(f"/desk/{what}").raise_for_status().json()

    def newest(self) -> dict[str, Any]:
        """The newest case as the desk has it."""
        return self.desk("cases")[0]

    def task(self, code: str) -> dict[str, Any]:
        """A matter of the newest case as the desk has it."""
        return next(task for task in self.newest()["tasks"] if task["task_code"] == code)

    def page(self) -> str:
        return self._http.get("/").raise_for_status().text

    def stop(self) -> None:
        self._http.close()
        self._server.should_exit = True
        self._thread.join(STOP_TIMEOUT_S)
        self._store.close()


@contextmanager
def timed_platform(
    folder: Path, directory: MatterDirectory, now: datetime = MONDAY
) -> Iterator[TimedPlatform]:
    platform = TimedPlatform(folder, directory, now)
    try:
        yield platform
    finally:
        platform.stop()
