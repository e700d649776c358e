"""Records by the names that stand in cells, and the words for codes."""

from __future__ import annotations

import difflib
from collections.abc import Mapping

from kiosk.catalogue.model import Catalogue
from kiosk.catalogue.sheets.layout import Words

KINDS = ("units", "service_points", "licence_types")


class Names:
    """Names in Chinese to slugs and back. A name that two records share is written as the slug."""

    def __init__(self, catalogue: Catalogue, words: Words) -> None:
        self.words = words
        self._names: Mapping[str, Mapping[str, str]] = {
            kind: {slug: record.name.zh for slug, record in getattr(catalogue, kind).items()}
            for kind in KINDS
        }
        self._slugs: dict[str, dict[str, list[str]]] = {}
        for kind, names in self._names.items():
            by_name = self._slugs.setdefault(kind, {})
            for slug, name in names.items():
                by_name.setdefault(name, []).append(slug)

    def name(self, kind: str, slug: str) -> str:
        """What stands in a cell for a record."""
        name = self._names[kind].get(slug, slug)
        plain = not set(name) & set("\n、;；") and name == name.strip()
        return name if plain and self._slugs[kind].get(name) == [slug] else slug

    def slugs(self, kind: str, name: str) -> list[str]:
        """Every record that a cell can mean: by its name, else by its slug."""
        found = self._slugs[kind].get(name)
        return found or ([name] if name in self._names[kind] else [])

    def nearest(self, kind: str, name: str) -> str | None:
        """The known name that is most like one that is not."""
        near = difflib.get_close_matches(name, self._slugs[kind], n=1, cutoff=0.5)
        return near[0] if near else None
