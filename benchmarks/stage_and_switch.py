"""Stage and switch of a release on a terminal: 10,000 matters of which 100 have changed.

`python -m benchmarks.stage_and_switch`: from a verified delta's items to the release in force, on
the disk with full sync. Budget: 250 ms for both together. Prints one JSON line.
"""

from __future__ import annotations

import json
import random
import statistics
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.catalogue_delta import Author
from kiosk.catalogue.items import release_name
from kiosk.catalogue.release_rows import AgentRow
from kiosk.catalogue.release_store import ReleaseStore

MATTERS = 10_000
CHANGED = 100
ROUNDS = 7
BUDGET_MS = 250.0


def main() -> int:
    """Measure, print, compare with the budget."""
    rng = random.Random(1)  # noqa: S311  the same catalogue in every run
    author = Author(rng)
    items = {f"matter/sample_{n:05d}": author.matter(n) for n in range(MATTERS)}
    stages, switches = [], []
    with tempfile.TemporaryDirectory() as folder:
        store = ReleaseStore.open(Path(folder))
        store.install(release_name(items), items)
        for _ in range(ROUNDS):
            for key in rng.sample(sorted(items), CHANGED):
                items[key] = author.changed(items[key], thoroughly=False)
            name = release_name(items)
            began = time.perf_counter()
            store.stage(AgentRow("staged", name), name, items)
            staged = time.perf_counter()
            store.switch(AgentRow("switched", name), name)
            switches.append((time.perf_counter() - staged) * 1000)
            stages.append((staged - began) * 1000)
            store.confirm(AgentRow("current", name))
        store.close()
    stage, switch = statistics.median(stages), statistics.median(switches)
    print(
        json.dumps(
            {
                "benchmark": "stage and switch of a release",
                "matters": MATTERS,
                "changed": CHANGED,
                "stage_ms": round(stage, 1),
                "switch_ms": round(switch, 1),
                "budget_ms": BUDGET_MS,
            }
        )
    )
    return 0 if stage + switch <= BUDGET_MS else 1


if __name__ == "__main__":
    sys.exit(main())
