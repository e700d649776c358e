"""The search of the terminal: the index of the catalogue in force, built when it is first asked."""

from __future__ import annotations

import threading
from pathlib import Path

from kiosk.catalogue.model import Catalogue
from kiosk.catalogue.search import Aliases, Hit, Index, entries_of, load_characters
from kiosk.catalogue.search.yaml_file import read_yaml


class Finder:
    """Keeps the index of one release; another release is indexed when it is first asked for."""

    def __init__(self, folder: Path) -> None:
        """`folder` holds `aliases.yaml` and `characters.yaml`."""
        self._folder = folder
        self._lock = threading.Lock()
        self._release = ""
        self._index: Index | None = None

    def __call__(self, catalogue: Catalogue, query: str, limit: int) -> tuple[Hit, ...]:
        """Search; raises CatalogueError when aliases or characters cannot be read."""
        return self._of(catalogue).search(query, limit)

    def prepare(self, catalogue: Catalogue) -> None:
        """Build the index now, so that no citizen waits for it."""
        self._of(catalogue)

    def _of(self, catalogue: Catalogue) -> Index:
        with self._lock:
            if self._index is None or self._release != catalogue.release:
                aliases = read_yaml(self._folder / "aliases.yaml", Aliases)
                characters = load_characters(self._folder / "characters.yaml")
                entries = entries_of(catalogue, aliases)
                self._index = Index.of(entries, characters, aliases.fillers)
                self._release = catalogue.release
            return self._index
