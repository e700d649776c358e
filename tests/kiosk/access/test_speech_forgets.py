"""What espeak-ng itself holds of what it said: its own memory is looked at."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.access.profile import Language
from kiosk.access.speech.port import Utterance
from kiosk.access.speech.synthesiser import Synthesiser
from tests.harness.devices import REPOSITORY

NAME = "殷秀乔庄"


@pytest.fixture(scope="module")
def synthesiser() -> Synthesiser:
    return Synthesiser(REPOSITORY / "config/speech")


def memory_of_the_library() -> Iterator[bytes]:
    """Its variables: what is mapped from its file to be written to, and what follows that."""
    follows = False
    with Path("/proc/self/mem").open("rb") as memory:
        for line in Path("/proc/self/maps").read_text("utf-8").splitlines():
            span, rights, *_, name = [*line.split(), ""] if len(line.split()) == 5 else line.split()
            own = "libespeak-ng" in name
            if "w" in rights and (own or (follows and not name)):
                start, end = (int(place, 16) for place in span.split("-"))
                memory.seek(start)
                yield memory.read(end - start)
            follows = own


def is_held(synthesiser: Synthesiser, text: str) -> bool:
    (piece,) = synthesiser.pieces(Utterance(text, Language.ZH))
    _, _, tail = piece.text.partition(" ")
    return any(tail.encode() in held for held in memory_of_the_library())


def test_the_library_holds_what_it_said_until_it_says_something_else(
    synthesiser: Synthesiser,
) -> None:
    synthesiser.say(Utterance(NAME, Language.ZH), 0, lambda _: True)
    assert is_held(synthesiser, NAME)


def test_nothing_of_a_private_utterance_is_held(synthesiser: Synthesiser) -> None:
    synthesiser.say(Utterance(NAME, Language.ZH, private=True), 0, lambda _: True)
    assert not is_held(synthesiser, NAME)


def test_nothing_of_a_private_utterance_that_was_broken_off_is_held(
    synthesiser: Synthesiser,
) -> None:
    synthesiser.say(Utterance(NAME, Language.ZH, private=True), 0, lambda _: False)
    assert not is_held(synthesiser, NAME)


def test_nothing_is_held_when_the_sound_could_not_be_handed_on(synthesiser: Synthesiser) -> None:
    def gone(_: bytes) -> bool:
        raise OSError

    with pytest.raises(OSError):
        synthesiser.say(Utterance(NAME, Language.ZH, private=True), 0, gone)
    assert not is_held(synthesiser, NAME)
