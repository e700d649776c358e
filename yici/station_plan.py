"""What a whole station on one machine consists of: which processes, with what settings."""

from __future__ import annotations

import sys
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from pydantic import BaseModel, ConfigDict, PositiveFloat, PositiveInt, ValidationError

from drivers.simulators.audio import Ear
from fleet.protocol.topics import Terminal
from yici import fleet_plan
from yici.fleet_plan import FleetPlaces
from yici.loopback import HOST, takes_connections
from yici.processes import Service

X11_SOCKETS = Path("/tmp/.X11-unix")  # noqa: S108 -- where X servers have theirs
NOVNC = Path("/usr/share/novnc")  # Debian's novnc


class StationSettingsError(Exception):
    """config/station/station.toml cannot be used; says what is wrong in it."""


class _Table(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class Ports(_Table):
    """Where the parts listen on 127.0.0.1."""

    platform: PositiveInt
    dock: PositiveInt
    view: PositiveInt
    vnc: PositiveInt
    console: PositiveInt
    broker: PositiveInt
    page_printer: PositiveInt
    document_camera: PositiveInt

    def in_order(self) -> tuple[int, ...]:
        """The numbers, in the order of the fields."""
        return tuple(self.model_dump().values())


class Screen(_Table):
    """The virtual display, in pixels."""

    width: PositiveInt
    height: PositiveInt


class Window(_Table):
    """The terminal's window on a desktop: pixels, and pixels per inch."""

    width: PositiveInt
    height: PositiveInt
    ppi: PositiveFloat


class Waits(_Table):
    """How long a service has to answer, and to end."""

    start_s: PositiveFloat
    stop_s: PositiveFloat


class Fleet(_Table):
    """The terminal's name in the fleet."""

    bank: str
    terminal: str


class StationSettings(_Table):
    """config/station/station.toml."""

    ports: Ports
    screen: Screen
    window: Window
    waits: Waits
    fleet: Fleet


@dataclass(frozen=True)
class Places:
    """Files that a station reads and writes."""

    config: Path  # of the terminal
    people: Path
    data: Path

    @property
    def wires(self) -> Path:
        """Folder of the serial lines of the simulated devices."""
        return self.data / "wires"

    @property
    def terminal(self) -> Path:
        """Data folder of the terminal and its agent."""
        return self.data / "terminal"


@dataclass(frozen=True)
class Station:
    """All that the plan depends on. `display`: number of the X display to make, None for none."""

    settings: StationSettings
    ports: Ports
    places: Places
    display: int | None
    key: str = field(repr=False)  # admits the terminal to the sandbox platform

    @property
    def platform_url(self) -> str:
        """Of the sandbox platform."""
        return f"http://{HOST}:{self.ports.platform}"

    @property
    def dock_url(self) -> str:
        """Of the page that works the simulated devices."""
        return f"http://{HOST}:{self.ports.dock}"

    @property
    def console_url(self) -> str:
        """Of the page that shows the fleet's terminals."""
        return f"http://{HOST}:{self.ports.console}"

    @property
    def view_url(self) -> str:
        """Of the terminal's screen, where it has a virtual display."""
        return f"http://{HOST}:{self.ports.view}/vnc.html?autoconnect=1&resize=scale"


def load_settings(file: Path) -> StationSettings:
    """Read the settings; raises StationSettingsError."""
    try:
        return StationSettings.model_validate(tomllib.loads(file.read_text(encoding="utf-8")))
    except (OSError, tomllib.TOMLDecodeError, ValidationError) as error:
        raise StationSettingsError(f"{file}: {error}") from error


def free_display() -> int:
    """The first X display, from :99 on, that nobody has."""
    number = 99
    while (X11_SOCKETS / f"X{number}").exists() or Path(f"/tmp/.X{number}-lock").exists():  # noqa: S108
        number += 1
    return number


def services(station: Station) -> tuple[Service, ...]:
    """The processes of a station, in the order in which they start."""
    outside = (_platform(station), _dock(station), *_fleet(station))
    if station.display is None:
        in_window = _in_window(station.settings.window)
        return (*outside, _terminal(station, in_window), _agent(station))
    on_display = {"DISPLAY": f":{station.display}", "SDL_VIDEODRIVER": "x11"}
    return (
        *outside,
        _display(station, station.display),
        _terminal(station, on_display),
        _agent(station),
        *_views(station, station.display),
    )


def _fleet(station: Station) -> tuple[Service, Service]:
    places, ports = FleetPlaces(station.places.data), station.ports
    terminal = _name(station)
    catalogue = station.places.config.parent / "catalogue"
    return (
        fleet_plan.broker(places, ports.broker, terminal),
        fleet_plan.manager(places, ports.broker, ports.console, terminal.bank, catalogue),
    )


def _agent(station: Station) -> Service:
    places = FleetPlaces(station.places.data)
    return fleet_plan.agent(places, station.ports.broker, _name(station), station.places.terminal)


def _name(station: Station) -> Terminal:
    fleet = station.settings.fleet
    return Terminal(fleet.bank, fleet.terminal)


def _platform(station: Station) -> Service:
    port, places = station.ports.platform, station.places
    return Service(
        name="platform",
        command=(
            *(sys.executable, "-m", "kiosk.gateway.sandbox", "--port", str(port)),
            *("--data", str(places.data / "platform"), "--people", str(places.people)),
        ),
        answers=lambda: takes_connections((HOST, port)),
        environment={"YICI_GATEWAY_KEY": station.key},
    )


def _dock(station: Station) -> Service:
    port, places = station.ports.dock, station.places
    return Service(
        name="dock",
        command=(
            *(sys.executable, "-m", "drivers.simulators.dock", "--port", str(port)),
            *("--people", str(places.people), "--wires", str(places.wires)),
            *("--page-printer", str(station.ports.page_printer)),
            *("--document-camera", str(station.ports.document_camera)),
        ),
        answers=lambda: takes_connections((HOST, port)),
    )


def _terminal(station: Station, display: Mapping[str, str]) -> Service:
    places = station.places
    return Service(
        name="terminal",
        command=(sys.executable, "run_kiosk.py", "--config", str(places.config)),
        answers=lambda: True,  # it has no door; should it end, it is noticed
        environment={
            "YICI_DATA": str(places.terminal),
            "YICI_LOG": str(places.data / "log"),
            "YICI_GATEWAY__URL": station.platform_url,
            "YICI_GATEWAY__KEY": station.key,
            **_wires(station),
            **display,
        },
    )


def _wires(station: Station) -> dict[str, str]:
    """Where the dock has the devices of the terminal's settings."""
    wires, ports = station.places.wires, station.ports
    return {
        "YICI_DEVICES__ID_CARD__URL": str(wires / "id-card"),
        "YICI_DEVICES__RECEIPT_PRINTER__URL": str(wires / "receipt-printer"),
        "YICI_DEVICES__CODE_SCANNER__URL": str(wires / "code-scanner"),
        "YICI_DEVICES__FORM_PRINTER__URL": str(wires / "form-printer"),
        "YICI_DEVICES__PAGE_PRINTER__URL": f"ipp://{HOST}:{ports.page_printer}/ipp/print",
        "YICI_DEVICES__DOCUMENT_CAMERA__URL": f"http://{HOST}:{ports.document_camera}/stream",
        "YICI_DEVICES__NAV_KEYPAD__URL": str(wires / "nav-keypad"),
        "YICI_DEVICES__SIGNALS__URL": str(wires / "signals"),
        "YICI_DEVICES__AUDIO__DRIVER": "alsa",
        "YICI_DEVICES__AUDIO__LOUDSPEAKER": Ear(wires / "loudspeaker").pcm,
        "YICI_DEVICES__AUDIO__HEADPHONES": Ear(wires / "headphones").pcm,
    }


def _in_window(window: Window) -> dict[str, str]:
    return {
        "YICI_PANEL__WIDTH": str(window.width),
        "YICI_PANEL__HEIGHT": str(window.height),
        "YICI_PANEL__PPI": str(window.ppi),
        "YICI_PANEL__FULLSCREEN": "false",
    }


def _display(station: Station, number: int) -> Service:
    screen = station.settings.screen
    return Service(
        name="display",
        command=(
            *("Xvfb", f":{number}", "-screen", "0", f"{screen.width}x{screen.height}x24"),
            *("-nolisten", "tcp"),
        ),
        answers=lambda: takes_connections(X11_SOCKETS / f"X{number}"),
    )


def _views(station: Station, number: int) -> tuple[Service, Service]:
    vnc, view = station.ports.vnc, station.ports.view
    return (
        Service(
            name="vnc",
            command=(
                *("x11vnc", "-display", f":{number}", "-rfbport", str(vnc), "-localhost", "-no6"),
                *("-nopw", "-forever", "-shared", "-noxrecord", "-quiet"),
            ),
            answers=lambda: takes_connections((HOST, vnc)),
        ),
        Service(
            name="view",
            command=("websockify", "--web", str(NOVNC), f"{HOST}:{view}", f"{HOST}:{vnc}"),
            answers=lambda: takes_connections((HOST, view)),
        ),
    )
