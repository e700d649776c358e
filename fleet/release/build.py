"""Makes a release of items: its packs and the manifest that proves them. Pure."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

from fleet.protocol.manifest import Manifest
from fleet.release import packs
from kiosk.catalogue.items import content_hash, hashes


@dataclass(frozen=True)
class Built:
    """A release, ready to be signed. `packs` maps the SHA-256 of each pack to its bytes."""

    manifest: Manifest
    packs: dict[str, bytes]

    @property
    def name(self) -> str:
        """Of the release."""
        return self.manifest.release


def build(items: Mapping[str, bytes], bases: Mapping[str, Mapping[str, bytes]]) -> Built:
    """The release that these items are, with a delta from each of `bases` (release → items).

    A delta that would be no smaller than the full pack is left out.
    """
    content = content_hash(hashes(items))
    name = content[:12]
    whole = packs.full(items)
    deltas = {
        base: packs.delta(base_items, items) for base, base_items in bases.items() if base != name
    }
    deltas = {base: data for base, data in deltas.items() if len(data) < len(whole)}
    manifest = Manifest(
        release=name,
        content=content,
        full=packs.describe(whole),
        deltas=tuple(packs.describe(data, base) for base, data in deltas.items()),
    )
    blobs = {hashlib.sha256(data).hexdigest(): data for data in (whole, *deltas.values())}
    return Built(manifest, blobs)
