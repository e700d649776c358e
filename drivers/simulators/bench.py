"""Simulated devices on one bench: worked by name, from any thread, the same by page and by tests.

bench = whole_bench(Outfit(folder, font), people)        # drivers/simulators/docked/whole.py
with bench.plugged_in():
    bench.set("id_card", "card", "chen")
    bench.set("receipt_printer", "paper", "out")
    bench.act("code_scanner", "show", text="yici:case:1", encoding="utf-8")
    bench.print_out("receipt_printer", 1, "txt")
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager

from pydantic import BaseModel

from drivers.simulators.docked.device import Act, Control, Docked, NoSuchThing, Prints
from drivers.simulators.people import Somebody

_SHOWN_FIRST, _SHOWN_LAST = 6, 4  # characters of a number that a mask leaves


class Person(BaseModel):
    """A test person as the page shows them; the number is masked."""

    slug: str
    name: str
    number: str
    note: dict[str, str]


class ControlKind(BaseModel):
    """What a control can be set to."""

    values: tuple[str, ...]
    words: str


class ActKind(BaseModel):
    """What an act asks for."""

    fields: dict[str, tuple[str, ...]]
    words: str


class DeviceKind(BaseModel):
    """What can be done with a device; does not change.

    `prints`: suffixes of its print-outs. `sounds`: names of what can be listened to.
    """

    device: str
    controls: dict[str, ControlKind]
    acts: dict[str, ActKind]
    prints: tuple[str, ...]
    sounds: tuple[str, ...]


class Sheet(BaseModel):
    """One print-out, numbered from 1."""

    number: int
    torn: bool


class DeviceState(BaseModel):
    """How a device is now; print-outs newest first."""

    plugged: bool
    controls: dict[str, str]
    facts: dict[str, str]
    print_outs: list[Sheet]


class Bench:
    """Works the simulators; raises NoSuchThing for a name that is not there."""

    def __init__(self, devices: Sequence[Docked], people: Sequence[Somebody]) -> None:
        self._devices: Mapping[str, Docked] = {device.kind.value: device for device in devices}
        self._people = tuple(people)

    @contextmanager
    def plugged_in(self) -> Iterator[None]:
        """All of them plugged in; unplugged, and their threads ended, on leaving."""
        with ExitStack() as running:
            for device in self._devices.values():
                running.callback(device.simulator.stop)
                device.simulator.start()
            yield

    def people(self) -> list[Person]:
        """The test people in the order of their file."""
        return [
            Person(
                slug=person.slug,
                name=person.card.name or person.card.latin_name,
                number=_masked(person.card.number),
                note=dict(person.note),
            )
            for person in self._people
        ]

    def kinds(self) -> list[DeviceKind]:
        """What there is and what can be done with it."""
        return [
            DeviceKind(
                device=name,
                controls={
                    key: ControlKind(values=control.values, words=control.words)
                    for key, control in device.controls.items()
                },
                acts={
                    key: ActKind(fields=dict(act.fields), words=act.words)
                    for key, act in device.acts.items()
                },
                prints=tuple(device.prints.files) if device.prints else (),
                sounds=tuple(device.sounds),
            )
            for name, device in self._devices.items()
        ]

    def state(self) -> dict[str, DeviceState]:
        """How every device is now."""
        return {name: _state(device) for name, device in self._devices.items()}

    def set(self, device: str, control: str, value: str) -> None:
        """Turn a control; `SimulatorError` when the simulated device cannot follow."""
        self._control(device, control).set(value)

    def act(self, device: str, act: str, **fields: str) -> None:
        """Do something with a device."""
        self._act(device, act).run(fields)

    def plug(self, device: str, plugged: bool) -> None:
        """Put a device on its wire or take it off."""
        simulator = self._docked(device).simulator
        (simulator.plug if plugged else simulator.unplug)()

    def address(self, device: str) -> str:
        """What the driver opens; a page printer's is known once it is plugged in."""
        return self._docked(device).address()

    def print_out(self, device: str, number: int, suffix: str) -> bytes:
        """A print-out as a file of that kind."""
        prints = self._prints(device)
        if suffix not in prints.files:
            raise NoSuchThing(f"{device} has no print-outs as {suffix!r}")
        try:
            return prints.files[suffix](number)
        except KeyError as error:
            raise NoSuchThing(f"{device} has no print-out {number} (any more)") from error

    def sound(self, device: str, name: str) -> bytes:
        """What was heard there last, as a WAV file."""
        sounds = self._docked(device).sounds
        if name not in sounds:
            raise NoSuchThing(f"{device} has no sound {name!r}, only {', '.join(sounds) or 'none'}")
        return sounds[name]()

    def _docked(self, device: str) -> Docked:
        if device not in self._devices:
            raise NoSuchThing(f"device {device!r}; there are {', '.join(self._devices)}")
        return self._devices[device]

    def _control(self, device: str, control: str) -> Control:
        controls = self._docked(device).controls
        if control not in controls:
            raise NoSuchThing(f"{device} has no control {control!r}, only {', '.join(controls)}")
        return controls[control]

    def _act(self, device: str, act: str) -> Act:
        acts = self._docked(device).acts
        if act not in acts:
            raise NoSuchThing(f"{device} has no act {act!r}, only {', '.join(acts) or 'controls'}")
        return acts[act]

    def _prints(self, device: str) -> Prints:
        prints = self._docked(device).prints
        if prints is None:
            raise NoSuchThing(f"{device} is no printer")
        return prints


def _state(device: Docked) -> DeviceState:
    listed = device.prints.listed() if device.prints else ()
    return DeviceState(
        plugged=device.simulator.plugged,
        controls={key: control.read() for key, control in device.controls.items()},
        facts=dict(device.facts()),
        print_outs=[Sheet(number=out.number, torn=out.torn) for out in reversed(listed)],
    )


def _masked(number: str) -> str:
    hidden = len(number) - _SHOWN_FIRST - _SHOWN_LAST
    return number[:_SHOWN_FIRST] + "*" * hidden + number[-_SHOWN_LAST:]
