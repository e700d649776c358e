"""The fleet's part of a station: the broker, the manager with its console, the terminal's agent."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path

from fleet.protocol.topics import Terminal
from yici.loopback import HOST, takes_connections
from yici.processes import Service


@dataclass(frozen=True)
class FleetPlaces:
    """Where the fleet's parts keep their files, below the station's data folder."""

    data: Path

    @property
    def broker(self) -> Path:
        """The broker's folder."""
        return self.data / "broker"

    @property
    def certificates(self) -> Path:
        """What the broker's authority issued."""
        return self.broker / "certificates"

    @property
    def repository(self) -> Path:
        """The bank's releases; `yici fleet release` works on it too."""
        return self.data / "fleet"

    @property
    def manager(self) -> Path:
        """The manager's store."""
        return self.data / "manager"


def broker(places: FleetPlaces, port: int, terminal: Terminal) -> Service:
    """mosquitto, with certificates for the manager and this terminal."""
    return Service(
        name="broker",
        command=(
            *(sys.executable, "-m", "fleet.broker", "--folder", str(places.broker)),
            *("--port", str(port), "--terminal", terminal.client_id),
        ),
        answers=lambda: takes_connections((HOST, port)),
    )


def manager(
    places: FleetPlaces, broker_port: int, port: int, bank: str, catalogue: Path
) -> Service:
    """The manager; releases the catalogue as it is when nothing was released yet."""
    return Service(
        name="manager",
        command=(
            *(sys.executable, "-m", "yici.fleet_serve", "serve", "--port", str(port)),
            *("--broker-port", str(broker_port), "--credentials", str(places.certificates)),
            *("--folder", str(places.repository), "--bank", bank, "--data", str(places.manager)),
            *("--begin-with", str(catalogue)),
        ),
        answers=lambda: takes_connections((HOST, port)),
    )


def agent(places: FleetPlaces, port: int, terminal: Terminal, terminal_data: Path) -> Service:
    """The agent, beside the terminal whose data folder this is."""
    files = places.certificates
    return Service(
        name="agent",
        command=(sys.executable, "-m", "fleet.agent", "--config", "config/agent.toml"),
        answers=lambda: True,  # it has no door; should it end, it is noticed
        environment={
            "YICI_AGENT_BANK": terminal.bank,
            "YICI_AGENT_TERMINAL": terminal.name,
            "YICI_AGENT_DATA": str(terminal_data),
            "YICI_AGENT_ROOT": str(places.repository / "metadata" / "1.root.json"),
            "YICI_AGENT_LIVE": "false",
            "YICI_AGENT_BROKER__HOST": HOST,
            "YICI_AGENT_BROKER__PORT": str(port),
            "YICI_AGENT_BROKER__AUTHORITY": str(files / "authority.crt"),
            "YICI_AGENT_BROKER__CERTIFICATE": str(files / f"{terminal.client_id}.crt"),
            "YICI_AGENT_BROKER__KEY": str(files / f"{terminal.client_id}.key"),
        },
    )
