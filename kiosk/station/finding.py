"""The search of the terminal: the index of the catalogue in force, built when it is first asked."""

from __future__ import annotations

import threading
from pathlib import Path

from kiosk.catalogue.model import Catalogue, Element
from kiosk.catalogue.search import (
    Aliases,
    Characters,
    Hit,
    Index,
    entries_of,
    load_characters,
    option_entries,
)
from kiosk.catalogue.yaml_file import read_yaml


class Finder:
    """Keeps the index of one release; another release is indexed when it is first asked for."""

    def __init__(self, folder: Path) -> None:
        """`folder` holds `aliases.yaml` and `characters.yaml`."""
        self._folder = folder
        self._lock = threading.Lock()
        self._release = ""
        self._index: Index | None = None
        self._options: dict[str, Index] = {}

    def __call__(self, catalogue: Catalogue, query: str, limit: int) -> tuple[Hit, ...]:
        """Search; raises CatalogueError when aliases or characters cannot be read."""
        return self._of(catalogue).search(query, limit)

    def options(self, catalogue: Catalogue, element: Element, query: str) -> tuple[str, ...]:
        """Values of the options that fit; raises CatalogueError as a search does."""
        with self._lock:
            self._begin(catalogue)
            name = element.table or element.slug
            if name not in self._options:
                entries = option_entries(catalogue.options(element))
                self._options[name] = Index.of(entries, self._characters())
            index = self._options[name]
        hits = index.search(query, max(1, len(catalogue.options(element))))
        return tuple(hit.entry.slug for hit in hits)

    def prepare(self, catalogue: Catalogue) -> None:
        """Build the index now, so that no citizen waits for it."""
        self._of(catalogue)

    def _of(self, catalogue: Catalogue) -> Index:
        with self._lock:
            self._begin(catalogue)
            if self._index is None:
                aliases = read_yaml(self._folder / "aliases.yaml", Aliases)
                entries = entries_of(catalogue, aliases)
                self._index = Index.of(entries, self._characters(), aliases.fillers)
            return self._index

    def _begin(self, catalogue: Catalogue) -> None:
        """Drop what was built of another release."""
        if self._release != catalogue.release:
            self._index, self._options, self._release = None, {}, catalogue.release

    def _characters(self) -> Characters:
        return load_characters(self._folder / "characters.yaml")
