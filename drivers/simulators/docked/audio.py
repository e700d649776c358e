"""Loudspeaker and headphones on the dock: what was heard last can be listened to."""

from __future__ import annotations

from collections.abc import Mapping

from drivers.kinds import Kind
from drivers.simulators.audio import AudioFault, AudioSimulator, Ear
from drivers.simulators.docked.device import Control, Docked, choice

IN, OUT = "in", "out"


def audio(simulator: AudioSimulator) -> Docked:
    """Each output can be taken away by itself; whether headphones are worn, the keypad says."""
    ears: Mapping[str, Ear] = {
        "loudspeaker": simulator.loudspeaker,
        "headphones": simulator.headphones,
    }

    def fail(fault: AudioFault) -> None:
        simulator.fault = fault

    return Docked(
        Kind.AUDIO,
        simulator,
        lambda: simulator.loudspeaker.pcm,
        {
            **{name: _wire(ear) for name, ear in ears.items()},
            "fault": choice(AudioFault, lambda: simulator.fault, fail, "audio_fault"),
        },
        facts=lambda: {name: f"{ear.seconds:.1f} s" for name, ear in ears.items()},
        sounds={name: ear.wav for name, ear in ears.items()},
    )


def _wire(ear: Ear) -> Control:
    def wire(value: str) -> None:
        (ear.plug if value == IN else ear.unplug)()

    return Control((IN, OUT), lambda: IN if ear.plugged else OUT, wire, "output")
