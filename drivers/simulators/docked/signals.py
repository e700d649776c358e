"""The signal board on the dock."""

from __future__ import annotations

from drivers.kinds import Kind
from drivers.signals.port import Power, PowerSource
from drivers.simulators.docked.device import Control, Docked, choice, cover
from drivers.simulators.signals import BoardFault, SignalBoardSimulator

NOBODY, SOMEBODY = "nobody", "somebody"
_BATTERY = 83  # percent: a power cut that has just begun


def signals(simulator: SignalBoardSimulator) -> Docked:
    """Its door, who stands before the terminal, its power; the lights as the terminal set them."""

    def fail(fault: BoardFault) -> None:
        simulator.fault = fault

    def move_door(is_open: bool) -> None:
        simulator.door_open = is_open

    def stand(value: str) -> None:
        simulator.present = value == SOMEBODY

    def power(source: PowerSource) -> None:
        simulator.power = Power(source, 100 if source is PowerSource.MAINS else _BATTERY)

    def source() -> PowerSource:
        return simulator.power.source if simulator.power else PowerSource.MAINS

    return Docked(
        Kind.SIGNALS,
        simulator,
        lambda: simulator.url,
        {
            "door": cover(lambda: bool(simulator.door_open), move_door),
            "presence": Control(
                (NOBODY, SOMEBODY),
                lambda: SOMEBODY if simulator.present else NOBODY,
                stand,
                "presence",
            ),
            "power": choice(PowerSource, source, power, "power"),
            "fault": choice(BoardFault, lambda: simulator.fault, fail, "signals_fault"),
        },
        facts=lambda: {name: state.value for name, state in simulator.lights.items()},
    )
