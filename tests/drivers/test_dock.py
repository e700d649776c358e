"""The dock as people use it: a process of its own, its page over HTTP, drivers on its wires."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from drivers.id_card.port import CardRead, CardRemoved
from drivers.id_card.sam_a import ReaderTimes, SamAReader
from drivers.receipt_printer.encoder import SlipEncoder
from drivers.receipt_printer.esc_pos import EscPosPrinter
from drivers.receipt_printer.glyphs import Glyphs
from drivers.receipt_printer.paper import PAPER_80_MM
from drivers.receipt_printer.port import JobEnd, JobEnded
from drivers.receipt_printer.slip import Slip, Text
from drivers.simulators import words
from drivers.simulators.esc_pos import PrinterFault
from drivers.simulators.sam_a import ReaderFault
from drivers.status import DeviceState
from tests.harness.devices import PEOPLE, REPOSITORY, Heard, eventually, quick_back_off

WORDS = REPOSITORY / "config" / "dock"


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


@pytest.fixture(scope="module")
def wires(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("wires")


@pytest.fixture(scope="module")
def running(wires: Path) -> Iterator[httpx.Client]:
    port = free_port()
    command = [sys.executable, "-m", "drivers.simulators.dock", "--people", str(PEOPLE)]
    command += ["--wires", str(wires), "--port", str(port)]
    with (
        subprocess.Popen(command, cwd=REPOSITORY) as process,
        httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=5) as client,
    ):

        def answers() -> bool:
            try:
                return client.get("/api/state").is_success
            except httpx.TransportError:
                return False

        eventually(answers, "the dock answers", timeout_s=30)
        yield client
        process.terminate()
        process.wait(10)
    assert list(wires.iterdir()) == []


@pytest.fixture
def dock(running: httpx.Client) -> Iterator[httpx.Client]:
    yield running
    for path, value in [
        ("reader/card", {"person": None}),
        ("reader/plugged", {"plugged": True}),
        ("reader/fault", {"fault": "none"}),
        ("printer/plugged", {"plugged": True}),
        ("printer/paper", {"paper": "full"}),
        ("printer/cover_open", {"cover_open": False}),
        ("printer/fault", {"fault": "none"}),
    ]:
        assert running.put(f"/api/{path}", json=value).is_success


def test_a_card_laid_on_the_page_is_read_from_the_wire(
    dock: httpx.Client, wires: Path, heard: Heard
) -> None:
    reader = SamAReader(
        str(wires / "id-card"), back_off=quick_back_off(), times=ReaderTimes(poll=0.02)
    )
    reader.start(heard)
    reader.want(True)
    dock.put("/api/reader/card", json={"person": "gulixiang"})
    assert heard.wait_for(CardRead).card.name == "古丽尼格尔·样例江"
    dock.put("/api/reader/card", json={"person": None})
    heard.wait_for(CardRemoved)
    dock.put("/api/reader/plugged", json={"plugged": False})
    heard.wait_for_state(DeviceState.ABSENT)
    dock.put("/api/reader/plugged", json={"plugged": True})
    heard.wait_for_state(DeviceState.ONLINE, count=2)
    reader.stop()


def test_what_was_printed_is_on_the_page_newest_first(
    dock: httpx.Client, wires: Path, glyphs: Glyphs, heard: Heard
) -> None:
    printer = EscPosPrinter(
        str(wires / "receipt-printer"),
        SlipEncoder(PAPER_80_MM, glyphs),
        back_off=quick_back_off(),
    )
    printer.start(heard)
    printer.print("job-1", Slip((Text("第一张回执"),)))
    printer.print("job-2", Slip((Text("第二张回执"),)))
    heard.wait_for(JobEnded, count=2)
    newest, older = dock.get("/api/state").json()["printer"]["print_outs"]
    assert dock.get(f"/api/printer/print-outs/{newest['number']}.txt").text == "第二张回执"
    assert dock.get(f"/api/printer/print-outs/{older['number']}.txt").text == "第一张回执"
    png = dock.get(f"/api/printer/print-outs/{newest['number']}.png")
    assert png.headers["content-type"] == "image/png"
    assert png.content.startswith(b"\x89PNG")
    dock.put("/api/printer/paper", json={"paper": "out"})
    printer.print("job-3", Slip((Text("第三张回执"),)))
    assert heard.wait_for(JobEnded, count=3).end is JobEnd.PAPER_OUT
    printer.stop()


def test_the_page_hears_of_a_change_without_asking(dock: httpx.Client) -> None:
    with dock.stream("GET", "/api/events") as events:
        told = (json.loads(line[6:]) for line in events.iter_lines() if line.startswith("data: "))
        assert next(told)["printer"]["cover_open"] is False
        dock.put("/api/printer/cover_open", json={"cover_open": True})
        assert next(told)["printer"]["cover_open"] is True


def test_numbers_on_the_page_are_masked(dock: httpx.Client) -> None:
    people = dock.get("/api/people").json()
    assert [person["slug"] for person in people][:2] == ["chen", "zhou"]
    assert people[0]["number"] == "439900********0027"


@pytest.mark.parametrize(
    ("path", "value", "status"),
    [
        ("reader/card", {"person": "nobody"}, 404),
        ("reader/card", {}, 422),
        ("reader/fault", {"fault": "on fire"}, 422),
        ("printer/paper", {"paper": "unknown"}, 422),
        ("printer/cover_open", {"cover_open": "perhaps"}, 422),
    ],
)
def test_what_the_devices_cannot_do_is_refused(
    path: str, value: dict[str, str], status: int, dock: httpx.Client
) -> None:
    assert dock.put(f"/api/{path}", json=value).status_code == status


def test_a_print_out_that_never_was_is_not_found(dock: httpx.Client) -> None:
    assert dock.get("/api/printer/print-outs/9999.png").status_code == 404


def test_pages_of_other_sites_are_turned_away(dock: httpx.Client) -> None:
    assert dock.get("/api/state", headers={"Host": "example.invalid"}).status_code == 400


def test_the_page_needs_nothing_from_elsewhere(dock: httpx.Client) -> None:
    page = dock.get("/").text
    assert "模拟设备" in page
    for path in ("", "dock.css", "dock.js"):
        answer = dock.get(f"/{path}")
        assert answer.is_success
        assert "http:" not in answer.text
        assert "https:" not in answer.text


def test_every_word_and_fault_of_the_page_is_there_in_both_languages() -> None:
    for said in words.load(WORDS).values():
        assert set(said["reader_fault"]) == {fault.value for fault in ReaderFault}
        assert set(said["printer_fault"]) == {fault.value for fault in PrinterFault}


def test_every_fault_and_request_is_in_the_handbook(dock: httpx.Client) -> None:
    handbook = (REPOSITORY / "docs" / "hardware.md").read_text("utf-8")
    for fault in (*ReaderFault, *PrinterFault):
        assert fault.value in handbook
    for path in dock.get("/openapi.json").json()["paths"]:
        if path not in ("/api/words",):
            assert path.replace("{number}.png", "1.png").replace("/{number}", "") in handbook or (
                path.endswith(".txt") and "`.txt`" in handbook
            )


def test_a_word_missing_in_one_language_is_named(tmp_path: Path) -> None:
    (tmp_path / "zh.toml").write_text('title = "模拟设备"\n[reader]\nhint = "点"\n', "utf-8")
    (tmp_path / "en.toml").write_text('title = "Devices"\n', "utf-8")
    with pytest.raises(words.WordsError, match=r"reader\.hint"):
        words.load(tmp_path)


@pytest.mark.parametrize(
    ("option", "value"),
    [("--people", "none.yaml"), ("--fonts", "none"), ("--words", "none")],
)
def test_what_cannot_be_used_is_named_and_nothing_starts(
    option: str, value: str, tmp_path: Path
) -> None:
    command = [sys.executable, "-m", "drivers.simulators.dock", "--people", str(PEOPLE)]
    command += ["--wires", str(tmp_path / "wires"), "--port", "1"]
    command += [option, str(tmp_path / value)]
    ended = subprocess.run(
        command, cwd=REPOSITORY, capture_output=True, text=True, timeout=30, check=False
    )
    assert ended.returncode == 2
    assert str(tmp_path / value) in ended.stderr
    assert not (tmp_path / "wires").exists()
