"""The search as a terminal has it, small ones made of a few names, and hits as one reads them."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from kiosk.catalogue.load import load_catalogue
from kiosk.catalogue.model import Catalogue
from kiosk.catalogue.search import (
    Alias,
    Aliases,
    Entry,
    Hit,
    Index,
    Kind,
    entries_of,
    load_aliases,
    load_characters,
)

CONFIG = Path(__file__).resolve().parents[3] / "config"
CHARACTERS = load_characters(CONFIG / "search/characters.yaml")


@cache
def shipped_catalogue() -> Catalogue:
    return load_catalogue(CONFIG / "catalogue")


@cache
def shipped_aliases() -> Aliases:
    return load_aliases(CONFIG / "search/aliases.yaml", shipped_catalogue())


@cache
def shipped_index() -> Index:
    entries = entries_of(shipped_catalogue(), shipped_aliases())
    return Index.of(entries, CHARACTERS, shipped_aliases().fillers)


def entry(name: str, *aliases: str, kind: Kind = Kind.MATTER, english: str = "") -> Entry:
    names = (name, english) if english else (name,)
    return Entry(kind, name, "event", names, tuple(Alias(text) for text in aliases))


def index_of(*entries: Entry | str) -> Index:
    return Index.of([entry(e) if isinstance(e, str) else e for e in entries], CHARACTERS)


def names(hits: tuple[Hit, ...]) -> list[str]:
    return [hit.entry.names[0] for hit in hits]


def shown(hit: Hit) -> str:
    """The text with its marked parts in brackets, and the name an alias leads to."""
    text = hit.text
    for start, end in reversed(hit.marks):
        text = f"{text[:start]}[{text[start:end]}]{text[end:]}"
    return f"{text} → {hit.entry.names[0]}" if hit.by_alias else text


def first(index: Index, query: str) -> str:
    """The life event of the best hit, and its matter's name if it is one."""
    hits = index.search(query)
    assert hits, f"nothing found for {query}"
    found = hits[0].entry
    if found.kind is Kind.LIFE_EVENT:
        return found.slug
    return f"{found.life_event}: {found.names[0]}"
