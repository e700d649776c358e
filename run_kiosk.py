"""Composition root of a terminal: settings, stores, devices, station, screens.

`python run_kiosk.py --config config/terminal.toml` runs until the window is closed or the
process is told to end. The order matters for the start: the window and the first page come
before what only a later page needs.
"""

from __future__ import annotations

import argparse
import signal
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cache, partial
from pathlib import Path
from random import SystemRandom
from typing import TYPE_CHECKING, cast
from uuid import uuid4

from drivers.driver import Device, Equipment
from drivers.kinds import Kind
from drivers.registry import DevicesError, configured
from kiosk import beijing
from kiosk.access.phrases import Phrases, PhrasesError
from kiosk.catalogue.consistency import CatalogueError
from kiosk.catalogue.release_rows import FILE
from kiosk.catalogue.start import starting_catalogue
from kiosk.journey.signals import Signal
from kiosk.journey.world import Site, Timing, World
from kiosk.station.attached import Attached
from kiosk.station.catalogue_watch import CatalogueWatch, Surroundings
from kiosk.station.finding import Finder
from kiosk.station.log import log_to
from kiosk.station.platform import Desk, Platform
from kiosk.station.ports import Ports
from kiosk.station.settings import SettingsError, TerminalSettings, load_settings
from kiosk.station.sound import Outputs
from kiosk.station.station import Station

if TYPE_CHECKING:
    from drivers.id_card.port import IdCardReader
    from drivers.receipt_printer.port import ReceiptPrinter
    from kiosk.access.speech.synthesiser import Synthesiser
    from kiosk.access.speech.voice import SpokenVoice
    from kiosk.cases.outbox import Outbox
    from kiosk.gateway.port import Gateway
    from kiosk.narration.characters import Characters
    from kiosk.narration.port import Narrator
    from kiosk.storage.vault import Sealer
    from screens.window import TerminalWindow

CANNOT_START = 2  # exit code: settings, phrases or catalogue cannot be used


@dataclass(frozen=True)
class Terminal:
    """One terminal, built and not yet started."""

    world: World
    window: TerminalWindow
    station: Station
    watch: CatalogueWatch
    voice: SpokenVoice | None = None

    def run(self) -> None:
        """Start, and return when the window is closed."""
        self.station.start()
        self.watch.start()
        try:
            self.window.run()
        finally:
            self.watch.stop()
            self.station.stop()


def build(settings: TerminalSettings) -> Terminal:
    """Wire a terminal.

    Raises PhrasesError, CatalogueError or DevicesError when its data or devices cannot be used,
    SettingsError when the panel hangs where nobody can reach it from a chair.
    """
    began = starting_catalogue(settings.data / FILE, settings.catalogue)
    finder = Finder(settings.search)
    world = World(
        catalogue=began.catalogue,
        phrases=Phrases.load(settings.phrases),
        site=Site(**dict(settings.site)),
        timing=Timing(**dict(settings.timing)),
        is_working_day=working_day,
        find=finder,
        find_options=finder.options,
        media=settings.catalogue.parent / "media",
    )
    outputs = Outputs()
    voice = _voice(settings, world.phrases, outputs)
    window = _window(
        settings,
        world.phrases,
        _narrator(settings, world.phrases, voice),
        # The window comes before the station that it reports to, hence by name.
        on_signal=lambda signal: station.post(signal),  # noqa: PLW0108
        on_touch=lambda: station.touched(),  # noqa: PLW0108
    )
    backlog = OpenBacklog()
    reader, printer, attached = _devices(settings, outputs)
    ports = Ports(
        display=window,
        reader=reader,
        printer=printer,
        platform=Platform(connection(settings, backlog=backlog), settings.timing.submit_wait_s),
        attached=attached,
        voice=voice,
    )
    station = Station(world, ports, beijing.now, fresh_id)
    watch = CatalogueWatch(
        world, station, began, Surroundings(settings.data, fresh_id(), beijing.now, backlog.waiting)
    )
    return Terminal(world, window, station, watch, voice)


def _devices(
    settings: TerminalSettings, outputs: Outputs
) -> tuple[IdCardReader, ReceiptPrinter, Attached]:
    """Reader and receipt printer, built while the window opens, and what is loaded after it."""
    equipment = Equipment(settings.fonts.regular)
    found = {device.kind: device for device in configured(settings.devices.tables())}
    # A driver's kind says which port its device has (tests/drivers/test_registry.py).
    reader = cast("IdCardReader", found.pop(Kind.ID_CARD).make(equipment))
    printer = cast("ReceiptPrinter", found.pop(Kind.RECEIPT_PRINTER).make(equipment))
    later: dict[Kind, Callable[[], Device]] = {
        kind: partial(device.make, equipment) for kind, device in found.items()
    }
    if Kind.AUDIO in later:
        later[Kind.AUDIO] = outputs.made_by(later[Kind.AUDIO])
    return reader, printer, Attached(later)


def working_day(day: date) -> bool:
    """Whether it is a working day by decree; the calendar is loaded when it is first asked."""
    from kiosk.cases.working_days import is_working_day  # noqa: PLC0415

    return is_working_day(day)


def fresh_id() -> str:
    """An id never given before."""
    return str(uuid4())


def _voice(settings: TerminalSettings, phrases: Phrases, outputs: Outputs) -> SpokenVoice | None:
    """Who speaks; nobody where there is no sound device. Its synthesis is loaded when needed."""
    if settings.devices.audio is None:
        return None
    from kiosk.access.speech.cache import PhraseCache  # noqa: PLC0415
    from kiosk.access.speech.voice import SpokenVoice  # noqa: PLC0415

    def load() -> Synthesiser:
        from kiosk.access.speech.synthesiser import Synthesiser  # noqa: PLC0415

        voices = {language: phrases.languages.voice(language) for language in phrases.languages}
        return Synthesiser(settings.speech, voices)

    return SpokenVoice(load, outputs.sinks, PhraseCache(phrases.fixed.__contains__))


def _narrator(settings: TerminalSettings, phrases: Phrases, voice: SpokenVoice | None) -> Narrator:
    from kiosk.narration.port import Silent  # noqa: PLC0415

    if voice is None:
        return Silent()
    from kiosk.narration.narrator import PageNarrator  # noqa: PLC0415

    @cache
    def characters() -> Characters:
        from kiosk.narration.characters import Characters  # noqa: PLC0415

        return Characters(settings.narration / "characters.tsv", phrases)

    return PageNarrator(voice, phrases, lambda *candidate: characters().explained(*candidate))


def _window(
    settings: TerminalSettings,
    phrases: Phrases,
    narrator: Narrator,
    on_signal: Callable[[Signal], None],
    on_touch: Callable[[], None],
) -> TerminalWindow:
    from kiosk.access.rime import RimeInput  # noqa: PLC0415
    from screens.panel import Fonts, Panel  # noqa: PLC0415
    from screens.reach import PanelOutOfReach, seated  # noqa: PLC0415
    from screens.window import TerminalWindow  # noqa: PLC0415

    panel = Panel(**dict(settings.panel))
    try:
        seated(panel)
    except PanelOutOfReach as error:
        raise SettingsError(str(error)) from error
    return TerminalWindow(
        panel,
        Fonts(**dict(settings.fonts)),
        phrases,
        RimeInput(settings.chinese_input.shared, settings.chinese_input.deployed),
        on_signal,
        on_touch,
        home=settings.data / "kivy",
        today=beijing.today,
        narrator=narrator,
        pace_s=settings.access.scanning_pace_s,
    )


class OpenBacklog:
    """How much waits in the outbox, once the platform's runner has opened it."""

    def __init__(self) -> None:
        self.outbox: Outbox | None = None

    def waiting(self) -> int:
        """Items that the platform does not have yet; 0 before the outbox is open."""
        return self.outbox.backlog().waiting if self.outbox is not None else 0


def connection(
    settings: TerminalSettings,
    sealer: Callable[[Path], Sealer] | None = None,
    backlog: OpenBacklog | None = None,
) -> Callable[[], tuple[Gateway, Desk]]:
    """What the platform's runner calls in its own thread: stores and clients, loaded late.

    `sealer` opens what encrypts the outbox, given the file of its key; the vault by default.
    `backlog` is told of the outbox.
    """

    def connect() -> tuple[Gateway, Desk]:
        from kiosk.cases.courier import Courier  # noqa: PLC0415
        from kiosk.cases.outbox import Outbox  # noqa: PLC0415
        from kiosk.cases.outbox_schema import outbox_schema  # noqa: PLC0415
        from kiosk.cases.set_aside import SetAside  # noqa: PLC0415
        from kiosk.gateway.http_client import HttpGateway  # noqa: PLC0415
        from kiosk.storage.database import Database  # noqa: PLC0415
        from kiosk.storage.vault import Vault  # noqa: PLC0415

        def gateway() -> HttpGateway:
            return HttpGateway(
                str(settings.gateway.url),
                settings.site.terminal,
                settings.gateway.key.get_secret_value(),
                settings.gateway.timeout_s,
            )

        database = Database(settings.data / "terminal.db", [outbox_schema()])
        seal = (sealer or Vault.open)(settings.data / "vault.key")
        outbox = Outbox(database, seal, settings.site.terminal, beijing.now)
        if backlog is not None:
            backlog.outbox = outbox
        courier = Courier(outbox, SetAside(database, seal, beijing.now), gateway(), SystemRandom())
        return gateway(), courier

    return connect


def main() -> int:
    """Run one terminal; the exit code says whether it could start."""
    parser = argparse.ArgumentParser(description="Run one terminal.")
    parser.add_argument("--config", type=Path, default=Path("config/terminal.toml"))
    try:
        settings = load_settings(parser.parse_args().config)
        log_to(settings.log)
        terminal = build(settings)
    except (SettingsError, DevicesError, PhrasesError, CatalogueError) as error:
        print(f"The terminal cannot start:\n{error}", file=sys.stderr)  # noqa: T201
        return CANNOT_START
    except OSError as error:
        told = f"{error.filename}: {error.strerror}; mend it, or the setting that names it"
        print(f"The terminal cannot start:\n{told}", file=sys.stderr)  # noqa: T201
        return CANNOT_START
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: terminal.window.close())
    terminal.run()
    return 0


if __name__ == "__main__":
    sys.exit(main())
