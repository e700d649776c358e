"""Which situations are worth drawing: of those that look alike, one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from kiosk.journey.page import Block, Choices, Field, Page, Rows
from yici.audit.visitor import Situation

FILLED = "·"
SAME_FOR_ALL = frozenset({"field"})  # asked alike in every life event
SWITCHED = frozenset({"check", "materials", "group"})  # lines that say what was said before


def distinct(situations: Iterable[Situation]) -> tuple[Situation, ...]:
    """The first of all that look alike: what was typed or chosen changes no layout."""
    found: dict[tuple[object, ...], Situation] = {}
    for situation in situations:
        found.setdefault(_looks(situation.page), situation)
    return tuple(found.values())


def one_of_each(situations: Iterable[Situation], turn: int = 0) -> tuple[Situation, ...]:
    """One of all that are made of the same parts, enough for what paints them; by turns."""
    found: dict[tuple[object, ...], list[Situation]] = {}
    for situation in situations:
        page = situation.page
        parts = frozenset(_part(block) for block in page.blocks)
        enabled = all(action.enabled for action in page.actions)
        key = page.id.partition(".")[0], parts, page.busy, enabled
        found.setdefault(key, []).append(situation)
    return tuple(alike[turn % len(alike)] for alike in found.values())


def _part(block: Block) -> tuple[object, ...]:
    """What decides how a block is painted."""
    filled = any(getattr(block, name, "") for name in ("value", "selected", "strokes"))
    tone, error = getattr(block, "tone", ""), bool(getattr(block, "error", ""))
    return type(block).__name__, getattr(block, "kind", ""), tone, filled, error


def _looks(page: Page) -> tuple[object, ...]:
    place = page.id.partition(".")[0]
    of = page.eyebrow if place not in SAME_FOR_ALL else ""
    blocks = tuple(_bare(block, place) for block in page.blocks)
    return page.id, page.title, of, page.badge, page.actions, page.busy, blocks


def _bare(block: Block, place: str) -> object:
    match block:
        case Field():
            return replace(block, value=FILLED if block.value else "")
        case Choices() if place == "field":  # one of the longest lists there are of regions
            return block.id, bool(block.selected), len(block.choices)
        case Choices():
            return replace(block, selected=FILLED if block.selected else "")
        case Rows() if place in SWITCHED:
            return block.id, tuple((row.id, row.text, bool(row.action)) for row in block.rows)
    return block
