"""Bytes and keys from a code scanner: what is understood, and that nothing else gets through."""

from __future__ import annotations

from itertools import pairwise

import pytest
from evdev import ecodes
from hypothesis import given, settings
from hypothesis import strategies as st

from drivers.code_scanner.keys import Keys
from drivers.code_scanner.lines import LONGEST, Lines, Outcome, Stream
from drivers.code_scanner.port import Code, CodeScanned, ScanFailed, ScanFault
from drivers.code_scanner.text import text_of
from drivers.input_event import EVENT
from drivers.simulators.code_scanner import typed, typed_end

ENTER = typed_end()

HANZI = st.integers(0xB0, 0xD6).flatmap(
    lambda row: st.integers(0xA1, 0xFE).map(lambda cell: bytes([row, cell]).decode("gb2312"))
)
PRINTABLE = st.characters(min_codepoint=0x20, max_codepoint=0x7E)


def pieces(data: bytes, cuts: list[int]) -> list[bytes]:
    places = [0, *sorted(cut % (len(data) + 1) for cut in cuts), len(data)]
    return [data[a:b] for a, b in pairwise(places)]


def fed(stream: Stream, *parts: bytes) -> list[Outcome]:
    return [outcome for part in parts for outcome in stream.feed(part)]


def texts(outcomes: list[Outcome]) -> list[str]:
    return [outcome.code.text for outcome in outcomes if isinstance(outcome, CodeScanned)]


def key(code: int, value: int) -> bytes:
    return EVENT.pack(0, 0, ecodes.EV_KEY, code, value)


# -- text


@given(st.text(HANZI, min_size=1))
def test_common_hanzi_are_the_same_in_both_encodings(text: str) -> None:
    assert text_of(text.encode("utf-8")) == text
    assert text_of(text.encode("gb18030")) == text


@given(st.text(st.characters(exclude_categories=["Cc", "Cs"]), min_size=1))
def test_utf_8_is_never_changed_unless_every_letter_would_be_a_hanzi(text: str) -> None:
    read = text_of(text.encode("utf-8"))
    if read != text.removeprefix("\ufeff") and read is not None:
        assert read.encode("gb18030") == text.encode("utf-8")
        assert max(text) < "\u0800"


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"yici:case:1", "yici:case:1"),
        ("\ufeff长沙".encode(), "长沙"),
        ("一".encode("gb18030"), "一"),  # also Cyrillic in UTF-8
        ("联通".encode("gb18030"), "联通"),  # overlong in UTF-8
        ("李𠮷㙍".encode("gb18030"), "李𠮷㙍"),
        ("Café".encode(), "Café"),
        ("\u062a\u0627\u0631\u0649\u0645".encode(), "\u062a\u0627\u0631\u0649\u0645"),  # Uyghur
        (b"", None),
        (b"\xff\xfe", None),
        (b"a\x00b", None),
        (b"a\x1b[2Jb", None),
    ],
)
def test_bytes_are_read_as_the_text_they_are(data: bytes, text: str | None) -> None:
    assert text_of(data) == text


@given(st.binary(max_size=200))
def test_no_bytes_make_text_with_control_characters(data: bytes) -> None:
    text = text_of(data)
    assert text is None or (text and all(ord(character) >= 0x20 for character in text))


# -- lines


@given(
    st.lists(st.text(PRINTABLE | HANZI, min_size=1, max_size=30), max_size=6),
    st.sampled_from([b"\r", b"\n", b"\r\n"]),
    st.lists(st.integers(0)),
)
def test_lines_are_found_however_the_bytes_are_cut(
    lines: list[str], end: bytes, cuts: list[int]
) -> None:
    data = b"".join(line.encode("utf-8") + end for line in lines)
    assert texts(fed(Lines(), *pieces(data, cuts))) == lines


@given(st.lists(st.binary(max_size=50)))
def test_lines_outlive_any_bytes(parts: list[bytes]) -> None:
    stream = Lines()
    fed(stream, *parts)
    stream.give_up()
    assert not stream.pending
    assert texts(stream.feed(b"OK\r")) == ["OK"]


def test_a_line_of_the_longest_length_is_read_and_a_longer_one_is_one_failure() -> None:
    stream = Lines()
    assert texts(fed(stream, b"x" * LONGEST, b"\n")) == ["x" * LONGEST]
    outcomes = fed(stream, *[b"x" * 1000] * 1000, b"\r\n", b"next\r\n")
    assert outcomes == [ScanFailed(ScanFault.TOO_LONG), CodeScanned(Code("next"))]


def test_a_line_too_long_that_stops_is_a_failure_when_given_up() -> None:
    stream = Lines()
    stream.feed(b"x" * (LONGEST + 1))
    assert stream.give_up() == [ScanFailed(ScanFault.TOO_LONG)]


def test_a_line_that_stops_is_a_code_only_for_scanners_without_ends() -> None:
    for stream, given_up in (
        (Lines(), [ScanFailed(ScanFault.INCOMPLETE)]),
        (Lines(ends=False), [CodeScanned(Code("T-0"))]),
    ):
        stream.feed(b"T-0")
        assert stream.give_up() == given_up
        assert stream.give_up() == []


# -- keys


@given(st.text(PRINTABLE, min_size=1, max_size=20), st.lists(st.integers(0)))
@settings(max_examples=50, deadline=None)
def test_keys_are_read_however_the_events_are_cut(text: str, cuts: list[int]) -> None:
    assert texts(fed(Keys(), *pieces(typed(text) + ENTER, cuts))) == [text]


@given(st.binary(max_size=400))
@settings(deadline=None)
def test_keys_outlive_any_bytes(data: bytes) -> None:
    stream = Keys()
    stream.feed(data)
    stream.give_up()
    stream.reset()
    assert texts(stream.feed(typed("OK") + ENTER)) == ["OK"]


EVENTS = st.lists(
    st.tuples(
        st.sampled_from([ecodes.EV_SYN, ecodes.EV_KEY, ecodes.EV_MSC, ecodes.EV_LED]),
        st.integers(0, 0x2FF),
        st.integers(-1, 3),
    ),
    max_size=40,
)


@given(EVENTS)
@settings(deadline=None)
def test_keys_outlive_any_events_and_type_ascii_or_nothing(
    events: list[tuple[int, int, int]],
) -> None:
    stream = Keys()
    outcomes = fed(stream, b"".join(EVENT.pack(0, 0, *event) for event in events))
    assert all(text.isascii() and text.isprintable() for text in texts(outcomes))
    stream.give_up()
    assert not stream.pending


def test_capitals_lock_turns_letters_alone() -> None:
    lock = key(ecodes.KEY_CAPSLOCK, 1) + key(ecodes.KEY_CAPSLOCK, 0)
    assert texts(fed(Keys(), lock, typed("aB1!"), lock, typed("aB"), ENTER)) == ["Ab1!aB"]


def test_digits_of_the_number_block_are_digits() -> None:
    digits = b"".join(
        key(ecodes.ecodes[f"KEY_KP{digit}"], value) for digit in "042" for value in (1, 0)
    )
    block_enter = key(ecodes.KEY_KPENTER, 1) + key(ecodes.KEY_KPENTER, 0)
    assert texts(fed(Keys(), digits, block_enter)) == ["042"]


def test_a_key_held_down_types_once() -> None:
    held = key(ecodes.KEY_A, 1) + key(ecodes.KEY_A, 2) * 5 + key(ecodes.KEY_A, 0)
    assert texts(fed(Keys(), held, ENTER)) == ["a"]


@pytest.mark.parametrize("name", ["LEFTALT", "LEFTCTRL", "F1", "UP", "BACKSPACE"])
def test_a_key_that_types_nothing_makes_the_code_unreadable(name: str) -> None:
    stray = key(ecodes.ecodes[f"KEY_{name}"], 1)
    outcomes = fed(Keys(), typed("T"), stray, typed("42"), ENTER, typed("T42"), ENTER)
    assert outcomes == [ScanFailed(ScanFault.UNREADABLE), CodeScanned(Code("T42"))]


def test_events_that_the_kernel_dropped_make_the_code_incomplete() -> None:
    dropped = EVENT.pack(0, 0, ecodes.EV_SYN, ecodes.SYN_DROPPED, 0)
    outcomes = fed(Keys(), typed("T"), dropped, typed("2"), ENTER, typed("T42"), ENTER)
    assert outcomes == [ScanFailed(ScanFault.INCOMPLETE), CodeScanned(Code("T42"))]


def test_a_part_of_an_event_does_not_shift_the_next_code() -> None:
    stream = Keys()
    stream.feed(typed("T")[:-5])
    stream.give_up()
    assert texts(stream.feed(typed("T42") + ENTER)) == ["T42"]


def test_more_keys_than_any_code_has_are_one_failure() -> None:
    stream = Keys()
    outcomes = fed(stream, typed("7") * (LONGEST + 1), ENTER, typed("7"), ENTER)
    assert outcomes == [ScanFailed(ScanFault.TOO_LONG), CodeScanned(Code("7"))]


def test_the_repr_of_a_code_says_nothing_of_its_text() -> None:
    assert "T42" not in repr(CodeScanned(Code("T42")))
