"""The drivers `ipp` and `esc_p2` as the registry finds them."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from drivers.driver import Capabilities, Device, Driver, DriverSettings, Equipment
from drivers.kinds import Kind
from drivers.serial_settings import FlowingSettings

_Mm = Annotated[float, Field(ge=-50, le=50)]


class IppSettings(DriverSettings):
    """`url`: `ipp://host[:port]/path`, `ipps:` with TLS; most printers sign their certificate."""

    url: Annotated[str, Field(pattern=r"^ipps?://[^/?#\s]+")]
    verify_tls: bool = False


class EscP2Settings(FlowingSettings):
    """`url`: also `usblp:///dev/usb/lp0`. `mute`: the printer answers no questions.

    `right_mm`, `down_mm`: how far it prints astray.
    """

    mute: bool = False
    charset: Literal["gb18030", "gb2312"] = "gb18030"
    right_mm: _Mm = 0.0
    down_mm: _Mm = 0.0


def _make_ipp(settings: IppSettings, equipment: Equipment) -> Device:
    del equipment
    from drivers.page_printer.ipp import IppPagePrinter  # noqa: PLC0415
    from drivers.page_printer.link import Address  # noqa: PLC0415

    return IppPagePrinter(Address(settings.url, settings.verify_tls))


def _make_esc_p2(settings: EscP2Settings, equipment: Equipment) -> Device:
    from drivers.page_printer.esc_p2 import EscP2Printer  # noqa: PLC0415
    from drivers.page_printer.form import Adjustment  # noqa: PLC0415
    from drivers.page_printer.form_encoder import Charset, FormEncoder  # noqa: PLC0415
    from drivers.receipt_printer.glyphs import Glyphs  # noqa: PLC0415

    encoder = FormEncoder(
        Glyphs(equipment.font),
        Charset(settings.charset),
        Adjustment(settings.right_mm, settings.down_mm),
    )
    return EscP2Printer(
        settings.url,
        encoder,
        mute=settings.mute,
        baud_rate=settings.baud_rate,
        flow_control=settings.flow_control,
    )


def _ipp_capabilities(settings: IppSettings) -> Capabilities:
    del settings
    return {"printer": {"type": ("document",), "control": ("eject",), "paperSources": ("upper",)}}


def _esc_p2_capabilities(settings: EscP2Settings) -> Capabilities:
    del settings
    return {
        "printer": {"type": ("passbook",), "control": ("eject",), "paperSources": ("external",)}
    }


IPP = Driver(Kind.PAGE_PRINTER, IppSettings, _make_ipp, _ipp_capabilities)
ESC_P2 = Driver(
    Kind.FORM_PRINTER,
    EscP2Settings,
    _make_esc_p2,
    _esc_p2_capabilities,
    lambda settings: not settings.mute,
)
