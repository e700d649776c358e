"""The driver `sam_a` as the registry finds it."""

from __future__ import annotations

from drivers.driver import Capabilities, Device, Driver, Equipment
from drivers.kinds import Kind
from drivers.serial_settings import BaudRate, SerialSettings


class SamASettings(SerialSettings):
    """`baud_rate`: as the module is set to."""

    baud_rate: BaudRate = 115200


def _make(settings: SamASettings, equipment: Equipment) -> Device:
    del equipment
    from drivers.id_card.sam_a import SamAReader  # noqa: PLC0415

    return SamAReader(settings.url, baud_rate=settings.baud_rate)


def _capabilities(settings: SamASettings) -> Capabilities:
    del settings
    return {"cardReader": {"type": "contactless", "chipProtocols": ("chipTypeB",)}}


SAM_A = Driver(Kind.ID_CARD, SamASettings, _make, _capabilities)
