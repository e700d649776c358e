"""Whoever gives a command something that cannot be used is told what, where and what to do."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from tests.harness.walk import ROOT

NOWHERE = "/nowhere"
UNWRITABLE = "/proc/pictures"  # no folder can be made there, not even by root

YICI = [str(Path(sys.executable).with_name("yici"))]
KIOSK = [sys.executable, "run_kiosk.py"]
STATION = [sys.executable, "-m", "yici.station"]
GALLERY = [sys.executable, "-m", "yici.gallery"]
PICTURES = [sys.executable, "-m", "yici.pictures"]
JOURNEYS = [sys.executable, "-m", "yici.journey"]


def run(*command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command,
        cwd=ROOT,
        env=os.environ | {"COLUMNS": "200", "SDL_VIDEODRIVER": "offscreen"},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def with_credentials(folder: Path) -> None:
    """The files of a manager, empty: what is looked at later is refused before they are read."""
    for file in ("authority.crt", "manager.crt", "manager.key"):
        (folder / file).touch()


@pytest.mark.parametrize(
    ("command", "told"),
    [
        ([*YICI, "audit", "--life-event", "wedding"], "no life event wedding; there are newborn,"),
        ([*YICI, "audit", "--config", NOWHERE], "/nowhere/terminal.toml: cannot be read"),
        ([*YICI, "audit", "--json", "/nowhere/all.json"], "/nowhere/all.json"),
        ([*YICI, "audit", "--table", "/nowhere.md"], "'/nowhere.md' does not exist"),
        ([*YICI, "journey", "wedding"], "no life event wedding; there are newborn,"),
        (
            [*YICI, "journey", "newborn", "--config", NOWHERE],
            "/nowhere/sandbox/people.yaml: No such",
        ),
        ([*YICI, "journey", "newborn", "--out", UNWRITABLE], "/proc/pictures: No such file"),
        ([*YICI, "journey", "newborn", "--data", UNWRITABLE], "/proc/pictures"),
        ([*YICI, "journey", "newborn", "--person", "nobody"], "nobody is called nobody; there are"),
        ([*YICI, "journey", "newborn", "--lang", "fr"], "'fr' is not one of"),
        ([*JOURNEYS, "newborn", "--profile", "upside-down"], "'upside-down' is not one of"),
        ([*YICI, "devices", "--config", NOWHERE], "/nowhere: cannot be read"),
        ([*STATION, "--config", "/nowhere.toml"], "'/nowhere.toml' does not exist"),
        ([*STATION, "--people", "/nowhere.yaml"], "'/nowhere.yaml' does not exist"),
        ([*STATION, "--data", UNWRITABLE], "/proc/pictures: No such file or directory; name"),
        ([*KIOSK, "--config", "/nowhere.toml"], "/nowhere.toml: cannot be read"),
        ([*GALLERY, UNWRITABLE], "/proc/pictures: No such file or directory; name"),
        ([*PICTURES, UNWRITABLE], "/proc/pictures: No such file or directory; name"),
        ([*PICTURES], "Missing argument"),
    ],
)
def test_what_cannot_be_used_is_named_and_the_command_ends_with_2(command: list[str], told: str):
    done = run(*command)
    assert done.returncode == 2, done.stderr
    assert told in done.stderr
    assert "Traceback" not in done.stderr
    assert "[Errno" not in done.stderr


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("catalogue lint --out /nowhere/report.xlsx", "/nowhere/report.xlsx: No such file"),
        ("catalogue schema --out /proc/pictures", "/proc/pictures: No such file"),
        ("catalogue export /nowhere/lists.xlsx", "/nowhere/lists.xlsx: No such file"),
        ("catalogue export lists.csv", "lists.csv: name a folder"),
        ("fleet terminals --data /nowhere", "/nowhere: no manager has kept a store there; "),
        ("fleet release --folder /proc/pictures show", "/proc/pictures: No such file"),
        (
            "fleet serve --folder {here} --data /proc/pictures --credentials {here}",
            "/proc/pictures: No such file",
        ),
        (
            "fleet serve --folder {here} --data {here} --credentials /nowhere",
            "/nowhere/authority.crt: is missing; ",
        ),
    ],
)
def test_work_that_cannot_be_done_says_why_and_ends_with_1(tmp_path: Path, words: str, told: str):
    with_credentials(tmp_path)
    done = run(*YICI, *words.format(here=tmp_path).split())
    assert done.returncode == 1, done.stderr
    assert told in done.stderr
    assert "Traceback" not in done.stderr
    assert "[Errno" not in done.stderr


def test_a_port_that_is_taken_is_named(tmp_path: Path):
    with_credentials(tmp_path)
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        folders = [f"--{name}={tmp_path}" for name in ("folder", "data", "credentials")]
        done = run(*YICI, "fleet", "serve", *folders, f"--port={port}")
    assert done.returncode == 1
    assert "Address already in use" in done.stderr
    assert f"{port}" in done.stderr
    assert "give another --port" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("setting", ["YICI_DATA", "YICI_LOG"])
def test_a_terminal_whose_folder_cannot_be_made_names_it(
    setting: str, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv(setting, UNWRITABLE)
    done = run(*KIOSK)
    assert done.returncode == 2
    assert "/proc/pictures: No such file or directory; mend it" in done.stderr
