"""The near end of one ALSA output: opened, written to, dropped. The only module that knows ALSA.

libasound is called by ctypes, which lets all other threads go on meanwhile. What stands behind a
name (a sound server, a pipe) may keep `snd_pcm_open` or `snd_pcm_drop` for ever; then one thread
waits and not the terminal, as it would with a binding that holds Python's lock in them.

What is wrong with a device may show only when sound is written to it, so some silence is.
"""

from __future__ import annotations

import ctypes
import errno
import functools
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from ctypes import CFUNCTYPE, POINTER, byref, c_char_p, c_int, c_long, c_uint, c_ulong, c_void_p

from drivers.audio.port import SAMPLE_RATE
from drivers.wire import WireLost

PERIOD = 441  # frames, 20 ms: how soon an output is silent, how evenly it is fed
PERIODS = 4  # ALSA's buffer: 80 ms
FRAME_BYTES = 2
_LIBRARY = "libasound.so.2"
_LATENCY_US = PERIOD * PERIODS * 1_000_000 // SAMPLE_RATE  # of which ALSA makes four periods
_CHANNELS = 1
_RESAMPLE = 1  # a plug may: what a card does not play is made into what it plays
# <alsa/pcm.h>
_PLAYBACK, _NONBLOCK, _S16_LE, _INTERLEAVED = 0, 1, 2, 3
_PREPARED, _DISCONNECTED = 2, 8  # states
_ERROR_HANDLER = CFUNCTYPE(None, c_char_p, c_int, c_char_p, c_int, c_char_p)
_FUNCTIONS: dict[str, tuple[object, ...]] = {
    "snd_pcm_open": (POINTER(c_void_p), c_char_p, c_int, c_int),
    "snd_pcm_set_params": (c_void_p, c_int, c_int, c_uint, c_uint, c_int, c_uint),
    "snd_pcm_writei": (c_void_p, c_char_p, c_ulong),
    "snd_pcm_recover": (c_void_p, c_int, c_int),
    "snd_pcm_prepare": (c_void_p,),
    "snd_pcm_start": (c_void_p,),
    "snd_pcm_drop": (c_void_p,),
    "snd_pcm_state": (c_void_p,),
    "snd_pcm_close": (c_void_p,),
}


class Pcm:
    """One open output. Belongs to one thread. `handle`: a `snd_pcm_t`."""

    def __init__(self, name: str, handle: c_void_p) -> None:
        self._name = name
        self._handle = handle

    def write(self, samples: bytes) -> int:
        """Hand on frames; gives how many bytes were taken, 0 when its buffer is full.

        Raises WireLost.
        """
        taken = self._written(samples)
        if taken in (-errno.EPIPE, -errno.ESTRPIPE):  # it ran out of sound, or was asleep
            self._call("snd_pcm_recover", "takes no sound", taken, 1)
            taken = self._written(samples)
        if taken == -errno.EAGAIN:
            return 0
        _accept(taken, f"{self._name} takes no sound")
        if _alsa().snd_pcm_state(self._handle) == _PREPARED:  # or it would wait for a full buffer
            self._call("snd_pcm_start", "takes no sound")
        return taken * FRAME_BYTES

    def drop(self) -> None:
        """Throw away what is in its buffer; raises WireLost."""
        self._call("snd_pcm_drop", "cannot be silenced")
        self._call("snd_pcm_prepare", "cannot be silenced")

    def check(self) -> None:
        """Raises WireLost when the card was pulled while nothing was played."""
        if _alsa().snd_pcm_state(self._handle) == _DISCONNECTED:
            raise WireLost(f"{self._name} was pulled")

    def _written(self, samples: bytes) -> int:
        return int(_alsa().snd_pcm_writei(self._handle, samples, len(samples) // FRAME_BYTES))

    def _call(self, function: str, what: str, *arguments: int) -> None:
        _accept(getattr(_alsa(), function)(self._handle, *arguments), f"{self._name} {what}")


@contextmanager
def open_pcm(name: str, stopping: Callable[[], bool]) -> Iterator[Pcm]:
    """Open an output by its ALSA name; raises WireLost saying why it cannot be used."""
    del stopping  # nothing that could be asked meanwhile: ALSA opens at once, or waits inside
    alsa, handle = _alsa(), c_void_p()
    opened = alsa.snd_pcm_open(byref(handle), name.encode(), _PLAYBACK, _NONBLOCK)
    _accept(opened, f"{name} cannot be opened")
    try:
        fitted = alsa.snd_pcm_set_params(
            handle, _S16_LE, _INTERLEAVED, _CHANNELS, SAMPLE_RATE, _RESAMPLE, _LATENCY_US
        )
        _accept(fitted, f"{name} does not take {SAMPLE_RATE} Hz on one channel; use plughw:…")
        yield Pcm(name, handle)
    finally:
        alsa.snd_pcm_close(handle)


def _accept(result: int, what: str) -> None:
    """Raises WireLost for what ALSA means as an error."""
    if result < 0:
        raise WireLost(f"{what}: {_alsa().snd_strerror(result).decode(errors='replace')}")


@functools.cache
def _alsa() -> ctypes.CDLL:
    """libasound; raises WireLost when there is none."""
    try:
        library = ctypes.CDLL(_LIBRARY)
    except OSError as error:
        raise WireLost(f"{_LIBRARY} is missing: install libasound2") from error
    for name, arguments in _FUNCTIONS.items():
        getattr(library, name).argtypes = arguments
    library.snd_pcm_writei.restype = c_long
    library.snd_strerror.restype = c_char_p
    library.snd_lib_error_set_handler(_QUIET)
    return library


def _ignore(*_: object) -> None:
    return


# Instead of ALSA's writing to stderr at each of many attempts: errors come as results too.
_QUIET = _ERROR_HANDLER(_ignore)
