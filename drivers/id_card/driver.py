"""The driver `sam_a` as the registry finds it."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, field_validator

from drivers.driver import Capabilities, Device, Driver, Equipment
from drivers.kinds import Kind
from drivers.serial_settings import BaudRate, SerialSettings

NonEmpty = Annotated[str, Field(min_length=1)]


class SamASettings(SerialSettings):
    """`baud_rate`: as the module is set to. `photo_decoder`: a vendor's program, and arguments."""

    baud_rate: BaudRate = 115200
    photo_decoder: Annotated[tuple[NonEmpty, ...], Field(max_length=16)] = ()

    @field_validator("photo_decoder")
    @classmethod
    def _names_a_file(cls, command: tuple[str, ...]) -> tuple[str, ...]:
        if command and (not command[0].startswith("/") or "\0" in "".join(command)):
            raise ValueError("the first is the program's absolute path")
        return command


def _make(settings: SamASettings, equipment: Equipment) -> Device:
    del equipment
    from drivers.id_card.photo import PhotoDecoder  # noqa: PLC0415
    from drivers.id_card.sam_a import SamAReader  # noqa: PLC0415

    decoder = PhotoDecoder(settings.photo_decoder) if settings.photo_decoder else None
    return SamAReader(settings.url, baud_rate=settings.baud_rate, photo_decoder=decoder)


def _capabilities(settings: SamASettings) -> Capabilities:
    return {
        "cardReader": {"type": "contactless", "chipProtocols": ("chipTypeB",)},
        Kind.ID_CARD: {"photo": bool(settings.photo_decoder)},
    }


SAM_A = Driver(Kind.ID_CARD, SamASettings, _make, _capabilities)
