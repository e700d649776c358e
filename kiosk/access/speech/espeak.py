"""The C interface of espeak-ng (speak_lib.h, revision 12), as far as speaking needs it.

espeak-ng has one state per process; all calls after `start` belong to one thread at a time.
"""

from __future__ import annotations

import ctypes
import functools
from ctypes import CFUNCTYPE, POINTER, c_char_p, c_int, c_short, c_size_t, c_uint, c_void_p

from kiosk.access.speech.port import SAMPLE_RATE

LIBRARY = "libespeak-ng.so.1"
CHUNK_MS = 20  # of sound that the callback is given at once

_SYNCHRONOUS = 2  # AUDIO_OUTPUT_SYNCHRONOUS: espeak_Synth returns when all was given out
_DO_NOT_EXIT = 0x8000  # espeakINITIALIZE_DONT_EXIT, without which missing data ends the process
_UTF8 = 1  # espeakCHARS_UTF8; without espeakSSML and espeakPHONEMES no text is a command
_CHARACTERS = 1  # POS_CHARACTER
_RATE = 1  # espeakRATE, in words a minute
_OK = 0

Callback = CFUNCTYPE(c_int, POINTER(c_short), c_int, c_void_p)


class SpeechUnavailable(Exception):
    """Nothing can be spoken; says what is missing and which Debian package brings it."""


class Espeak:
    """The library, started. Its voices are `cmn-latn-pinyin`, `en` and the like."""

    def __init__(self, library: ctypes.CDLL) -> None:
        self._library = library

    def use(self, voice: str, words_a_minute: int) -> None:
        """Speak so from now on; raises SpeechUnavailable when there is no such voice."""
        if self._library.espeak_SetVoiceByName(voice.encode("ascii")) != _OK:
            raise SpeechUnavailable(f"espeak-ng has no voice {voice}; install espeak-ng-data")
        self._library.espeak_SetParameter(_RATE, words_a_minute, 0)

    def say(self, text: ctypes.Array[ctypes.c_char], callback: ctypes._FuncPointer) -> None:
        """Give out the sound of a text (UTF-8, ended by a zero byte) until `callback` is not 0.

        Raises SpeechUnavailable when the library reports an error.
        """
        self._library.espeak_SetSynthCallback(callback)
        code = self._library.espeak_Synth(text, len(text), 0, _CHARACTERS, 0, _UTF8, None, None)
        if code != _OK:
            raise SpeechUnavailable(f"espeak-ng does not speak: error {code}")


@functools.cache
def start() -> Espeak:
    """Load the library and its data, once in a process; raises SpeechUnavailable."""
    try:
        library = ctypes.CDLL(LIBRARY)
    except OSError as error:
        raise SpeechUnavailable(
            f"{LIBRARY} cannot be loaded; install Debian's libespeak-ng1, or run `make setup`"
        ) from error
    library.espeak_Initialize.argtypes = [c_int, c_int, c_char_p, c_int]
    library.espeak_SetVoiceByName.argtypes = [c_char_p]
    library.espeak_SetParameter.argtypes = [c_int, c_int, c_int]
    library.espeak_SetSynthCallback.argtypes = [Callback]
    library.espeak_SetSynthCallback.restype = None
    library.espeak_Synth.argtypes = [
        *(c_void_p, c_size_t, c_uint, c_int, c_uint, c_uint),
        *(POINTER(c_uint), c_void_p),
    ]
    rate = library.espeak_Initialize(_SYNCHRONOUS, CHUNK_MS, None, _DO_NOT_EXIT)
    if rate <= 0:
        raise SpeechUnavailable(
            "espeak-ng finds no voices; install Debian's espeak-ng-data, or run `make setup`"
        )
    if rate != SAMPLE_RATE:
        raise SpeechUnavailable(f"espeak-ng speaks at {rate} Hz; {SAMPLE_RATE} Hz is needed")
    return Espeak(library)
