"""Another contrast on a full page, in mid-session: `python -m benchmarks.theme_change`.

The time ends when the frame in the new colours has been drawn and flipped. Beside it, in the same
run, the time of that page drawn for the first time, its text not yet in any cache. Prints one
JSON line.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys

from benchmarks._measured_window import time_to_draw, window
from kiosk.access.profile import Contrast, Profile
from screens.driver import WindowDriver
from tests.screens.sample_pages import sample

BUDGET_P95_MS = 100
PAGE = "notice"


def changes(driver: WindowDriver, rounds: int) -> dict[Contrast, list[float]]:
    """Milliseconds of each change to a contrast, the first round left out."""
    page = sample(PAGE)
    times: dict[Contrast, list[float]] = {contrast: [] for contrast in Contrast}
    for number in range(rounds + 1):
        for contrast in Contrast:
            driver.rest()
            took = time_to_draw(driver, page, Profile(contrast=contrast))
            if number:
                times[contrast].append(took)
    return times


def first_times(driver: WindowDriver, rounds: int) -> list[float]:
    """Milliseconds of the page drawn as the first one of a session."""
    times = []
    for number in range(rounds + 1):
        driver.window.forget()
        driver.settle()
        driver.rest()
        took = time_to_draw(driver, sample(PAGE), Profile())
        if number:
            times.append(took)
    return times


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=20)
    given = parser.parse_args()
    with window() as driver:
        times = changes(driver, given.rounds)
        first = first_times(driver, given.rounds)
    every = [took for some in times.values() for took in some]
    p95 = statistics.quantiles(every, n=20)[-1]
    result = {
        "benchmark": "theme change",
        "changes": len(every),
        "p50_ms": round(statistics.median(every), 1),
        "p95_ms": round(p95, 1),
        "p95_ms_to": {
            contrast.value: round(statistics.quantiles(some, n=20)[-1], 1)
            for contrast, some in times.items()
        },
        "first_drawing_p50_ms": round(statistics.median(first), 1),
        "first_drawing_p95_ms": round(statistics.quantiles(first, n=20)[-1], 1),
        "budget_p95_ms": BUDGET_P95_MS,
    }
    print(json.dumps(result, ensure_ascii=False))
    return 0 if p95 <= BUDGET_P95_MS else 1


if __name__ == "__main__":
    sys.exit(main())
