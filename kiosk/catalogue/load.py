"""Reads `config/catalogue/` into one Catalogue and refuses what does not hold together.

Every error is collected, so that a person who writes matters sees all of them at once; each
names the file and the key.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, TypeAdapter, ValidationError

from kiosk.catalogue.consistency import CatalogueError, Places, inconsistencies
from kiosk.catalogue.items import LISTED, release_name, to_items
from kiosk.catalogue.model import Catalogue, CodeEntry, LifeEvent, Record

__all__ = ["CatalogueError", "load_catalogue"]

Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
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
        self._trees: dict[str, Any] = {}
        self.problems: list[str] = []

    def _tree(self, name: str) -> Any:
        if name not in self._trees:
            self._trees[name] = self._read(name)
        return self._trees[name]

    def _read(self, name: str) -> Any:
        path = self._folder / name
        try:
            content = path.read_bytes()
        except OSError as error:
            self.problems.append(f"{path}: cannot be read: {error.strerror}")
            return None
        try:
            tree = yaml.load(content, Loader)  # noqa: S506  the loader is a safe one
        except yaml.YAMLError as error:
            mark = getattr(error, "problem_mark", None)
            where = f":{mark.line + 1}" if mark else ""
            self.problems.append(f"{path}{where}: not YAML: {getattr(error, 'problem', error)}")
        except (UnicodeDecodeError, ValueError, RecursionError) as error:
            self.problems.append(f"{path}: not YAML: {error}")
        else:
            if tree is None:
                self.problems.append(f"{path}: is empty; fill it in or take the file away")
            return tree
        return None

    def record(self, name: str, model: type[Model]) -> Model | None:
        tree = self._tree(name)
        if tree is None:
            return None
        try:
            return model.model_validate(tree)
        except ValidationError as error:
            self.problems.extend(_say(self._folder / name, error))
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
        tree = self._tree(name)
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
            self.problems.extend(_say(self._folder / name, error, kind))
            return []


def _say(path: Path, error: ValidationError, prefix: str = "") -> Iterator[str]:
    for problem in error.errors(include_url=False, include_input=False):
        key = ".".join(str(part) for part in ((prefix,) if prefix else ()) + problem["loc"])
        yield f"{path}: {key or 'file'}: {problem['msg']}"
