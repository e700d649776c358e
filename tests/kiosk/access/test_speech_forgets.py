"""What espeak-ng itself holds of what it said: its own memory is looked at."""

from __future__ import annotations

import struct
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


LOADED, WRITABLE = 1, 2  # of a program header (elf.h): PT_LOAD, PF_W
PROGRAM_HEADER = struct.Struct("<II6Q")  # Elf64_Phdr


def memory_of_the_library() -> bytes:
    """Its variables, wherever it was loaded: what its file says is to be written to."""
    maps = Path("/proc/self/maps").read_text("utf-8").splitlines()
    first = next(line for line in maps if "libespeak-ng" in line)
    base = int(first.partition("-")[0], 16)
    elf = Path(first.split()[-1]).read_bytes()
    (table,), (size, count) = struct.unpack_from("<Q", elf, 32), struct.unpack_from("<HH", elf, 54)
    held = b""
    with Path("/proc/self/mem").open("rb") as memory:
        for number in range(count):
            header = PROGRAM_HEADER.unpack_from(elf, table + number * size)
            kind, flags, _, address, _, _, length, _ = header
            if kind == LOADED and flags & WRITABLE:
                memory.seek(base + address)
                held += memory.read(length)
    return held


def is_held(synthesiser: Synthesiser, text: str) -> bool:
    (piece,) = synthesiser.pieces(Utterance(text, Language.ZH))
    _, _, tail = piece.text.partition(" ")
    return tail.encode() in memory_of_the_library()


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
