"""`yici devices` on real wires: what is well, what is not, and what it says of it."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from drivers.discovery import Port, discover
from drivers.self_test import Result
from drivers.simulators import people
from drivers.simulators.bench import Bench
from drivers.simulators.docked.whole import Outfit, whole_bench
from drivers.status import DeviceState, PaperState
from drivers.wire import Wire
from kiosk.access.phrases import Phrases
from tests.harness.devices import CHINESE_FONT, PEOPLE, REPOSITORY, SIMPLIFIED, eventually

AUDIO = """[devices.audio]
driver = "alsa"
loudspeaker = "null"

"""

Answer = tuple[int, str, str]
Ask = Callable[..., Answer]


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    bench = whole_bench(
        Outfit(tmp_path, CHINESE_FONT, SIMPLIFIED, page_printer=0), people.load(PEOPLE)
    )
    with bench.plugged_in():
        yield bench


@pytest.fixture
def config(tmp_path: Path) -> Path:
    """The shipped settings; the devices are those of the environment."""
    shipped = (REPOSITORY / "config/terminal.toml").read_text("utf-8")
    before, _ = shipped.split("[devices.id_card]")
    _, after = shipped.split("[timing]")
    devices = f"""[devices.id_card]
driver = "sam_a"
url = "{tmp_path / "id-card"}"

[devices.receipt_printer]
driver = "esc_pos"
url = "{tmp_path / "receipt-printer"}"

[devices.code_scanner]
driver = "serial_scanner"
url = "{tmp_path / "code-scanner"}"
"""
    file = tmp_path / "config" / "terminal.toml"
    file.parent.mkdir()
    text = before.replace('= "../', f'= "{REPOSITORY}/') + devices + "[timing]" + after
    for folder in (REPOSITORY / "config").iterdir():
        text = text.replace(f'{folder.name} = "{folder.name}"', f'{folder.name} = "{folder}"')
    file.write_text(text, "utf-8")
    return file


@pytest.fixture
def ask(config: Path) -> Ask:
    def run(*options: str) -> Answer:
        program = "from yici.command import main; main()"
        command = [sys.executable, "-c", program, "devices", "--config", str(config), *options]
        done = subprocess.run(
            command, cwd=REPOSITORY, capture_output=True, text=True, timeout=60, check=False
        )
        return done.returncode, done.stdout, done.stderr

    return run


def by_device(stdout: str) -> dict[str, dict[str, Any]]:
    return {device["device"]: device for device in json.loads(stdout)["devices"]}


def test_devices_that_answer_are_well(bench: Bench, ask: Ask) -> None:
    code, stdout, stderr = ask("--format", "json")
    told = by_device(stdout)
    assert (code, stderr) == (0, "")
    assert list(told) == ["id_card", "code_scanner", "receipt_printer"]
    assert told["id_card"]["self_test"] == "passed"
    assert told["receipt_printer"]["paper"] == "full"
    assert told["receipt_printer"]["capabilities"]["printer"]["type"] == ["receipt"]
    assert bench.state()["receipt_printer"].print_outs == []
    assert json.loads(stdout)["engines"] == [{"engine": "chinese_input", "detail": ""}]


def test_what_speech_and_chinese_input_lack_is_told(bench: Bench, ask: Ask, config: Path) -> None:
    (config.parent / "speech").mkdir()
    text = config.read_text("utf-8").replace("[timing]", AUDIO + "[timing]")
    text = text.replace(f'speech = "{REPOSITORY}/config/speech"', 'speech = "speech"')
    config.write_text(text.replace("build/rime", "build/nowhere"), "utf-8")
    code, stdout, _ = ask("--format", "json")
    lacking = {engine["engine"]: engine["detail"] for engine in json.loads(stdout)["engines"]}
    assert code == 1
    assert lacking["speech"].endswith("put the table there")
    assert "run `make setup`" in lacking["chinese_input"]
    code, stdout, _ = ask()
    assert lacking["chinese_input"] in stdout


def test_a_scanner_that_cannot_be_asked_is_never_said_to_have_passed(
    bench: Bench, ask: Ask
) -> None:
    assert by_device(ask("--format", "json")[1])["code_scanner"]["self_test"] == "unknown"


def test_a_test_page_is_printed_when_it_is_asked_for(bench: Bench, ask: Ask) -> None:
    code, stdout, _ = ask("--test")
    assert code == 0
    assert "测试页 已送出" in stdout
    (sheet,) = eventually(lambda: bench.state()["receipt_printer"].print_outs, "the test page")
    printed = bench.print_out("receipt_printer", sheet.number, "txt").decode()
    assert "打印测试" in printed
    assert "esc_pos" in printed


def test_a_page_printer_prints_its_test_page_too(bench: Bench, ask: Ask, config: Path) -> None:
    port = bench.address("page_printer")
    table = f'[devices.page_printer]\ndriver = "ipp"\nurl = "{port}"\n\n[timing]'
    config.write_text(config.read_text("utf-8").replace("[timing]", table), "utf-8")
    code, stdout, _ = ask("--test", "--format", "json")
    assert by_device(stdout)["page_printer"]["test_page"] == "reported_done"
    assert code == 0
    assert bench.print_out("page_printer", 1, "pdf").startswith(b"%PDF")


@pytest.mark.parametrize(
    ("control", "value", "result"),
    [("paper", "out", "attention"), ("cover", "open", "attention"), ("fault", "silent", "failed")],
)
def test_a_device_that_wants_somebody_decides_the_exit_code(
    control: str, value: str, result: str, bench: Bench, ask: Ask
) -> None:
    bench.set("receipt_printer", control, value)
    code, stdout, _ = ask("--format", "json")
    assert code == 1
    assert by_device(stdout)["receipt_printer"]["self_test"] == result


def test_a_port_that_another_program_holds_is_told_so(bench: Bench, ask: Ask) -> None:
    with Wire.open(bench.address("id_card"), 115200, lambda: False):
        code, stdout, _ = ask()
        held = stdout.split("身份证阅读器")[1].split("条码")[0]
        assert "另一个程序占着这个口" in held.splitlines()[1]
        assert code == 1
    assert "另一个程序占着这个口" not in ask()[1]


def test_a_test_says_what_each_device_found(bench: Bench, ask: Ask) -> None:
    told = by_device(ask("--test", "--format", "json")[1])
    assert told["id_card"]["findings"]["card"] == "none"
    assert told["receipt_printer"]["findings"] == {"printer": "ready"}
    assert told["code_scanner"]["self_test"] == "unknown"


def test_every_result_has_its_words() -> None:
    keys = Phrases.load(REPOSITORY / "config/devices/phrases").keys()
    assert {f"result.{result}" for result in Result} <= keys


def test_with_nothing_attached_every_device_is_told_as_absent(ask: Ask) -> None:
    code, stdout, _ = ask("--format", "json")
    assert code == 1
    assert {device["state"] for device in by_device(stdout).values()} == {"absent"}


def test_text_is_in_chinese_and_english(bench: Bench, ask: Ask) -> None:
    assert "身份证阅读器 · sam_a" in ask()[1]
    assert "ID-card reader · sam_a" in ask("--lang", "en")[1]


def test_a_camera_s_password_is_in_no_report(ask: Ask, config: Path) -> None:
    camera = '[devices.document_camera]\ndriver = "mjpeg_camera"\nview_mm = 420\n'
    camera += 'url = "http://staff:secret@127.0.0.1:1/stream"\n\n[timing]'
    config.write_text(config.read_text("utf-8").replace("[timing]", camera), "utf-8")
    for options in ((), ("--format", "json")):
        _, stdout, stderr = ask(*options)
        assert "127.0.0.1:1" in stdout
        assert "secret" not in stdout + stderr


def test_settings_that_cannot_be_used_are_told_with_their_key(ask: Ask, config: Path) -> None:
    config.write_text(config.read_text("utf-8").replace('"sam_a"', '"abacus"'), "utf-8")
    code, stdout, stderr = ask()
    assert (code, stdout) == (2, "")
    assert f"{config}: devices.id_card.driver: there is no driver 'abacus'" in stderr


def test_cameras_are_listed_with_their_names(tmp_path: Path) -> None:
    camera = tmp_path / "video" / "video0"
    camera.mkdir(parents=True)
    (camera / "name").write_text("Document camera\n", "utf-8")
    inputs = tmp_path / "input"
    inputs.mkdir()
    found = discover(tmp_path / "video", inputs).found
    assert [(one.where, one.name) for one in found if one.port is Port.VIDEO] == [
        ("/dev/video0", "Document camera")
    ]


def test_input_devices_that_may_not_be_read_are_told(tmp_path: Path) -> None:
    (tmp_path / "event0").touch()  # no character device, so none that evdev lists
    assert any("join the group input" in note for note in discover(tmp_path, tmp_path).notes)


def test_every_state_and_paper_has_its_words() -> None:
    keys = Phrases.load(REPOSITORY / "config/devices/phrases").keys()
    assert {f"state.{state}" for state in DeviceState} <= keys
    assert {f"paper.{paper}" for paper in PaperState} <= keys
