"""The assistive keypad on the dock, with the keys that it has when it was never reprogrammed."""

from __future__ import annotations

from collections.abc import Mapping

from drivers.kinds import Kind
from drivers.nav_keypad.port import Key
from drivers.simulators.docked.device import Act, Docked, choice
from drivers.simulators.nav_keypad import KeypadFault, NavKeypadSimulator

_IN, _OUT = "in", "out"


def nav_keypad(simulator: NavKeypadSimulator, keys: Mapping[str, str]) -> Docked:
    """`press` presses a key; `plug_headphones` plugs headphones in or out."""

    def fail(fault: KeypadFault) -> None:
        simulator.fault = fault

    def press(given: Mapping[str, str]) -> None:
        simulator.press(Key(given["key"]))

    def plug_headphones(given: Mapping[str, str]) -> None:
        simulator.plug_headphones(given["headphones"] == _IN)

    return Docked(
        Kind.NAV_KEYPAD,
        simulator,
        lambda: simulator.url,
        {"fault": choice(KeypadFault, lambda: simulator.fault, fail, "nav_keypad_fault")},
        {
            "press": Act({"key": tuple(dict.fromkeys(keys.values()))}, press, "keys"),
            "plug_headphones": Act({"headphones": (_IN, _OUT)}, plug_headphones, "headphones"),
        },
    )
