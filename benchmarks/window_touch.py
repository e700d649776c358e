"""Touch to next page settled, 1080 × 1920, drawn by software: `python -m benchmarks.window_touch`.

The finger leaves the glass; another thread, as the station does, gives the next page; the time
ends when the frame with that page has been drawn and flipped (glFinish). Prints one JSON line.
"""

from __future__ import annotations

import argparse
import gc
import json
import queue
import statistics
import sys
import tempfile
import threading
import time
from pathlib import Path

from kiosk.access.phrases import Phrases
from kiosk.access.profile import Profile, TextSize
from kiosk.access.rime import SHARED_FOLDER, RimeInput
from screens.driver import WindowDriver
from screens.interaction import ScreenSignal
from screens.panel import Panel
from screens.window import TerminalWindow
from tests.harness.window import ROOT, fonts, off_screen
from tests.screens.sample_pages import sample

BUDGET_P95_MS = 100
WAY = (  # page, what is touched on it
    ("idle", "begin"),
    ("choose", "newborn"),
    ("identify", "back"),
    ("question", "continue"),
    ("notice", "continue"),
    ("name", "continue"),
    ("birthday", "continue"),
    ("phone", "continue"),
    ("check", "continue"),
    ("done", "finish"),
)


def measure(rounds: int, text: TextSize) -> list[float]:
    """Milliseconds of each touch, the first round left out."""
    asked: queue.Queue[ScreenSignal] = queue.Queue()
    pages = {name: sample(name) for name, _ in WAY}
    order = [name for name, _ in WAY]
    with tempfile.TemporaryDirectory() as home:
        window = TerminalWindow(
            Panel(fullscreen=False),
            fonts(),
            Phrases.load(ROOT / "config" / "phrases"),
            RimeInput(SHARED_FOLDER, ROOT / "build" / "rime"),
            asked.put,
            lambda: None,
            home=Path(home),
        )
        driver = WindowDriver(window)
        at = iter(range(1, sys.maxsize))

        def station() -> None:
            while True:
                asked.get()
                window.show(pages[order[next(at) % len(order)]], Profile(text))

        threading.Thread(target=station, daemon=True).start()
        window.show(pages[order[0]], Profile(text))
        driver.settle()
        return _touches(driver, rounds)


def _touches(driver: WindowDriver, rounds: int) -> list[float]:
    times = []
    for number in range(rounds):
        for name, action in WAY:
            while "turn.next" in {t.name for t in driver.frame.targets} and action not in {
                t.name for t in driver.frame.targets
            }:
                driver.touch("turn.next")
            driver.rest()
            took = driver.time_to_next_page(action)
            if number:
                times.append(took * 1000)
                print(f"{name}: {took * 1000:.1f} ms", file=sys.stderr)
            assert driver.page is not None and name != driver.page.id
            time.sleep(0.02)
    return times


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=16)
    parser.add_argument("--text", type=TextSize, default=TextSize.NORMAL)
    given = parser.parse_args()
    off_screen()
    gc.disable()  # as TerminalWindow.run does
    times = measure(given.rounds, given.text)
    p50, p95 = statistics.median(times), statistics.quantiles(times, n=20)[-1]
    result = {
        "benchmark": "touch to next page",
        "text": given.text.value,
        "touches": len(times),
        "p50_ms": round(p50, 1),
        "p95_ms": round(p95, 1),
        "worst_ms": round(max(times), 1),
        "budget_p95_ms": BUDGET_P95_MS,
    }
    print(json.dumps(result, ensure_ascii=False))
    return 0 if p95 <= BUDGET_P95_MS else 1


if __name__ == "__main__":
    sys.exit(main())
