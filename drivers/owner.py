"""The one thread that owns a device: opens its link, does its duty, starts again when it is lost.

What the device does is its `Duty`; this module only knows the life (drivers/life.py), tells of
changes, and logs a loss once and a return once. The link is whatever an `Opener` opens: a serial
port (`DeviceOwner`), a camera, a printer on the network, a card reader.
"""

from __future__ import annotations

import dataclasses
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from typing import Generic, Protocol, TypeVar, runtime_checkable

import structlog

from drivers.bell import Bell
from drivers.life import LIFE, BackOff, Happening
from drivers.loss_log import LossLog
from drivers.self_test import SelfTestReport, Tested
from drivers.serial_settings import FlowControl
from drivers.status import DeviceState, DeviceStatus, PaperState, StatusChanged
from drivers.tester import Tester
from drivers.wire import Stopped, Wire, WireLost

E = TypeVar("E")
L = TypeVar("L")
L_contra = TypeVar("L_contra", contravariant=True)

# Given a question that says whether the thread is to end, gives the link, to be entered and left.
# Entering raises WireLost when there is no device, and Stopped.
Opener = Callable[[Callable[[], bool]], AbstractContextManager[L]]

_STOP_S = 2.0  # longest that stop() waits, as the ports promise
_LOOK_S = 0.5  # how often a lost device's duty looks at what waits for it

log = structlog.get_logger(__name__)


class DeviceFault(Exception):
    """The device does not answer or answers nonsense; `str()` is for staff, names no person."""


class Duty(Protocol[L_contra]):
    """What one kind of device does with its link. Every method runs on the owner's thread."""

    def begin(self, link: L_contra, /) -> None:
        """Make sure of the device; raises DeviceFault when it does not answer as it should."""

    def turn(self, link: L_contra, /) -> None:
        """One turn of work, then wait a little by `rest`, or by `idle` on a wire."""

    def without_device(self) -> None:
        """Called twice a second and at every bell while there is no device."""

    def lost(self) -> None:
        """The link is gone, in whatever the duty was doing."""

    def end(self) -> None:
        """The thread ends; nothing is told afterwards."""


@runtime_checkable
class TestedDuty(Protocol[L_contra]):
    """A duty that knows a test of its device beside `begin`; others are judged by their status."""

    def self_test(self, link: L_contra, /) -> Tested:
        """Test the device, within a few seconds; raises as `turn`."""


class LinkOwner(Generic[L, E]):
    """Runs a duty on a thread of its own, each time with a link that `opener` opened.

    `E` is what the device tells beside its status.
    """

    def __init__(
        self,
        device: str,
        opener: Opener[L],
        back_off: BackOff,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._opener = opener
        self._back_off = back_off
        self._clock = clock
        self._status = DeviceStatus(device, DeviceState.ABSENT)
        self._on_event: Callable[[E | StatusChanged], None] | None = None
        self._thread: threading.Thread | None = None
        self._stopping = threading.Event()
        self._bell = Bell()
        self._log = LossLog(device)
        self._tester = Tester(self.status, self._bell.ring, clock)

    # -- from any thread

    def start(self, duty: Duty[L], on_event: Callable[[E | StatusChanged], None]) -> None:
        """Begin; raises RuntimeError when begun before."""
        if self._thread is not None or self._stopping.is_set():
            raise RuntimeError(f"{self._status.device}: start() is for once; make a new one")
        self._on_event = on_event
        # daemon: pyserial may hold a TCP connect for 5 s, which must not hold the process
        self._thread = threading.Thread(
            target=self._run, args=(duty,), name=self._status.device, daemon=True
        )
        self._thread.start()

    def status(self) -> DeviceStatus:
        """The last known status."""
        return self._status

    def wake(self) -> None:
        """End the present wait early."""
        self._bell.ring()

    def self_test(self, within_s: float, given_up: Callable[[], bool]) -> SelfTestReport:
        """See `drivers.self_test.SelfTesting`."""
        if self._thread is None or self._thread is threading.current_thread():
            raise RuntimeError(f"{self._status.device}: no self-test before start(), or by itself")
        return self._tester.ask(within_s, given_up)

    @property
    def stopped(self) -> bool:
        """Whether stop() was called."""
        return self._stopping.is_set()

    def stop(self) -> None:
        """End the thread and close the link, waiting at most 2 s."""
        self._stopping.set()
        self._bell.ring()
        if self._thread is None:
            self._bell.close()
            return
        self._thread.join(_STOP_S)
        if self._thread.is_alive():
            log.warning("device.slow_stop", device=self._status.device, waited_s=_STOP_S)
        else:
            self._bell.close()

    # -- from the duty, on the owner's thread

    def tell(self, event: E | StatusChanged) -> None:
        """Hand an event to the listener; its errors are logged and do not touch the device."""
        if self._on_event is None:
            raise RuntimeError("tell() before start()")
        try:
            self._on_event(event)
        except Exception as error:  # noqa: BLE001 - the device must outlive a listener's defect
            self._log.listener_defect(error)

    def note(
        self,
        *,
        detail: str = "",
        paper: PaperState = PaperState.UNKNOWN,
        cover_open: bool = False,
    ) -> None:
        """Say what is known beside the state; told when it is something else than before."""
        self._publish(
            dataclasses.replace(self._status, detail=detail, paper=paper, cover_open=cover_open)
        )

    @contextmanager
    def busy(self) -> Iterator[None]:
        """The state BUSY for as long as the block runs; a failure inside is not WORK_DONE."""
        self._happen(Happening.WORK_BEGUN)
        yield
        self._happen(Happening.WORK_DONE)

    def rest(self, seconds: float) -> None:
        """Wait for the bell or so long; raises Stopped when the thread is to end."""
        if not self._stopping.is_set():
            self._bell.wait(seconds)
        if self._stopping.is_set():
            raise Stopped

    # -- the thread

    def _run(self, duty: Duty[L]) -> None:
        try:
            while not self._stopping.is_set():
                self._live_once(duty)
                self._wait_to_retry(duty)
        finally:
            duty.end()
            self._tester.close()

    def _live_once(self, duty: Duty[L]) -> None:
        with ExitStack() as held:
            try:
                link = held.enter_context(self._opener(self._stopping.is_set))
            except Stopped:
                return
            except WireLost as error:
                self._lose(Happening.PORT_MISSING, str(error))
                return
            except Exception as error:  # noqa: BLE001 - a defect must not end the device's life
                self._lose(Happening.PORT_MISSING, self._log.defect(error))
                return
            self._happen(Happening.PORT_OPENED)
            fault = self._fault_after_serving(duty, link)
            duty.lost()
            if fault is None:
                return
            self._lose(Happening.FAILED, fault)
        self._happen(Happening.PORT_CLOSED, fault)

    def _fault_after_serving(self, duty: Duty[L], link: L) -> str | None:
        """Serve until the device fails, and say how; None when the thread is to end."""
        try:
            self._serve(duty, link)
        except Stopped:
            return None
        except (WireLost, DeviceFault) as error:
            return str(error)
        except Exception as error:  # noqa: BLE001 - a defect must not end the device's life
            return self._log.defect(error)
        return None

    def _serve(self, duty: Duty[L], link: L) -> None:
        duty.begin(link)
        steady_at = self._clock() + self._back_off.steady_s
        self._hold(steady_at)
        self._happen(Happening.ANSWERED)
        while not self._stopping.is_set():
            self._tester.run(lambda: _tested(duty, link))
            duty.turn(link)
            self._hold(steady_at)

    def _hold(self, steady_at: float) -> None:
        """A device that begins well and fails at its work has not returned."""
        if self._clock() >= steady_at:
            self._back_off.reset()
            self._log.returned()

    def _wait_to_retry(self, duty: Duty[L]) -> None:
        until = self._clock() + self._back_off.next_s()
        while (left := until - self._clock()) > 0 and not self._stopping.is_set():
            if self._tester.wants_retry():
                return
            if self._status.state is DeviceState.ABSENT:
                self._tester.fail()
            duty.without_device()
            self._bell.wait(min(left, _LOOK_S))

    def _lose(self, happening: Happening, detail: str) -> None:
        self._log.lost(detail)
        self._happen(happening, detail)

    def _happen(self, happening: Happening, detail: str = "") -> None:
        state = LIFE[self._status.state, happening]
        if state in (DeviceState.ONLINE, DeviceState.BUSY):
            self._publish(dataclasses.replace(self._status, state=state))
        else:
            self._publish(DeviceStatus(self._status.device, state, detail))

    def _publish(self, status: DeviceStatus) -> None:
        if status != self._status:
            self._status = status
            self.tell(StatusChanged(status))


def _tested(duty: Duty[L], link: L) -> Tested:
    return duty.self_test(link) if isinstance(duty, TestedDuty) else Tested()


class DeviceOwner(LinkOwner[Wire, E]):
    """The owner of a device on a serial line or behind a TCP device server."""

    def __init__(
        self,
        device: str,
        url: str,
        baud_rate: int,
        back_off: BackOff,
        clock: Callable[[], float] = time.monotonic,
        *,
        flow_control: FlowControl = FlowControl.NONE,
    ) -> None:
        def opened(stopping: Callable[[], bool]) -> Wire:
            return Wire.open(url, baud_rate, stopping, flow_control)

        super().__init__(device, opened, back_off, clock)

    def ready(self, wire: Wire, seconds: float) -> bool:
        """Whether something came in within so many seconds; the bell ends the wait early."""
        return not self._stopping.is_set() and bool(self._bell.wait(seconds, [wire.fileno()]))

    def idle(self, wire: Wire, seconds: float) -> None:
        """Wait for the bell or so long; raises WireLost at once when the other end hangs up."""
        if self.ready(wire, seconds):
            wire.drain()
