"""Search over 20,000 matters: `python -m benchmarks.catalogue_search`.

Matters are made from the real ones, the same in every run; queries are of every kind that people
type, most of them taken from names. Beside the index two plain ways go through the same queries in
the same run: `in` over every name and its pinyin, and SQLite's LIKE over the same two columns. They
mark and rank nothing and know neither heteronyms nor wording: they are the floor for speed, not for
what is found. Budget: p99 10 ms. The last line is JSON.
"""

from __future__ import annotations

import gc
import json
import random
import re
import sqlite3
import statistics
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice, product
from pathlib import Path

from kiosk.catalogue.load import load_catalogue
from kiosk.catalogue.search import (
    Aliases,
    Characters,
    Entry,
    Index,
    Kind,
    entries_of,
    load_aliases,
    load_characters,
)

ROOT = Path(__file__).resolve().parent.parent
MATTERS = 20_000
EACH = 120  # queries of each kind
LIMIT = 8
BUDGET_MS = 10.0
PEER_QUERIES = 400

APPLICANTS = {
    "个人": "person",
    "企业": "company",
    "个体工商户": "sole trader",
    "事业单位": "public institution",
    "社会组织": "association",
    "外商投资企业": "foreign-invested company",
    "农民专业合作社": "farmers' cooperative",
    "军人": "soldier",
    "学生": "student",
    "老年人": "elderly",
}
STEPS = re.findall(r"\w+", "首次 变更 延续 补办 注销 查询 核验 备案 转移 恢复 年度报告 初审")
PLACES = re.findall(r"\w+", "长沙 株洲 湘潭 衡阳 邵阳 岳阳 常德 张家界 益阳 郴州 永州 重庆 厦门")
RARE = "鑫淼焱垚犇骉羴麤蜗螺蝴蝶骆驼葡萄琵琶玻璃翡翠"


def resident_kb() -> int:
    """Resident set of this process."""
    status = Path("/proc/self/status").read_text("ascii")
    return int(next(line for line in status.splitlines() if line.startswith("VmRSS:")).split()[1])


def crossed(real: Sequence[Entry]) -> Iterator[tuple[str, str]]:
    """Names in Chinese and English: every part of a real one, for each applicant, step, place."""
    parts = {
        (part, entry.names[1])
        for entry in real
        for part in re.split(r"[、，（）“”。]", entry.names[0])
        if len(part) > 3
    }
    for place, step, applicant in product(PLACES, STEPS, APPLICANTS):
        for chinese, english in sorted(parts):
            yield f"{chinese}（{applicant}{step}，{place}）", f"{english} ({APPLICANTS[applicant]})"


def many(real: Sequence[Entry], rng: random.Random) -> tuple[Entry, ...]:
    """The real entries and as many made ones as are wanted, not in any order."""
    pool = list(islice(crossed([e for e in real if e.kind is Kind.MATTER]), MATTERS * 2))
    names = rng.sample(pool, MATTERS - sum(e.kind is Kind.MATTER for e in real))
    made = (
        Entry(Kind.MATTER, f"made_{n}", real[n % len(real)].life_event, name)
        for n, name in enumerate(names)
    )
    return (*real, *made)


class Typist:
    """Types what people type. `kinds` makes queries of every kind."""

    def __init__(
        self,
        entries: Sequence[Entry],
        aliases: Aliases,
        characters: Characters,
        rng: random.Random,
    ) -> None:
        self._names = [entry.names for entry in entries]
        self._words = [word for group in aliases.aliases for word in group.words]
        self._fillers = aliases.fillers
        self._readings = characters.readings
        self._rng = rng

    def _name(self) -> str:
        return self._rng.choice(self._names)[0]

    def _part(self, shortest: int, longest: int) -> str:
        name = re.sub(r"\W", "", self._name())
        length = self._rng.randint(shortest, longest)
        start = self._rng.randint(0, max(0, len(name) - length))
        return name[start : start + length]

    def spelt(self, text: str) -> str:
        """A text in pinyin; for a heteronym any reading."""
        return "".join(self._rng.choice(self._readings.get(c, (c,))) for c in text)

    def _homophone(self, text: str) -> str:
        sound = self._readings[text[-1]][0]
        others = [c for c, readings in self._readings.items() if sound in readings]
        return text[:-1] + self._rng.choice(others)

    def _noise(self, letters: str, shortest: int, longest: int) -> str:
        return "".join(self._rng.choices(letters, k=self._rng.randint(shortest, longest)))

    def kinds(self) -> dict[str, Callable[[], str]]:
        rng = self._rng
        return {
            "whole name": self._name,
            "one character": lambda: self._part(1, 1),
            "characters": lambda: self._part(2, 5),
            "wording": lambda: rng.choice(self._words),
            "sentence": lambda: rng.choice(self._fillers) + rng.choice(self._words) + "呢",
            "pinyin": lambda: self.spelt(self._part(2, 5)),
            "pinyin of wording": lambda: self.spelt(rng.choice(self._words)),
            "unfinished pinyin": lambda: self.spelt(self._part(2, 4))[:-1],
            "one letter": lambda: self._noise("abcdefghjklmnopqrstwxyz", 1, 1),
            "two initials": lambda: "".join(self.spelt(c)[0] for c in self._part(2, 2)),
            "initials": lambda: "".join(self.spelt(c)[0] for c in self._part(3, 6)),
            "mixed": lambda: self._part(1, 2) + self.spelt(self._part(1, 2)),
            "heard alike": lambda: re.sub("([zcs])h", r"\1", self.spelt(self._part(2, 4))),
            "wrong character": lambda: self._homophone(self._part(2, 4)),
            "left out": lambda: self._part(6, 6)[::2],
            "English": lambda: rng.choice(rng.choice(self._names)[-1].lower().split()),
            "nonsense characters": lambda: self._noise(RARE, 2, 6),
            "nonsense letters": lambda: self._noise("abcdefghijklmnopqrstuvwxyz", 3, 12),
            "long letters": lambda: self._noise("aeingsh", 30, 60),
        }


def spans_ms(search: Callable[[str], object], queries: Iterable[str]) -> list[float]:
    spans = []
    for query in queries:
        began = time.perf_counter()
        search(query)
        spans.append((time.perf_counter() - began) * 1000)
    return spans


def show(name: str, spans: Sequence[float]) -> dict[str, float]:
    figures = {
        "p50_ms": round(statistics.median(spans), 2),
        "p99_ms": round(statistics.quantiles(spans, n=100)[-1], 2),
        "max_ms": round(max(spans), 2),
    }
    print(f"{name:22}" + "".join(f" {figure:9.2f}" for figure in figures.values()))
    return figures


def peers(entries: Sequence[Entry], typist: Typist) -> dict[str, Callable[[str], object]]:
    """The plain ways, ready to search."""
    rows = [(e.names[0], typist.spelt(e.names[0])) for e in entries]
    table = sqlite3.connect(":memory:")
    table.execute("create table matter (name text, pinyin text)")
    table.executemany("insert into matter values (?, ?)", rows)
    like = "select rowid from matter where name like ? or pinyin like ? limit ?"
    return {
        "in over all": lambda query: [
            n for n, row in enumerate(rows) if query in row[0] or query in row[1]
        ][:LIMIT],
        "SQLite LIKE": lambda query: table.execute(like, (f"%{query}%",) * 2 + (LIMIT,)).fetchall(),
    }


def main() -> int:
    """Measure, print, compare with the budget."""
    rng = random.Random(1)  # noqa: S311  the same matters and queries in every run
    catalogue = load_catalogue(ROOT / "config/catalogue")
    before, began = resident_kb(), time.perf_counter()
    characters = load_characters(ROOT / "config/search/characters.yaml")
    aliases = load_aliases(ROOT / "config/search/aliases.yaml", catalogue)
    real = entries_of(catalogue, aliases)
    Index.of(real, characters, aliases.fillers)
    real_ms, real_kb = (time.perf_counter() - began) * 1000, resident_kb() - before
    entries = many(real, rng)
    gc.collect()
    before, began = resident_kb(), time.perf_counter()
    index = Index.of(entries, characters, aliases.fillers)
    built_s, index_kb = time.perf_counter() - began, resident_kb() - before
    gc.freeze()  # a terminal collects between touches, never in one (screens/)
    typist = Typist(entries, aliases, characters, rng)
    queries = {kind: [make() for _ in range(EACH)] for kind, make in typist.kinds().items()}
    everything = [query for made in queries.values() for query in made]
    rng.shuffle(everything)

    print(f"{len(real)} real entries: all read and built in {real_ms:.0f} ms, {real_kb} KB")
    print(f"{len(entries)} entries: built in {built_s:.2f} s, {index_kb / 1024:.0f} MB")
    print(f"{'':22} {'p50 ms':>9} {'p99 ms':>9} {'max ms':>9}")
    for kind, made in queries.items():
        show(kind, spans_ms(lambda query: index.search(query, LIMIT), made))
    figures = show("all kinds", spans_ms(lambda query: index.search(query, LIMIT), everything))
    beside = {
        name: show(name, spans_ms(search, everything[:PEER_QUERIES]))
        for name, search in peers(entries, typist).items()
    }
    summary = {
        "matters": MATTERS,
        "queries": len(everything),
        **figures,
        "build_s": round(built_s, 2),
        "index_mb": round(index_kb / 1024, 1),
        "real_build_ms": round(real_ms),
        "times_faster_than_scan": round(beside["in over all"]["p50_ms"] / figures["p50_ms"], 1),
        "times_faster_than_like": round(beside["SQLite LIKE"]["p50_ms"] / figures["p50_ms"], 1),
    }
    print(json.dumps(summary))
    return 0 if figures["p99_ms"] <= BUDGET_MS else 1


if __name__ == "__main__":
    sys.exit(main())
