"""What holds for the whole house: imports do nothing, starts say what is wrong, docs are true."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from kiosk.access.phrases import Phrases
from kiosk.catalogue.load import load_catalogue
from kiosk.station.settings import TerminalSettings
from screens.icons import has_icon
from tests.harness.walk import ROOT

ROOMS = ("kiosk", "drivers", "screens", "fleet", "yici")
WATCH = """
import importlib, sys
opened = []
def audit(event, args):
    if event == "socket.bind" and args[1][:2] == ("::1", 0):
        return  # urllib3 asks the kernel so, when it is imported, whether there is IPv6
    if event in ("socket.connect", "socket.bind", "subprocess.Popen", "sqlite3.connect"):
        opened.append(event)
    if event == "open" and isinstance(args[1], str) and set(args[1]) & set("wax+"):
        opened.append(f"{event} {args[0]}")
sys.dont_write_bytecode = True
sys.addaudithook(audit)
for name in sys.argv[1:]:
    importlib.import_module(name)
assert "kivy" not in sys.modules, "kivy was imported"
print(opened)
"""


def modules() -> list[str]:
    files = [file for room in ROOMS for file in (ROOT / room).rglob("*.py")]
    names = [".".join(file.relative_to(ROOT).with_suffix("").parts) for file in files]
    return sorted(
        name.removesuffix(".__init__")
        for name in names
        if not name.endswith("__main__") and not name.startswith("screens.glass.")
    )


def test_importing_any_module_opens_nothing():
    done = subprocess.run(
        [sys.executable, "-c", WATCH, *modules(), "run_kiosk"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == "[]"


def start(config: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "run_kiosk.py", "--config", str(config)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_a_terminal_with_broken_settings_says_which_key_and_ends():
    done = start(ROOT / "pyproject.toml")
    assert done.returncode == 2
    assert "pyproject.toml" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_terminal_with_a_broken_catalogue_says_where_and_ends(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    events = tmp_path / "catalogue/life_events"
    events.mkdir(parents=True)
    (events / "01-newborn.yaml").write_text("slug: a: b", "utf-8")
    monkeypatch.setenv("YICI_CATALOGUE", str(tmp_path / "catalogue"))
    monkeypatch.setenv("YICI_LOG", str(tmp_path / "log"))
    monkeypatch.setenv("YICI_DATA", str(tmp_path / "data"))
    done = start(ROOT / "config/terminal.toml")
    assert done.returncode == 2
    assert "01-newborn.yaml:1: not YAML" in done.stderr


def test_every_icon_that_is_named_can_be_drawn():
    catalogue = load_catalogue(ROOT / "config/catalogue")
    named = {event.icon for event in catalogue.life_events}
    assert [name for name in sorted(named) if not has_icon(name)] == []


def test_every_setting_is_explained():
    explained = (ROOT / "docs/settings.md").read_text("utf-8")
    shipped = tomllib.loads((ROOT / "config/terminal.toml").read_text("utf-8"))
    for name, field in TerminalSettings.model_fields.items():
        assert f"`{name}" in explained, name
        part = field.annotation
        for key in getattr(part, "model_fields", {}):
            assert f"`{name}.{key}`" in explained, f"{name}.{key}"
    assert shipped.keys() <= TerminalSettings.model_fields.keys()


def test_every_phrase_is_used_somewhere():
    source = "\n".join(
        file.read_text("utf-8") for room in ROOMS for file in (ROOT / room).rglob("*.py")
    )
    keys = Phrases.load(ROOT / "config/phrases").keys()
    # f"done.print_{outcome}" names every phrase that begins so.
    beginnings = tuple(b for b in re.findall(r"f[\"']([a-z_.]+)\{", source) if "." in b)
    suffixes = re.findall(r'f"\{key\}([a-z_]+)"', source)
    named = {key for key in keys if f'"{key}"' in source or key.startswith(beginnings)}
    named |= {key + suffix for key in named for suffix in suffixes}
    assert sorted(keys - named) == []


def test_every_event_that_administrators_are_told_to_watch_is_logged():
    source = "\n".join(
        file.read_text("utf-8") for room in ROOMS for file in (ROOT / room).rglob("*.py")
    )
    text = (ROOT / "docs/administrators.md").read_text("utf-8")
    rows = [line.split("|")[1] for line in text.splitlines() if line.startswith("| `")]
    events = [event for row in rows for event in re.findall(r"`([^`]+)`", row)]
    assert len(events) > 5
    assert [event for event in events if f'"{event}"' not in source] == []


def test_every_command_of_the_readme_is_there():
    readme = (ROOT / "README.md").read_text("utf-8")
    makefile = (ROOT / "Makefile").read_text("utf-8")
    targets = set(re.findall(r"\bmake ([a-z]+)\b", readme)) - {"what"}
    assert {"run", "test", "pictures"} <= targets
    assert [name for name in targets if not re.search(rf"^{name}:", makefile, re.M)] == []
    for path in re.findall(r"\]\(((?:docs|CHANGELOG)[^)]*)\)", readme):
        assert (ROOT / path).exists(), path
