"""Reading, linting and filling in with the catalogue: `python -m benchmarks.catalogue_work`.

Each figure stands beside its floor in the same run: reading beside PyYAML alone on the same files,
a kept catalogue beside plain JSON of the same bytes, the one form beside a bare union of the same
elements. Medians of several rounds; the last line is JSON. Budgets are ours: a kept catalogue
30 ms, a lint 3 s, the one form 5 ms on the largest life event.
"""

from __future__ import annotations

import json
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

import yaml

from kiosk.catalogue import compiled
from kiosk.catalogue.form import Evidence, fill
from kiosk.catalogue.guidance import Guidance
from kiosk.catalogue.items import from_items, to_items
from kiosk.catalogue.lint import lint
from kiosk.catalogue.load import load_catalogue
from kiosk.catalogue.model import Catalogue
from screens.icons import has_icon

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "config/catalogue"
TODAY = date(2026, 11, 22)
ROUNDS = 5
BUDGETS_MS = {"kept": 30.0, "lint": 3000.0, "form": 5.0}


def median_ms(work: Callable[[], object], rounds: int = ROUNDS) -> float:
    """Milliseconds of one call, the median of several."""
    spans = []
    for _ in range(rounds):
        began = time.perf_counter()
        work()
        spans.append(1000 * (time.perf_counter() - began))
    return round(statistics.median(spans), 2)


def plain_yaml() -> list[object]:
    """Every file by PyYAML's C loader, and nothing more."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return [yaml.load(f.read_bytes(), loader) for f in FOLDER.rglob("*.yaml")]  # noqa: S506


def form_work(catalogue: Catalogue) -> tuple[Callable[[], object], Callable[[], object]]:
    """The one form of the life event with the most fields, and the bare union of its elements."""
    largest = max(catalogue.life_events, key=lambda e: sum(len(m.elements) for m in e.matters))
    guidance = Guidance(catalogue, largest)
    evidence = Evidence(card={}, licences={}, typed={}, answers={}, today=TODAY)

    def union() -> list[str]:
        return list(dict.fromkeys(slug for m in largest.matters for slug in m.elements))

    return lambda: fill(guidance, evidence), union


def main() -> int:
    """Measure, print, compare with the budgets."""
    catalogue = load_catalogue(FOLDER)
    items = to_items(catalogue)
    form, union = form_work(catalogue)
    with tempfile.TemporaryDirectory() as home:
        file, origin = Path(home) / compiled.FILE, compiled.fingerprint(FOLDER)
        compiled.keep(file, origin, catalogue)
        body = file.read_bytes().partition(b"\n")[2]
        figures = {
            "read_yaml_ms": median_ms(lambda: load_catalogue(FOLDER)),
            "read_yaml_floor_ms": median_ms(plain_yaml),
            "read_release_ms": median_ms(lambda: from_items(items)),
            "kept_ms": median_ms(lambda: compiled.kept(file, compiled.fingerprint(FOLDER))),
            "kept_floor_ms": median_ms(lambda: json.loads(body)),
            "lint_ms": median_ms(lambda: lint(FOLDER, today=TODAY, has_icon=has_icon), 1),
            "form_ms": median_ms(form, 200),
            "form_floor_ms": median_ms(union, 200),
        }
    matters = len(catalogue.matters)
    print(f"{len(catalogue.life_events)} life events, {matters} matters, {len(items)} items")
    for name, figure in figures.items():
        print(f"{name:20} {figure:9.2f}")
    print(json.dumps({"benchmark": "work with the catalogue", **figures, "budgets": BUDGETS_MS}))
    return 0 if all(figures[f"{n}_ms"] <= most for n, most in BUDGETS_MS.items()) else 1


if __name__ == "__main__":
    sys.exit(main())
