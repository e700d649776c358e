"""The Makefile, what it installs, and what is written about it."""

from __future__ import annotations

import re
import subprocess
import tomllib
from pathlib import Path

import pytest

DEVELOPMENT = Path("docs/development.md").read_text(encoding="utf-8")
MAKEFILE = Path("Makefile").read_text(encoding="utf-8")
LOCK = Path("requirements.lock").read_text(encoding="utf-8")


def test_every_target_is_documented_and_every_documented_target_exists() -> None:
    targets = set(re.findall(r"^([a-z]+):.*##", MAKEFILE, re.MULTILINE))
    documented = set(re.findall(r"^\| `make ([a-z]+)", DEVELOPMENT, re.MULTILINE))
    assert targets == documented


@pytest.mark.parametrize("target", ["run", "test", "lint", "bench"])
def test_a_target_installs_what_is_missing_first(target: str) -> None:
    planned = subprocess.run(
        ["make", "--dry-run", target], capture_output=True, text=True, timeout=30, check=True
    ).stdout
    assert planned.index("setup/debian.sh") < planned.index("yici.fonts")
    assert "kiosk.access.rime_deployment build/rime" in planned


def test_setup_says_nothing_and_changes_nothing_when_nothing_is_missing() -> None:
    finished = subprocess.run(
        ["sh", "setup/debian.sh"], capture_output=True, text=True, timeout=30, check=True
    )
    assert (finished.stdout, finished.stderr) == ("", "")


def test_every_dependency_is_locked_with_its_hashes() -> None:
    project = tomllib.loads(Path("pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = project["dependencies"] + project["optional-dependencies"]["dev"]
    entry = r"^([a-z0-9-]+)(?:\[[a-z0-9,]+\])?==\S+ \\\n    --hash=(sha256):"
    locked = dict(re.findall(entry, LOCK, re.MULTILINE))
    for requirement in wanted:
        assert re.split(r"[=<>\[]", requirement)[0].lower() in locked, requirement
    assert len(locked) == len(re.findall(r"^\S", LOCK, re.MULTILINE))


def test_the_lock_names_no_package_index() -> None:
    assert "://" not in LOCK
    assert "index" not in LOCK
