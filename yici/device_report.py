"""What `yici devices` found, as text and as JSON. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from drivers.discovery import Discovery
from drivers.driver import Capabilities, DriverSettings
from drivers.self_test import Findings
from drivers.status import DeviceState, DeviceStatus, PaperState
from yici.device_checks import Checked

_LOGIN = re.compile(r"(?<=://)[^/@]+(?=@)")  # name and password in a url
Say = Callable[..., str]
Engines = Mapping[str, str]
"""What is wrong with each engine, by name; empty for one that is well."""

# What the kernel says of a port that is locked; `drivers.wire` opens ports for itself alone.
_HELD = "Resource temporarily unavailable"


def as_json(checked: Sequence[Checked], engines: Engines, found: Discovery) -> dict[str, Any]:
    """For programs; the words are those of `drivers/status.py` and `drivers/self_test.py`."""
    return {
        "devices": [_device_json(device) for device in checked],
        "engines": [{"engine": name, "detail": detail} for name, detail in engines.items()],
        "attached": [
            {"port": str(one.port), "where": one.where, "name": one.name} for one in found.found
        ],
        "notes": list(found.notes),
    }


def _device_json(device: Checked) -> dict[str, Any]:
    status = device.test.status
    return {
        "device": str(device.configured.kind),
        "driver": device.configured.driver_name,
        "url": _without_password(getattr(device.configured.settings, "url", "")),
        "state": str(status.state),
        "paper": str(status.paper),
        "cover_open": status.cover_open,
        "detail": status.detail,
        "self_test": str(device.test.result),
        "seconds": round(device.test.seconds, 3),
        "findings": dict(device.test.findings),
        "test_page": device.printed,
        "capabilities": {
            interface: dict(properties)
            for interface, properties in device.configured.capabilities.items()
        },
    }


def as_text(
    checked: Sequence[Checked], engines: Engines, found: Discovery, say: Say, config: Path
) -> str:
    """For people."""
    parts = _devices(checked, say, config), _engines(engines, say), _attached(found, say)
    return "\n\n".join("\n".join(part) for part in parts)


def _devices(checked: Sequence[Checked], say: Say, config: Path) -> Iterator[str]:
    yield say("devices.configured", file=config)
    for device in checked:
        configured, test = device.configured, device.test
        where = _where(configured.settings)
        yield f"  {say(f'kind.{configured.kind}')} · {configured.driver_name} {where}".rstrip()
        result = say(f"result.{test.result}")
        seconds = say("devices.seconds", seconds=f"{test.seconds:.1f}")
        yield f"    {result} · {' · '.join(_status(test.status, say))} · {seconds}"
        if test.findings:
            yield f"    {say('devices.found')} {_findings(test.findings)}"
        yield f"    {say('devices.can')} {_capabilities(configured.capabilities)}"
        if device.printed:
            yield f"    {say('devices.test_page')} {say(f'printed.{device.printed}')}"


def _where(settings: DriverSettings) -> str:
    """What the device is opened by: a url, or the names that its library knows."""
    names = [getattr(settings, key, None) for key in ("url", "reader", "loudspeaker", "headphones")]
    return " ".join(_without_password(name) for name in names if name)


def _without_password(url: str) -> str:
    return _LOGIN.sub("…", url)


def _engines(engines: Engines, say: Say) -> Iterator[str]:
    yield say("devices.engines")
    for name, detail in engines.items():
        yield f"  {say(f'engine.{name}')} · {detail or say('result.passed')}"


def _status(status: DeviceStatus, say: Say) -> Iterator[str]:
    yield say(f"state.{status.state}")
    if status.paper is not PaperState.UNKNOWN:
        yield say(f"paper.{status.paper}")
    if status.cover_open:
        yield say("paper.cover_open")
    if status.detail:
        yield status.detail
    if status.state is DeviceState.ABSENT and _HELD in status.detail:
        yield say("devices.lost_to")


def _findings(findings: Findings) -> str:
    return "; ".join(f"{name}={value}" for name, value in findings.items())


def _capabilities(capabilities: Capabilities) -> str:
    return "; ".join(
        f"{interface} {' '.join(f'{name}={_value(value)}' for name, value in properties.items())}"
        for interface, properties in capabilities.items()
    )


def _value(value: bool | str | tuple[str, ...]) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return value if isinstance(value, str) else ",".join(value)


def _attached(found: Discovery, say: Say) -> Iterator[str]:
    yield say("devices.attached")
    for one in found.found:
        name = "" if one.name in one.where else one.name
        yield f"  {say(f'port.{one.port}')} {one.where} {name}".rstrip()
    if not found.found:
        yield f"  {say('devices.nothing')}"
    for note in found.notes:
        yield f"  {note}"
