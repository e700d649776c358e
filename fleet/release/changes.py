"""What changed between two releases, in words that city and bank can read before they sign."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from kiosk.catalogue.items import parse

LONGEST = 120  # characters of a value that are shown


class _Nothing:
    """Stands for a value that is not there; JSON's null is one that is."""


_NOTHING = _Nothing()


@dataclass(frozen=True)
class Change:
    """One value of an item. `place` is empty where the whole item came or went."""

    item: str
    place: str
    before: str
    after: str

    def __str__(self) -> str:
        where = f"{self.item} {self.place}".rstrip()
        if not self.before:
            return f"+ {where}: {self.after}"
        if not self.after:
            return f"- {where}: {self.before}"
        return f"~ {where}: {self.before} → {self.after}"


def changes(old: Mapping[str, bytes], new: Mapping[str, bytes]) -> Iterator[Change]:
    """Every value that differs, in the order of the items' keys."""
    for key in sorted(old.keys() | new.keys()):
        if old.get(key) != new.get(key):
            before = parse(old[key]) if key in old else _NOTHING
            after = parse(new[key]) if key in new else _NOTHING
            yield from _between(key, (), before, after)


def _between(item: str, place: tuple[str, ...], old: Any, new: Any) -> Iterator[Change]:
    if isinstance(old, dict) and isinstance(new, dict):
        steps = sorted(old.keys() | new.keys())
        pairs = [(step, old.get(step, _NOTHING), new.get(step, _NOTHING)) for step in steps]
    elif isinstance(old, list) and isinstance(new, list) and len(old) == len(new):
        pairs = [(str(at), *pair) for at, pair in enumerate(zip(old, new, strict=True))]
    else:
        yield Change(item, ".".join(place), _shown(old), _shown(new))
        return
    for step, before, after in pairs:
        if before != after:
            yield from _between(item, (*place, step), before, after)


def _shown(tree: Any) -> str:
    if tree is _NOTHING:
        return ""
    text = json.dumps(tree, ensure_ascii=False)
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"
