"""Puts edits into a copy of the files, and holds every changed record against the model."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import yaml
from pydantic import ValidationError

from kiosk.catalogue.model import Catalogue, Record
from kiosk.catalogue.sheets.columns import value_at
from kiosk.catalogue.sheets.edits import MODELS, Addresses, Edit, order_of
from kiosk.catalogue.sheets.layout import SheetsError
from kiosk.catalogue.sheets.staging import Staged
from kiosk.catalogue.sheets.yaml_edit import ABSENT, YamlEditError, edited
from kiosk.catalogue.sheets.yaml_values import LOADER
from kiosk.catalogue.yaml_source import Key


def apply(edits: Iterable[Edit], copy: Staged) -> None:
    """Write every edit into the files of the copy. Raises SheetsError that names the cells."""
    addresses = Addresses(copy.copy)
    by_file: dict[str, list[tuple[Key, Edit]]] = {}
    for edit in edits:
        file, key = addresses.of(edit.target)
        by_file.setdefault(file, []).append((key, edit))
    problems: list[str] = []
    for file, found in by_file.items():
        text = copy.read(file)
        # What is taken away goes first: a fee that is emptied, and given again, is then new.
        for key, edit in sorted(found, key=lambda pair: pair[1].value is not ABSENT):
            try:
                text = edited(text, key, edit.value, order_of(edit.target))
            except YamlEditError as error:
                said = ".".join(str(part) for part in key)
                problems.append(f"{edit.place}: {copy.folder / file}: {said}: {error}")
        copy.write(file, text)
        problems += _misfits(text, found)
    if problems:
        raise SheetsError(problems)


def _misfits(text: str, edits: Sequence[tuple[Key, Edit]]) -> list[str]:
    """What the model says of the changed records, at the cells that changed them."""
    tree = yaml.load(text, LOADER)  # noqa: S506  a safe loader
    records: dict[Key, str] = {}
    for key, edit in edits:
        records[key[: len(key) - len(edit.target.path)]] = edit.target.scope
    problems: dict[str, None] = {}
    for prefix, scope in records.items():
        record = tree
        for part in prefix:
            record = record[part]
        try:
            MODELS[scope].model_validate(record)
        except ValidationError as error:
            for problem in error.errors(include_url=False, include_input=False):
                key = (*prefix, *problem["loc"])
                place = _nearest(key, edits)
                said = ".".join(str(part) for part in problem["loc"])
                problems[f"{place}: {said}: {problem['msg']}"] = None
    return list(problems)


def _nearest(key: Key, edits: Sequence[tuple[Key, Edit]]) -> str:
    """The cell whose edit shares most of the key."""
    return max(edits, key=lambda pair: _shared(pair[0], key))[1].place


def _shared(one: Key, other: Key) -> int:
    count = 0
    for mine, theirs in zip(one, other, strict=False):
        if mine != theirs:
            break
        count += 1
    return count


def unkept(edits: Iterable[Edit], after: Catalogue) -> list[str]:
    """Edits that the changed catalogue does not have: an empty cell where a default comes back."""
    records = _records(after)
    problems = []
    for edit in edits:
        found = value_at(records[edit.target.scope, edit.target.slug], edit.target.path)
        found = list(found) if isinstance(found, tuple) else found
        if edit.value is ABSENT and found not in (None, "", []):
            problems.append(f"{edit.place}: {edit.target} may not be empty; it would be {found}")
        elif edit.value is not ABSENT and found != edit.value:
            problems.append(
                f"{edit.place}: {edit.target} would be {found}; it cannot be written so"
            )
    return problems


def _records(catalogue: Catalogue) -> Mapping[tuple[str, str], Record]:
    found: dict[tuple[str, str], Record] = {}
    for event in catalogue.life_events:
        found["event", event.slug] = event
        found |= {("matter", matter.slug): matter for matter in event.matters}
        found |= {("material", f"{event.slug}.{m.slug}"): m for m in event.materials}
    found |= {("element", slug): element for slug, element in catalogue.elements.items()}
    found |= {("letter", slug): letter for slug, letter in catalogue.delegations.items()}
    return found
