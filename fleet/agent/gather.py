"""From what arrived to the verified items of a release; decides nothing about when."""

from __future__ import annotations

import structlog

from fleet.agent.arrivals import Blobs, Files
from fleet.protocol.manifest import SCHEMA, Manifest, Pack
from fleet.release.packs import PackError, unpack
from fleet.release.trust import Incomplete, Refused, Trust
from kiosk.catalogue.consistency import CatalogueError
from kiosk.catalogue.items import content_hash, from_items, hashes, release_name
from kiosk.catalogue.release_rows import UnknownRelease
from kiosk.catalogue.release_store import ReleaseStore

FEATURES: frozenset[str] = frozenset()  # what a release may need beyond its schema

log = structlog.get_logger(__name__)


class Gatherer:
    """Asks for what it misses by wanting it of `blobs`."""

    def __init__(self, trust: Trust, files: Files, blobs: Blobs, store: ReleaseStore) -> None:
        self._trust = trust
        self._files = files
        self._blobs = blobs
        self._store = store

    def items(self, release: str) -> dict[str, bytes]:
        """The items of a release, every one verified and fit to be a catalogue here.

        Raises Incomplete, Refused, DatabaseFault, OSError.
        """
        if release not in self._trust.refresh(self._files.get):
            raise Incomplete(f"a signed list that names release {release}")
        manifest = self._trust.manifest(release, self._manifest)
        if manifest.item_schema > SCHEMA:
            raise Refused(
                f"release {release} needs item schema {manifest.item_schema}, this program has "
                f"{SCHEMA}; update the program first"
            )
        if lacking := sorted(set(manifest.features) - FEATURES):
            raise Refused(f"release {release} needs {', '.join(lacking)}; update the program first")
        items = self._kept(manifest) or self._unpacked(manifest)
        try:
            from_items(items)
        except CatalogueError as error:
            raise Refused(f"release {release} cannot be used here: {error.problems[0]}") from None
        return items

    def _manifest(self, sha256: str) -> bytes | None:
        self._blobs.want(sha256)
        return self._blobs.get(sha256)

    def _kept(self, manifest: Manifest) -> dict[str, bytes] | None:
        """A release that is still in the store, such as the one before."""
        try:
            items = self._store.items(manifest.release)
        except UnknownRelease:
            return None
        return items if content_hash(hashes(items)) == manifest.content else None

    def _unpacked(self, manifest: Manifest) -> dict[str, bytes]:
        pack, base = self._choose(manifest)
        self._blobs.want(pack.sha256, pack.length)
        data = self._blobs.get(pack.sha256)
        if data is None:
            came, of = self._blobs.progress(pack.sha256)
            raise Incomplete(f"all of the pack of release {manifest.release} ({came} of {of})")
        try:
            return unpack(pack, data, base, manifest)
        except PackError as error:
            raise Refused(f"the pack of release {manifest.release}: {error.reason}") from error

    def _choose(self, manifest: Manifest) -> tuple[Pack, dict[str, bytes] | None]:
        """The delta from the release in force if there is one, else the full pack."""
        in_force = self._store.in_force()
        for pack in manifest.deltas:
            if in_force is not None and pack.base == in_force.active:
                base = self._store.items(in_force.active)
                if release_name(base) == pack.base:
                    return pack, base
                log.warning("items in force are damaged; taking the full pack", release=pack.base)
        return manifest.full, None
