"""Reads `config/catalogue/` into one Catalogue and refuses what does not hold together.

Every error is collected, so that a person who writes matters sees all of them at once; each
names the file and the key.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, TypeAdapter, ValidationError

from kiosk.catalogue.conditions import ConditionError, check
from kiosk.catalogue.model import (
    Catalogue,
    CodeEntry,
    Element,
    ElementKind,
    LicenceType,
    LifeEvent,
)

Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
Model = TypeVar("Model", bound=BaseModel)


class CatalogueError(Exception):
    """The catalogue cannot be used; one line for each thing that is wrong."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


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
        release=reader.release(),
        life_events=tuple(sorted((e for _, e in events), key=lambda e: e.number)),
        elements={element.slug: element for element in elements},
        licence_types={kind.slug: kind for kind in licence_types},
        tables=tables,
    )
    if not reader.problems:
        reader.problems.extend(_dangling(catalogue, events))
    if reader.problems:
        raise CatalogueError(reader.problems)
    return catalogue


class _Reader:
    """Reads files, remembers what was wrong and what was read."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._digest = hashlib.sha256()
        self.problems: list[str] = []

    def release(self) -> str:
        """The first 12 hex digits of the SHA-256 over all that was read."""
        return self._digest.hexdigest()[:12]

    def _tree(self, name: str) -> Any:
        path = self._folder / name
        try:
            content = path.read_bytes()
        except OSError as error:
            self.problems.append(f"{path}: cannot be read: {error.strerror}")
            return None
        self._digest.update(name.encode() + b"\0" + content + b"\0")
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


def _dangling(catalogue: Catalogue, events: list[tuple[str, LifeEvent]]) -> Iterator[str]:
    for element in catalogue.elements.values():
        yield from _element_problems(catalogue, element)
    seen: dict[str, str] = {}
    for file, event in events:
        keys = [event.slug, str(event.number), *(matter.slug for matter in event.matters)]
        for key in keys:
            if key in seen:
                yield f"{file}: {key} stands in {seen[key]} too; each slug and number once"
            seen[key] = file
        yield from (f"{file}: {problem}" for problem in _event_problems(catalogue, event))


def _element_problems(catalogue: Catalogue, element: Element) -> Iterator[str]:
    where = f"elements.yaml: {element.slug}"
    if element.kind is ElementKind.CHOICE and not catalogue.options(element):
        yield f"{where}: a choice needs options or a table"
    for source in element.sources:
        given = [name for name in ("card", "licence", "value") if getattr(source, name) is not None]
        if len(given) != 1:
            yield f"{where}: a source is one of card, licence and value, here {given or 'none'}"
        if source.licence is not None:
            kind, field = source.licence.split(".")
            if kind not in catalogue.licence_types:
                yield f"{where}: no licence type {kind}"
            elif field not in catalogue.licence_types[kind].fields:
                yield f"{where}: licence type {kind} has no field {field}"


def _event_problems(catalogue: Catalogue, event: LifeEvent) -> Iterator[str]:
    needed = {slug for matter in event.matters for slug in matter.elements}
    shown = {slug for row in event.check_rows for slug in row.elements}
    used = needed | shown | {rule.element for rule in event.rules}
    used |= {o.shows for q in event.questions for o in q.options if o.shows}
    yield from (f"no element {slug}" for slug in sorted(used - catalogue.elements.keys()))
    for slug in sorted(needed - shown):
        yield f"check_rows: {slug} is filled in but never shown for checking"
    if event.licences and event.purpose is None:
        yield "purpose: licences are looked up, so the purpose must be said"
    if event.handling == "apply" and event.guide is None:
        yield "guide: a life event that is handed in here needs its notice"
    for slug in event.licences:
        if slug not in catalogue.licence_types:
            yield f"licences: no licence type {slug}"
    yield from _material_problems(event)
    questions = [question.slug for question in event.questions]
    for key, condition in _conditions(catalogue, event, needed):
        try:
            check(condition, questions, catalogue.elements)
        except ConditionError as error:
            yield f"{key}: {error}"


def _material_problems(event: LifeEvent) -> Iterator[str]:
    matters = {matter.slug for matter in event.matters}
    for material in event.materials:
        for slug in sorted(set(material.matters) - matters):
            yield f"materials.{material.slug}: no matter {slug}"
        if material.licence is not None and material.licence not in event.licences:
            yield f"materials.{material.slug}: {material.licence} is not among licences"


def _conditions(
    catalogue: Catalogue, event: LifeEvent, needed: set[str]
) -> Iterator[tuple[str, str]]:
    for question in event.questions:
        if question.when:
            yield f"questions.{question.slug}.when", question.when
    for matter in event.matters:
        if matter.when:
            yield f"matters.{matter.slug}.when", matter.when
    for material in event.materials:
        if material.when:
            yield f"materials.{material.slug}.when", material.when
    for rule in event.rules:
        yield f"rules.{rule.element}.holds", rule.holds
    for slug in sorted(needed & catalogue.elements.keys()):
        for source in catalogue.elements[slug].sources:
            yield from ((f"elements.{slug}", c) for c in (source.when, source.value) if c)
