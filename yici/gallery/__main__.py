"""`python -m yici.gallery FOLDER` makes the gallery; `--accept` stores its pictures anew."""

from __future__ import annotations

import os
import sys
import tempfile
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from kiosk.access.phrases import Phrases
from kiosk.access.rime import RimeInput
from kiosk.station.settings import load_settings
from screens.driver import WindowDriver
from screens.panel import Fonts, Panel
from screens.window import TerminalWindow
from yici.gallery.components import components
from yici.gallery.make import accept, make
from yici.gallery.shots import Photographer
from yici.mistakes import told

ROOT = Path(__file__).resolve().parents[2]
STORED = ROOT / "tests" / "screens" / "pictures"
DAY = date(2026, 7, 21)  # so that a date that is stepped through begins where it did


def main(
    target: Annotated[Path, typer.Argument(help="folder for the pictures")] = Path("build/gallery"),
    *,
    accepting: Annotated[
        bool, typer.Option("--accept", help="what is seen now is how it is to be")
    ] = False,
) -> None:
    """Pictures of every component in its states."""
    os.environ.setdefault("SDL_VIDEODRIVER", "offscreen")
    os.environ.setdefault("KCFG_GRAPHICS_MAXFPS", "0")
    with told(), tempfile.TemporaryDirectory() as home:
        found = components(ROOT / "config" / "gallery")
        photographer = _photographer(Path(home))
        if accepting:
            written = accept(photographer, found, STORED)
            sys.stdout.write(f"{len(written)} pictures in {STORED}\n")
        else:
            sys.stdout.write(f"{make(photographer, found, target)}\n")


def _photographer(home: Path) -> Photographer:
    settings = load_settings(ROOT / "config" / "terminal.toml")
    phrases = Phrases.load(settings.phrases)
    window = TerminalWindow(
        Panel(fullscreen=False),
        Fonts(**dict(settings.fonts)),
        phrases,
        RimeInput(settings.chinese_input.shared, settings.chinese_input.deployed),
        lambda _: None,
        lambda: None,
        home=home,
        today=lambda: DAY,
        now=lambda: 0.0,  # no time passes
    )
    return Photographer(window, WindowDriver(window), phrases)


if __name__ == "__main__":
    typer.run(main)
