"""Settings and input events of keypads: what is understood, and that nothing else gets through."""

from __future__ import annotations

from itertools import pairwise

import pytest
from evdev import ecodes
from hypothesis import given
from hypothesis import strategies as st

from drivers.input_event import EVENT
from drivers.nav_keypad.layout import Layout, LayoutError
from drivers.nav_keypad.port import HeadphonesChanged, Key, KeyPressed
from drivers.nav_keypad.presses import Presses, Told

LAYOUT = Layout.of({"KEY_DOWN": "down", "KEY_ENTER": "select", "KEY_F15": "headphones_in"})
BOUNCE_S = 0.04

CODES = st.sampled_from([ecodes.KEY_DOWN, ecodes.KEY_ENTER, ecodes.KEY_F15, ecodes.KEY_A])
EVENTS = st.builds(
    EVENT.pack,
    st.integers(-(2**63), 2**63 - 1),
    st.integers(-(2**63), 2**63 - 1),
    st.sampled_from([ecodes.EV_KEY, ecodes.EV_SYN, ecodes.EV_SW, 99]),
    CODES | st.sampled_from([ecodes.SYN_DROPPED, ecodes.SW_HEADPHONE_INSERT]),
    st.integers(-(2**31), 2**31 - 1) | st.integers(0, 2),
)


def key(code: int, value: int, at_ms: int) -> bytes:
    seconds, ms = divmod(at_ms, 1000)
    return EVENT.pack(seconds, ms * 1000, ecodes.EV_KEY, code, value)


def told(*events: bytes) -> list[Told]:
    presses = Presses(LAYOUT, BOUNCE_S)
    return [what for event in events for what in presses.feed(event)]


# -- settings


@pytest.mark.parametrize(
    ("settings", "says"),
    [
        ({}, "no key has a meaning"),
        ({"KEY_F15": "headphones_in"}, "no key has a meaning"),
        ({"KEY_NOWHERE": "up"}, "there is no key KEY_NOWHERE"),
        ({"EV_KEY": "up"}, "there is no key EV_KEY"),
        ({"0": "up"}, "there is no key 0"),
        ({"999": "up"}, "there is no key 999"),
        ({"-1": "up"}, "there is no key -1"),
        ({"KEY_CNT": "up"}, "there is no key KEY_CNT"),
        ({"KEY_UP": "upwards"}, "cannot mean upwards; there are: up, down"),
        ({"KEY_UP": "up", "103": "down"}, "key 103 is given twice"),
    ],
)
def test_settings_that_cannot_be_say_which_key_and_what_there_is(
    settings: dict[str, str], says: str
) -> None:
    with pytest.raises(LayoutError, match=says):
        Layout.of(settings)


@given(
    st.dictionaries(
        st.text() | st.integers().map(str) | st.sampled_from(["KEY_UP", "BTN_LEFT", "SW_LID"]),
        st.text() | st.sampled_from([*Key, "headphones_out"]),
    )
)
def test_any_settings_are_a_layout_or_an_error_that_says_why(settings: dict[str, str]) -> None:
    try:
        layout = Layout.of(settings)
    except LayoutError as error:
        assert any(name in str(error) for name in [*settings, "no key has a meaning"])
    else:
        assert len(layout.meanings) == len(settings)


# -- events


def test_a_bounce_is_judged_by_the_kernels_clock() -> None:
    code = ecodes.KEY_DOWN
    pressed = key(code, 1, 1000) + key(code, 0, 1050)
    bounced = key(code, 1, 1060) + key(code, 0, 1070)
    again = key(code, 1, 1200)
    assert told(pressed + bounced + again) == [KeyPressed(Key.DOWN)] * 2


def test_a_clock_set_back_swallows_no_press() -> None:
    code = ecodes.KEY_DOWN
    before = key(code, 1, 5000) + key(code, 0, 5050)
    assert told(before, key(code, 1, 1000)) == [KeyPressed(Key.DOWN)] * 2


def test_keys_of_no_meaning_are_nothing() -> None:
    assert told(key(ecodes.KEY_A, 1, 1000), key(ecodes.KEY_A, 0, 1050)) == []


def test_after_lost_events_a_key_that_goes_down_counts() -> None:
    held = key(ecodes.KEY_DOWN, 1, 1000)
    lost = EVENT.pack(1, 0, ecodes.EV_SYN, ecodes.SYN_DROPPED, 0)
    assert told(held, lost, key(ecodes.KEY_DOWN, 1, 9000)) == [KeyPressed(Key.DOWN)] * 2


@given(st.lists(EVENTS, max_size=30), st.lists(st.integers(0, 1000), max_size=10))
def test_pieces_make_no_difference(events: list[bytes], cuts: list[int]) -> None:
    data = b"".join(events)
    places = [0, *sorted(cut % (len(data) + 1) for cut in cuts), len(data)]
    assert told(*(data[a:b] for a, b in pairwise(places))) == told(data)


@given(st.lists(st.binary(max_size=200), max_size=10))
def test_any_bytes_are_taken_and_less_than_an_event_is_kept(chunks: list[bytes]) -> None:
    presses = Presses(LAYOUT, BOUNCE_S)
    for chunk in chunks:
        for what in presses.feed(chunk):
            assert isinstance(what, KeyPressed | HeadphonesChanged)
        assert presses.pending < EVENT.size
    presses.reset()
    assert presses.feed(key(ecodes.KEY_ENTER, 1, 1000)) == [KeyPressed(Key.SELECT)]


@given(st.lists(st.tuples(CODES, st.integers(0, 2), st.integers(0, 30)), max_size=60))
def test_no_key_is_told_more_often_than_it_went_down(moves: list[tuple[int, int, int]]) -> None:
    at_ms, downs, events = 0, 0, []
    for code, value, later_ms in moves:
        at_ms += later_ms
        downs += value == 1
        events.append(key(code, value, at_ms))
    assert len(told(*events)) <= downs
