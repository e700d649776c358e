"""Start of the whole terminal to its first page, beside a bare Kivy window.

`python -m benchmarks.terminal_start`: wall-clock of fresh processes, from their start to the
first page drawn, by turns in one run. Budget: 4 times the bare window. The first start of all,
which compiles catalogue and modules and reads the disk, is told beside it.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BUDGET = 4.0
ROUNDS = 7
BARE = """
import sys, tempfile
from pathlib import Path
from screens.environment import prepare
prepare(Path(sys.argv[1]))
from kivy.config import Config
Config.set("graphics", "width", "1080")
Config.set("graphics", "height", "1920")
from kivy.base import EventLoop
EventLoop.ensure_window()
from kivy.uix.label import Label
EventLoop.window.add_widget(Label(text="Kivy"))
EventLoop.start()
EventLoop.idle()
EventLoop.idle()
print("drawn", flush=True)
"""
TERMINAL = """
import os, sys
from pathlib import Path
from run_kiosk import build, load_settings
from kiosk.station.log import log_to
settings = load_settings(Path("config/terminal.toml"))
home = Path(sys.argv[1])
settings = settings.model_copy(update={"data": home / "data", "log": home / "log"})
log_to(settings.log)
terminal = build(settings)
terminal.station.start()
from screens.driver import WindowDriver
driver = WindowDriver(terminal.window)
driver.wait(lambda: driver.page is not None, "the first page")
print("drawn", flush=True)
"""


def seconds(program: str, home: str) -> float:
    """From the start of the process to the line that says the page is drawn."""
    environment = os.environ | {"SDL_VIDEODRIVER": "offscreen", "PYTHONPATH": str(ROOT)}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # a terminal keeps what it compiled
    began = time.perf_counter()
    with subprocess.Popen(
        [sys.executable, "-c", program, home],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "drawn\n"
        span = time.perf_counter() - began
        process.kill()
    return span


def main() -> int:
    """Measure by turns, print one JSON line, compare with the budget."""
    with tempfile.TemporaryDirectory() as home:
        seconds(BARE, home)
        first = seconds(TERMINAL, home)
        spans = [(seconds(BARE, home), seconds(TERMINAL, home)) for _ in range(ROUNDS)]
    bare = statistics.median(span for span, _ in spans)
    ours = statistics.median(span for _, span in spans)
    print(
        json.dumps(
            {
                "benchmark": "start of the terminal to its first page",
                "bare_s": round(bare, 3),
                "terminal_s": round(ours, 3),
                "first_start_s": round(first, 3),
                "ratio": round(ours / bare, 2),
                "budget": BUDGET,
            }
        )
    )
    return 0 if ours <= BUDGET * bare else 1


if __name__ == "__main__":
    sys.exit(main())
