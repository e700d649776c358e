"""Every text of a catalogue with the place where it stands."""

from __future__ import annotations

from collections.abc import Iterator

from kiosk.catalogue.items import LISTED
from kiosk.catalogue.lint.rule import Spot
from kiosk.catalogue.model import Catalogue, Record, Text


def spots(catalogue: Catalogue) -> Iterator[tuple[Spot, Record]]:
    """Every record that stands for itself, with its place."""
    for event in catalogue.life_events:
        yield Spot("life_events", event.slug), event
    for kind in LISTED:
        for slug, record in getattr(catalogue, kind).items():
            yield Spot(kind, slug), record
    for name, entries in catalogue.tables.items():
        for number, entry in enumerate(entries):
            yield Spot("tables", name, (number,)), entry


def texts(catalogue: Catalogue) -> Iterator[tuple[Spot, Text]]:
    """Every text with its place, the names of regions too."""
    for spot, record in spots(catalogue):
        yield from texts_of(spot, record)
    for code, name in catalogue.regions.items():
        yield Spot("regions", code), name


def texts_of(spot: Spot, value: object) -> Iterator[tuple[Spot, Text]]:
    """The texts within a record, however deep."""
    if isinstance(value, Text):
        yield spot, value
    elif isinstance(value, Record):
        for name in type(value).model_fields:
            yield from texts_of(spot / name, getattr(value, name))
    elif isinstance(value, tuple):
        for number, part in enumerate(value):
            yield from texts_of(spot / number, part)
