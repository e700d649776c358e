"""What a bank has published: its releases, and the catalogue that each of them is.

Reads the folder anew every time, since the command line publishes there too. Only catalogues are
kept: a release is named by the hash of its content, so what was read once stays true.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from threading import Lock

from fleet.release.repository import Repository
from kiosk.catalogue.items import from_items
from kiosk.catalogue.model import Catalogue

KEPT = 3  # catalogues in memory, as many as terminals may take


@dataclass(frozen=True)
class PublishedRelease:
    """A release that was published. `desired_since`: None when terminals should have another."""

    name: str
    built: datetime
    desired_since: datetime | None


class Published:
    """Releases of every bank. Methods may be called from any thread."""

    def __init__(self, repositories: Mapping[str, Repository]) -> None:
        """`repositories`: one for each bank."""
        self._repositories = dict(repositories)
        self._loading = Lock()  # two that ask at once wait for the one reading
        self._read = lru_cache(maxsize=KEPT)(self._catalogue)

    @property
    def banks(self) -> tuple[str, ...]:
        """Whose releases these are."""
        return tuple(self._repositories)

    def releases(self, bank: str) -> tuple[PublishedRelease, ...]:
        """The desired release first, then the others, the one published last before those earlier.

        Raises KeyError for a bank that is none, ReleaseError and OSError for a folder that cannot
        be read.
        """
        repository = self._repositories[bank]
        names = list(reversed(repository.published()))
        wanted = repository.desired()
        since = None
        if wanted is not None:
            since = datetime.fromtimestamp(repository.desired_file.stat().st_mtime, UTC)
            names = [wanted.release, *(name for name in names if name != wanted.release)]
        return tuple(
            PublishedRelease(
                name,
                repository.built_at(name),
                since if wanted is not None and name == wanted.release else None,
            )
            for name in names
        )

    def catalogue(self, bank: str, release: str) -> Catalogue:
        """The catalogue of a release.

        Takes a tenth of a second at first, so it is not for an event loop. Raises KeyError for a
        bank that is none, ReleaseError and OSError for what cannot be read, CatalogueError for a
        release that this program's model does not fit.
        """
        with self._loading:
            return self._read(bank, release)

    def _catalogue(self, bank: str, release: str) -> Catalogue:
        return from_items(self._repositories[bank].items(release))
