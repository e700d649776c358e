"""Settings of an agent that cannot be used are refused with the file, the key and what to do."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tomllib

import pytest

from fleet.agent.settings import AgentSettings, BrokerSettings, SettingsError, load_settings
from tests.fleet.agent.site import settings_file
from tests.harness.devices import eventually
from tests.harness.walk import ROOT

SHIPPED = ROOT / "config/agent.toml"


def test_the_shipped_settings_are_good_and_paths_stand_beside_the_file():
    settings = load_settings(SHIPPED)
    assert settings.data == ROOT / "config/../var/terminal"
    assert settings.broker.key.is_absolute()


def test_the_environment_stands_above_the_file(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("YICI_AGENT_BROKER__PORT", "9")
    assert load_settings(SHIPPED).broker.port == 9


@pytest.mark.parametrize(
    ("old", "new", "key", "remedy"),
    [
        ("port = 8883", "port = 0", "broker.port", "YICI_AGENT_BROKER__PORT"),
        ('bank = "sample"', 'bank = "a/b"', "bank", "YICI_AGENT_BANK"),
        ('terminal = "XJ0001"', "", "terminal", "YICI_AGENT_TERMINAL"),
        ("live = false", "alive = false", "alive", "no such key"),
    ],
)
def test_a_bad_key_is_named_with_its_remedy(tmp_path, old, new, key, remedy):
    file = tmp_path / "agent.toml"
    file.write_text(SHIPPED.read_text("utf-8").replace(old, new, 1), "utf-8")
    with pytest.raises(SettingsError, match=rf"agent\.toml: {key}: .*{remedy}"):
        load_settings(file)


def test_every_setting_is_explained():
    explained = (ROOT / "docs/agent.md").read_text("utf-8")
    names = [*AgentSettings.model_fields, *(f"broker.{key}" for key in BrokerSettings.model_fields)]
    assert [name for name in names if f"`{name}`" not in explained and name != "broker"] == []
    assert tomllib.loads(SHIPPED.read_text("utf-8")).keys() == AgentSettings.model_fields.keys()


def run(*arguments: str, environment: dict[str, str] | None = None) -> tuple[int, str]:
    done = subprocess.run(
        [sys.executable, "-m", "fleet.agent", *arguments],
        cwd=ROOT,
        env=os.environ | (environment or {}),
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )
    return done.returncode, done.stderr


def test_an_agent_that_cannot_start_says_why_and_ends(tmp_path):
    code, said = run("--config", str(tmp_path / "nowhere.toml"))
    assert (code, "nowhere.toml: cannot be read" in said) == (2, True)
    code, said = run(environment={"YICI_AGENT_ROOT": str(tmp_path / "no-root.json")})
    assert (code, "no-root.json" in said, "Traceback" in said) == (2, True, False)


def test_an_agent_that_is_told_to_end_says_so_to_the_broker_and_ends(fleet):
    command = [sys.executable, "-m", "fleet.agent", "--config", str(settings_file(fleet))]
    with subprocess.Popen(command, cwd=ROOT, stderr=subprocess.DEVNULL) as process:
        fleet.wait_last("a report", terminal_running=False)
        process.send_signal(signal.SIGTERM)
        assert process.wait(30) == 0

    def gone() -> bool:
        heard = fleet.manager.heard.copy()
        said = [content for topic, content in heard if topic.endswith("/status")]
        return b"offline" in said[-1]

    eventually(gone, "that it is offline")
