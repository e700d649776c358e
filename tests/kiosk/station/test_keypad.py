"""Keys and headphones of a keypad on its real wire reach the screen, the session and the voice."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import pytest

from drivers.kinds import Kind
from drivers.nav_keypad.keypad import EvdevKeypad
from drivers.nav_keypad.layout import Layout
from drivers.nav_keypad.port import Key
from drivers.simulators.code_scanner import ScannerLine
from drivers.simulators.nav_keypad import NavKeypadSimulator
from kiosk.journey.world import Timing
from tests.harness.devices import eventually, quick_back_off
from tests.harness.station import Citizen, Recorder, running_station
from tests.kiosk.station.conftest import Site

LAYOUT = Layout.of(
    {
        "KEY_UP": "up",
        "KEY_DOWN": "down",
        "KEY_ENTER": "select",
        "KEY_ESC": "back",
        "KEY_VOLUMEUP": "volume_up",
        "KEY_F15": "headphones_in",
        "KEY_F16": "headphones_out",
    }
)


class Ears:
    """Stands where the voice stands: what it was told of headphones, in order."""

    def __init__(self) -> None:
        self.told: list[bool | None] = []

    def start(self) -> None:
        self.told.clear()

    def headphones(self, *, plugged: bool | None) -> None:
        self.told.append(plugged)

    def stop(self) -> None:
        """Nothing was begun."""


@pytest.fixture
def end(tmp_path: Path) -> Iterator[NavKeypadSimulator]:
    simulator = NavKeypadSimulator(ScannerLine(tmp_path / "keypad"), LAYOUT)
    simulator.start()
    yield simulator
    simulator.stop()


@pytest.fixture
def ears() -> Ears:
    return Ears()


@pytest.fixture
def terminal(site: Site, end: NavKeypadSimulator, ears: Ears) -> Iterator[tuple[Citizen, Recorder]]:
    with opened(site, end, ears) as (citizen, screen):
        eventually(lambda: pressed(end, screen), "the keypad is there")
        yield citizen, screen


def opened(
    site: Site, end: NavKeypadSimulator, ears: Ears, timing: Timing | None = None
) -> AbstractContextManager[tuple[Citizen, Recorder]]:
    keypad = {Kind.NAV_KEYPAD: lambda: EvdevKeypad(end.url, LAYOUT, back_off=quick_back_off())}
    return running_station(site.settings, timing, attached=keypad, voice=ears)


def pressed(end: NavKeypadSimulator, screen: Recorder) -> bool:
    end.press(Key.UP)
    return bool(screen.keys)


def keys(screen: Recorder) -> list[tuple[str, str]]:
    """The page and the key of all presses but those that found out whether the keypad is there."""
    return [(page, key) for page, key in screen.keys if key != Key.UP]


def test_keys_reach_the_screen_in_order_with_the_page_that_was_on_it(
    terminal: tuple[Citizen, Recorder], end: NavKeypadSimulator
) -> None:
    citizen, screen = terminal
    end.press(Key.DOWN)
    end.press(Key.SELECT)
    eventually(lambda: len(keys(screen)) == 2, "two keys")
    citizen.go("begin", "choose")
    end.press(Key.BACK)
    eventually(lambda: len(keys(screen)) == 3, "the third key")
    assert keys(screen) == [("idle", "down"), ("idle", "select"), ("choose", "back")]


def test_headphones_turn_speech_on_and_off_and_the_voice_is_told(
    terminal: tuple[Citizen, Recorder], end: NavKeypadSimulator, ears: Ears
) -> None:
    _, screen = terminal
    end.plug_headphones(True)
    eventually(lambda: screen.profiles[-1].speech.on, "speech on")
    end.plug_headphones(False)
    eventually(lambda: not screen.profiles[-1].speech.on, "speech off")
    assert ears.told == [True, False]


def test_a_keypad_that_is_pulled_counts_as_headphones_pulled(
    terminal: tuple[Citizen, Recorder], end: NavKeypadSimulator, ears: Ears
) -> None:
    _, screen = terminal
    end.plug_headphones(True)
    eventually(lambda: screen.profiles[-1].speech.on, "speech on")
    end.unplug()
    eventually(lambda: not screen.profiles[-1].speech.on, "speech off")
    assert ears.told == [True, None]


def test_keys_say_that_somebody_is_there(site: Site, end: NavKeypadSimulator, ears: Ears) -> None:
    warned_s = 3
    with opened(site, end, ears, Timing(idle_warning_s=warned_s)) as (citizen, screen):
        eventually(lambda: pressed(end, screen), "the keypad is there")
        citizen.go("begin", "choose")
        began = last = time.monotonic()
        while last < began + warned_s + 1:  # longer than the warning waits, never still so long
            before, now = len(screen.keys), time.monotonic()
            end.press(Key.DOWN)
            eventually(lambda before=before: len(screen.keys) > before, "the key")  # type: ignore[misc]
            if time.monotonic() - last >= warned_s:  # a busy machine stood still: from here anew
                began = now
                if screen.page.id == "idle_warning":
                    citizen.go("stay", "choose")
            last = now
        assert screen.page.id == "choose"
        screen.wait_for("idle_warning")


def test_a_terminal_without_a_voice_takes_headphones_all_the_same(
    site: Site, end: NavKeypadSimulator
) -> None:
    keypad = {Kind.NAV_KEYPAD: lambda: EvdevKeypad(end.url, LAYOUT, back_off=quick_back_off())}
    with running_station(site.settings, attached=keypad) as (_, screen):
        eventually(lambda: pressed(end, screen), "the keypad is there")
        end.plug_headphones(True)
        eventually(lambda: screen.profiles[-1].speech.on, "speech on")
