"""Feeds a parser with frames gone wrong, and holds it to what every parser of outside bytes owes:
no error but those it documents, no frame that takes long, no memory that grows.
"""

from __future__ import annotations

import pickle
import random
import signal
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from types import FrameType

import pytest

from tests.drivers.outside_bytes.spoiling import Spoiler

FRAMES_OF_A_LIFE = 1000  # with one parser; the next life has a new parser and a seed of its own
_SHOWN_BYTES = 2000
_PAUSES = 0.3  # share of the frames after which nothing comes for a while
_EVERY = 50  # frames between two looks at what the parser keeps


@dataclass(frozen=True)
class Life:
    """A parser begun. `feed` takes a piece of a frame; `keeps`: what it remembers between two.

    `pause`: what its driver calls when nothing more comes for a while.
    """

    feed: Callable[[bytes], object]
    keeps: object = None
    pause: Callable[[], object] = lambda: None


@dataclass(frozen=True)
class Subject:
    """One parser. `errors`: those that it documents; after one it is begun anew, as drivers do.

    `most_kept`: bytes of its pickled memory. `slowest_s`: processor time of one frame.
    """

    name: str
    goods: Callable[[], Sequence[bytes]]
    begin: Callable[[], Life]
    errors: tuple[type[Exception], ...] = ()
    most_kept: int = 0
    length_at: slice | None = None
    slowest_s: float = 0.5


@dataclass(frozen=True)
class Figures:
    """What a feeding came to."""

    frames: int
    refused: int
    most_kept: int
    seconds: float


class Hung(BaseException):
    """A frame took too long; no parser may catch this as an error of its own."""


def feed(subject: Subject, frames: int, seed: str) -> Figures:
    """Feed so many frames. Fails with the seed of the life and the frame that did it."""
    began = time.monotonic()
    goods = subject.goods()
    refused = most_kept = fed = 0
    with _hurried():
        while fed < frames:
            count = min(FRAMES_OF_A_LIFE, frames - fed)
            life_seed = f"{seed}/{fed // FRAMES_OF_A_LIFE}"
            more_refused, kept = _live(subject, goods, count, life_seed)
            refused, most_kept, fed = refused + more_refused, max(most_kept, kept), fed + count
    return Figures(fed, refused, most_kept, time.monotonic() - began)


def _live(subject: Subject, goods: Sequence[bytes], frames: int, seed: str) -> tuple[int, int]:
    chance = random.Random(f"{subject.name}/{seed}")
    spoiler = Spoiler(goods, chance, subject.length_at)
    life = subject.begin()
    refused = most_kept = 0
    for number in range(frames):
        frame = spoiler.frame()
        try:
            signal.setitimer(signal.ITIMER_PROF, subject.slowest_s)
            for piece in spoiler.pieces(frame):
                life.feed(piece)
            if chance.random() < _PAUSES:
                life.pause()
        except subject.errors:
            refused += 1
            life = subject.begin()
        except (Exception, Hung) as error:
            signal.setitimer(signal.ITIMER_PROF, 0)
            raise AssertionError(_said(subject, seed, number, frame, repr(error))) from error
        finally:
            signal.setitimer(signal.ITIMER_PROF, 0)
        if number % _EVERY == 0 and life.keeps is not None:
            most_kept = max(most_kept, len(pickle.dumps(life.keeps)))
            if most_kept > subject.most_kept:
                pytest.fail(_said(subject, seed, number, frame, f"it keeps {most_kept} bytes"))
    return refused, most_kept


def _said(subject: Subject, seed: str, number: int, frame: bytes, what: str) -> str:
    shown = frame[:_SHOWN_BYTES].hex()
    return f"{subject.name}, seed {seed!r}, frame {number} of {len(frame)} bytes: {what}\n{shown}"


@contextmanager
def _hurried() -> Iterator[None]:
    """The timer of processor time raises Hung: a busy machine makes no frame seem slow."""

    def hang(number: int, frame: FrameType | None) -> None:
        raise Hung

    before = signal.signal(signal.SIGPROF, hang)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)
