"""The voice: one thread that turns utterances into sound and hands it to a sink, piece by piece.

Every call only notes what is wanted; the thread looks before each 20 ms of sound whether it still
is. So silence is silence within 0.1 s, and what was not yet said is nowhere any more.
"""

from __future__ import annotations

import threading
import time
import traceback
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from random import Random
from typing import TYPE_CHECKING

import structlog

from kiosk.access.profile import Speech
from kiosk.access.speech.cache import PhraseCache
from kiosk.access.speech.loudness import scaled
from kiosk.access.speech.outlet import WAITS, Chance, Outlet
from kiosk.access.speech.port import SAMPLE_RATE, Heard, Sink, Sinks, Utterance
from kiosk.access.speech.sounds import Sounds
from kiosk.backoff import Backoff

if TYPE_CHECKING:  # a terminal starts without what only speaking needs
    from kiosk.access.speech.synthesiser import Synthesiser

PIECE = SAMPLE_RATE * 2 * 20 // 1000  # bytes of 20 ms
BREATH = bytes(SAMPLE_RATE * 2 * 3 // 10)  # 0.3 s of silence behind each utterance

_STOP_S = 2.0

log = structlog.get_logger(__name__)


class SpokenVoice:
    """A `Voice`. `load` gives the synthesis, in the voice's thread, when it is first needed."""

    def __init__(
        self,
        load: Callable[[], Synthesiser],
        sinks: Sinks,
        cache: PhraseCache,
        chance: Chance | None = None,
        waits: Backoff = WAITS,
    ) -> None:
        """`waits`: how long a sink that failed is left alone."""
        chance = chance or Chance(time.monotonic, Random())  # noqa: S311 - jitter, no secret
        self._sounds = Sounds(load, cache)
        self._loudspeaker = _outlet("loudspeaker", sinks.loudspeaker, chance, waits)
        self._headphones = _outlet("headphones", sinks.headphones, chance, waits)
        self._listeners: tuple[Heard, ...] = ()
        self._changed = threading.Condition()
        self._queue: deque[Utterance] = deque()
        self._how = Speech()
        self._turn = 0  # raised by what ends all that is being said
        self._paused = False
        self._plugged = False
        self._saying = False
        self._hush = False
        self._needed = False
        self._stopping = False
        self._thread: threading.Thread | None = None
        self._sounding: Outlet | None = None  # of the thread alone, as are the sounds

    # -- from any thread

    def start(self) -> None:
        """Begin; nothing is loaded yet. RuntimeError when begun before."""
        if self._thread is not None:
            raise RuntimeError("voice: start() is for once; make a new one")
        self._thread = threading.Thread(target=self._run, name="voice", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Be silent and end the thread, waiting at most 2 s."""
        with self._changed:
            self._end_all()
            self._stopping = True
        if self._thread is not None:
            self._thread.join(_STOP_S)
            if self._thread.is_alive():
                log.warning("speech.slow_stop", waited_s=_STOP_S)

    def prepare(self) -> None:
        """Load what speaking needs, so that the first word need not wait for it."""
        with self._changed:
            self._needed = True
            self._changed.notify_all()

    def listen(self, heard: Heard) -> None:
        """Tell it of every utterance whose sound goes out."""
        with self._changed:
            self._listeners += (heard,)

    def headphones(self, *, plugged: bool | None) -> None:
        """Headphones were plugged in or pulled; None, when nobody knows, counts as pulled.

        Pulled, all that was to be said is forgotten: whoever speaks decides anew what may be heard
        by others. Plugged in, what is being said goes on in them.
        """
        with self._changed:
            before, self._plugged = self._plugged, plugged is True
            if before and not self._plugged:
                self._end_all()
            if self._plugged:
                self._needed = True
            self._changed.notify_all()

    def speak(self, utterances: Sequence[Utterance], how: Speech) -> None:
        """Say these in place of whatever is being said or waits."""
        with self._changed:
            self._end_all()
            self._queue.extend(utterances)
            self._how = how

    def add(self, utterances: Sequence[Utterance], how: Speech) -> None:
        """Say these after what is being said."""
        with self._changed:
            self._queue.extend(utterances)
            self._how = how
            self._changed.notify_all()

    def tune(self, how: Speech) -> None:
        """Another volume at once; another rate from the next utterance on."""
        with self._changed:
            self._how = how

    def pause(self, *, paused: bool) -> None:
        """Hold within what is being said, and go on from there."""
        with self._changed:
            self._paused = paused
            self._changed.notify_all()

    def silence(self) -> None:
        """Stop dead and forget all that was to be said."""
        with self._changed:
            self._end_all()

    @property
    def private(self) -> bool:
        """Whether only the citizen hears it: headphones are plugged in, as far as is known."""
        return self._plugged and self._headphones is not None

    @property
    def speaking(self) -> bool:
        """Whether anything is being said or waits to be."""
        with self._changed:
            return self._saying or bool(self._queue)

    def _end_all(self) -> None:
        """Under the lock."""
        self._turn += 1
        self._queue.clear()
        self._paused = False
        self._hush = True
        self._changed.notify_all()

    # -- the thread

    def _run(self) -> None:
        while self._wait():
            try:
                self._work()
            except Exception as error:  # noqa: BLE001 - the voice must outlive a defect
                _log_defect("speech.defect", error)
        self._be_silent()

    def _wait(self) -> bool:
        def work() -> bool:
            ready = bool(self._queue) and not self._paused
            return self._stopping or self._hush or self._needed or ready

        with self._changed:
            self._changed.wait_for(work)
            return not self._stopping

    def _work(self) -> None:
        with self._changed:
            hush, needed = self._hush, self._needed or bool(self._queue)
            self._hush = self._needed = False
        if hush:
            self._be_silent()
        speaks = needed and self._sounds.prepare()
        with self._changed:
            if not needed or self._hush or self._paused or not self._queue:
                return  # what came meanwhile has its own turn
            saying = _Saying(self._queue.popleft(), self._turn)
            rate = self._how.rate
            self._saying = speaks
        try:
            if speaks:
                self._sounds.give(
                    saying.utterance, rate, lambda sound: self._hand_on(saying, sound)
                )
                if saying.told:
                    self._hand_on(saying, BREATH)
        finally:
            with self._changed:
                self._saying = False

    def _hand_on(self, saying: _Saying, sound: bytes) -> bool:
        """Whether all of it went out, and more is wanted."""
        for start in range(0, len(sound), PIECE):
            if not self._play(saying, sound[start : start + PIECE]):
                saying.given_up = True
                return False
            if not saying.told:
                saying.told = True
                self._tell(saying.utterance)
        return True

    def _play(self, saying: _Saying, piece: bytes) -> bool:
        """Whether it went out; what was late goes once more, if it is still wanted then."""
        while outlet := self._outlet_for(saying):
            if outlet.play(scaled(piece, self._how.volume)):
                return True
            if not outlet.late:
                return False
        return False

    def _outlet_for(self, saying: _Saying) -> Outlet | None:
        """Where the next piece goes, as soon as it may; None when it is not wanted any more."""
        with self._changed:
            self._changed.wait_for(lambda: not self._paused or self._turn != saying.turn)
            if saying.given_up or self._turn != saying.turn:
                return None
            aloud = not saying.utterance.private or self._how.numbers_aloud
            outlet = self._headphones if self.private else self._loudspeaker if aloud else None
        if outlet is not self._sounding:
            self._be_silent()
        self._sounding = outlet
        return outlet

    def _be_silent(self) -> None:
        sounding, self._sounding = self._sounding, None
        if sounding is not None:
            sounding.drop()

    def _tell(self, utterance: Utterance) -> None:
        for heard in self._listeners:
            try:
                heard(utterance)
            except Exception as error:  # noqa: BLE001 - the voice must outlive a listener's defect
                _log_defect("speech.listener_defect", error)


@dataclass
class _Saying:
    """One utterance while it is said. `turn`: that of the voice when it began."""

    utterance: Utterance
    turn: int
    told: bool = False
    given_up: bool = False


def _outlet(name: str, sink: Sink | None, chance: Chance, waits: Backoff) -> Outlet | None:
    return None if sink is None else Outlet(name, sink, chance, waits)


def _log_defect(event: str, error: Exception) -> None:
    # no message and no locals: they may hold what was to be said
    place = traceback.extract_tb(error.__traceback__)[-1]
    log.error(event, kind=type(error).__name__, at=f"{place.name}:{place.lineno}")
