"""What an administrator sees: over real HTTP, from a real store."""

from __future__ import annotations

import re
import socket
import threading
import tomllib
from collections.abc import Iterator
from datetime import UTC
from html.parser import HTMLParser
from pathlib import Path

import httpx
import pytest
import uvicorn

from drivers.kinds import Kind
from drivers.status import DeviceState, PaperState
from fleet.console.app import Fleet, console
from fleet.manager.ingest import Counts
from fleet.manager.published import Published
from fleet.manager.store import LinkLost, Present, Reported, Store
from fleet.protocol.messages import DeviceReport, Presence, Update, UpdateState
from fleet.protocol.topics import Terminal
from kiosk.access.phrases import Phrases
from tests.fleet.manager.parts import NOW, RELEASE, report, status
from tests.yici.waiting import wait_until
from yici.loopback import HOST

PHRASES = Path("config/console/phrases")
ONE = Terminal("sample", "XJ0001")


class Console:
    """A console that is served, and the fleet that it looks at."""

    def __init__(self, folder: Path) -> None:
        self.store = Store.open(folder / "fleet.db")
        self.broker_up = True
        self.counts = Counts()
        fleet = Fleet(self.store, lambda: self.broker_up, lambda: self.counts, Published({}))
        listener = socket.create_server((HOST, 0))
        self.url = f"http://{HOST}:{listener.getsockname()[1]}"
        self._server = uvicorn.Server(
            uvicorn.Config(
                console(fleet, Phrases.load(PHRASES), UTC),
                log_level="warning",
                timeout_graceful_shutdown=1,
            )
        )
        self._thread = threading.Thread(target=self._server.run, args=([listener],))

    def start(self) -> None:
        self._thread.start()
        wait_until(lambda: self._server.started)

    def stop(self) -> None:
        self._server.should_exit = True
        self._thread.join(10)
        self.store.close()

    def get(self, path: str = "/") -> str:
        answer = httpx.get(self.url + path, timeout=10)
        assert answer.status_code == 200
        return answer.text

    def seen(self, path: str = "/") -> str:
        """The page's words, as one reads them."""
        reader = Words()
        reader.feed(self.get(path))
        return " ".join(reader.words)


class Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []

    def handle_data(self, data: str) -> None:
        if data.strip():
            self.words.append(" ".join(data.split()))


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Console]:
    made = Console(tmp_path)
    made.start()
    yield made
    made.stop()


def test_a_terminal_is_shown_with_all_it_reported(served: Console):
    devices = (
        DeviceReport(device="id_card", state="online"),
        DeviceReport(device="receipt_printer", state="faulted", paper="out", cover_open=True),
    )
    told = Update(state=UpdateState.REFUSED, release="f" * 12, reason="one signature")
    served.store.record(
        [
            Present(ONE, status(), NOW, retained=False),
            Reported(ONE, report(update=told, devices=devices, waiting=2), NOW),
        ]
    )
    served.store.desire([(ONE, "f" * 12, 3)])
    seen = served.seen()
    for said in (
        *("XJ0001", "在线", "空闲", "11-20 09:30:00", RELEASE, "ffffffffffff"),
        *("已拒绝", "one signature", "身份证阅读器 正常", "故障 · 盖子打开 · 缺纸"),
    ):
        assert said in seen
    assert "Receipt printer faulted · cover open · no paper" in served.seen("/?lang=en")


def test_a_terminal_that_is_gone_is_not_said_to_be_idle(served: Console):
    served.store.record(
        [Reported(ONE, report(), NOW), Present(ONE, status(Presence.OFFLINE), NOW, retained=False)]
    )
    assert "离线" in served.seen()
    assert "空闲" not in served.seen()


def test_without_the_broker_the_page_says_that_it_does_not_know(served: Console):
    served.store.record(
        [Present(ONE, status(), NOW, retained=False), Reported(ONE, report(), NOW), LinkLost()]
    )
    served.broker_up = False
    assert "未知" in served.seen()
    assert "与消息服务器的连接断了" in served.seen()


def test_refused_messages_are_counted_on_the_page(served: Console):
    assert "拒收的消息" not in served.seen()
    served.counts = Counts(refused=7)
    assert "拒收的消息 7" in served.seen()


def test_words_that_nobody_foresaw_stand_as_they_came_and_are_only_words(served: Console):
    odd = (DeviceReport(device="<script>alert(1)</script>", state="melted", paper="{wet}"),)
    served.store.record([Reported(ONE, report(devices=odd), NOW)])
    assert "<script>alert" not in served.get()
    assert "melted · {wet}" in served.seen()


def test_many_terminals_come_in_pages_and_those_that_want_care_first(served: Console):
    jammed = report(devices=(DeviceReport(device="receipt_printer", state="faulted"),))
    fleet = [Reported(Terminal("sample", f"A{n:03}"), report(), NOW) for n in range(120)]
    served.store.record([*fleet, Reported(Terminal("sample", "Z"), jammed, NOW)])
    assert re.findall(r'scope="row">(\w+)', served.get())[:2] == ["Z", "A000"]
    assert "第 3 页，共 3 页" in served.seen("/?page=3")
    assert "第 3 页，共 3 页" in served.seen("/?page=99999999999999999999")
    assert re.findall(r'scope="row">(\w+)', served.get("/?care=1")) == ["Z"]


@pytest.mark.parametrize("address", ["/?page=x", "/?lang=fr", "/?care=perhaps", "/live?page=-"])
def test_an_address_that_asks_for_nonsense_is_refused(served: Console, address: str):
    assert httpx.get(served.url + address, timeout=10).status_code == 422


def test_a_page_of_elsewhere_cannot_reach_the_console(served: Console):
    answer = httpx.get(served.url, headers={"Host": "evil.example"}, timeout=10)
    assert answer.status_code == 400


def test_an_open_page_hears_of_a_change_at_once(served: Console):
    with httpx.stream("GET", f"{served.url}/events", timeout=10) as events:
        lines = events.iter_lines()
        assert next(line for line in lines if line.startswith("data:"))
        served.store.record([Reported(ONE, report(), NOW)])
        following = next(line for line in lines if line)
        assert following.startswith("data:"), "a change is told before the next sign of life"


def test_the_page_fetches_nothing_from_elsewhere(served: Console):
    sources = re.findall(r'(?:src|href)="([^"]+)"', served.get())
    assert {source for source in sources if "//" in source} == set()
    for source in sources:
        if source.startswith("/assets/"):
            assert len(served.get(source)) > 100


def test_every_state_of_the_protocol_has_its_words():
    keys = Phrases.load(PHRASES).keys()
    for kind, words in (("update", UpdateState), ("presence", Presence)):
        assert {f"{kind}.{word.value}" for word in words} <= keys


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_device_that_a_terminal_can_have_has_a_name_wherever_it_is_shown(language: str):
    kinds = {kind.value for kind in Kind}
    for file, table in (
        (PHRASES / language / "console.toml", "device"),
        (Path("config/devices/phrases") / language / "devices.toml", "kind"),
        (Path("config/dock") / f"{language}.toml", "device"),
    ):
        named = tomllib.loads(file.read_text("utf-8"))[table]
        assert {kind for kind in kinds if named.get(kind, kind) != kind} == kinds, file


def test_every_state_that_a_device_can_have_has_its_words():
    keys = Phrases.load(PHRASES).keys()
    assert {f"device_state.{state.value}" for state in DeviceState} <= keys
    paper = set(PaperState) - {PaperState.UNKNOWN}  # which is not shown
    assert {f"paper.{state.value}" for state in paper} <= keys
