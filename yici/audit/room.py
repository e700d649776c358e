"""What an audit stands in: the terminal's settings and world, and a way of drawing its pages."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from kiosk.access.phrases import Phrases
from kiosk.access.rime import RimeInput
from kiosk.catalogue.load import load_catalogue
from kiosk.journey.world import Site, Timing, World
from kiosk.station.finding import Finder
from kiosk.station.settings import TerminalSettings, load_settings
from screens import environment
from screens.audit.drawing import Drawing
from screens.panel import Fonts, Panel
from yici.audit.collect import Collector

if TYPE_CHECKING:
    from screens.window import TerminalWindow


@dataclass(frozen=True)
class Room:
    """A terminal that nobody uses, to be looked at."""

    settings: TerminalSettings
    world: World
    now: datetime

    @classmethod
    def of(cls, config: Path, now: datetime) -> Room:
        """By the settings of `config/terminal.toml`.

        Raises SettingsError, PhrasesError or CatalogueError when they cannot be used.
        """
        from kiosk.cases.working_days import is_working_day  # noqa: PLC0415  loads a calendar

        settings = load_settings(config / "terminal.toml")
        world = World(
            catalogue=load_catalogue(settings.catalogue),
            phrases=Phrases.load(settings.phrases),
            site=Site(**dict(settings.site)),
            timing=Timing(**dict(settings.timing)),
            is_working_day=is_working_day,
            find=Finder(settings.search),
        )
        return cls(settings, world, now)

    def collector(self, config: Path) -> Collector:
        """Who walks every life event. `config` holds the invented people under `sandbox`."""
        return Collector(self.world, config / "sandbox", self.now)

    def drawing(self, home: Path) -> Drawing:
        """Draws without a window. `home`: a folder for what Kivy must write."""
        environment.prepare(home)
        from screens.glass.lettering import Lettering  # noqa: PLC0415  knows Kivy

        lettering = Lettering(self._fonts)
        return Drawing(
            self._panel, self.world.phrases, lettering.measure, self._chinese, self.now.date()
        )

    def window(self, home: Path) -> TerminalWindow:
        """The real window. `home`: a folder for what Kivy must write."""
        from screens.window import TerminalWindow  # noqa: PLC0415  slow to import

        return TerminalWindow(
            self._panel,
            self._fonts,
            self.world.phrases,
            self._chinese,
            lambda _: None,
            lambda: None,
            home=home,
            today=self.now.date,
        )

    @property
    def _panel(self) -> Panel:
        return Panel(**dict(self.settings.panel))

    @property
    def _fonts(self) -> Fonts:
        return Fonts(**dict(self.settings.fonts))

    @property
    def _chinese(self) -> RimeInput:
        folders = self.settings.chinese_input
        return RimeInput(folders.shared, folders.deployed)


@contextmanager
def kivy_home() -> Iterator[Path]:
    """A folder for what Kivy must write, gone afterwards."""
    with TemporaryDirectory(prefix="yici-audit-") as folder:
        yield Path(folder)
