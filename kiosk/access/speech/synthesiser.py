"""Text to sound, by espeak-ng. Keeps nothing of what it said."""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from kiosk.access.profile import Language
from kiosk.access.speech import espeak
from kiosk.access.speech.chinese import ChineseReader
from kiosk.access.speech.english import EnglishReader
from kiosk.access.speech.pinyin import Pinyin, load_dictionary
from kiosk.access.speech.port import Utterance
from kiosk.access.speech.reading import Piece, sentences
from kiosk.access.speech.tables import load_tables

Take = Callable[[bytes], bool]  # is given sound; says whether to go on

VOICES: Mapping[Language, str] = {Language.ZH: "cmn-latn-pinyin", Language.EN: "en"}
# What espeak-ng calls words a minute (80 to 450) at the natural rate: some 4 syllables a second.
NATURAL: Mapping[Language, int] = {Language.ZH: 195, Language.EN: 165}
RATES: Mapping[int, float] = {-2: 0.67, -1: 0.82, 0: 1.0, 1: 1.22, 2: 1.5, 3: 1.83}

_FIRST = {Language.ZH: "你好", Language.EN: "hello"}
_OVER = b"a. " * 400  # longer than what espeak-ng reads at once; said to nobody, over what it holds


class Synthesiser:
    """One voice's synthesis; belongs to one thread."""

    def __init__(self, tables: Path) -> None:
        """Load all of it: 0.6 s. Raises SpeechTablesError and espeak.SpeechUnavailable."""
        loaded = load_tables(tables)
        self._espeak = espeak.start()
        chinese = ChineseReader(Pinyin(loaded, load_dictionary()), loaded.signs[Language.ZH])
        self._readers: Mapping[Language, ChineseReader | EnglishReader] = {
            Language.ZH: chinese,
            Language.EN: EnglishReader(chinese, loaded.signs[Language.EN]),
        }
        for language, text in _FIRST.items():  # voices are read in when they first speak
            self.say(Utterance(text, language), 0, lambda _: False)

    def pieces(self, utterance: Utterance) -> Iterator[Piece]:
        """What is to be pronounced, sentence by sentence."""
        parts = list(sentences(utterance.text))
        for part in parts:
            is_value = utterance.private and len(parts) == 1
            yield from self._readers[utterance.language].read(part, is_value=is_value)

    def say(self, utterance: Utterance, rate: int, take: Take) -> None:
        """Hand the sound of an utterance to `take`, some 20 ms at a time, until it says no.

        `rate` as in `Speech.rate`. Raises what `take` raises, and SpeechUnavailable.
        """
        try:
            for piece in self.pieces(utterance):
                self._espeak.use(VOICES[piece.voice], round(NATURAL[piece.voice] * RATES[rate]))
                if not self._say(piece.text.encode("utf-8"), take):
                    return
        finally:
            if utterance.private:
                self._say(_OVER, lambda _: False)

    def _say(self, text: bytes, take: Take) -> bool:
        heard = _Chunks(take)
        buffer = ctypes.create_string_buffer(text)
        try:
            # the callback is nobody's attribute: a cycle would keep the utterance until collected
            self._espeak.say(buffer, espeak.Callback(heard.hear))
        finally:
            ctypes.memset(buffer, 0, len(buffer))
        if heard.error is not None:
            raise heard.error
        return heard.wanted


class _Chunks:
    """Takes sound from the library; an error waits here, for C cannot pass it on."""

    def __init__(self, take: Take) -> None:
        self._take = take
        self.wanted = True
        self.error: BaseException | None = None

    def hear(self, samples: ctypes._Pointer[ctypes.c_short], count: int, events: int) -> int:
        del events
        if samples and count > 0 and self.wanted:
            try:
                self.wanted = self._take(ctypes.string_at(samples, count * 2))
            except BaseException as error:  # noqa: BLE001 - raised again by whoever called
                self.error, self.wanted = error, False
        return 0 if self.wanted else 1
