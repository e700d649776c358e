"""Reads `config/catalogue/` into one Catalogue and refuses what does not hold together.

Every error is collected, so that a person who writes matters sees all of them at once; each
names the file and the key.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, TypeAdapter, ValidationError

from kiosk.catalogue.consistency import CatalogueError, Places, inconsistencies
from kiosk.catalogue.items import LISTED, release_name, to_items
from kiosk.catalogue.model import Catalogue, CodeEntry, LifeEvent, Record, Text
from kiosk.catalogue.regions import RegionsError, load_regions
from kiosk.catalogue.yaml_source import Source

__all__ = ["CatalogueError", "load_catalogue"]

Model = TypeVar("Model", bound=BaseModel)

# The folder in which lists of each kind lie; groups stand beside their elements.
FOLDERS = {name: "elements" if name == "groups" else name for name in LISTED}


def load_catalogue(folder: Path) -> Catalogue:
    """Read `life_events/*.yaml`, one file each, `tables/*.yaml`, and the lists of every kind.

    Files of a folder are read in the order of their names, so `elements/10-applicant.yaml` is
    asked before `elements/90-contact.yaml`. Raises CatalogueError with every problem found:
    unreadable YAML with its line, unknown keys, values that do not fit, conditions that fail,
    references to nothing, slugs given twice.
    """
    if not folder.is_dir():
        raise CatalogueError([f"{folder}: is no folder"])
    reader = _Reader(folder)
    places = Places()
    lists: dict[str, Any] = {kind: reader.listed(kind, places) for kind in LISTED}
    tables = {
        file.stem: tuple(reader.table(f"tables/{file.name}"))
        for file in sorted((folder / "tables").glob("*.yaml"))
    }
    events = []
    for file in sorted((folder / "life_events").glob("*.yaml")):
        event = reader.record(f"life_events/{file.name}", LifeEvent)
        if event is not None:
            events.append((f"life_events/{file.name}", event))
    if not events and not reader.problems:
        reader.problems.append(f"{folder}/life_events: no life event; put one YAML file there")
    catalogue = Catalogue.model_construct(
        release="",
        life_events=tuple(sorted((e for _, e in events), key=lambda e: e.number)),
        tables=tables,
        regions=reader.regions("regions.yaml"),
        **lists,
    )
    if not reader.problems:
        reader.problems.extend(inconsistencies(catalogue, events, places))
    if reader.problems:
        raise CatalogueError(reader.problems)
    return catalogue.model_copy(update={"release": release_name(to_items(catalogue))})


class _Reader:
    """Reads files and remembers what was wrong."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._sources: dict[str, Source] = {}
        self.problems: list[str] = []

    def _source(self, name: str) -> Source:
        """A file as it was read first; the lists of one file are looked for in turn."""
        if name not in self._sources:
            self._sources[name] = Source(self._folder / name)
            self.problems.extend(self._sources[name].problems)
        return self._sources[name]

    def record(self, name: str, model: type[Model]) -> Model | None:
        source = self._source(name)
        if source.tree is None:
            return None
        try:
            return model.model_validate(source.tree)
        except ValidationError as error:
            self.problems.extend(source.wrong(error))
            return None

    def listed(self, kind: str, places: Places) -> dict[str, Record]:
        """All records of a kind by slug, from every file of its folder."""
        folder = FOLDERS[kind]
        allowed = {name for name in LISTED if FOLDERS[name] == folder}
        found: dict[str, Record] = {}
        for file in sorted((self._folder / folder).glob("*.yaml")):
            name = f"{folder}/{file.name}"
            for record in self._records(name, kind, allowed, LISTED[kind]):
                slug = str(getattr(record, "slug", ""))
                if slug in found:
                    place = places.of(kind, slug)
                    self.problems.append(f"{self._folder / name}: {slug} stands in {place} too")
                found[slug] = record
                places.put(kind, slug, name)
        return found

    def regions(self, name: str) -> dict[str, Text]:
        """The names of the regions by their codes."""
        try:
            return {region.code: region.name for region in load_regions(self._folder / name)}
        except RegionsError as error:
            self.problems.extend(error.problems)
            return {}

    def table(self, name: str) -> list[CodeEntry]:
        """The entries of a code table."""
        found = self._records(name, "entries", {"entries"}, CodeEntry)
        seen: set[str] = set()
        for entry in found:
            if entry.code in seen:
                self.problems.append(f"{self._folder / name}: {entry.code} is given twice")
            seen.add(entry.code)
        return found

    def _records(self, name: str, kind: str, allowed: set[str], model: type[Model]) -> list[Model]:
        source = self._source(name)
        tree = source.tree
        if tree is None:
            return []
        if not isinstance(tree, dict) or not tree or set(tree) - allowed:
            problem = (
                f"{self._folder / name}: must hold {' or '.join(sorted(allowed))}, no other key"
            )
            if problem not in self.problems:
                self.problems.append(problem)
            return []
        if kind not in tree:
            return []
        try:
            return TypeAdapter(list[model]).validate_python(tree[kind])  # type: ignore[valid-type]
        except ValidationError as error:
            self.problems.extend(source.wrong(error, (kind,)))
            return []
