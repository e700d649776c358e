"""A simulated signal board: lights, door, presence and power on a pseudo-terminal.

board = SignalBoardSimulator(ScannerLine(folder / "signals"), lights=("reader", "printer"))
board.start()
board.door_open = True
board.power = Power(PowerSource.BATTERY, 83)
board.fault = BoardFault.WRONG_CHECK
board.lights["reader"]             # as the terminal has set it
board.unplug()                     # the port breaks; plug() brings it back, with all lights off
"""

from __future__ import annotations

import random
import threading
from collections.abc import Mapping, Sequence
from enum import StrEnum

from drivers.signals.lines import (
    Done,
    Door,
    Light,
    LineDecoder,
    Message,
    NoLight,
    Presence,
    StateAsked,
    Ups,
    encode,
)
from drivers.signals.port import LightState, Power, PowerSource
from drivers.simulators.code_scanner import ScannerLine
from drivers.simulators.line import Pace
from drivers.simulators.simulated import Simulated

_PACES: Mapping[str, Pace] = {"pieces": Pace(piece=1), "slow": Pace(delay_s=0.15)}
_NOISE_BYTES = 200


class BoardFault(StrEnum):
    """What can be wrong with the board."""

    NONE = "none"
    SILENT = "silent"
    SILENT_ONCE = "silent_once"  # the next question is lost on the line
    GARBAGE = "garbage"  # noise without an end of line in place of each line
    WRONG_CHECK = "wrong_check"  # one letter of each line comes as another
    PIECES = "pieces"  # answers come byte by byte
    SLOW = "slow"


class SignalBoardSimulator(Simulated[ScannerLine]):
    """The board, what hangs on it, and its faults. None: it has not that part."""

    def __init__(
        self,
        line: ScannerLine,
        *,
        lights: Sequence[str] = (),
        chance: random.Random | None = None,
    ) -> None:
        super().__init__(line)
        self._names = tuple(lights)
        self._chance = chance or random.Random()  # noqa: S311 - noise, not secrets
        self._lock = threading.RLock()
        self._decoder = LineDecoder()
        self._fault = BoardFault.NONE
        self._door_open: bool | None = False
        self._present: bool | None = False
        self._power: Power | None = Power(PowerSource.MAINS, 100)
        self._lights: dict[str, LightState] = {}
        self.questions = 0

    @property
    def fault(self) -> BoardFault:
        """What is wrong with the board now."""
        return self._fault

    @fault.setter
    def fault(self, fault: BoardFault) -> None:
        self._fault = fault
        self._line.pace(_PACES.get(fault, Pace()))

    @property
    def door_open(self) -> bool | None:
        """Whether the housing is open."""
        return self._door_open

    @door_open.setter
    def door_open(self, is_open: bool | None) -> None:
        self._door_open = is_open
        if is_open is not None:
            self._say(Door(is_open))

    @property
    def present(self) -> bool | None:
        """Whether somebody stands before the terminal."""
        return self._present

    @present.setter
    def present(self, present: bool | None) -> None:
        self._present = present
        if present is not None:
            self._say(Presence(present))

    @property
    def power(self) -> Power | None:
        """What the terminal runs on."""
        return self._power

    @power.setter
    def power(self, power: Power | None) -> None:
        self._power = power
        if power is not None:
            self._say(Ups(power))

    @property
    def lights(self) -> dict[str, LightState]:
        """How the lights are."""
        with self._lock:
            return dict(self._lights)

    def send(self, data: bytes) -> None:
        """Put bytes on the line as they are."""
        self._line.send(data)

    # -- the board, as its line calls it

    def power_on(self) -> None:
        """All lights are off and nothing is half heard."""
        with self._lock:
            self._decoder.reset()
            self._lights = dict.fromkeys(self._names, LightState.OFF)

    def receive(self, data: bytes) -> bytes:
        """What the board answers."""
        with self._lock:
            answers = [self._answer(message) for message in self._decoder.feed(data)]
        return b"".join(self._as_faulty(answer) for parts in answers for answer in parts)

    def _answer(self, message: object) -> list[Message]:
        match message:
            case StateAsked(number):
                self.questions += 1
                return [*self._everything(), Done(number)]
            case Light(name, state) if name in self._lights:
                self._lights[name] = state
                return [message]
            case Light(name, _):
                return [NoLight(name)]
        return []

    def _everything(self) -> list[Message]:
        told: list[Message] = [Light(name, state) for name, state in self._lights.items()]
        if self._door_open is not None:
            told.append(Door(self._door_open))
        if self._present is not None:
            told.append(Presence(self._present))
        if self._power is not None:
            told.append(Ups(self._power))
        return told

    def _say(self, message: Message) -> None:
        self._line.send(self._as_faulty(message))

    def _as_faulty(self, message: Message) -> bytes:
        line = encode(message)
        match self._fault:
            case BoardFault.SILENT:
                return b""
            case BoardFault.SILENT_ONCE:
                if isinstance(message, Done):
                    self._fault = BoardFault.NONE
                return b""
            case BoardFault.GARBAGE:
                return self._chance.randbytes(_NOISE_BYTES).replace(b"\n", b"\0")
            case BoardFault.WRONG_CHECK:
                return b"\x20" + line[1:]
        return line
