"""The driver `esc_pos` as the registry finds it."""

from __future__ import annotations

from typing import Literal

from drivers.driver import Capabilities, Device, Driver, Equipment
from drivers.kinds import Kind
from drivers.serial_settings import BaudRate, FlowingSettings


class EscPosSettings(FlowingSettings):
    """`url`: also `usblp:///dev/usb/lp0`. `paper_mm`: 58 or 80."""

    paper_mm: Literal[58, 80] = 80
    baud_rate: BaudRate = 115200


def _make(settings: EscPosSettings, equipment: Equipment) -> Device:
    from drivers.receipt_printer.encoder import SlipEncoder  # noqa: PLC0415
    from drivers.receipt_printer.esc_pos import EscPosPrinter  # noqa: PLC0415
    from drivers.receipt_printer.glyphs import Glyphs  # noqa: PLC0415
    from drivers.receipt_printer.paper import PAPER_58_MM, PAPER_80_MM  # noqa: PLC0415

    paper = {58: PAPER_58_MM, 80: PAPER_80_MM}[settings.paper_mm]
    encoder = SlipEncoder(paper, Glyphs(equipment.font))
    return EscPosPrinter(
        settings.url,
        encoder,
        baud_rate=settings.baud_rate,
        flow_control=settings.flow_control,
    )


def _capabilities(settings: EscPosSettings) -> Capabilities:
    del settings
    return {"printer": {"type": ("receipt",), "control": ("cut",), "paperSources": ("upper",)}}


ESC_POS = Driver(Kind.RECEIPT_PRINTER, EscPosSettings, _make, _capabilities)
