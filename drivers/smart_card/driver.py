"""The driver `pcsc` as the registry finds it."""

from __future__ import annotations

from drivers.driver import Capabilities, Device, Driver, DriverSettings, Equipment
from drivers.kinds import Kind


class PcscSettings(DriverSettings):
    """`reader`: the name that pcscd gives the reader, with `*` and `?`."""

    reader: str = "*"


def _make(settings: PcscSettings, equipment: Equipment) -> Device:
    del equipment
    from drivers.smart_card.reader import PcscReader  # noqa: PLC0415

    return PcscReader(settings.reader)


def _capabilities(settings: PcscSettings) -> Capabilities:
    del settings
    return {"cardReader": {"type": "dip", "chipProtocols": ("chipT0", "chipT1")}}


PCSC = Driver(Kind.SMART_CARD, PcscSettings, _make, _capabilities)
