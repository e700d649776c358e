"""The driver `serial_board` as the registry finds it."""

from __future__ import annotations

from drivers.driver import Capabilities, Device, Driver, DriverSettings, Equipment
from drivers.kinds import Kind


class SerialBoardSettings(DriverSettings):
    """`url`: a serial port or `socket://host:port`."""

    url: str
    baud_rate: int = 9600


def _make(settings: SerialBoardSettings, equipment: Equipment) -> Device:
    del equipment
    from drivers.signals.board import SerialBoard  # noqa: PLC0415

    return SerialBoard(settings.url, baud_rate=settings.baud_rate)


def _capabilities(settings: SerialBoardSettings) -> Capabilities:
    # every part of a board is optional; it says which it has when it is asked for its state
    del settings
    return {"auxiliaries": {"cabinetDoor": True, "proximitySensor": True, "ups": True}}


SERIAL_BOARD = Driver(Kind.SIGNALS, SerialBoardSettings, _make, _capabilities)
