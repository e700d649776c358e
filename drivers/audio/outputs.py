"""One output as its owner's thread sees it: pieces come in from elsewhere, go out at their time."""

from __future__ import annotations

import errno
import os
import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

from drivers.audio.pacing import Pacing
from drivers.audio.pcm import FRAME_BYTES, PERIOD, PERIODS, Pcm
from drivers.audio.port import AHEAD_S, SAMPLE_RATE, AudioEvent
from drivers.audio.tone import tone
from drivers.owner import DeviceFault, LinkOwner
from drivers.self_test import Tested

_PERIOD_BYTES = PERIOD * FRAME_BYTES
_SECOND_BYTES = SAMPLE_RATE * FRAME_BYTES
_LOOK_S = 1.0  # how often an idle output is looked at
_FULL_S = 0.005  # until an output whose buffer was full is tried again


@dataclass(frozen=True)
class AudioTimes:
    """Seconds. `take`: longest without taking anything, ten times what an output holds; `drop`:
    longest until it is silent.
    """

    take: float = 1.0
    drop: float = 0.5


class _Piece:
    """Sound on its way out, and how it ended."""

    def __init__(self, samples: bytes) -> None:
        self.rest = samples
        self.done = threading.Event()
        self.error: OSError | None = None

    def end(self, error: OSError | None = None) -> None:
        self.rest = b""
        self.error = error
        self.done.set()


class QueuedOutput:
    """An `Output` and, for the owner's thread, its duty."""

    def __init__(
        self,
        name: str,
        owner: LinkOwner[Pcm, AudioEvent],
        clock: Callable[[], float] = time.monotonic,
        times: AudioTimes | None = None,
    ) -> None:
        self._times = times or AudioTimes()
        self._name = name
        self._owner = owner
        self._clock = clock
        self._pacing = Pacing(AHEAD_S, clock)
        self._lock = threading.Lock()
        self._pieces: deque[_Piece] = deque()
        self._drops: list[_Piece] = []
        self._there = False
        self._took_at = 0.0

    # -- from any thread

    def play(self, samples: bytes) -> None:
        """Hand on a piece of sound; see the port."""
        piece = _Piece(samples)
        with self._lock:
            if not self._there:
                raise self._error(errno.ENODEV)
            self._pieces.append(piece)
        self._owner.wake()
        length_s = len(samples) / _SECOND_BYTES
        if not piece.done.wait(self._times.take + length_s):
            self._forget(piece)
            raise self._error(errno.ETIMEDOUT)
        if piece.error is not None:
            raise piece.error

    def drop(self) -> None:
        """Be silent at once; see the port."""
        drop = _Piece(b"")
        with self._lock:
            if not self._there:
                return  # what is not there is silent
            self._drops.append(drop)
        self._owner.wake()
        if not drop.done.wait(self._times.drop):
            raise self._error(errno.ETIMEDOUT)

    # -- on the owner's thread

    def begin(self, pcm: Pcm) -> None:
        """An output is there when it takes silence until its buffer is full."""
        for _ in range(PERIODS + 1):
            pcm.write(bytes(_PERIOD_BYTES))
        pcm.drop()
        self._pacing.dropped()
        with self._lock:
            self._there = True

    def turn(self, pcm: Pcm) -> None:
        """Drop, or hand on at most a period, or wait for something to do."""
        with self._lock:
            dropping = bool(self._drops)
            piece = self._pieces[0] if self._pieces else None
        if dropping:
            self._drop(pcm)
        elif piece is None:
            self._took_at = 0.0
            self._owner.rest(_LOOK_S)
            pcm.check()
        else:
            self._hand_on(pcm, piece)

    def self_test(self, pcm: Pcm) -> Tested:
        """A tone behind what is being played; that it was taken is all that is known."""
        piece = _Piece(tone())
        while piece.rest:
            self._hand_on(pcm, piece)
        return Tested({"tone": "sent"}, answers=False)

    def without_device(self) -> None:
        """Nothing waits for an output: sound is for now."""

    def lost(self) -> None:
        """Whoever waits is told."""
        with self._lock:
            self._there = False
            pieces, drops = list(self._pieces), self._drops
            self._pieces.clear()
            self._drops = []
        for piece in pieces:
            piece.end(self._error(errno.ENODEV))
        for drop in drops:
            drop.end()

    def end(self) -> None:
        """The thread ends."""
        self.lost()

    def _hand_on(self, pcm: Pcm, piece: _Piece) -> None:
        part = piece.rest[:_PERIOD_BYTES]
        if (wait := self._pacing.wait_s(len(part) / _SECOND_BYTES)) > 0:
            self._took_at = self._clock()
            self._owner.rest(wait)
            return
        taken = pcm.write(part)
        if taken == 0:
            self._be_patient()
            return
        self._took_at = self._clock()
        self._pacing.handed_on(taken / _SECOND_BYTES)
        piece.rest = piece.rest[taken:]
        if not piece.rest:
            self._forget(piece)
            piece.end()

    def _be_patient(self) -> None:
        self._took_at = self._took_at or self._clock()
        if self._clock() - self._took_at > self._times.take:
            raise DeviceFault(f"{self._name} takes no more sound")
        self._owner.rest(_FULL_S)

    def _drop(self, pcm: Pcm) -> None:
        with self._lock:
            pieces, drops = list(self._pieces), self._drops
            self._pieces.clear()
            self._drops = []
        for piece in pieces:
            piece.end()
        try:
            pcm.drop()
        finally:
            self._pacing.dropped()
            for drop in drops:
                drop.end()

    def _forget(self, piece: _Piece) -> None:
        with self._lock:
            if piece in self._pieces:
                self._pieces.remove(piece)

    def _error(self, code: int) -> OSError:
        return OSError(code, os.strerror(code), self._name)
