"""A catalogue as items: small named pieces in canonical JSON, the unit of releases.

| key | content |
|---|---|
| `life_event/{slug}` | the life event; `matters` are slugs, in order |
| `matter/{slug}` | a matter; it belongs to exactly one life event |
| `element/{slug}`, `group/{slug}` | a data element, a group that is repeated |
| `licence_type/{slug}`, `layout/{slug}` | a licence type, how a licence is printed |
| `unit/{slug}`, `service_point/{slug}`, `delegation/{slug}` | who handles matters and where |
| `table/{name}` | the entries of a code table, in order |
| `regions/tree` | the names of the regions by their codes |
| `order/elements` | the slugs of the elements, in the order in which a form asks for them |

Canonical is: UTF-8, keys sorted, no blanks, values that are the default left out. So equal content
has equal bytes wherever it was made, and a terminal whose model lacks a field that no record uses
can still read the release. Life events stand in the order of their numbers, everything else but
the elements in that of their names.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from typing import Any, NoReturn, TypeVar

from pydantic import BaseModel, TypeAdapter, ValidationError

from kiosk.catalogue.consistency import CatalogueError, Places, inconsistencies
from kiosk.catalogue.model import (
    Catalogue,
    CodeEntry,
    Delegation,
    Element,
    Group,
    Layout,
    LicenceType,
    LifeEvent,
    Matter,
    Record,
    RegionCode,
    ServicePoint,
    Text,
    Unit,
)
from kiosk.catalogue.model.region import Region, Regions, RegionsError

ORDER_OF_ELEMENTS = "order/elements"
REGIONS = "regions/tree"

# Kinds that are lists of records with slugs: the catalogue's name for them, and the record.
LISTED: Mapping[str, type[Record]] = {
    "units": Unit,
    "licence_types": LicenceType,
    "layouts": Layout,
    "elements": Element,
    "groups": Group,
    "service_points": ServicePoint,
    "delegations": Delegation,
}
_SINGULAR = {kind: kind.removesuffix("s") for kind in LISTED}
_KINDS = ("life_event", "matter", "table", "order", "regions", *_SINGULAR.values())
_KEY = re.compile(rf"({'|'.join(_KINDS)})/([a-z0-9_.-]{{1,80}})")
_TABLE = TypeAdapter(tuple[CodeEntry, ...])
_REGIONS = TypeAdapter(dict[RegionCode, Text])
_SLUGS = TypeAdapter(list[str])

Model = TypeVar("Model", bound=BaseModel)


def canonical(tree: object) -> bytes:
    """Canonical JSON of anything that JSON has. Raises ValueError for what it has not."""
    text = json.dumps(
        tree, ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":")
    )
    return text.encode()


def parse(content: bytes) -> Any:
    """The tree of strict JSON. Raises ValueError, also for what is nested too deeply."""
    try:
        return json.loads(content, parse_constant=_refuse_constant)
    except RecursionError as error:
        raise ValueError("nested too deeply") from error


def to_items(catalogue: Catalogue) -> dict[str, bytes]:
    """Every item's key with its bytes; `from_items` gives an equal catalogue back."""
    trees: dict[str, object] = {ORDER_OF_ELEMENTS: list(catalogue.elements)}
    for event in catalogue.life_events:
        tree = _tree(event)
        tree["matters"] = [matter.slug for matter in event.matters]
        trees[f"life_event/{event.slug}"] = tree
        trees.update((f"matter/{matter.slug}", _tree(matter)) for matter in event.matters)
    for kind, singular in _SINGULAR.items():
        records: Mapping[str, Record] = getattr(catalogue, kind)
        trees.update((f"{singular}/{slug}", _tree(record)) for slug, record in records.items())
    trees[REGIONS] = {code: _tree(name) for code, name in catalogue.regions.items()}
    trees.update((f"table/{n}", [_tree(e) for e in t]) for n, t in catalogue.tables.items())
    return {key: canonical(tree) for key, tree in trees.items()}


def from_items(items: Mapping[str, bytes]) -> Catalogue:
    """The catalogue of a release.

    Raises CatalogueError with every problem, each naming the item's key: what `load_catalogue`
    refuses, keys that are none, bytes that are not canonical, matters that no life event has.
    """
    return _Reader(items).catalogue()


def hashes(items: Mapping[str, bytes]) -> dict[str, str]:
    """The SHA-256 of every item, in hex."""
    return {key: hashlib.sha256(content).hexdigest() for key, content in items.items()}


def content_hash(item_hashes: Mapping[str, str]) -> str:
    """The SHA-256, in hex, over the sorted lines `key sha256` of items with these hashes."""
    lines = (f"{key} {item_hashes[key]}\n" for key in sorted(item_hashes))
    return hashlib.sha256("".join(lines).encode()).hexdigest()


def release_name(items: Mapping[str, bytes]) -> str:
    """The name of the release that has exactly these items: 12 hex digits of its content hash."""
    return content_hash(hashes(items))[:12]


def _tree(record: BaseModel) -> dict[str, Any]:
    return record.model_dump(mode="json", exclude_defaults=True)


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not JSON")


class _Reader:
    """Reads items and remembers what was wrong."""

    def __init__(self, items: Mapping[str, bytes]) -> None:
        self._items = items
        self.problems: list[str] = []

    def catalogue(self) -> Catalogue:
        trees = self._trees()
        lists: dict[str, Any] = {
            kind: self._records(trees.pop(_SINGULAR[kind]), _SINGULAR[kind], model)
            for kind, model in LISTED.items()
        }
        matters = self._records(trees.pop("matter"), "matter", Matter)
        events = self._events(trees.pop("life_event"), matters)
        lists["elements"] = self._ordered(lists["elements"], trees.pop("order"))
        catalogue = Catalogue.model_construct(
            release=release_name(self._items),
            life_events=tuple(sorted(events, key=lambda event: event.number)),
            tables=self._tables(trees.pop("table")),
            regions=self._regions(trees.pop("regions")),
            **lists,
        )
        if not events and not self.problems:
            self.problems.append("life_event/: no life event; a catalogue needs one")
        if not self.problems:
            places = [(f"life_event/{event.slug}", event) for event in catalogue.life_events]
            self.problems.extend(inconsistencies(catalogue, places, Places(_SINGULAR)))
        if not self.problems:
            self._check_canonical(catalogue)
        if self.problems:
            raise CatalogueError(self.problems)
        return catalogue

    def _trees(self) -> dict[str, dict[str, Any]]:
        found: dict[str, dict[str, Any]] = {kind: {} for kind in _KINDS}
        for key in sorted(self._items):
            named = _KEY.fullmatch(key)
            if named is None:
                self.problems.append(f"{key[:100]}: is no key of an item")
                continue
            try:
                found[named[1]][named[2]] = parse(self._items[key])
            except ValueError:
                self.problems.append(f"{key}: not JSON")
        return found

    def _records(self, trees: dict[str, Any], kind: str, model: type[Model]) -> dict[str, Model]:
        records = {}
        for slug, tree in trees.items():
            record = self._record(f"{kind}/{slug}", tree, model)
            if record is None:
                continue
            if getattr(record, "slug", None) != slug:
                self.problems.append(f"{kind}/{slug}: slug: is another than the key says")
            records[slug] = record
        return records

    def _record(self, key: str, tree: Any, model: type[Model]) -> Model | None:
        try:
            return model.model_validate(tree)
        except ValidationError as error:
            self.problems.extend(_say(key, error))
            return None

    def _events(self, trees: dict[str, Any], matters: dict[str, Matter]) -> list[LifeEvent]:
        unused = set(matters)
        whole = {}
        for slug, tree in trees.items():
            key = f"life_event/{slug}"
            slugs = self._slugs(f"{key}: matters", tree.get("matters") if _is_map(tree) else None)
            missing = [name for name in slugs if f"matter/{name}" not in self._items]
            self.problems.extend(f"{key}: matters: no matter {name[:80]}" for name in missing)
            unused.difference_update(slugs)
            if slugs and all(name in matters for name in slugs):
                whole[slug] = tree | {"matters": [matters[name] for name in slugs]}
        self.problems.extend(f"matter/{name}: no life event has it" for name in sorted(unused))
        return list(self._records(whole, "life_event", LifeEvent).values())

    def _slugs(self, where: str, tree: Any) -> list[str]:
        try:
            return _SLUGS.validate_python(tree, strict=True)
        except ValidationError:
            self.problems.append(f"{where}: must be a list of slugs")
            return []

    def _ordered(self, elements: dict[str, Model], orders: dict[str, Any]) -> dict[str, Model]:
        if orders.keys() != {"elements"}:
            self.problems.append(f"{ORDER_OF_ELEMENTS}: is the one order that must be there")
            return elements
        order = self._slugs(ORDER_OF_ELEMENTS, orders["elements"])
        if not self.problems and sorted(order) != sorted(elements):
            self.problems.append(f"{ORDER_OF_ELEMENTS}: must name every element once")
        return {slug: elements[slug] for slug in order if slug in elements}

    def _tables(self, trees: dict[str, Any]) -> dict[str, tuple[CodeEntry, ...]]:
        tables = {}
        for name, tree in trees.items():
            try:
                tables[name] = _TABLE.validate_python(tree)
            except ValidationError as error:
                self.problems.extend(_say(f"table/{name}", error))
                continue
            if len({entry.code for entry in tables[name]}) < len(tables[name]):
                self.problems.append(f"table/{name}: a code is given twice")
        return tables

    def _regions(self, trees: dict[str, Any]) -> dict[str, Text]:
        if trees.keys() != {"tree"}:
            self.problems.append(f"{REGIONS}: is the one tree that must be there")
            return {}
        try:
            names = _REGIONS.validate_python(trees["tree"])
            Regions(Region(code=code, name=name) for code, name in names.items())
        except ValidationError as error:
            self.problems.extend(_say(REGIONS, error))
            return {}
        except RegionsError as error:
            self.problems.extend(f"{REGIONS}: {problem}" for problem in error.problems)
            return {}
        return names

    def _check_canonical(self, catalogue: Catalogue) -> None:
        for key, content in to_items(catalogue).items():
            if self._items[key] != content:
                self.problems.append(f"{key}: is not in canonical form")


def _is_map(tree: Any) -> bool:
    return isinstance(tree, dict)


def _say(key: str, error: ValidationError) -> Iterator[str]:
    for problem in error.errors(include_url=False, include_input=False):
        place = ".".join(str(part) for part in problem["loc"])
        yield f"{key}: {place or 'item'}: {problem['msg']}"
