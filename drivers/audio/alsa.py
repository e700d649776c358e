"""Loudspeaker and headphones on sound cards, through ALSA."""

from __future__ import annotations

import functools
import threading
import time
from collections.abc import Callable, Mapping

from drivers.audio.outputs import AudioTimes, QueuedOutput
from drivers.audio.pcm import Pcm, open_pcm
from drivers.audio.port import AudioEvent
from drivers.kinds import Kind
from drivers.life import BackOff
from drivers.owner import LinkOwner
from drivers.self_test import SELF_TEST_S, Result, SelfTestReport
from drivers.status import DeviceState, DeviceStatus, StatusChanged

_WORST_FIRST = (
    DeviceState.ABSENT,
    DeviceState.FAULTED,
    DeviceState.BACK_OFF,
    DeviceState.STARTING,
    DeviceState.BUSY,
    DeviceState.ONLINE,
)
_LOUDSPEAKER, _HEADPHONES = "loudspeaker", "headphones"


class AlsaAudio:
    """Implements `Audio`. Names are ALSA's: `plughw:CARD=PCH,DEV=0`; `aplay -L` lists them.

    ValueError when both outputs are one: what is for one pair of ears would be heard by all.
    """

    def __init__(
        self,
        loudspeaker: str,
        headphones: str | None = None,
        *,
        back_off: Callable[[], BackOff] = BackOff,
        times: AudioTimes | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        if loudspeaker == headphones:
            raise ValueError("loudspeaker and headphones are the same output; name two")
        names = {_LOUDSPEAKER: loudspeaker, _HEADPHONES: headphones}
        self._clock = clock
        self._lock = threading.Lock()
        self._on_event: Callable[[AudioEvent], None] | None = None
        self._owners: dict[str, LinkOwner[Pcm, AudioEvent]] = {}
        self._outputs: dict[str, QueuedOutput] = {}
        for output, name in names.items():
            if name is not None:
                opener = functools.partial(open_pcm, name)
                owner = LinkOwner[Pcm, AudioEvent](
                    f"{Kind.AUDIO}.{output}", opener, back_off(), clock
                )
                self._owners[output] = owner
                self._outputs[output] = QueuedOutput(output, owner, clock, times)
        self._status = self._worst()
        self._stopping = False

    @property
    def loudspeaker(self) -> QueuedOutput:
        """Heard by all who stand there."""
        return self._outputs[_LOUDSPEAKER]

    @property
    def headphones(self) -> QueuedOutput | None:
        """Heard by who wears them."""
        return self._outputs.get(_HEADPHONES)

    @property
    def outputs(self) -> Mapping[str, DeviceStatus]:
        """The status of each output."""
        return {output: owner.status() for output, owner in self._owners.items()}

    def start(self, on_event: Callable[[AudioEvent], None]) -> None:
        """Begin; returns at once. RuntimeError when begun before."""
        self._on_event = on_event
        for output, owner in self._owners.items():
            owner.start(self._outputs[output], self._hear)

    def self_test(
        self, within_s: float = SELF_TEST_S, given_up: Callable[[], bool] = lambda: False
    ) -> SelfTestReport:
        """A short tone on each output in turn. See the port."""
        began = self._clock()
        result, findings = Result.UNKNOWN, {}
        for waiting, (output, owner) in zip(
            range(len(self._owners), 0, -1), self._owners.items(), strict=True
        ):
            left = max(0.0, began + within_s - self._clock())
            report = owner.self_test(left / waiting, given_up)
            findings[output] = report.findings.get("tone", report.result.value)
            if report.result is not Result.UNKNOWN:
                result = report.result
        return SelfTestReport(result, self._status, self._clock() - began, findings)

    def status(self) -> DeviceStatus:
        """The last known status: that of the output that is worse off."""
        return self._status

    def stop(self) -> None:
        """End the threads and close the outputs (at most 2 s each)."""
        self._stopping = True
        for owner in self._owners.values():
            owner.stop()

    def _hear(self, event: AudioEvent) -> None:
        del event  # of one output; what both come to is told
        with self._lock:
            before, self._status = self._status, self._worst()
            # told under the lock, so that what is told last is true
            if self._status != before and self._on_event is not None and not self._stopping:
                self._on_event(StatusChanged(self._status))

    def _worst(self) -> DeviceStatus:
        by_output = {output: owner.status() for output, owner in self._owners.items()}
        worst = min(by_output, key=lambda output: _WORST_FIRST.index(by_output[output].state))
        status = by_output[worst]
        detail = f"{worst}: {status.detail}" if status.detail else ""
        return DeviceStatus(Kind.AUDIO, status.state, detail)
