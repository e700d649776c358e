"""The sound of utterances: kept from before, or made now. Loads the synthesis when first needed."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import structlog

from kiosk.access.speech.cache import PhraseCache
from kiosk.access.speech.espeak import SpeechUnavailable
from kiosk.access.speech.port import Utterance
from kiosk.access.speech.tables import SpeechTablesError

if TYPE_CHECKING:  # a terminal starts without what only speaking needs
    from kiosk.access.speech.synthesiser import Synthesiser, Take

log = structlog.get_logger(__name__)


class Sounds:
    """Belongs to the voice's thread. `load` may raise SpeechUnavailable and SpeechTablesError."""

    def __init__(self, load: Callable[[], Synthesiser], cache: PhraseCache) -> None:
        self._load = load
        self._cache = cache
        self._synthesiser: Synthesiser | None = None
        self._unavailable = False
        self._told: set[str] = set()

    def prepare(self) -> bool:
        """Load what is not loaded yet; False when nothing can be spoken, which is logged once."""
        if self._synthesiser is None and not self._unavailable:
            try:
                self._synthesiser = self._load()
            except (SpeechUnavailable, SpeechTablesError) as error:
                self._unavailable = True
                self._tell(str(error))
        return self._synthesiser is not None

    def give(self, utterance: Utterance, rate: int, take: Take) -> None:
        """Hand the sound to `take` until it says no; of a language without its voice nothing.

        A phrase that may be kept is made to its end all the same: whoever moves through a page
        breaks off most of what they hear, and hears it again.
        """
        if self._synthesiser is not None:
            try:
                self._give(self._synthesiser, utterance, rate, take)
            except SpeechUnavailable as error:
                self._tell(str(error))

    def _give(self, synthesiser: Synthesiser, utterance: Utterance, rate: int, take: Take) -> None:
        if (kept := self._cache.get(utterance, rate)) is not None:
            take(kept)
        elif not self._cache.may_keep(utterance):
            synthesiser.say(utterance, rate, take)
        else:
            recording = _Recording(take)
            synthesiser.say(utterance, rate, recording.take)
            self._cache.put(utterance, rate, b"".join(recording.sound))

    def _tell(self, reason: str) -> None:
        """Of each reason once."""
        if reason not in self._told:
            self._told.add(reason)
            log.error("speech.unavailable", reason=reason)


class _Recording:
    """Takes all of a sound, and hands it on as long as it is wanted."""

    def __init__(self, take: Take) -> None:
        self._hand_on = take
        self._wanted = True
        self.sound: list[bytes] = []

    def take(self, chunk: bytes) -> bool:
        self.sound.append(chunk)
        self._wanted = self._wanted and self._hand_on(chunk)
        return True
