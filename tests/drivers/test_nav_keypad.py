"""A citizen works a keypad or switches: what the driver tells."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from pathlib import Path

import pytest
from evdev import UInput, ecodes
from structlog.testing import capture_logs

from drivers.nav_keypad.keypad import ONE_WAY, EvdevKeypad
from drivers.nav_keypad.layout import Layout
from drivers.nav_keypad.port import HeadphonesChanged, Key, KeyPressed, NavKeypad
from drivers.ports.protocol_evdev import EVIOCGSW, is_set
from drivers.simulators.code_scanner import ScannerLine
from drivers.simulators.nav_keypad import KeypadFault, NavKeypadSimulator
from drivers.status import DeviceState
from tests.harness.devices import Heard, eventually, quick_back_off
from tests.harness.leavings import nothing_left_behind

pytestmark = pytest.mark.filterwarnings("error::pytest.PytestUnhandledThreadExceptionWarning")

LAYOUT = Layout.of(
    {
        "KEY_UP": "up",
        "KEY_DOWN": "down",
        "KEY_LEFT": "left",
        "KEY_RIGHT": "right",
        "KEY_ENTER": "select",
        "KEY_ESC": "back",
        "KEY_HELP": "help",
        "KEY_VOLUMEUP": "volume_up",
        "KEY_VOLUMEDOWN": "volume_down",
        "KEY_F15": "headphones_in",
        "KEY_F16": "headphones_out",
    }
)
UINPUT = Path("/dev/uinput")
SWITCHES = Layout.of({"KEY_SPACE": "next", "28": "select"})


@pytest.fixture
def end(tmp_path: Path) -> Iterator[NavKeypadSimulator]:
    simulator = NavKeypadSimulator(ScannerLine(tmp_path / "keypad"), LAYOUT)
    simulator.start()
    yield simulator
    simulator.stop()


@pytest.fixture
def keypad(end: NavKeypadSimulator, heard: Heard) -> Iterator[EvdevKeypad]:
    keypad = a_keypad(end)
    keypad.start(heard)
    heard.wait_for_state(DeviceState.ONLINE)
    yield keypad
    keypad.stop()


def a_keypad(end: NavKeypadSimulator, layout: Layout = LAYOUT) -> EvdevKeypad:
    return EvdevKeypad(end.url, layout, back_off=quick_back_off())


def keys(heard: Heard) -> list[Key]:
    return [event.key for event in heard.all(KeyPressed)]


def headphones(heard: Heard) -> list[bool | None]:
    return [event.plugged for event in heard.all(HeadphonesChanged)]


def test_driver_fulfils_the_port(end: NavKeypadSimulator) -> None:
    keypad: NavKeypad = a_keypad(end)
    keypad.stop()


def test_every_key_is_told_once_in_order(
    end: NavKeypadSimulator, keypad: EvdevKeypad, heard: Heard
) -> None:
    pressed = [key for key in Key if key is not Key.NEXT]
    keypad.want(True)
    for key in pressed:
        end.press(key)
    heard.wait_for(KeyPressed, count=len(pressed))
    assert keys(heard) == pressed
    assert len(heard.threads) == 1


def test_two_switches_are_next_and_select(tmp_path: Path, heard: Heard) -> None:
    end = NavKeypadSimulator(ScannerLine(tmp_path / "switches"), SWITCHES)
    end.start()
    keypad = a_keypad(end, SWITCHES)
    keypad.start(heard)
    heard.wait_for_state(DeviceState.ONLINE)
    keypad.want(True)
    end.press(Key.NEXT)
    end.press(Key.NEXT)
    end.press(Key.SELECT)
    heard.wait_for(KeyPressed, count=3)
    keypad.stop()
    end.stop()
    assert keys(heard) == [Key.NEXT, Key.NEXT, Key.SELECT]


@pytest.mark.parametrize(
    "fault", [KeypadFault.BOUNCES, KeypadFault.REPEATS, KeypadFault.CHATTERS, KeypadFault.PIECES]
)
def test_one_press_is_one_press_whatever_the_contact_does(
    fault: KeypadFault, end: NavKeypadSimulator, keypad: EvdevKeypad, heard: Heard
) -> None:
    keypad.want(True)
    end.fault = fault
    end.press(Key.DOWN)
    end.press(Key.UP)
    end.fault = KeypadFault.NONE
    end.press(Key.SELECT)
    heard.wait_for(KeyPressed, count=3)
    assert keys(heard) == [Key.DOWN, Key.UP, Key.SELECT]


def test_how_long_a_contact_bounces_is_not_a_matter_of_this_machine(
    tmp_path: Path, heard: Heard
) -> None:
    seconds = itertools.count(1_000_000_000)  # as of a machine that stands still at every step
    end = NavKeypadSimulator(
        ScannerLine(tmp_path / "keypad"), LAYOUT, clock=lambda: float(next(seconds))
    )
    end.start()
    keypad = a_keypad(end)
    keypad.start(heard)
    heard.wait_for_state(DeviceState.ONLINE)
    keypad.want(True)
    end.fault = KeypadFault.BOUNCES
    end.press(Key.DOWN)
    end.press(Key.UP)
    heard.wait_for(KeyPressed, count=2)
    keypad.stop()
    end.stop()
    assert keys(heard) == [Key.DOWN, Key.UP]


def test_pressing_again_after_letting_go_counts(
    end: NavKeypadSimulator, keypad: EvdevKeypad, heard: Heard
) -> None:
    keypad.want(True)
    for _ in range(3):
        end.hold(Key.DOWN)
        end.let_go(Key.DOWN)
        end.press(Key.UP)
    heard.wait_for(KeyPressed, count=6)
    assert keys(heard) == [Key.DOWN, Key.UP] * 3


def test_a_key_that_is_not_wanted_is_dropped_also_when_it_is_still_held(
    end: NavKeypadSimulator, keypad: EvdevKeypad, heard: Heard
) -> None:
    end.hold(Key.SELECT)
    end.plug_headphones(True)  # told always: when it is, the key before it was taken
    heard.wait_for(HeadphonesChanged)
    keypad.want(True)
    end.let_go(Key.SELECT)
    end.press(Key.DOWN)
    heard.wait_for(KeyPressed)
    keypad.want(False)
    end.press(Key.UP)
    end.plug_headphones(False)
    heard.wait_for(HeadphonesChanged, count=2)
    keypad.want(True)
    end.press(Key.BACK)
    heard.wait_for(KeyPressed, count=2)
    assert keys(heard) == [Key.DOWN, Key.BACK]


def test_headphones_are_told_when_they_change_and_unknown_without_the_keypad(
    end: NavKeypadSimulator, keypad: EvdevKeypad, heard: Heard
) -> None:
    assert keypad.headphones() is None
    end.plug_headphones(True)
    end.plug_headphones(True)
    end.plug_headphones(False)
    end.plug_headphones(True)
    heard.wait_for(HeadphonesChanged, count=3)
    assert keypad.headphones() is True
    end.unplug()
    heard.wait_for(HeadphonesChanged, count=4)
    assert headphones(heard) == [True, False, True, None]
    assert keypad.headphones() is None


def test_headphones_of_a_jack_that_the_kernel_knows_are_told(tmp_path: Path, heard: Heard) -> None:
    end = NavKeypadSimulator(ScannerLine(tmp_path / "jack"), SWITCHES)
    end.start()
    keypad = a_keypad(end, SWITCHES)
    keypad.start(heard)
    heard.wait_for_state(DeviceState.ONLINE)
    end.plug_headphones(True)
    heard.wait_for(HeadphonesChanged)
    end.plug_headphones(False)
    heard.wait_for(HeadphonesChanged, count=2)
    assert headphones(heard) == [True, False]
    keypad.stop()
    end.stop()


def test_after_noise_keys_are_told_again(
    end: NavKeypadSimulator, keypad: EvdevKeypad, heard: Heard
) -> None:
    def pressed_again() -> bool:
        end.press(Key.HELP)
        return Key.HELP in keys(heard)

    keypad.want(True)
    end.fault = KeypadFault.GARBAGE
    end.press(Key.DOWN)
    end.fault = KeypadFault.NONE
    eventually(pressed_again, "the key after the noise is told")


def test_online_says_that_it_means_plugged_in(keypad: EvdevKeypad) -> None:
    assert keypad.status().state is DeviceState.ONLINE
    assert keypad.status().detail == ONE_WAY


def test_a_key_cut_by_unplugging_is_not_told_and_does_not_spoil_the_next(
    end: NavKeypadSimulator, keypad: EvdevKeypad, heard: Heard
) -> None:
    keypad.want(True)
    end.fault = KeypadFault.LOST_MID_EVENT
    with capture_logs() as logs:
        end.press(Key.DOWN)
        heard.wait_for_state(DeviceState.ABSENT)
        end.plug()
        heard.wait_for_state(DeviceState.ONLINE, count=2)
    assert [entry["event"] for entry in logs] == ["device.lost", "device.returned"]
    end.press(Key.UP)
    heard.wait_for(KeyPressed)
    assert keys(heard) == [Key.UP]


def test_a_hundred_losses_leave_no_thread_and_no_descriptor(
    end: NavKeypadSimulator, heard: Heard
) -> None:
    with nothing_left_behind():
        keypad = a_keypad(end)
        keypad.start(heard)
        heard.wait_for_state(DeviceState.ONLINE)
        for loss in range(1, 101):
            end.unplug()
            heard.wait_for_state(DeviceState.BACK_OFF, count=loss)
            end.plug()
            heard.wait_for_state(DeviceState.ONLINE, count=loss + 1)
        keypad.want(True)
        end.press(Key.SELECT)
        heard.wait_for(KeyPressed)
        keypad.stop()


@pytest.mark.parametrize("path", ["/nowhere/event0", "/dev/null"])
def test_what_is_no_input_device_is_absent(path: str, heard: Heard) -> None:
    keypad = EvdevKeypad(f"evdev://{path}", LAYOUT, back_off=quick_back_off())
    with capture_logs() as logs:
        keypad.start(heard)
        eventually(lambda: logs, "the loss is logged")
        keypad.stop()
    assert keypad.status().state is DeviceState.ABSENT
    assert f"evdev://{path} cannot be opened" in logs[0]["detail"]


@pytest.mark.skipif(not UINPUT.exists(), reason="this kernel makes no keyboards (uinput)")
def test_headphones_that_are_in_already_are_known_when_the_terminal_starts(heard: Heard) -> None:
    switch = ecodes.SW_HEADPHONE_INSERT
    with UInput({ecodes.EV_KEY: [ecodes.KEY_ENTER], ecodes.EV_SW: [switch]}) as device:
        device.write(ecodes.EV_SW, switch, 1)
        device.syn()
        url = "evdev://" + str(device.device.path)
        keypad = EvdevKeypad(url, LAYOUT, back_off=quick_back_off())
        keypad.start(heard)
        try:
            eventually(lambda: keypad.headphones() is True, "the headphones to be known")
        finally:
            keypad.stop()


def test_the_kernels_switches_are_read_from_their_bits() -> None:
    headphones = bytes([1 << ecodes.SW_HEADPHONE_INSERT, 0, 0])
    assert is_set(headphones, ecodes.SW_HEADPHONE_INSERT)
    assert not is_set(headphones, ecodes.SW_MICROPHONE_INSERT)
    assert is_set(bytes([0, 0, 1]), 16)
    assert EVIOCGSW == 0x8003451B
