"""Text to sound, by espeak-ng. Keeps nothing of what it said."""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from kiosk.access.profile import Language
from kiosk.access.speech import espeak
from kiosk.access.speech.alphabet import AlphabetReader
from kiosk.access.speech.chinese import ChineseReader
from kiosk.access.speech.pinyin import Pinyin, load_dictionary
from kiosk.access.speech.port import Utterance
from kiosk.access.speech.reading import Piece, sentences
from kiosk.access.speech.tables import NO_SIGNS, load_tables

Take = Callable[[bytes], bool]  # is given sound; says whether to go on

VOICES: Mapping[Language, str] = {Language.ZH: "cmn-latn-pinyin", Language.EN: "en"}
NO_VOICES: Mapping[Language, str] = {}
# What espeak-ng calls words a minute (80 to 450) at the natural rate: some 4 syllables a second.
NATURAL: Mapping[Language, int] = {Language.ZH: 195, Language.EN: 165}
NATURAL_ELSE = 165
RATES: Mapping[int, float] = {-2: 0.67, -1: 0.82, 0: 1.0, 1: 1.22, 2: 1.5, 3: 1.83}

_FIRST = {Language.ZH: "你好", Language.EN: "hello"}
_OVER = b"a. " * 400  # longer than what espeak-ng reads at once; said to nobody, over what it holds


class Synthesiser:
    """One voice's synthesis; belongs to one thread."""

    def __init__(self, tables: Path, voices: Mapping[Language, str] = NO_VOICES) -> None:
        """Load all of it: 0.6 s. `voices`: espeak-ng's names for languages beside `VOICES`.

        A language whose voice is empty is not read aloud. Raises SpeechTablesError and
        espeak.SpeechUnavailable.
        """
        self._tables = load_tables(tables)
        self._voices = {**VOICES, **voices}
        self._espeak = espeak.start()
        signs = self._tables.signs[Language.ZH]
        self._chinese = ChineseReader(Pinyin(self._tables, load_dictionary()), signs)
        for language, text in _FIRST.items():  # voices are read in when they first speak
            self.say(Utterance(text, language), 0, lambda _: False)

    def pieces(self, utterance: Utterance) -> Iterator[Piece]:
        """What is to be pronounced, sentence by sentence."""
        parts = list(sentences(utterance.text))
        for part in parts:
            is_value = utterance.private and len(parts) == 1
            yield from self._reader(utterance.language).read(part, is_value=is_value)

    def say(self, utterance: Utterance, rate: int, take: Take) -> None:
        """Hand the sound of an utterance to `take`, some 20 ms at a time, until it says no.

        `rate` as in `Speech.rate`. Raises what `take` raises, and SpeechUnavailable.
        """
        try:
            for piece in self.pieces(utterance):
                if voice := self._voices.get(piece.voice, ""):
                    natural = NATURAL.get(piece.voice, NATURAL_ELSE)
                    self._espeak.use(voice, round(natural * RATES[rate]))
                    if not self._say(piece.text.encode("utf-8"), take):
                        return
        finally:
            if utterance.private:
                self._say(_OVER, lambda _: False)

    def _reader(self, language: Language) -> ChineseReader | AlphabetReader:
        if language is Language.ZH:
            return self._chinese
        signs = self._tables.signs.get(language, NO_SIGNS)
        return AlphabetReader(language, self._chinese, signs)

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
