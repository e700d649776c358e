"""The sound of fixed phrases, kept in memory up to a bound. Of anything else nothing is kept."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable

from kiosk.access.profile import Language
from kiosk.access.speech.port import Utterance

BOUND = 8 * 2**20  # bytes, three minutes of sound

_Key = tuple[Language, int, str]


class PhraseCache:
    """Least recently heard go first. Belongs to one thread.

    `fixed` says whether a text is one of the terminal's own phrases, the same for every citizen.
    """

    def __init__(self, fixed: Callable[[str], bool], bound: int = BOUND) -> None:
        self._fixed = fixed
        self._bound = bound
        self._sounds: OrderedDict[_Key, bytes] = OrderedDict()
        self._bytes = 0

    @property
    def size(self) -> int:
        """Bytes that are kept."""
        return self._bytes

    def may_keep(self, utterance: Utterance) -> bool:
        """Whether the sound of it may outlast its being heard."""
        return not utterance.private and self._fixed(utterance.text)

    def get(self, utterance: Utterance, rate: int) -> bytes | None:
        """Its sound at that rate, if it is kept."""
        key = (utterance.language, rate, utterance.text)
        if utterance.private or key not in self._sounds:
            return None
        self._sounds.move_to_end(key)
        return self._sounds[key]

    def put(self, utterance: Utterance, rate: int, sound: bytes) -> None:
        """Keep it, if it may be kept and is not larger than the bound."""
        if not self.may_keep(utterance) or len(sound) > self._bound:
            return
        key = (utterance.language, rate, utterance.text)
        self._bytes += len(sound) - len(self._sounds.pop(key, b""))
        self._sounds[key] = sound
        while self._bytes > self._bound:
            _, oldest = self._sounds.popitem(last=False)
            self._bytes -= len(oldest)
