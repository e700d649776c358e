"""`yici journey`: one citizen through the real window, and nothing of them left behind."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from drivers.id_card.port import IdCard
from tests.harness.walk import ROOT
from tests.kiosk.station.test_forgetting import found

KEYS = {
    "life_event",
    "matters",
    "case_no",
    "pages",
    "touches",
    "fields_asked",
    "fields_separate",
    "prefilled",
    "materials_total",
    "materials_exempt",
    "receipt",
    "screenshots",
    "seconds",
}


SIX = (
    "retirement",
    "after_a_death",
    "school",
    "employment",
    "marriage",
    "land_use",
)
TOLD = {"school", "land_use"}  # printed, and nothing handed in
SIX_LAST_S = 280  # two shared cores; about a minute when they are free


def journey(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [str(Path(sys.executable).with_name("yici")), "journey", *arguments]
    return subprocess.run(
        command, cwd=ROOT, capture_output=True, text=True, timeout=110, check=False
    )


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("journey")


@pytest.fixture(scope="module")
def summary(folder: Path) -> dict[str, Any]:
    """One journey in Chinese, with its pictures and its files."""
    done = journey("newborn", "--out", str(folder / "out"), "--data", str(folder / "data"))
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1])


def test_the_last_line_says_what_the_journey_came_to(summary: dict[str, Any]):
    assert summary.keys() == KEYS
    assert summary["matters"] == 8
    assert summary["case_no"]
    assert summary["fields_asked"] < summary["fields_separate"]
    assert summary["touches"] > summary["pages"] > 10


def test_there_is_a_true_picture_of_every_page_and_of_the_receipt(
    summary: dict[str, Any], folder: Path
):
    pictures = sorted((folder / "out").glob("[0-9]*.png"))
    assert len(pictures) == summary["screenshots"]
    for file in pictures:
        with Image.open(file) as picture:
            assert picture.size == (1080, 1920)
            colours = picture.convert("RGB").getcolors(1 << 20)
            assert colours is not None
            assert len(colours) > 20, f"{file.name} is nearly empty"
    assert (folder / "out" / summary["receipt"]).is_file()


def test_after_the_journey_the_citizen_is_in_no_file(
    summary: dict[str, Any], folder: Path, people: dict[str, IdCard]
):
    assert any((folder / "data").rglob("terminal.db"))
    assert any((folder / "data").rglob("terminal.log"))
    assert found(folder / "data", people["chen"]) == set()


@pytest.fixture(scope="module")
def six() -> dict[str, dict[str, Any]]:
    """Six more life events, one citizen after another at one terminal."""
    done = subprocess.run(
        [sys.executable, "-m", "yici.journey", *SIX],
        cwd=ROOT,
        env=os.environ | {"KCFG_GRAPHICS_MAXFPS": "0"},
        capture_output=True,
        text=True,
        timeout=SIX_LAST_S,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    summaries = [json.loads(line) for line in done.stdout.splitlines()]
    return {summary["life_event"]: summary for summary in summaries}


@pytest.mark.timeout(SIX_LAST_S + 20)
def test_every_one_of_them_comes_to_its_end(six: dict[str, dict[str, Any]]):
    assert list(six) == list(SIX)
    for summary in six.values():
        assert summary.keys() == KEYS
        assert summary["matters"] >= 1
        assert summary["touches"] > summary["pages"] > 5


@pytest.mark.timeout(SIX_LAST_S + 20)
def test_only_what_is_handed_in_has_a_case(six: dict[str, dict[str, Any]]):
    numbers = [summary["case_no"] for slug, summary in six.items() if slug not in TOLD]
    assert all(numbers)
    assert len(set(numbers)) == len(numbers)
    assert {six[slug]["case_no"] for slug in TOLD} == {""}


@pytest.mark.timeout(SIX_LAST_S + 20)
def test_one_form_asks_less_than_the_departments_forms(six: dict[str, dict[str, Any]]):
    for slug, summary in six.items():
        assert summary["fields_asked"] < summary["fields_separate"] or slug in TOLD


@pytest.mark.timeout(SIX_LAST_S + 20)
def test_number_and_slug_name_the_same_life_event_and_english_is_a_language(
    six: dict[str, dict[str, Any]],
):
    done = journey("24", "--lang", "en", "--profile", "dark")
    assert done.returncode == 0, done.stderr
    english = json.loads(done.stdout.splitlines()[-1])
    told = ("life_event", "matters", "fields_asked", "prefilled", "materials_total")
    assert {key: english[key] for key in told} == {key: six["land_use"][key] for key in told}


@pytest.mark.parametrize(
    ("profile", "life_event", "language"),
    [("care", "school", "zh"), ("seated", "land_use", "en")],
)
def test_whoever_needs_it_otherwise_comes_to_the_same_end(
    profile: str, life_event: str, language: str
):
    done = journey(life_event, "--profile", profile, "--lang", language)
    assert done.returncode == 0, done.stderr
    summary = json.loads(done.stdout.splitlines()[-1])
    assert bool(summary["case_no"]) == (life_event not in TOLD)
