"""The tone of a self-test: a third of a second of A4, its ends faded so that it does not click."""

from __future__ import annotations

import math
import struct

from drivers.audio.port import SAMPLE_RATE

FREQUENCY_HZ = 440
SECONDS = 0.35
_PEAK = 8_000  # of 32,767: as loud as quiet speech
_FADE_S = 0.02


def tone() -> bytes:
    """The samples."""
    count = int(SAMPLE_RATE * SECONDS)
    fade = SAMPLE_RATE * _FADE_S
    return b"".join(
        struct.pack(
            "<h",
            round(
                _PEAK
                * min(1.0, place / fade, (count - place) / fade)
                * math.sin(2 * math.pi * FREQUENCY_HZ * place / SAMPLE_RATE)
            ),
        )
        for place in range(count)
    )
