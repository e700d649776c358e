"""Card laid → data, beside what the wire alone takes: `python -m benchmarks.card_read`.

The reader is simulated, on a pseudo-terminal that is paced as a line of 115200 baud, 8N1 (11,520
bytes a second); a real module adds 0.5 to 1.5 s of its own. The wire's time is that of every byte
of the exchange: find, select, read. Card and driver meet at any moment of the driver's poll.
"""

from __future__ import annotations

import json
import random
import statistics
import sys
import tempfile
import threading
import time
from pathlib import Path

from drivers.id_card.port import CardRead, ReaderEvent
from drivers.id_card.sam_a import ReaderTimes, SamAReader
from drivers.simulators import people
from drivers.simulators.line import PtyLine
from drivers.simulators.sam_a import SamASimulator

ROOT = Path(__file__).resolve().parent.parent
ROUNDS = 30
BYTES_PER_S = 115200 / 10
EXCHANGE = (10 + 15) + (10 + 19) + (10 + 1295)  # bytes: find, select, text and photo
BUDGET_MS = 100.0  # above the wire and the mean wait for the next poll


class PacedLine(PtyLine):
    """A pseudo-terminal that sends no faster than the line would."""

    def _put(self, data: bytes) -> None:
        time.sleep(len(data) / BYTES_PER_S)
        super()._put(data)


def main() -> int:
    """Measure, print one JSON line, compare with the budget."""
    card = people.load(ROOT / "config/sandbox/people.yaml")[0].card
    chance = random.Random(1)  # noqa: S311 - moments, not secrets
    poll = ReaderTimes().poll
    spans = []
    with tempfile.TemporaryDirectory() as folder:
        simulator = SamASimulator(PacedLine(Path(folder) / "id-card"))
        simulator.start()
        read = threading.Event()

        def hear(event: ReaderEvent) -> None:
            if isinstance(event, CardRead):
                read.set()

        reader = SamAReader(simulator.url)
        reader.start(hear)
        for _ in range(ROUNDS):
            reader.want(True)
            time.sleep(chance.uniform(2, 3) * poll)
            read.clear()
            began = time.perf_counter()
            simulator.lay(card)
            assert read.wait(5)
            spans.append((time.perf_counter() - began) * 1000)
            simulator.remove()
            reader.want(False)
            time.sleep(2 * poll)
        reader.stop()
        simulator.stop()
    wire = EXCHANGE / BYTES_PER_S * 1000
    median = statistics.median(spans)
    above = median - wire - poll * 500
    print(
        json.dumps(
            {
                "benchmark": "card laid to data, simulated module at 115200 baud",
                "median_ms": round(median, 1),
                "p95_ms": round(statistics.quantiles(spans, n=20)[-1], 1),
                "wire_ms": round(wire, 1),
                "mean_wait_for_poll_ms": poll * 500,
                "above_both_ms": round(above, 1),
                "budget_ms": BUDGET_MS,
            }
        )
    )
    return 0 if above <= BUDGET_MS else 1


if __name__ == "__main__":
    sys.exit(main())
