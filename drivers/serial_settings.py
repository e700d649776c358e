"""The keys that all devices on a serial line have in the settings."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from pydantic import Field

from drivers.driver import DriverSettings

BaudRate = Annotated[int, Field(ge=300, le=4_000_000)]


class FlowControl(StrEnum):
    """How the device says that it can take no more for now."""

    NONE = "none"
    RTS_CTS = "rts_cts"  # by a wire of its own; where the printer has DTR, wire that to CTS
    XON_XOFF = "xon_xoff"  # by a byte on the line


class SerialSettings(DriverSettings):
    """`url`: a serial port or `socket://host:port`. `baud_rate`: as the device is set to."""

    url: Annotated[str, Field(min_length=1)]
    baud_rate: BaudRate = 9600


class FlowingSettings(SerialSettings):
    """`flow_control`: as the device is set to; over TCP it is the device server's affair."""

    flow_control: FlowControl = FlowControl.NONE
