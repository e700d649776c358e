"""A whole terminal without a window: real wires, real platform, real stores; pages are recorded.

The recorder stands where the window stands (`Display`), so a test sees exactly what a citizen
would be shown, and answers as the walker of `walk.py` does.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from drivers.driver import Device
from drivers.id_card.sam_a import ReaderTimes, SamAReader
from drivers.kinds import Kind
from drivers.life import BackOff
from drivers.receipt_printer.encoder import SlipEncoder
from drivers.receipt_printer.esc_pos import EscPosPrinter, PrinterTimes
from drivers.receipt_printer.glyphs import Glyphs
from drivers.receipt_printer.paper import PAPER_80_MM
from drivers.status import DeviceState
from kiosk import beijing
from kiosk.access.profile import Profile
from kiosk.journey.page import Choices, Field, Page, Weight
from kiosk.journey.signals import Chosen, Edited, Pressed
from kiosk.journey.world import Timing, World
from kiosk.station.attached import Attached
from kiosk.station.platform import Platform
from kiosk.station.ports import Listened, Ports
from kiosk.station.settings import TerminalSettings, load_settings
from kiosk.station.station import Station
from kiosk.storage.vault import Sealer
from run_kiosk import connection, fresh_id
from tests.harness.devices import eventually
from tests.harness.walk import LONGEST_WALK, ROOT, world

WAIT_S = 20.0  # two shared cores; nothing here takes more than a few
PATIENT_READER = ReaderTimes(answer=5.0, read=10.0)  # a busy machine: devices answer, however late
PATIENT_PRINTER = PrinterTimes(answer=5.0)


class Recorder:
    """The screen's place: keeps every page shown and lets a test wait for one."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self.pages: list[Page] = []
        self.profiles: list[Profile] = []
        self.keys: list[tuple[str, str]] = []  # the page shown, and the key that came to it
        self.forgotten = 0

    def show(self, page: Page, profile: Profile) -> None:
        with self._changed:
            self.pages.append(page)
            self.profiles.append(profile)
            self._changed.notify_all()

    def press(self, key: str) -> None:
        with self._changed:
            self.keys.append((self.pages[-1].id, key))
            self._changed.notify_all()

    def forget(self) -> None:
        with self._changed:
            self.forgotten += 1
            self._changed.notify_all()

    @property
    def page(self) -> Page:
        """The page shown now."""
        with self._changed:
            return self.pages[-1]

    def wait(self, condition: Callable[[Page], bool], what: str, timeout_s: float = WAIT_S) -> Page:
        """The page shown, once the condition holds of it."""
        with self._changed:
            if not self._changed.wait_for(lambda: condition(self.pages[-1]), timeout_s):
                raise AssertionError(f"{what} not shown; shown: {[p.id for p in self.pages[-5:]]}")
            return self.pages[-1]

    def wait_for(self, *ids: str, timeout_s: float = WAIT_S) -> Page:
        """The page shown, once it is one of these."""
        return self.wait(lambda page: page.id in ids, f"{ids}", timeout_s)

    def wait_for_end(self, timeout_s: float = WAIT_S) -> None:
        """Until time took leave of a citizen: goodbye was shown, however shortly, and then idle."""

        def ended(page: Page) -> bool:
            left = [shown.id for shown in self.pages if shown.id != page.id][-1:]
            return page.id == "idle" and left == ["goodbye"]

        self.wait(ended, "goodbye and the idle picture", timeout_s)

    def wait_until(self, says: str, timeout_s: float = WAIT_S) -> Page:
        """The page shown, once it says this."""
        return self.wait(lambda page: says in str(page), repr(says), timeout_s)


class Citizen:
    """Touches a terminal by what its pages show."""

    def __init__(self, station: Station, screen: Recorder) -> None:
        self.station = station
        self.screen = screen

    def press(self, action: str) -> None:
        self.station.touched()
        self.station.post(Pressed(self.screen.page.id, action))

    def go(self, action: str, *ids: str) -> Page:
        """Press, and wait for one of the pages it leads to."""
        self.press(action)
        return self.screen.wait_for(*ids)

    def to(self, place: str, answers: Mapping[str, str]) -> Page:
        """Walk on by the filled button, answering from the script, until that page is shown."""
        for _ in range(LONGEST_WALK):
            page = self.screen.page
            if page.id == place:
                return page
            self._answer(page, answers)
            before = self.screen.wait(_goes_on, f"{page.id} with a way on")
            if before.id == page.id:
                self.press(next(a.id for a in before.actions if a.weight is Weight.PRIMARY))
                self.screen.wait(lambda now, left=page.id: now.id != left, f"after {page.id}")
        raise AssertionError(f"{place} was not reached; shown is {self.screen.page.id}")

    def _answer(self, page: Page, answers: Mapping[str, str]) -> None:
        item = page.id.partition(".")[2]
        for block in page.blocks:
            if isinstance(block, Choices) and item:
                self.station.post(Chosen(page.id, block.id, answers[item]))
            elif isinstance(block, Field) and block.id == "value":
                self.station.post(Edited(page.id, block.id, answers[item]))


def _goes_on(page: Page) -> bool:
    return all(a.enabled for a in page.actions if a.weight is Weight.PRIMARY)


def terminal_settings(
    folder: Path, platform_url: str, key: str, reader_url: str, printer_url: str
) -> TerminalSettings:
    """The shipped settings with this test's folders and wires."""
    shipped = load_settings(ROOT / "config/terminal.toml")
    changes = shipped.model_dump()
    changes["data"], changes["log"] = folder / "data", folder / "log"
    # what the platform answers late is still its answer: no test waits for a time-out here
    changes["gateway"] = {"url": platform_url, "key": key, "timeout_s": WAIT_S}
    changes["devices"] = {
        "id_card": {"driver": "sam_a", "url": reader_url},
        "receipt_printer": {"driver": "esc_pos", "url": printer_url, "paper_mm": 80},
    }
    return TerminalSettings(**changes)


def _reader_told(station: Station) -> bool:
    return any(
        status.device == Kind.ID_CARD and status.state is not DeviceState.STARTING
        for status in station.standing().devices
    )


@contextmanager
def running_station(
    settings: TerminalSettings,
    timing: Timing | None = None,
    of: World | None = None,
    sealer: Callable[[Path], Sealer] | None = None,
    attached: Mapping[Kind, Callable[[], Device]] | None = None,
    *,
    voice: Listened | None = None,
) -> Iterator[tuple[Citizen, Recorder]]:
    """A started terminal; stopped at the end. `attached`: what makes its other devices."""
    base = of or world()
    screen = Recorder()
    quick = BackOff(first_s=0.05, longest_s=0.3)
    encoder = SlipEncoder(PAPER_80_MM, Glyphs(settings.fonts.regular))
    ports = Ports(
        display=screen,
        reader=SamAReader(
            settings.devices.id_card.options["url"], back_off=quick, times=PATIENT_READER
        ),
        printer=EscPosPrinter(
            settings.devices.receipt_printer.options["url"],
            encoder,
            back_off=quick,
            times=PATIENT_PRINTER,
        ),
        platform=Platform(connection(settings, sealer), settings.timing.submit_wait_s),
        attached=Attached(attached or {}, after_s=0.0),
        voice=voice,
    )
    station = Station(replace(base, timing=timing or Timing()), ports, beijing.now, fresh_id)
    station.start()
    try:
        # A card laid before the reader is up counts as one that lay there already.
        eventually(lambda: _reader_told(station), "how the reader is", WAIT_S)
        yield Citizen(station, screen), screen
    finally:
        station.stop()
