"""In which file and line a record stands.

Only files that something is found in are read as YAML; the others are searched as text.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

from kiosk.catalogue.lint.rule import Spot
from kiosk.catalogue.load import FOLDERS
from kiosk.catalogue.yaml_source import Source

Step = str | int


class Files:
    """The files of a catalogue's folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._texts: dict[str, list[tuple[Path, str]]] = {}
        self._sources: dict[Path, Source] = {}
        self.where = cache(self._where)

    def place(self, spot: Spot) -> tuple[str, int]:
        """The file, by its name within the folder, and the line of the key or the one nearest
        above it; 0 where there is no line.
        """
        found = self.where(spot.kind, spot.slug)
        if found is None:
            return FOLDERS.get(spot.kind, spot.kind), 0
        file, above = found
        said = self._source(file).place((*above, *spot.key))
        line = said.rpartition(":")[2]
        return file.relative_to(self._folder).as_posix(), int(line) if line.isdigit() else 1

    def key(self, spot: Spot) -> str:
        """The key as a person reads it: list entries by their slug or value where they have one."""
        parts: list[str] = [spot.slug]
        found = self.where(spot.kind, spot.slug)
        tree = None
        if found is not None:
            file, above = found
            tree = _inside(self._source(file).tree, above)
        for step in spot.key:
            tree = _inside(tree, (step,))
            parts.append(_named(tree) or str(step))
        return ".".join(parts)

    def _where(self, kind: str, slug: str) -> tuple[Path, tuple[Step, ...]] | None:
        if kind == "regions":
            return self._folder / "regions.yaml", ("regions", slug)
        if kind == "tables":
            return self._folder / "tables" / f"{slug}.yaml", ("entries",)
        for file, text in self._of(FOLDERS.get(kind, kind)):
            if slug not in text:
                continue
            tree = self._source(file).tree
            if kind == "life_events" and _named(tree) == slug:
                return file, ()
            entries = _inside(tree, (kind,))
            for number, entry in enumerate(entries if isinstance(entries, list) else ()):
                if _named(entry) == slug:
                    return file, (kind, number)
        return None

    def _of(self, folder: str) -> list[tuple[Path, str]]:
        if folder not in self._texts:
            files = sorted((self._folder / folder).glob("*.yaml"))
            self._texts[folder] = [(file, file.read_text("utf-8")) for file in files]
        return self._texts[folder]

    def _source(self, file: Path) -> Source:
        if file not in self._sources:
            self._sources[file] = Source(file)
        return self._sources[file]


def _inside(tree: Any, key: Sequence[Step]) -> Any:
    for step in key:
        if isinstance(tree, dict):
            tree = tree.get(step)
        elif isinstance(tree, list) and isinstance(step, int) and step < len(tree):
            tree = tree[step]
        else:
            return None
    return tree


def _named(tree: Any) -> str | None:
    """The slug of a record, the value of an option, the code of a table's line."""
    if not isinstance(tree, dict):
        return None
    name = tree.get("slug") or (("label" in tree) and (tree.get("value") or tree.get("code")))
    return str(name) if isinstance(name, str | int) and name else None
