"""Lines of signal boards: what is understood, and that nothing else gets through."""

from __future__ import annotations

import binascii
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.signals.lines import (
    LONGEST,
    BadLine,
    Done,
    Door,
    Light,
    LineDecoder,
    Message,
    NoLight,
    Presence,
    StateAsked,
    Ups,
    decode,
    encode,
)
from drivers.signals.port import LightState, Power, PowerSource

NAMES = st.from_regex(r"[a-z0-9_]{1,16}", fullmatch=True)
NUMBERS = st.integers(0, 255)
MESSAGES: st.SearchStrategy[Message] = st.one_of(
    st.builds(StateAsked, NUMBERS),
    st.builds(Done, NUMBERS),
    st.builds(Door, st.booleans()),
    st.builds(Presence, st.booleans()),
    st.builds(Ups, st.builds(Power, st.sampled_from(PowerSource), st.integers(0, 100))),
    st.builds(Light, NAMES, st.sampled_from(LightState)),
    st.builds(NoLight, NAMES),
)


def line(words: bytes) -> bytes:
    return words + b"*%04X" % binascii.crc_hqx(words, 0)


@pytest.mark.parametrize(
    ("message", "bytes_"),
    [
        (Door(True), b"DOOR 1*B268\r\n"),
        (Presence(False), b"PRESENCE 0*64CE\r\n"),
        (Ups(Power(PowerSource.BATTERY, 83)), b"UPS battery 83*E694\r\n"),
        (Light("reader", LightState.ON), b"LIGHT reader on*7D8D\r\n"),
        (StateAsked(7), b"STATE 7*F6DC\r\n"),
    ],
)
def test_messages_have_the_lines_that_boards_are_built_for(message: Message, bytes_: bytes) -> None:
    assert encode(message) == bytes_


@given(st.lists(MESSAGES, max_size=8), st.lists(st.integers(0, 2000), max_size=8))
def test_what_is_encoded_is_decoded_in_whatever_pieces(
    messages: list[Message], cuts: list[int]
) -> None:
    data = b"".join(encode(message) for message in messages)
    places = [0, *sorted(cut % (len(data) + 1) for cut in cuts), len(data)]
    decoder = LineDecoder()
    heard = [what for a, b in pairwise(places) for what in decoder.feed(data[a:b])]
    assert heard == messages
    assert decoder.pending == 0


@given(MESSAGES, st.integers(0, 200), st.integers(1, 255))
def test_one_changed_byte_is_never_another_message(
    message: Message, place: int, change: int
) -> None:
    whole = bytearray(encode(message)[:-2])
    whole[place % len(whole)] ^= change
    heard = decode(bytes(whole))
    assert isinstance(heard, BadLine) or heard == message  # a digit of the checksum in small


@pytest.mark.parametrize(
    "words",
    [
        b"DOOR",
        b"DOOR 2",
        b"DOOR 1 1",
        b"DOOR  1",
        b"UPS mains 101",
        b"UPS mains 007",
        b"UPS diesel 50",
        b"LIGHT reader dim",
        b"LIGHT reader",
        b"STATE",
        b"STATE 256",
        b"DONE x",
        b"NOLIGHT",
        b"door 1",
        b"",
    ],
)
def test_a_line_that_cannot_be_is_bad_whatever_its_checksum(words: bytes) -> None:
    assert decode(line(words)) == BadLine()


def test_words_of_newer_boards_are_left_unheard() -> None:
    assert decode(line(b"TEMPERATURE 41")) is None
    assert LineDecoder().feed(line(b"TEMPERATURE 41") + b"\r\n" + encode(Door(True))) == [
        Door(True)
    ]


@given(st.lists(st.binary(max_size=300), max_size=10))
def test_any_bytes_are_taken_and_at_most_a_line_is_kept(chunks: list[bytes]) -> None:
    decoder = LineDecoder()
    for chunk in chunks:
        decoder.feed(chunk)
        assert decoder.pending <= LONGEST
    decoder.feed(b"\n")
    assert decoder.feed(encode(Presence(True))) == [Presence(True)]


@given(st.binary(max_size=80))
def test_any_line_is_a_message_or_bad_or_nothing(data: bytes) -> None:
    for candidate in (data, line(data)):
        message = decode(candidate)
        assert message is None or isinstance(message, BadLine | Message)
