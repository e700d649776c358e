"""The driver of a signal board on a serial line, on USB as one, or over TCP."""

from __future__ import annotations

import dataclasses
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

from drivers.life import BackOff
from drivers.owner import DeviceFault, DeviceOwner
from drivers.self_test import SELF_TEST_S, SelfTestReport, Tested
from drivers.serial_settings import FlowControl
from drivers.signals.lines import (
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
    encode,
    is_light_name,
)
from drivers.signals.port import (
    DoorChanged,
    LightRefused,
    LightState,
    PowerChanged,
    PresenceChanged,
    SignalsEvent,
    SignalState,
)
from drivers.status import DeviceStatus
from drivers.wire import Wire

BAUD_RATE = 9600
_TRIES = 2
_NUMBERS = 256
_PARTS = {"door", "presence", "ups"}


@dataclass(frozen=True)
class BoardTimes:
    """Seconds. `poll`: how often all is asked for, should a change have been lost on the line.

    `shown`: how long a self-test shows each light.
    """

    poll: float = 2.0
    answer: float = 0.5
    shown: float = 0.3


class SerialBoard:
    """A `SignalBoard`. `url` is a device path or `socket://host:port`."""

    def __init__(
        self,
        url: str,
        *,
        device: str = "signals",
        baud_rate: int = BAUD_RATE,
        flow_control: FlowControl = FlowControl.NONE,
        back_off: BackOff | None = None,
        times: BoardTimes | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._owner: DeviceOwner[SignalsEvent] = DeviceOwner(
            device, url, baud_rate, back_off or BackOff(), flow_control=flow_control
        )
        self._duty = _Listening(self._owner, times or BoardTimes(), clock)

    def start(self, on_event: Callable[[SignalsEvent], None]) -> None:
        """Begin; returns at once. RuntimeError when begun before."""
        self._owner.start(self._duty, on_event)

    def light(self, name: str, state: LightState) -> None:
        """How a light shall be, now and whenever the board comes back; returns at once.

        ValueError for a name that is not 1 to 16 of `a-z 0-9 _`.
        """
        if not is_light_name(name):
            raise ValueError(f"a light has 1 to 16 of a-z 0-9 _ as its name, not {name!r}")
        self._duty.wish(name, state)
        self._owner.wake()

    def state(self) -> SignalState:
        """What is known now."""
        return self._duty.state

    def self_test(
        self, within_s: float = SELF_TEST_S, given_up: Callable[[], bool] = lambda: False
    ) -> SelfTestReport:
        """Everything the board tells, then each of its lights on and back. See `SelfTesting`."""
        return self._owner.self_test(within_s, given_up)

    def status(self) -> DeviceStatus:
        """The last known status."""
        return self._owner.status()

    def stop(self) -> None:
        """End the thread and close the port; returns when both are done (at most 2 s)."""
        self._owner.stop()


class _Listening:
    """What the board's thread does. `_lights`: as the board has them; `_missing`: it has not."""

    def __init__(
        self,
        owner: DeviceOwner[SignalsEvent],
        times: BoardTimes,
        clock: Callable[[], float],
    ) -> None:
        self._owner = owner
        self._times = times
        self._clock = clock
        self._lock = threading.Lock()
        self._wishes: dict[str, LightState] = {}
        self._decoder = LineDecoder()
        self._lights: dict[str, LightState] = {}
        self._missing: set[str] = set()
        self._next_poll = 0.0
        self._number = 0
        self.state = SignalState()

    def wish(self, name: str, state: LightState) -> None:
        """From any thread."""
        with self._lock:
            self._wishes[name] = state

    def begin(self, wire: Wire) -> None:
        """A board is there when it tells everything."""
        self._decoder.reset()
        self._poll(wire)

    def turn(self, wire: Wire) -> None:
        """Set a light that is not as it shall be, else ask for everything, else listen."""
        if light := self._wrong_light():
            self._set(wire, light)
        elif self._clock() >= self._next_poll:
            self._poll(wire)
        elif self._owner.ready(wire, self._next_poll - self._clock()):
            for message in self._decoder.feed(wire.read(wire.deadline(0.0))):
                self._hear(message)

    def self_test(self, wire: Wire) -> Tested:
        """A light that the board refuses wants somebody: a wrong name, or a wrong board."""
        told = self._poll(wire)
        with self._lock:
            names = set(self._wishes)
        names |= {light.name for light in told if isinstance(light, Light)}
        refused = [name for name in sorted(names) if not self._lit(wire, name)]
        parts = sorted({type(said).__name__.lower() for said in told} & _PARTS)
        findings = {"parts": " ".join(parts) or "none", "lights": " ".join(sorted(names)) or "none"}
        if refused:
            findings["refused"] = " ".join(refused)
        return Tested(findings, attention=bool(refused))

    def _lit(self, wire: Wire, name: str) -> bool:
        """Show one light; afterwards it is as it is wished, or off."""
        with self._lock:
            wished = self._wishes.get(name, LightState.OFF)
        if isinstance(self._set(wire, Light(name, LightState.ON)), NoLight):
            return False
        until = self._clock() + self._times.shown
        while (left := until - self._clock()) > 0:
            self._owner.rest(left)
        self._set(wire, Light(name, wished))
        return True

    def without_device(self) -> None:
        """Nothing waits for a board: what lights shall be is kept."""

    def lost(self) -> None:
        """Nothing of it is known any more."""
        self._lights.clear()
        self._missing.clear()
        self._know(SignalState())

    def end(self) -> None:
        """Nothing is left over."""

    def _wrong_light(self) -> Light | None:
        with self._lock:
            for name, state in self._wishes.items():
                if name not in self._missing and self._lights.get(name) != state:
                    return Light(name, state)
        return None

    def _set(self, wire: Wire, light: Light) -> Message:
        ends = (light, NoLight(light.name))
        return next(told for told in self._ask(wire, light, ends) if told in ends)

    def _poll(self, wire: Wire) -> list[Message]:
        before = self._lights
        self._lights = {}
        self._number = (self._number + 1) % _NUMBERS
        told = self._ask(wire, StateAsked(self._number), (Done(self._number),))
        self._next_poll = self._clock() + self._times.poll
        if not self._lights:
            self._lights = before  # a board need not tell of its lights
        kinds = {type(message) for message in told}
        self._know(
            SignalState(
                door_open=self.state.door_open if Door in kinds else None,
                present=self.state.present if Presence in kinds else None,
                power=self.state.power if Ups in kinds else None,
            )
        )
        return told

    def _ask(self, wire: Wire, question: Message, ends: tuple[Message, ...]) -> list[Message]:
        """All that came up to the end of the answer; raises DeviceFault when that does not come.

        An answer in which a line was spoilt is asked for once more.
        """
        for tries_left in reversed(range(_TRIES)):
            told: list[Message] = []
            spoilt = False
            until = wire.deadline(self._times.answer)
            line = encode(question)
            if wire.write(line, until) < len(line):
                raise DeviceFault("does not take commands")
            while data := wire.read(until):
                for message in self._decoder.feed(data):
                    self._hear(message)
                    if isinstance(message, BadLine):
                        spoilt = True
                    else:
                        told.append(message)
                if any(message in ends for message in told):
                    if spoilt and tries_left:
                        break  # what is missing was not heard, which is not that it is not there
                    return told
        raise DeviceFault(f"no answer within {self._times.answer:g} s, twice")

    def _hear(self, message: Message | BadLine) -> None:
        match message:
            case Door(is_open):
                self._know(dataclasses.replace(self.state, door_open=is_open))
            case Presence(present):
                self._know(dataclasses.replace(self.state, present=present))
            case Ups(power):
                self._know(dataclasses.replace(self.state, power=power))
            case Light(name, state) if self._wished(name):
                self._lights[name] = state
            case NoLight(name) if self._wished(name) and name not in self._missing:
                self._missing.add(name)
                self._owner.tell(LightRefused(name))
            case _:
                pass  # BadLine, or the end of an answer: the next poll tells what was lost

    def _wished(self, name: str) -> bool:
        with self._lock:
            return name in self._wishes

    def _know(self, now: SignalState) -> None:
        before, self.state = self.state, now
        if now.door_open != before.door_open:
            self._owner.tell(DoorChanged(now.door_open))
        if now.present != before.present:
            self._owner.tell(PresenceChanged(now.present))
        if now.power != before.power:
            self._owner.tell(PowerChanged(now.power))
