"""The driver of an assistive keypad, or of switches: a keyboard of the kernel's, grabbed.

Grabbed, so that its keys reach the screen by this way alone and not as key strokes, too. Such a
device is one-way: ONLINE means that it is plugged in.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from evdev import ecodes

from drivers.life import BackOff
from drivers.nav_keypad.layout import Layout
from drivers.nav_keypad.port import HeadphonesChanged, NavKeypadEvent
from drivers.nav_keypad.presses import Presses
from drivers.owner import DeviceOwner
from drivers.ports.protocol_evdev import Serial as InputDevice
from drivers.self_test import SELF_TEST_S, SelfTestReport, Tested
from drivers.status import DeviceStatus
from drivers.wire import Wire, WireLost
from drivers.wish import Wish

ONE_WAY = "one-way: online means that it is plugged in"
_WAIT_S = 60.0  # keys and the end of the thread end it early


@dataclass(frozen=True)
class KeypadTimes:
    """Seconds. `bounce`: a key down again so soon after it went up was not pressed anew.

    Contacts bounce up to 0.02 s. For switches worked by unsteady hands 0.2 to 0.5 is usual.
    """

    bounce: float = 0.04


class EvdevKeypad:
    """A `NavKeypad`. `url` is `evdev:///dev/input/by-id/…-event-kbd`.

    Anything else that pyserial opens will do, if `struct input_event` comes out of it. A keypad
    and switches on devices of their own are two of these.
    """

    def __init__(
        self,
        url: str,
        layout: Layout,
        *,
        device: str = "nav_keypad",
        back_off: BackOff | None = None,
        times: KeypadTimes | None = None,
    ) -> None:
        times = times or KeypadTimes()
        self._owner: DeviceOwner[NavKeypadEvent] = DeviceOwner(
            device, url, 9600, back_off or BackOff()
        )
        self._duty = _Listening(self._owner, layout, Presses(layout, times.bounce))

    def start(self, on_event: Callable[[NavKeypadEvent], None]) -> None:
        """Begin; returns at once. RuntimeError when begun before."""
        self._owner.start(self._duty, on_event)

    def want(self, wanted: bool) -> None:
        """Whether keys may be told now; turning it on never tells what was pressed before.

        A key that is still unread at that moment, so pressed within the last few milliseconds,
        counts as pressed after it.
        """
        self._duty.want(wanted)

    def headphones(self) -> bool | None:
        """Whether headphones are plugged in; None until the keypad says so."""
        return self._duty.headphones

    def self_test(
        self, within_s: float = SELF_TEST_S, given_up: Callable[[], bool] = lambda: False
    ) -> SelfTestReport:
        """Whether the keypad has the keys that the settings name. See `SelfTesting`."""
        return self._owner.self_test(within_s, given_up)

    def status(self) -> DeviceStatus:
        """The last known status."""
        return self._owner.status()

    def stop(self) -> None:
        """End the thread and let the keypad go; returns when both are done (at most 2 s)."""
        self._owner.stop()


class _Listening:
    """What the keypad's thread does."""

    def __init__(
        self, owner: DeviceOwner[NavKeypadEvent], layout: Layout, presses: Presses
    ) -> None:
        self._owner = owner
        self._layout = layout
        self._presses = presses
        self._wish = Wish()
        self.headphones: bool | None = None

    def want(self, wanted: bool) -> None:
        """From any thread."""
        self._wish.set(wanted)

    def begin(self, wire: Wire) -> None:
        """What was pressed while nobody listened is thrown away; where a switch stands is asked.

        Only the kernel can be asked: on any other wire headphones are unknown until they move.
        """
        wire.drain()
        self._presses.reset()
        self._owner.note(detail=ONE_WAY)
        if isinstance(wire.port, InputDevice):
            try:
                plugged = wire.port.switched(ecodes.SW_HEADPHONE_INSERT)
            except OSError as error:
                raise WireLost("the keypad went while it was asked for its switches") from error
            self._hear(HeadphonesChanged(plugged))

    def turn(self, wire: Wire) -> None:
        """Wait a little for a key."""
        if not self._owner.ready(wire, _WAIT_S):
            return
        # Asked before reading, so that a wish set in between does not reach back.
        wish = self._wish.now()
        for told in self._presses.feed(wire.read(wire.deadline(0.0))):
            if isinstance(told, HeadphonesChanged):
                self._hear(told)
            elif wish is not None and wish == self._wish.now():
                self._owner.tell(told)

    def self_test(self, wire: Wire) -> Tested:
        """A keyboard says which keys it has; nobody can be asked whether they work."""
        if not isinstance(wire.port, InputDevice):
            return Tested({"port": ONE_WAY}, answers=False)
        missing = self._layout.missing(wire.port.key_codes())
        if missing:
            return Tested({"missing": " ".join(missing)}, answers=False, attention=True)
        return Tested({"keys": str(len(self._layout.meanings))}, answers=False)

    def without_device(self) -> None:
        """Nothing waits for a keypad."""

    def lost(self) -> None:
        """Whether headphones are plugged into it is not known any more."""
        self._hear(HeadphonesChanged(None))

    def end(self) -> None:
        """Nothing is left over."""

    def _hear(self, headphones: HeadphonesChanged) -> None:
        if headphones.plugged != self.headphones:
            self.headphones = headphones.plugged
            self._owner.tell(headphones)
