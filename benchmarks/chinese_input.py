"""What writing Chinese costs: `python -m benchmarks.chinese_input`, after `make setup`.

For pinyin and for strokes: milliseconds from a key to its candidates (median and 95th percentile),
beside the same keys given to librime alone; and how many keys it takes until the character that is
wanted stands in the first row, for the 200 surnames that stand first in config/rime/surnames.tsv
and for 500 characters of given names. Budget: 100 ms from a key to its candidates. The last line
is JSON; the exit code is 1 when the budget is not kept.
"""

from __future__ import annotations

import ctypes
import json
import statistics
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from pypinyin import Style, pinyin

from kiosk.access import librime
from kiosk.access.candidates import Surnames
from kiosk.access.chinese_input import Method
from kiosk.access.rime import SCHEMAS, SHARED_FOLDER, SURNAMES, RimeInput

ROOT = Path(__file__).resolve().parents[1]
DEPLOYED = ROOT / "build" / "rime"
GIVEN = Path(__file__).with_name("given_name_characters.txt")
STROKES = SHARED_FOLDER / "stroke.dict.yaml"
BUDGET_MS = 100.0
FIRST_ROW = 7  # candidates beside the key that turns, on the design panel at the usual text
OPENINGS = 50
COUNT = {"surnames": 200, "given": 500}

Codes = dict[str, tuple[str, ...]]


@dataclass
class Figures:
    """What one method does for one set of characters."""

    keys: list[int]  # until the character stands in the first row
    written: list[int]  # keys of the whole character
    never: int = 0  # characters written to their end and not in the first row

    def told(self) -> dict[str, float]:
        """In figures."""
        return {
            "characters": len(self.keys) + self.never,
            "keys_mean": round(statistics.mean(self.keys), 2),
            "keys_p95": statistics.quantiles(self.keys, n=20)[-1],
            "keys_whole_mean": round(statistics.mean(self.written), 2),
            "not_in_first_row": self.never,
        }


def stroke_codes() -> Codes:
    """Stroke codes of every character, from Debian's dictionary."""
    codes: Codes = {}
    for line in STROKES.read_text(encoding="utf-8").splitlines():
        parts = line.split("\t")
        if len(parts) > 1 and len(parts[0]) == 1 and parts[1].isascii():
            codes[parts[0]] = (*codes.get(parts[0], ()), parts[1])
    return codes


def given_codes(characters: Sequence[str]) -> Codes:
    """The commonest reading of each character."""
    found: Codes = {}
    for character in characters:
        reading = pinyin(character, style=Style.NORMAL)[0][0]
        found[character] = (reading.replace("ü", "v"),)
    return found


def first_row(
    typing: RimeInput, codes: Codes, method: Method, *, surname: bool, spans: list[float]
) -> Figures:
    """Write each character key by key, by the code that brings it soonest."""
    figures = Figures([], [])
    for character, of_it in codes.items():
        soonest: list[int] = []
        for code in of_it:
            typing.begin(method, surname=surname)
            for number, key in enumerate(code, 1):
                began = time.perf_counter()
                composition = typing.type(key)
                spans.append((time.perf_counter() - began) * 1000)
                if character in composition.candidates[:FIRST_ROW]:
                    soonest.append(number)
                    break
            while composition.preedit:  # as one does in a field: it stays open
                composition = typing.backspace()
        if soonest:
            figures.keys.append(min(soonest))
            figures.written.append(min(map(len, of_it)))
        else:
            figures.never += 1
    return figures


def bare(codes: Sequence[str], schema: str) -> list[float]:
    """The same keys given to librime alone: its session, its key, its page of candidates."""
    api = librime.start(SHARED_FOLDER, DEPLOYED.resolve())
    spans = []
    for code in codes:
        session = api.create_session()
        api.select_schema(session, schema.encode())
        for key in code:
            began = time.perf_counter()
            api.process_key(session, ord(key), 0)
            context = librime.Context(data_size=librime.following_bytes(librime.Context))
            api.get_context(session, ctypes.byref(context))
            api.free_context(ctypes.byref(context))
            spans.append((time.perf_counter() - began) * 1000)
        api.destroy_session(session)
    return spans


def opening(typing: RimeInput) -> list[float]:
    """The first key of a field, where librime's session begins."""
    spans = []
    for _ in range(OPENINGS):
        typing.clear()
        began = time.perf_counter()
        typing.type("z")
        spans.append((time.perf_counter() - began) * 1000)
    typing.clear()
    return spans


def times(spans: Sequence[float]) -> dict[str, float]:
    """Median and 95th percentile."""
    return {
        "p50_ms": round(statistics.median(spans), 2),
        "p95_ms": round(statistics.quantiles(spans, n=20)[-1], 2),
        "max_ms": round(max(spans), 2),
    }


def sets(surnames: Surnames, given: Sequence[str]) -> Iterator[tuple[str, bool, Method, Codes]]:
    """Every set of characters with its codes by each method."""
    heads = [name for name in surnames.readings if len(name) == 1][: COUNT["surnames"]]
    strokes = stroke_codes()
    yield "surnames", True, Method.PINYIN, {name: surnames.readings[name] for name in heads}
    yield "surnames", True, Method.STROKE, {name: strokes[name] for name in heads}
    yield "given", False, Method.PINYIN, given_codes(given)
    yield "given", False, Method.STROKE, {name: strokes[name] for name in given}


def main(tell: Callable[[str], object] = print) -> int:
    """Measure, print, compare with the budget."""
    surnames = Surnames.of((DEPLOYED / SURNAMES).read_text(encoding="utf-8").splitlines())
    given = GIVEN.read_text(encoding="utf-8").split("\n", 1)[1].replace("\n", "")[: COUNT["given"]]
    typing = RimeInput(SHARED_FOLDER, DEPLOYED)
    typing.type("a")
    first = opening(typing)
    told: dict[str, object] = {"first_key": times(first)}
    slowest = statistics.quantiles(first, n=20)[-1]
    tell(f"first key of a field {json.dumps(told['first_key'])}")
    for name, surname, method, codes in sets(surnames, given):
        spans: list[float] = []
        figures = first_row(typing, codes, method, surname=surname, spans=spans)
        alone = bare([code for of_it in codes.values() for code in of_it], SCHEMAS[method])
        told[f"{name}_{method}"] = {**figures.told(), "ours": times(spans), "librime": times(alone)}
        tell(f"{name:9} {method:7} {json.dumps(told[f'{name}_{method}'])}")
        slowest = max(slowest, statistics.quantiles(spans, n=20)[-1])
    tell(json.dumps({**told, "p95_ms": round(slowest, 2), "budget_ms": BUDGET_MS}))
    return 0 if slowest <= BUDGET_MS else 1


if __name__ == "__main__":
    sys.exit(main())
