"""The driver `serial_board` as the registry finds it."""

from __future__ import annotations

from drivers.driver import Capabilities, Device, Driver, Equipment
from drivers.kinds import Kind
from drivers.serial_settings import FlowingSettings


def _make(settings: FlowingSettings, equipment: Equipment) -> Device:
    del equipment
    from drivers.signals.board import SerialBoard  # noqa: PLC0415

    return SerialBoard(
        settings.url, baud_rate=settings.baud_rate, flow_control=settings.flow_control
    )


def _capabilities(settings: FlowingSettings) -> Capabilities:
    # every part of a board is optional; it says which it has when it is asked for its state
    del settings
    return {
        "auxiliaries": {
            "cabinetDoor": ("closed", "open"),
            "proximitySensor": True,
            "ups": ("powering",),
        }
    }


SERIAL_BOARD = Driver(Kind.SIGNALS, FlowingSettings, _make, _capabilities)
