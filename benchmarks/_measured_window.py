"""A window under the benchmarks: off screen, without a station, its garbage kept off the clock."""

from __future__ import annotations

import gc
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kiosk.access.phrases import Phrases
from kiosk.access.profile import Profile
from kiosk.access.rime import SHARED_FOLDER, RimeInput
from kiosk.journey.page import Page
from screens.driver import WindowDriver
from screens.panel import Panel
from screens.window import TerminalWindow
from tests.harness.window import ROOT, fonts, off_screen


@contextmanager
def window() -> Iterator[WindowDriver]:
    """The panel of the design, drawn by software."""
    off_screen()
    gc.disable()  # as TerminalWindow.run does
    with tempfile.TemporaryDirectory() as home:
        yield WindowDriver(
            TerminalWindow(
                Panel(fullscreen=False),
                fonts(),
                Phrases.load(ROOT / "config" / "phrases"),
                RimeInput(SHARED_FOLDER, ROOT / "build" / "rime"),
                lambda _: None,
                lambda: None,
                home=Path(home),
            )
        )


def time_to_draw(driver: WindowDriver, page: Page, profile: Profile) -> float:
    """Milliseconds from `show` to the frame drawn whole and flipped (glFinish)."""
    from kivy.graphics.opengl import glFinish

    began = time.perf_counter()
    driver.window.show(page, profile)
    while driver.window.waiting:
        driver.step()
    glFinish()
    return (time.perf_counter() - began) * 1000
