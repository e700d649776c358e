"""Ten steps of volume, by scaling samples. Pure.

A step is 4.5 dB, within the 10 dB that VVSG 2.0 7.1-K allows; the loudest is the voice as it was
synthesised. Amplifiers are to be set so that step 6, the default, gives 65 dB(A) at the ear of who
listens (EN 301 549 5.1.3.12, VVSG 2.0 7.1-K: 60 to 70 dB): the steps then reach from 42 to 83 dB.
"""

from __future__ import annotations

import sys
from array import array

from kiosk.access.profile import LOUDEST, QUIETEST

STEP_DB = 4.5


def factor(volume: int) -> float:
    """What samples are multiplied by at a step; steps outside 1 to 10 count as the nearest."""
    below = LOUDEST - min(LOUDEST, max(QUIETEST, volume))
    return float(10 ** (-STEP_DB * below / 20))


def scaled(sound: bytes, volume: int) -> bytes:
    """The sound (16 bit, little endian) at that step."""
    if volume >= LOUDEST:
        return sound
    times = factor(volume)
    samples = array("h", sound)
    if sys.byteorder == "big":
        samples.byteswap()
    quieter = array("h", [int(sample * times) for sample in samples])
    if sys.byteorder == "big":
        quieter.byteswap()
    return quieter.tobytes()
