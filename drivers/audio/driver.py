"""The driver `alsa` as the registry finds it."""

from __future__ import annotations

from drivers.driver import Capabilities, Device, Driver, DriverSettings, Equipment
from drivers.kinds import Kind


class AlsaSettings(DriverSettings):
    """Outputs by their ALSA names (`aplay -L`). No headphones: the terminal has no socket."""

    loudspeaker: str
    headphones: str | None = None


def _make(settings: AlsaSettings, equipment: Equipment) -> Device:
    del equipment
    from drivers.audio.alsa import AlsaAudio  # noqa: PLC0415

    return AlsaAudio(settings.loudspeaker, settings.headphones)


def _capabilities(settings: AlsaSettings) -> Capabilities:
    return {Kind.AUDIO: {"loudspeaker": True, "headphones": settings.headphones is not None}}


# that an output takes sound says nothing of whether it is heard
ALSA = Driver(Kind.AUDIO, AlsaSettings, _make, _capabilities, lambda _: False)
