"""The driver `evdev_keypad` as the registry finds it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

from pydantic import Field

from drivers.driver import Capabilities, Device, Driver, DriverSettings, Equipment
from drivers.kinds import Kind

# What a keypad sends that was never reprogrammed: the keys of a keyboard.
KEYBOARD: Mapping[str, str] = {
    "KEY_UP": "up",
    "KEY_DOWN": "down",
    "KEY_LEFT": "left",
    "KEY_RIGHT": "right",
    "KEY_ENTER": "select",
    "KEY_ESC": "back",
    "KEY_F1": "help",
    "KEY_VOLUMEUP": "volume_up",
    "KEY_VOLUMEDOWN": "volume_down",
}


class KeypadSettings(DriverSettings):
    """`keys`: key of the kernel → meaning. `bounce_s`: a key down again so soon is not pressed."""

    url: str
    keys: Mapping[str, str] = KEYBOARD
    bounce_s: Annotated[float, Field(ge=0, le=2)] = 0.04


def _make(settings: KeypadSettings, equipment: Equipment) -> Device:
    del equipment
    from drivers.nav_keypad.keypad import EvdevKeypad, KeypadTimes  # noqa: PLC0415
    from drivers.nav_keypad.layout import Layout  # noqa: PLC0415

    layout = Layout.of(settings.keys)
    return EvdevKeypad(settings.url, layout, times=KeypadTimes(settings.bounce_s))


def _capabilities(settings: KeypadSettings) -> Capabilities:
    return {
        "auxiliaries": {"enhancedAudioControl": ("headsetDetection",)},
        Kind.NAV_KEYPAD: {"keys": tuple(sorted(set(settings.keys.values())))},
    }


EVDEV_KEYPAD = Driver(Kind.NAV_KEYPAD, KeypadSettings, _make, _capabilities, lambda _: False)
