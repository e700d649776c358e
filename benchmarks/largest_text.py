"""A page drawn at the largest text beside the default: `python -m benchmarks.largest_text`.

Every page comes after another one, as in a session; the time ends when its frame has been drawn
and flipped. Prints one JSON line.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys

from benchmarks._measured_window import time_to_draw, window
from kiosk.access.profile import Profile, TextSize
from screens.driver import WindowDriver
from tests.screens.sample_pages import sample

BUDGET_P95_MS = 100
WAY = ("idle", "choose", "identify", "question", "notice", "name", "phone", "check", "done")


def measure(driver: WindowDriver, rounds: int, text: TextSize) -> list[float]:
    """Milliseconds of each page, the first round left out."""
    times = []
    for number in range(rounds + 1):
        for name in WAY:
            driver.rest()
            took = time_to_draw(driver, sample(name), Profile(text))
            if number:
                times.append(took)
                print(f"{text.value} {name}: {took:.1f} ms", file=sys.stderr)
    return times


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=16)
    given = parser.parse_args()
    with window() as driver:
        usual = measure(driver, given.rounds, TextSize.NORMAL)
        largest = measure(driver, given.rounds, TextSize.LARGEST)
    p95 = statistics.quantiles(largest, n=20)[-1]
    usual_p95 = statistics.quantiles(usual, n=20)[-1]
    result = {
        "benchmark": "page at the largest text",
        "pages": len(largest),
        "p50_ms": round(statistics.median(largest), 1),
        "p95_ms": round(p95, 1),
        "worst_ms": round(max(largest), 1),
        "default_p50_ms": round(statistics.median(usual), 1),
        "default_p95_ms": round(usual_p95, 1),
        "ratio_of_p95": round(p95 / usual_p95, 2),
        "budget_p95_ms": BUDGET_P95_MS,
    }
    print(json.dumps(result, ensure_ascii=False))
    return 0 if p95 <= BUDGET_P95_MS else 1


if __name__ == "__main__":
    sys.exit(main())
