"""Changes that cells ask for, and where in the files of the catalogue they belong."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from kiosk.catalogue.model import Delegation, Element, Guide, LifeEvent, Material, Matter
from kiosk.catalogue.yaml_source import Key, Source

MODELS: Mapping[str, type[BaseModel]] = {
    "event": LifeEvent,
    "matter": Matter,
    "material": Material,
    "element": Element,
    "letter": Delegation,
}
LISTED = {"elements": "element", "delegations": "letter"}  # folders of lists, and their scopes


@dataclass(frozen=True)
class Target:
    """One value: of which record, and the way to it from there."""

    scope: str
    slug: str
    path: Key

    def __str__(self) -> str:
        return f"{self.slug}.{'.'.join(str(part) for part in self.path)}"


@dataclass(frozen=True)
class Edit:
    """A value to be set, or taken away (`yaml_edit.ABSENT`), and the cell that asks for it."""

    target: Target
    value: object
    place: str
    before: str = ""
    after: str = ""

    def __str__(self) -> str:
        old, new = (_short(text) or "（空）" for text in (self.before, self.after))
        return f"{self.place}: {self.target}: {old} → {new}"


def _short(text: str) -> str:
    line = text.replace("\n", "、")
    return line if len(line) <= 40 else f"{line[:39]}…"  # noqa: PLR2004  fits a terminal's line


class Edits:
    """Edits by their target. Two cells that ask for different values are a problem."""

    def __init__(self, problems: list[str]) -> None:
        self._problems = problems
        self._edits: dict[Target, Edit] = {}

    def add(self, edit: Edit) -> None:
        """Take an edit in."""
        other = self._edits.setdefault(edit.target, edit)
        if other.value != edit.value:
            self._problems.append(
                f"{edit.place}: {edit.target} is {_short(edit.after)} here, "
                f"but {_short(other.after)} in {other.place}"
            )

    def get(self, target: Target) -> Edit | None:
        """The edit of a target."""
        return self._edits.get(target)

    def __iter__(self) -> Iterator[Edit]:
        return iter(list(self._edits.values()))

    def __len__(self) -> int:
        return len(self._edits)


class Addresses:
    """In which file, and under which key, each record stands."""

    def __init__(self, folder: Path) -> None:
        """Reads the files; they have been read without a problem before."""
        self._places: dict[tuple[str, str], tuple[str, Key]] = {}
        for file in sorted((folder / "life_events").glob("*.yaml")):
            self._event(f"life_events/{file.name}", Source(file).tree)
        for kind, scope in LISTED.items():
            for file in sorted((folder / kind).glob("*.yaml")):
                records = Source(file).tree.get(kind, [])
                for number, record in enumerate(records):
                    self._places[scope, record["slug"]] = (
                        f"{kind}/{file.name}",
                        (kind, number),
                    )

    def _event(self, name: str, tree: Any) -> None:
        self._places["event", tree["slug"]] = (name, ())
        for number, matter in enumerate(tree["matters"]):
            self._places["matter", matter["slug"]] = (name, ("matters", number))
        for number, material in enumerate(tree.get("materials", ())):
            slug = f"{tree['slug']}.{material['slug']}"
            self._places["material", slug] = (name, ("materials", number))

    def of(self, target: Target) -> tuple[str, Key]:
        """The file, by its name below the catalogue's folder, and the whole key."""
        file, prefix = self._places[target.scope, target.slug]
        return file, (*prefix, *target.path)


def order_of(target: Target) -> Sequence[str]:
    """The keys in whose order a new one is put."""
    if len(target.path) == 1:
        fields: Iterable[str] = MODELS[target.scope].model_fields
        late = ("provenance", "source")
        return [name for name in fields if name not in late] + list(late)
    return list(Guide.model_fields) if target.path[0] == "guide" else ()
