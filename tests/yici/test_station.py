"""`make run`: what it starts, what it tells, and how it ends."""

from __future__ import annotations

import sys
import threading
from pathlib import Path

import pytest

from drivers.simulators.people import load as load_people
from kiosk.access.phrases import Phrases
from kiosk.station.settings import load_settings as load_terminal_settings
from yici.announcement import announcement
from yici.processes import Service
from yici.station import StationBusy, View, make_station, only_one, run
from yici.station_plan import (
    Places,
    Station,
    StationSettingsError,
    Waits,
    load_settings,
    services,
)

CONFIG = Path("config/station")
PEOPLE = Path("config/sandbox/people.yaml")
WAITS = Waits(start_s=10.0, stop_s=5.0)


@pytest.fixture
def phrases() -> Phrases:
    return Phrases.load(CONFIG / "phrases")


@pytest.fixture
def places(tmp_path: Path) -> Places:
    return Places(Path("config/terminal.toml"), PEOPLE, tmp_path)


def station(places: Places, view: View) -> Station:
    return make_station(load_settings(CONFIG / "station.toml"), places, view)


def test_a_machine_with_a_display_needs_no_virtual_one(places: Places) -> None:
    plan = services(station(places, View.WINDOW))
    assert [service.name for service in plan] == [
        *("platform", "dock", "broker", "manager"),
        *("terminal", "agent"),
    ]


def test_a_window_on_a_desktop_shows_the_whole_panel_at_a_smaller_scale(places: Places) -> None:
    panel = load_terminal_settings(places.config).panel
    plan = {service.name: service for service in services(station(places, View.WINDOW))}
    told = plan["terminal"].environment
    scale = int(told["YICI_PANEL__HEIGHT"]) / panel.height
    assert int(told["YICI_PANEL__HEIGHT"]) <= 1000
    assert int(told["YICI_PANEL__WIDTH"]) == panel.width * scale
    assert float(told["YICI_PANEL__PPI"]) == pytest.approx(panel.ppi * scale)


def test_a_machine_without_a_display_gets_one_that_a_browser_shows(
    places: Places, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    made = station(places, View.AUTO)
    plan = {service.name: service for service in services(made)}
    assert list(plan) == [
        *("platform", "dock", "broker", "manager", "display"),
        *("terminal", "agent", "vnc", "view"),
    ]
    assert plan["terminal"].environment["DISPLAY"] == f":{made.display}"
    assert "1080x1920x24" in plan["display"].command
    assert "-localhost" in plan["vnc"].command


def test_the_terminal_is_told_where_everything_is(places: Places) -> None:
    made = station(places, View.BROWSER)
    plan = {service.name: service for service in services(made)}
    told = plan["terminal"].environment
    assert told["YICI_GATEWAY__URL"] == f"http://127.0.0.1:{made.ports.platform}"
    assert told["YICI_GATEWAY__KEY"] == plan["platform"].environment["YICI_GATEWAY_KEY"]
    assert Path(told["YICI_DEVICES__ID_CARD__URL"]).parent == places.wires
    assert Path(told["YICI_DEVICES__RECEIPT_PRINTER__URL"]).parent == places.wires


def test_terminal_and_agent_share_a_data_folder_and_the_agent_is_told_of_the_fleet(
    places: Places,
) -> None:
    plan = {service.name: service for service in services(station(places, View.BROWSER))}
    told = plan["agent"].environment
    assert told["YICI_AGENT_DATA"] == plan["terminal"].environment["YICI_DATA"]
    assert "--terminal sample.XJ0001" in " ".join(plan["broker"].command)
    assert told["YICI_AGENT_BROKER__CERTIFICATE"].endswith("/sample.XJ0001.crt")
    (port,) = {told["YICI_AGENT_BROKER__PORT"], *option(plan["manager"], "--broker-port")}
    assert option(plan["broker"], "--port") == [port]


def option(service: Service, name: str) -> list[str]:
    return [service.command[service.command.index(name) + 1]]


def test_the_key_of_the_platform_is_in_no_command_and_no_repr(places: Places) -> None:
    made = station(places, View.BROWSER)
    for service in services(made):
        assert made.key not in " ".join(service.command)
        assert made.key not in repr(service)
    assert made.key not in repr(made)
    assert made.key != station(places, View.BROWSER).key


def test_the_announcement_names_addresses_and_every_test_person_in_both_languages(
    places: Places, phrases: Phrases
) -> None:
    made = station(places, View.BROWSER)
    people = load_people(PEOPLE)
    told = announcement(made, people, phrases)
    for address in (made.platform_url, made.dock_url, made.view_url, made.console_url):
        assert told.count(address) == 2
    for somebody in people:
        assert told.count(somebody.card.name) >= 2
        assert all(note in told for note in somebody.note.values())


def test_every_service_has_a_name_in_both_languages(places: Places, phrases: Phrases) -> None:
    for service in services(station(places, View.BROWSER)):
        assert f"service.{service.name}" in phrases.keys()  # noqa: SIM118 -- no mapping


@pytest.mark.parametrize(
    ("wrong", "named"),
    [
        ("ports.dock = 'x'", "ports.dock"),
        ("ports = 1", "ports"),
        ("colour = 1", "colour"),
        ("=", "station.toml"),
    ],
)
def test_wrong_settings_are_named(tmp_path: Path, wrong: str, named: str) -> None:
    file = tmp_path / "station.toml"
    file.write_text(wrong, encoding="utf-8")
    with pytest.raises(StationSettingsError, match=named):
        load_settings(file)


def test_two_stations_do_not_share_a_data_folder(tmp_path: Path) -> None:
    with only_one(tmp_path), pytest.raises(StationBusy), only_one(tmp_path):
        pytest.fail("a second station started")
    with only_one(tmp_path):
        pass


def stand_in(name: str, program: str) -> Service:
    return Service(name, (sys.executable, "-c", program), answers=lambda: True)


class StopOnceWatched(threading.Event):
    """Is asked for when everything runs and is waited on: no service here is waited for."""

    def wait(self, timeout: float | None = None) -> bool:
        self.set()
        return super().wait(timeout)


def test_it_tells_when_it_is_ready_and_ends_well_when_asked(
    phrases: Phrases, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    stop_asked = StopOnceWatched()
    plan = [stand_in("platform", "import time; time.sleep(60)")]
    assert run(plan, "ALL IS READY", phrases, WAITS, logs=tmp_path, stop_asked=stop_asked) == 0
    told = capsys.readouterr().out
    assert told.index("sandbox platform") < told.index("ALL IS READY") < told.index("stopped")


def test_it_tells_which_part_ended_and_fails(
    phrases: Phrases, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    plan = [
        stand_in("platform", "import time; time.sleep(60)"),
        stand_in("dock", "print('the wire is broken'); raise SystemExit(7)"),
    ]
    assert run(plan, "", phrases, WAITS, logs=tmp_path, stop_asked=threading.Event()) == 1
    told = capsys.readouterr().err
    assert "the wire is broken" in told
    assert "exit code 7" in told
    assert "simulated devices" in told


def test_asked_to_stop_before_it_began_it_starts_nothing(phrases: Phrases, tmp_path: Path) -> None:
    stop_asked = threading.Event()
    stop_asked.set()
    plan = [stand_in("platform", f"open({str(tmp_path / 'began')!r}, 'w').close()")]
    assert run(plan, "", phrases, WAITS, logs=tmp_path, stop_asked=stop_asked) == 0
    assert list(tmp_path.iterdir()) == []
