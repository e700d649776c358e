"""Start, memory and idle cost of the window beside a bare Kivy window.

`python -m benchmarks.window_start`: fresh processes, one of each by turns. Prints one JSON line.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]
START_BUDGET = 4.0  # times a bare Kivy window
MEMORY_BUDGET = 2.3
IDLE_BUDGET = 0.01  # of a core above a bare idle Kivy window
IDLE_S = 4.0


def bare(home: Path) -> None:
    """The smallest program with a Kivy window and one word in it."""
    from screens.environment import prepare

    prepare(home)
    from kivy.base import EventLoop
    from kivy.config import Config

    Config.set("graphics", "width", "1080")
    Config.set("graphics", "height", "1920")
    EventLoop.ensure_window()
    from kivy.uix.label import Label

    EventLoop.window.add_widget(Label(text="Kivy"))
    EventLoop.start()
    for _ in range(3):
        EventLoop.idle()
    _report(EventLoop.idle)


def ours(home: Path) -> None:
    """The terminal's window with its first page."""
    from kiosk.access.phrases import Phrases
    from kiosk.access.profile import Profile
    from kiosk.access.rime import SHARED_FOLDER, RimeInput
    from screens.driver import WindowDriver
    from screens.panel import Panel
    from screens.window import TerminalWindow
    from tests.harness.window import fonts
    from tests.screens.sample_pages import sample

    window = TerminalWindow(
        Panel(fullscreen=False),
        fonts(),
        Phrases.load(ROOT / "config" / "phrases"),
        RimeInput(SHARED_FOLDER, ROOT / "build" / "rime"),
        lambda _: None,
        lambda: None,
        home=home,
    )
    driver = WindowDriver(window)
    window.show(sample("idle"), Profile())
    driver.settle()
    driver.step()
    _report(driver.step)


def _report(step: object) -> None:
    from kivy.graphics.opengl import glFinish

    assert callable(step)
    glFinish()
    first = time.time() - float(os.environ["STARTED"])
    status = Path("/proc/self/status").read_text("ascii")
    resident = next(line for line in status.splitlines() if line.startswith("VmRSS"))
    for _ in range(30):
        step()
    begun, used = time.monotonic(), time.process_time()
    while time.monotonic() - begun < IDLE_S:
        step()
    idle = (time.process_time() - used) / (time.monotonic() - begun)
    print(json.dumps({"start_s": first, "rss_mb": int(resident.split()[1]) / 1024, "idle": idle}))


def run(which: str) -> dict[str, float]:
    """One fresh process."""
    environment = {**os.environ, "SDL_VIDEODRIVER": "offscreen", "STARTED": repr(time.time())}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # a terminal keeps what it compiled
    with tempfile.TemporaryDirectory() as home:
        done = subprocess.run(
            [sys.executable, "-m", "benchmarks.window_start", "--only", which, "--home", home],
            cwd=ROOT,
            env=environment,
            capture_output=True,
            text=True,
            timeout=120,
            check=True,
        )
    measured: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return measured


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", choices=["bare", "ours"])
    parser.add_argument("--home", type=Path)
    parser.add_argument("--runs", type=int, default=5)
    given = parser.parse_args()
    if given.only:
        (bare if given.only == "bare" else ours)(given.home)
        return 0
    runs: dict[str, list[dict[str, float]]] = {"bare": [], "ours": []}
    for _ in range(given.runs):
        for which, measured in runs.items():
            measured.append(run(which))
    middle = {
        f"{which}_{figure}": statistics.median(one[figure] for one in measured)
        for which, measured in runs.items()
        for figure in ("start_s", "rss_mb", "idle")
    }
    start = middle["ours_start_s"] / middle["bare_start_s"]
    memory = middle["ours_rss_mb"] / middle["bare_rss_mb"]
    idle = middle["ours_idle"] - middle["bare_idle"]
    result = {
        "benchmark": "window beside a bare Kivy window",
        **{name: round(value, 3) for name, value in middle.items()},
        "start_ratio": round(start, 2),
        "memory_ratio": round(memory, 2),
        "idle_above": round(idle, 4),
    }
    print(json.dumps(result))
    return 0 if start <= START_BUDGET and memory <= MEMORY_BUDGET and idle <= IDLE_BUDGET else 1


if __name__ == "__main__":
    sys.exit(main())
