"""Kivy's surroundings, settled before its first import. Knows no other module.

Kivy reads the command line, writes a log and a configuration file, and opens a settings panel
on F1 unless it is told otherwise before it is imported.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path


class KivyAlreadyImported(RuntimeError):
    """Kivy was imported before its surroundings were settled; import `screens.glass` later."""


SETTINGS = {
    "KIVY_NO_ARGS": "1",  # else `--config` ends the program
    "KIVY_NO_FILELOG": "1",
    "KIVY_NO_CONSOLELOG": "1",  # else Kivy takes over the standard error of the whole program
    "KIVY_LOG_MODE": "PYTHON",  # its records go through logging, as everybody's
    "KIVY_NO_CONFIG": "1",  # neither reads nor writes ~/.kivy/config.ini
    "KIVY_METRICS_DENSITY": "1",  # sizes are worked out in pixels from the panel's pitch
    "KIVY_METRICS_FONTSCALE": "1",
    "KCFG_KIVY_EXIT_ON_ESCAPE": "0",
    "KCFG_KIVY_LOG_LEVEL": "warning",
    "KCFG_KIVY_DESKTOP": "0",
    "KCFG_GRAPHICS_MULTISAMPLES": "0",  # shapes and letters bring their own smooth edges
    "KCFG_GRAPHICS_VSYNC": "0",
    "KCFG_GRAPHICS_RESIZABLE": "0",
    "KCFG_GRAPHICS_ALLOW_SCREENSAVER": "0",
}
UNLESS_SET = {"KCFG_GRAPHICS_MAXFPS": "60"}  # 0 where nobody looks: the loop then never sleeps


def prepare(home: Path) -> None:
    """Settle Kivy's surroundings. `home`: where Kivy puts what it must (icons of its own).

    Raises KivyAlreadyImported when it is too late. Calling it twice does no harm.
    """
    if "kivy" in sys.modules:
        if os.environ.get("KIVY_NO_ARGS") == "1":
            return
        raise KivyAlreadyImported("kivy was imported before screens.environment.prepare()")
    home.mkdir(parents=True, exist_ok=True)
    os.environ["KIVY_HOME"] = str(home)
    os.environ.update(SETTINGS)
    for name, value in UNLESS_SET.items():
        os.environ.setdefault(name, value)
