"""The near end of one ALSA output: opened, written to, dropped. The only module that knows ALSA.

pyalsaaudio takes what the device gives where it does not give what was asked for, so that is
looked at; and what is wrong with a device may show only when sound is written to it, so some
silence is.
"""

from __future__ import annotations

import ctypes
import functools
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import alsaaudio

from drivers.audio.port import SAMPLE_RATE
from drivers.wire import WireLost

PERIOD = 441  # frames, 20 ms: how soon an output is silent, how evenly it is fed
PERIODS = 4  # ALSA's buffer: 80 ms
FRAME_BYTES = 2
_ANY_ERROR = ctypes.CFUNCTYPE(
    None, ctypes.c_char_p, ctypes.c_int, ctypes.c_char_p, ctypes.c_int, ctypes.c_char_p
)


class Pcm:
    """One open output. Belongs to one thread."""

    def __init__(self, name: str, device: alsaaudio.PCM) -> None:
        self._name = name
        self._device = device

    def write(self, samples: bytes) -> int:
        """Hand on frames; gives how many bytes were taken, 0 when its buffer is full.

        Raises WireLost.
        """
        try:
            return int(self._device.write(samples)) * FRAME_BYTES
        except alsaaudio.ALSAAudioError as error:
            raise WireLost(f"{self._name} takes no sound: {_reason(error)}") from error

    def drop(self) -> None:
        """Throw away what is in its buffer; raises WireLost."""
        try:
            self._device.drop()
        except alsaaudio.ALSAAudioError as error:
            raise WireLost(f"{self._name} cannot be silenced: {_reason(error)}") from error

    def check(self) -> None:
        """Raises WireLost when the card was pulled while nothing was played."""
        if self._device.state() == alsaaudio.PCM_STATE_DISCONNECTED:
            raise WireLost(f"{self._name} was pulled")


@contextmanager
def open_pcm(name: str, stopping: Callable[[], bool]) -> Iterator[Pcm]:
    """Open an output by its ALSA name; raises WireLost saying why it cannot be used."""
    del stopping  # opening an output that is held by another fails at once
    _keep_quiet()
    try:
        device = alsaaudio.PCM(
            type=alsaaudio.PCM_PLAYBACK,
            mode=alsaaudio.PCM_NONBLOCK,
            device=name,
            rate=SAMPLE_RATE,
            channels=1,
            format=alsaaudio.PCM_FORMAT_S16_LE,
            periodsize=PERIOD,
            periods=PERIODS,
        )
    except alsaaudio.ALSAAudioError as error:
        raise WireLost(f"{name} cannot be opened: {_reason(error)}") from error
    try:
        given = device.info()
        if (given.get("rate"), given.get("channels")) != (SAMPLE_RATE, 1):
            raise WireLost(f"{name} does not take {SAMPLE_RATE} Hz on one channel; use plughw:…")
        yield Pcm(name, device)
    finally:
        device.close()


def _reason(error: Exception) -> str:
    """What ALSA said, without the name that pyalsaaudio puts behind it."""
    return str(error).partition(" [")[0]


@functools.cache
def _keep_quiet() -> Callable[..., None]:
    """Keep ALSA from writing to stderr at each of many attempts: errors come as results too."""

    def ignore(*_: object) -> None:
        return

    handler = _ANY_ERROR(ignore)
    ctypes.CDLL("libasound.so.2").snd_lib_error_set_handler(handler)
    return handler
