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

from kiosk.catalogue.consistency import CatalogueError, inconsistencies
from kiosk.catalogue.items import release_name, to_items
from kiosk.catalogue.model import Catalogue, CodeEntry, Element, LicenceType, LifeEvent

__all__ = ["CatalogueError", "load_catalogue"]

Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
Model = TypeVar("Model", bound=BaseModel)


def load_catalogue(folder: Path) -> Catalogue:
    """Read `elements.yaml`, `licence_types.yaml`, `tables/*.yaml` and `life_events/*.yaml`.

    Raises CatalogueError with every problem found: unreadable YAML with its line, unknown keys,
    values that do not fit, conditions that fail, references to nothing, slugs given twice.
    """
    reader = _Reader(folder)
    elements = reader.records("elements.yaml", "elements", Element)
    licence_types = reader.records("licence_types.yaml", "licence_types", LicenceType)
    tables = {
        file.stem: tuple(reader.records(f"tables/{file.name}", "entries", CodeEntry))
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
        elements={element.slug: element for element in elements},
        licence_types={kind.slug: kind for kind in licence_types},
        tables=tables,
    )
    if not reader.problems:
        reader.problems.extend(inconsistencies(catalogue, events, "elements.yaml: {}".format))
    if reader.problems:
        raise CatalogueError(reader.problems)
    return catalogue.model_copy(update={"release": release_name(to_items(catalogue))})


class _Reader:
    """Reads files and remembers what was wrong."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.problems: list[str] = []

    def _tree(self, name: str) -> Any:
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

    def records(self, name: str, key: str, model: type[Model]) -> list[Model]:
        tree = self._tree(name)
        if tree is None:
            return []
        if not isinstance(tree, dict) or set(tree) != {key}:
            self.problems.append(f"{self._folder / name}: must hold the one key {key}")
            return []
        try:
            found = TypeAdapter(list[model]).validate_python(tree[key])  # type: ignore[valid-type]
        except ValidationError as error:
            self.problems.extend(_say(self._folder / name, error, key))
            return []
        seen: set[str] = set()
        for record in found:
            slug = str(getattr(record, "slug", None) or getattr(record, "code", ""))
            if slug in seen:
                self.problems.append(f"{self._folder / name}: {slug} is given twice")
            seen.add(slug)
        return found


def _say(path: Path, error: ValidationError, prefix: str = "") -> Iterator[str]:
    for problem in error.errors(include_url=False, include_input=False):
        key = ".".join(str(part) for part in ((prefix,) if prefix else ()) + problem["loc"])
        yield f"{path}: {key or 'file'}: {problem['msg']}"
