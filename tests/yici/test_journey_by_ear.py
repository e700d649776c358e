"""Life events finished without seeing the glass, and without touching it."""

from __future__ import annotations

import json
import subprocess
import sys
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from drivers.nav_keypad.port import Key
from drivers.simulators.audio import KEPT_S
from tests.harness.walk import ROOT
from yici.journey.listening import load_known
from yici.journey.script import ScriptError

LASTS_S = 170  # two shared cores; about a minute when they are free
LISTENING = ROOT / "config/sandbox/listening.yaml"


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("by-ear")


@pytest.fixture(scope="module")
def by_ear(out: Path) -> dict[str, Any]:
    """One journey in Chinese by five keys and a pair of headphones."""
    return _last_line(sys.executable, "-m", "tests.yici.ears_at_a_journey", str(out))


def _last_line(*command: str) -> dict[str, Any]:
    done = subprocess.run(
        command, cwd=ROOT, capture_output=True, text=True, timeout=LASTS_S, check=False
    )
    assert done.returncode == 0, done.stderr
    last: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return last


@pytest.mark.timeout(LASTS_S + 10)
def test_a_life_event_is_handed_in_by_ear(by_ear: dict[str, Any]) -> None:
    assert by_ear["case_no"]
    assert by_ear["matters"] == 8
    assert by_ear["receipt"]


@pytest.mark.timeout(LASTS_S + 10)
def test_nobody_but_who_has_the_headphones_hears_any_of_it(by_ear: dict[str, Any]) -> None:
    assert by_ear["headphones_s"] > 1
    assert by_ear["heard_by_others"] == 0
    assert by_ear["loudspeaker_s"] < KEPT_S  # so all of it was still known: the silence of opening


@pytest.mark.timeout(LASTS_S + 10)
def test_the_glass_is_never_touched(by_ear: dict[str, Any]) -> None:
    assert by_ear["touches_of_the_glass"] == 0


@pytest.mark.timeout(LASTS_S + 10)
def test_every_key_is_answered_by_something_said(by_ear: dict[str, Any], out: Path) -> None:
    assert by_ear["case_no"]
    lines = (out / "transcript.txt").read_text("utf-8").splitlines()
    keys = {f"[{key}]" for key in Key}
    silent = [
        (number, line)
        for number, (line, after) in enumerate(pairwise(lines))
        if line in keys and after in keys
    ]
    assert silent == []


@pytest.mark.timeout(LASTS_S + 10)
def test_two_switches_finish_a_life_event() -> None:
    yici = str(Path(sys.executable).with_name("yici"))
    told = _last_line(yici, "journey", "land_use", "--profile", "two-switches")
    assert told["life_event"] == "land_use"
    assert told["touches"] > told["pages"] > 5


@pytest.mark.parametrize(("life_event", "language"), [("newborn", "fr"), ("utilities", "zh")])
def test_who_knows_nothing_of_it_is_told_so(life_event: str, language: str) -> None:
    with pytest.raises(ScriptError, match="nobody listens to"):
        load_known(LISTENING, life_event, language)


def test_the_same_is_known_in_every_language() -> None:
    chinese, english = (load_known(LISTENING, "newborn", language) for language in ("zh", "en"))
    assert chinese.first == english.first == chinese.words
    typed = [{(f.digits, f.compose, f.hands) for f in known.facts} for known in (chinese, english)]
    assert typed[0] == typed[1]
