"""What the rest of the program knows of speech: what is said, by whom, and through what."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from kiosk.access.profile import Language, Speech

SAMPLE_RATE = 22_050  # Hz, of espeak-ng; all sound is 16 bit, one channel, little endian


@dataclass(frozen=True)
class Utterance:
    """One thing said in one breath; a pause follows it.

    `text` is words, numbers already spelled as they are to be heard. `private`: it may be kept
    nowhere once it was said, and is said aloud only where nobody else hears it or its owner
    allowed it; whoever speaks decides that before. Its repr says nothing of the text.
    """

    text: str
    language: Language
    private: bool = False

    def __repr__(self) -> str:
        """Says nothing of what is said."""
        return f"Utterance({self.language}, private={self.private})"


class Voice(Protocol):
    """One voice with one owner thread. All calls return at once, from any thread."""

    def speak(self, utterances: Sequence[Utterance], how: Speech) -> None:
        """Say these in place of whatever is being said or waits."""

    def add(self, utterances: Sequence[Utterance], how: Speech) -> None:
        """Say these after what is being said."""

    def tune(self, how: Speech) -> None:
        """Another volume at once; another rate from the next utterance on."""

    def pause(self, *, paused: bool) -> None:
        """Hold within what is being said, and go on from there."""

    def silence(self) -> None:
        """Stop dead and forget all that was to be said."""

    @property
    def private(self) -> bool:
        """Whether only the citizen hears it: headphones are plugged in, as far as is known."""

    @property
    def speaking(self) -> bool:
        """Whether anything is being said or waits to be."""


class Sink(Protocol):
    """Where sound goes to: loudspeaker or headphones. `drivers/audio` has them."""

    def play(self, samples: bytes) -> None:
        """Hand on a piece of sound (16 bit, one channel, SAMPLE_RATE).

        Returns when the device wants more: never more than 0.1 s before it is heard. Raises
        OSError when the device is gone.
        """

    def drop(self) -> None:
        """Be silent at once: what was handed on and not yet heard is thrown away."""


@dataclass(frozen=True)
class Sinks:
    """Where sound can go. None: the terminal has no such sink."""

    loudspeaker: Sink | None
    headphones: Sink | None


Heard = Callable[[Utterance], None]
"""Told of each utterance when its first sound goes out; in the voice's own thread."""
