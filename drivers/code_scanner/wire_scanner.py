"""The driver of a scanner that sends by itself and takes no questions.

Such a device is one-way: ONLINE means that its port is open, not that it answers. A port that
breaks is noticed at once; a scanner whose power fails behind a port that stays open is not.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from drivers.code_scanner.lines import Outcome, Stream
from drivers.code_scanner.port import ScannerEvent
from drivers.life import BackOff
from drivers.owner import DeviceOwner
from drivers.self_test import SELF_TEST_S, SelfTestReport, Tested
from drivers.serial_settings import FlowControl
from drivers.status import DeviceStatus
from drivers.wire import Wire
from drivers.wish import Wish

ONE_WAY = "one-way: online means that the port is open"
BAUD_RATE = 9600  # as most scanners come; USB ones take any
_WAIT_S = 60.0  # bytes, a self-test and the end of the thread end it early


@dataclass(frozen=True)
class ScannerTimes:
    """Seconds. `pause`: that long without a byte, nothing more comes of a code that has begun.

    The slowest line, 1,200 baud, sends a byte in 8 ms; keyboards pause up to 100 ms.
    """

    pause: float = 0.5


class WireScanner:
    """A `CodeScanner`. `url`: what pyserial opens; `stream`: how its bytes become codes."""

    def __init__(
        self,
        url: str,
        stream: Stream,
        *,
        device: str = "code_scanner",
        baud_rate: int = BAUD_RATE,
        flow_control: FlowControl = FlowControl.NONE,
        back_off: BackOff | None = None,
        times: ScannerTimes | None = None,
    ) -> None:
        self._owner: DeviceOwner[ScannerEvent] = DeviceOwner(
            device, url, baud_rate, back_off or BackOff(), flow_control=flow_control
        )
        self._duty = _Listening(self._owner, stream, times or ScannerTimes())

    def start(self, on_event: Callable[[ScannerEvent], None]) -> None:
        """Begin; returns at once. RuntimeError when begun before."""
        self._owner.start(self._duty, on_event)

    def want(self, wanted: bool) -> None:
        """Whether codes may be told now; turning it on never tells what was read before.

        A code of which every byte is still unread at that moment, so shown within the last few
        milliseconds, counts as shown after it.
        """
        self._duty.want(wanted)

    def self_test(
        self, within_s: float = SELF_TEST_S, given_up: Callable[[], bool] = lambda: False
    ) -> SelfTestReport:
        """Whether its port is open: a scanner cannot be asked. See `SelfTesting`."""
        return self._owner.self_test(within_s, given_up)

    def status(self) -> DeviceStatus:
        """The last known status."""
        return self._owner.status()

    def stop(self) -> None:
        """End the thread and close the port; returns when both are done (at most 2 s)."""
        self._owner.stop()


class _Listening:
    """What the scanner's thread does. `_begun_under`: the wish when the present code began."""

    def __init__(
        self, owner: DeviceOwner[ScannerEvent], stream: Stream, times: ScannerTimes
    ) -> None:
        self._owner = owner
        self._stream = stream
        self._times = times
        self._wish = Wish()
        self._begun_under: int | None = None
        self._give_up_at = 0.0

    def want(self, wanted: bool) -> None:
        """From any thread."""
        self._wish.set(wanted)

    def begin(self, wire: Wire) -> None:
        """Nothing can be asked; what came while nobody listened is thrown away."""
        wire.drain()
        self._stream.reset()
        self._owner.note(detail=ONE_WAY)

    def turn(self, wire: Wire) -> None:
        """Wait for bytes; a code that has begun and stopped is given up."""
        left = self._give_up_at - wire.deadline(0.0) if self._stream.pending else _WAIT_S
        if self._owner.ready(wire, left):
            # Asked before reading, so that a wish set in between does not reach back.
            wish = self._wish.now()
            if data := wire.read(wire.deadline(0.0)):
                self._give_up_at = wire.deadline(self._times.pause)
                self._take(data, wish)
        elif self._stream.pending and wire.deadline(0.0) >= self._give_up_at:
            self._tell(self._stream.give_up(), self._begun_under)

    def self_test(self, wire: Wire) -> Tested:
        """The port is open, or this would not be called; a code that waits is not thrown away."""
        del wire
        return Tested({"port": ONE_WAY}, answers=False)

    def without_device(self) -> None:
        """Nothing waits for a scanner."""

    def lost(self) -> None:
        """A code that was coming in is lost with the wire; the stream is reset on return."""

    def end(self) -> None:
        """Nothing is left over."""

    def _take(self, data: bytes, wish: int | None) -> None:
        if not self._stream.pending:
            self._begun_under = wish
        outcomes = self._stream.feed(data)
        self._tell(outcomes[:1], self._begun_under)
        self._tell(outcomes[1:], wish)
        if outcomes:
            self._begun_under = wish

    def _tell(self, outcomes: Sequence[Outcome], begun_under: int | None) -> None:
        """Tell what began under the wish that still holds."""
        for outcome in outcomes:
            if begun_under is not None and begun_under == self._wish.now():
                self._owner.tell(outcome)
