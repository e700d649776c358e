"""The dock as people use it: a process of its own, its page over HTTP, drivers on its wires."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from drivers.code_scanner.port import CodeScanned
from drivers.code_scanner.serial_line import SerialScanner
from drivers.id_card.port import CardRead, CardRemoved
from drivers.id_card.sam_a import ReaderTimes, SamAReader
from drivers.page_printer.esc_p2 import EscP2Printer
from drivers.page_printer.form import FormLayout, Placed
from drivers.page_printer.form_encoder import FormEncoder
from drivers.page_printer.port import JobEnded as SheetEnded
from drivers.receipt_printer.encoder import SlipEncoder
from drivers.receipt_printer.esc_pos import EscPosPrinter
from drivers.receipt_printer.glyphs import Glyphs
from drivers.receipt_printer.paper import PAPER_80_MM
from drivers.receipt_printer.port import JobEnd, JobEnded
from drivers.receipt_printer.slip import Slip, Text
from drivers.signals.port import LightState
from drivers.simulators import people, words
from drivers.simulators.dock import main as run_dock
from drivers.simulators.docked.device import NoSuchThing
from drivers.simulators.docked.whole import Outfit, whole_bench
from drivers.simulators.eve_process import held_port
from drivers.status import DeviceState
from tests.harness.devices import (
    CHINESE_FONT,
    PEOPLE,
    REPOSITORY,
    SIMPLIFIED,
    Heard,
    eventually,
    quick_back_off,
)

WORDS = REPOSITORY / "config" / "dock"


@pytest.fixture(scope="module")
def wires(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("wires")


@pytest.fixture(scope="module")
def running(wires: Path) -> Iterator[httpx.Client]:
    with held_port(0) as held:
        yield from served_at(held.getsockname()[1], wires)
    assert [wire.name for wire in wires.iterdir() if wire.is_symlink()] == []


def served_at(port: int, wires: Path) -> Iterator[httpx.Client]:
    command = [sys.executable, "-m", "drivers.simulators.dock", "--people", str(PEOPLE)]
    command += ["--wires", str(wires), "--port", str(port), "--smart-card"]
    command += ["--page-printer", "0", "--document-camera", "0"]
    with (
        subprocess.Popen(command, cwd=REPOSITORY) as process,
        httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=20) as client,
    ):

        def answers() -> bool:
            try:
                return client.get("/api/state").is_success
            except httpx.TransportError:
                return False

        eventually(answers, "the dock answers", timeout_s=60)
        yield client
        process.terminate()
        process.wait(60)


@pytest.fixture
def dock(running: httpx.Client) -> Iterator[httpx.Client]:
    yield running
    for kind in running.get("/api/devices").json():
        device = kind["device"]
        running.put(f"/api/{device}/plugged", json={"value": True}).raise_for_status()
        for control, there in kind["controls"].items():
            value = {"value": there["values"][0]}
            running.put(f"/api/{device}/{control}", json=value).raise_for_status()


def test_a_card_laid_on_the_page_is_read_from_the_wire(
    dock: httpx.Client, wires: Path, heard: Heard
) -> None:
    reader = SamAReader(
        str(wires / "id-card"), back_off=quick_back_off(), times=ReaderTimes(poll=0.02)
    )
    reader.start(heard)
    reader.want(True)
    heard.wait_for_state(DeviceState.ONLINE)
    dock.put("/api/id_card/card", json={"value": "gulixiang"})
    assert heard.wait_for(CardRead).card.name == "古丽尼格尔·样例江"
    dock.put("/api/id_card/card", json={"value": "none"})
    heard.wait_for(CardRemoved)
    dock.put("/api/id_card/plugged", json={"value": False})
    heard.wait_for_state(DeviceState.ABSENT)
    dock.put("/api/id_card/plugged", json={"value": True})
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
    newest, older = dock.get("/api/state").json()["receipt_printer"]["print_outs"]
    assert dock.get(f"/api/receipt_printer/print-outs/{newest['number']}.txt").text == "第二张回执"
    assert dock.get(f"/api/receipt_printer/print-outs/{older['number']}.txt").text == "第一张回执"
    png = dock.get(f"/api/receipt_printer/print-outs/{newest['number']}.png")
    assert png.headers["content-type"] == "image/png"
    assert png.content.startswith(b"\x89PNG")
    dock.put("/api/receipt_printer/paper", json={"value": "out"})
    printer.print("job-3", Slip((Text("第三张回执"),)))
    assert heard.wait_for(JobEnded, count=3).end is JobEnd.PAPER_OUT
    printer.stop()


def test_the_page_hears_of_a_change_without_asking(dock: httpx.Client) -> None:
    with dock.stream("GET", "/api/events") as events:
        told = (json.loads(line[6:]) for line in events.iter_lines() if line.startswith("data: "))
        covers = (state["receipt_printer"]["controls"]["cover"] for state in told)
        assert next(covers) == "closed"
        dock.put("/api/receipt_printer/cover", json={"value": "open"})
        # another device may change meanwhile; without any change the client gives up
        assert next(cover for cover in covers if cover != "closed") == "open"


def test_numbers_on_the_page_are_masked(dock: httpx.Client) -> None:
    told = dock.get("/api/people").json()
    assert [person["slug"] for person in told][:2] == ["chen", "zhou"]
    assert told[0]["number"] == "439900********0027"


@pytest.mark.parametrize(
    ("method", "path", "body", "status"),
    [
        ("PUT", "id_card/card", {"value": "nobody"}, 404),
        ("PUT", "id_card/card", {}, 422),
        ("PUT", "id_card/fault", {"value": "on fire"}, 404),
        ("PUT", "id_card/volume", {"value": "loud"}, 404),
        ("PUT", "toaster/fault", {"value": "none"}, 404),
        ("PUT", "receipt_printer/paper", {"value": "unknown"}, 404),
        ("PUT", "receipt_printer/plugged", {"value": "perhaps"}, 422),
        ("POST", "code_scanner/show", {"text": "x", "encoding": "latin-1"}, 404),
        ("POST", "code_scanner/show", {"text": "x"}, 404),
        ("POST", "code_scanner/sing", {}, 404),
        ("GET", "receipt_printer/print-outs/1.exe", None, 404),
        ("GET", "id_card/print-outs/1.png", None, 404),
    ],
)
def test_what_the_devices_cannot_do_is_refused(
    method: str, path: str, body: dict[str, str] | None, status: int, dock: httpx.Client
) -> None:
    assert dock.request(method, f"/api/{path}", json=body).status_code == status


def test_a_code_shown_on_the_page_is_read_from_the_wire(
    dock: httpx.Client, wires: Path, heard: Heard
) -> None:
    scanner = SerialScanner(str(wires / "code-scanner"), back_off=quick_back_off())
    scanner.start(heard)
    scanner.want(True)
    heard.wait_for_state(DeviceState.ONLINE)
    shown = {"text": "长沙市样例街道", "encoding": "gb18030"}
    dock.post("/api/code_scanner/show", json=shown).raise_for_status()
    assert heard.wait_for(CodeScanned).code.text == "长沙市样例街道"
    scanner.stop()


def test_a_form_is_on_the_page_as_a_picture(
    dock: httpx.Client, wires: Path, glyphs: Glyphs, heard: Heard
) -> None:
    printer = EscP2Printer(
        str(wires / "form-printer"), FormEncoder(glyphs), back_off=quick_back_off()
    )
    printer.start(heard)
    printer.print("job-1", FormLayout(210, 100, (Placed("周禾一", 40, 60),)))
    heard.wait_for(SheetEnded)
    (sheet,) = eventually(
        lambda: dock.get("/api/state").json()["form_printer"]["print_outs"], "the form is there"
    )
    png = dock.get(f"/api/form_printer/print-outs/{sheet['number']}.png")
    assert png.content.startswith(b"\x89PNG")
    printer.stop()


def test_the_page_printer_runs_out_of_paper_on_the_page(dock: httpx.Client) -> None:
    state = dock.put("/api/page_printer/paper", json={"value": "out"}).raise_for_status().json()
    assert state["page_printer"]["controls"]["paper"] == "out"


def test_tests_work_the_same_bench_without_the_page(tmp_path: Path) -> None:
    bench = whole_bench(Outfit(tmp_path, CHINESE_FONT, SIMPLIFIED), people.load(PEOPLE))
    with bench.plugged_in():
        bench.set("id_card", "card", "chen")
        bench.plug("code_scanner", False)
        state = bench.state()
        assert state["id_card"].controls["card"] == "chen"
        assert not state["code_scanner"].plugged
        with pytest.raises(NoSuchThing, match="none, chen"):
            bench.set("id_card", "card", "nobody")
    assert not any(device.plugged for device in bench.state().values())


def test_a_print_out_that_never_was_is_not_found(dock: httpx.Client) -> None:
    assert dock.get("/api/receipt_printer/print-outs/9999.png").status_code == 404


def test_pages_of_other_sites_are_turned_away(dock: httpx.Client) -> None:
    assert dock.get("/api/state", headers={"Host": "example.invalid"}).status_code == 400


def test_the_page_needs_nothing_from_elsewhere(dock: httpx.Client) -> None:
    page = dock.get("/").text
    assert "模拟设备" in page
    for path in ("", "dock.css", "dock.js", "words.js"):
        answer = dock.get(f"/{path}")
        assert answer.is_success
        assert "http:" not in answer.text
        assert "https:" not in answer.text


def test_every_word_that_the_page_needs_is_there_in_both_languages(dock: httpx.Client) -> None:
    kinds = dock.get("/api/devices").json()
    facts = {name for state in dock.get("/api/state").json().values() for name in state["facts"]}
    for said in words.load(WORDS).values():
        assert facts <= set(said["fact"])
        assert set(LightState) <= set(said["fact_value"])
        for kind in kinds:
            assert kind["device"] in said["device"]
            assert kind["device"] in said["hint"]
            for key, control in kind["controls"].items():
                if control["words"] in ("people", "smart_card"):
                    assert {"none", "lies"} <= set(said[control["words"]])
                else:
                    assert key in said["control"]
                    assert set(control["values"]) <= set(said[control["words"]])
            for key, act in kind["acts"].items():
                values = {value for among in act["fields"].values() for value in among}
                assert {key, *act["fields"], *values} <= set(said[act["words"]])


def test_every_device_control_and_act_is_in_the_handbook(dock: httpx.Client) -> None:
    handbook = (REPOSITORY / "docs" / "hardware.md").read_text("utf-8")
    for kind in dock.get("/api/devices").json():
        (row,) = (
            line for line in handbook.splitlines() if line.startswith(f"| dock `{kind['device']}`")
        )
        for control, there in kind["controls"].items():
            assert f"`{control}`" in row
            if there["words"] not in ("people", "smart_card"):
                assert " ".join(there["values"]) in row
        for act, asked in kind["acts"].items():
            assert f"`{act}`" in row
            assert all(f"`{field}`" in row for field in asked["fields"])
    for path in dock.get("/openapi.json").json()["paths"]:
        if path != "/api/words":
            assert path in handbook


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
    option: str, value: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = ["--people", str(PEOPLE), "--wires", str(tmp_path / "wires"), "--port", "1"]
    assert run_dock([*asked, option, str(tmp_path / value)]) == 2
    assert str(tmp_path / value) in capsys.readouterr().err
    assert not (tmp_path / "wires").exists()
