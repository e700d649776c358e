"""A served console with releases to look at, and its pages as one reads them."""

from __future__ import annotations

import html
import json
import re
import socket
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC
from pathlib import Path

import httpx
import uvicorn

from fleet.console.app import Fleet, console
from fleet.manager.ingest import Counts
from fleet.manager.published import Published
from fleet.manager.store import Store
from fleet.release.repository import Repository
from kiosk.access.phrases import Phrases
from kiosk.catalogue.items import canonical
from tests.fleet.release.publication import ITEMS
from tests.harness.walk import ROOT
from tests.yici.waiting import wait_until
from yici.loopback import HOST

PHRASES = ROOT / "config/console/phrases"


class Pages:
    """A console that is served."""

    def __init__(self, url: str) -> None:
        self.url = url

    def answer(self, path: str) -> httpx.Response:
        return httpx.get(self.url + path, timeout=20)

    def source(self, path: str) -> str:
        answer = self.answer(path)
        assert answer.status_code == 200, answer.text
        return answer.text

    def seen(self, path: str) -> str:
        """The page's words, as one reads them."""
        return words(self.source(path))

    def row(self, path: str, head: str) -> str:
        """The words of the first row of a table with that head."""
        return row_of(self.source(path), head)


def row_of(source: str, head: str) -> str:
    rows = (words(row) for row in re.findall(r"<tr.*?</tr>", source, re.S))
    return next(row for row in rows if f" {head} " in f" {row} ")


def words(source: str) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", source)).split())


@contextmanager
def serving(folder: Path, repositories: Mapping[str, Repository]) -> Iterator[Pages]:
    store = Store.open(folder / "fleet.db")
    fleet = Fleet(store, lambda: True, Counts, Published(repositories))
    config = uvicorn.Config(
        console(fleet, Phrases.load(PHRASES), UTC), log_level="warning", timeout_graceful_shutdown=1
    )
    server = uvicorn.Server(config)
    listener = socket.create_server((HOST, 0))
    thread = threading.Thread(target=server.run, args=([listener],))
    thread.start()
    try:
        wait_until(lambda: server.started)
        yield Pages(f"http://{HOST}:{listener.getsockname()[1]}")
    finally:
        server.should_exit = True
        thread.join(10)
        store.close()


def publish(repository: Repository, items: Mapping[str, bytes]) -> str:
    built = repository.build(items)
    for party in ("city", "bank"):
        repository.sign(repository.party_key(party))
    repository.publish()
    return built.name


def changed(key: str, **values: object) -> dict[str, bytes]:
    """The items of the catalogue with something in one of them changed."""
    return {key: canonical(json.loads(ITEMS[key]) | values)}
