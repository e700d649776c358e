"""What a change of 1 % of 10,000 matters costs on the way: `python benchmarks/catalogue_delta.py`.

A generated catalogue (matters of about 1.5 KB, sentences of mixed Chinese words), 100 matters with
a changed limit and a new result, and every fourth of them with a note written anew. Budget: 25 KB
for the delta. Beside it, in the same run, what the full pack costs and what the changed items would
cost whole at the same compression. The last line is JSON; the exit code is 1 when the budget is not
kept.
"""

from __future__ import annotations

import json
import random
import statistics
import sys
import time
from collections.abc import Callable
from typing import TypeVar

import zstandard

from fleet.protocol.manifest import Manifest
from fleet.release import packs
from kiosk.catalogue.items import canonical, content_hash, hashes, release_name

MATTERS = 10_000
CHANGED = 100
BUDGET_BYTES = 25_000
ROUNDS = 7

WORDS = 600  # of two or three characters; so many that sentences differ as real ones do
CHARACTERS = (
    "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学法所民得经十三之进着等部度家电力里如水化高自"
    "二理起小物现实加量都两体制机当使点从业本去把性好应开它合还因由其些然前外天政四日那社义事平形相全表间样与关各重新线内数正心反你明看原又么利比或但质气第向道命此变"
    "条只没结解问意建月公无系军很情者最立代想已通并提直题党程展五果料象员革位入常文总"
)

Result = TypeVar("Result")


class Author:
    """Writes matters from one vocabulary."""

    def __init__(self, rng: random.Random) -> None:
        self._rng = rng
        self._words = ["".join(rng.choices(CHARACTERS, k=rng.randint(2, 3))) for _ in range(WORDS)]

    def sentence(self, words: int) -> str:
        return "".join(self._rng.choices(self._words, k=words))

    def matter(self, number: int) -> bytes:
        rng = self._rng
        tree = {
            "slug": f"matter_{number}",
            "name": {"zh": self.sentence(6), "en": f"Matter {number} of the catalogue"},
            "unit": {"zh": f"{self.sentence(2)}局", "en": "Bureau"},
            "promise_days": rng.randint(1, 40),
            "result": {"zh": self.sentence(5), "en": f"Result {number}"},
            "note": {"zh": self.sentence(rng.randint(80, 190)), "en": ""},
            "elements": [f"element_{rng.randint(1, 400)}" for _ in range(rng.randint(5, 20))],
            "provenance": "portal",
        }
        return canonical(tree)

    def changed(self, content: bytes, *, thoroughly: bool) -> bytes:
        tree = json.loads(content)
        tree["promise_days"] += 1
        tree["result"]["zh"] = self.sentence(5)
        if thoroughly:
            tree["note"]["zh"] = self.sentence(130)
        return canonical(tree)


def timed(act: Callable[[], Result], rounds: int) -> tuple[Result, float]:
    """The result and the median of the milliseconds."""
    spans = []
    for _ in range(rounds):
        began = time.perf_counter()
        result = act()
        spans.append((time.perf_counter() - began) * 1000)
    return result, statistics.median(spans)


def main() -> int:
    """Measure, print, compare with the budget."""
    rng = random.Random(1)  # noqa: S311  the same catalogue in every run
    author = Author(rng)
    old = {f"matter/matter_{n}": author.matter(n) for n in range(MATTERS)}
    new = dict(old)
    for count, key in enumerate(rng.sample(sorted(old), CHANGED)):
        new[key] = author.changed(old[key], thoroughly=count % 4 == 0)
    whole, full_make = timed(lambda: packs.full(new), 1)
    delta, delta_make = timed(lambda: packs.delta(old, new), ROUNDS)
    items = b"\n".join(new[key] for key in sorted(new) if new[key] != old[key])
    described = packs.describe(delta, release_name(old))
    manifest = Manifest(
        release=release_name(new),
        content=content_hash(hashes(new)),
        full=packs.describe(whole),
        deltas=(described,),
    )
    got, delta_apply = timed(lambda: packs.unpack(described, delta, old, manifest), ROUNDS)
    assert got == new
    got, full_apply = timed(lambda: packs.unpack(manifest.full, whole, None, manifest), ROUNDS)
    assert got == new
    figures = {
        "matters": MATTERS,
        "mean_bytes": round(sum(map(len, new.values())) / MATTERS),
        "changed": CHANGED,
        "delta_bytes": len(delta),
        "delta_make_ms": round(delta_make, 1),
        "delta_apply_ms": round(delta_apply, 1),
        "whole_items_bytes": len(zstandard.compress(items, packs.LEVEL)),
        "full_bytes": len(whole),
        "full_make_ms": round(full_make, 1),
        "full_apply_ms": round(full_apply, 1),
        "manifest_bytes": len(manifest.model_dump_json()),
        "full_to_delta": round(len(whole) / len(delta)),
    }
    for name, figure in figures.items():
        print(f"{name:18} {figure}")
    print(json.dumps(figures))
    return 0 if len(delta) <= BUDGET_BYTES else 1


if __name__ == "__main__":
    sys.exit(main())
