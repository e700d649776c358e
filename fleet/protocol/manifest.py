"""The manifest of a release: what it holds, what it needs, and where its packs are.

The manifest is the one TUF target of a release (`releases/{release}.json`); everything else is
proved by the hashes in it.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from fleet.protocol.messages import Part, ReleaseName

SCHEMA = 1  # of the items; a terminal refuses a release that needs a higher one

Sha256 = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
ItemKey = Annotated[str, StringConstraints(pattern=r"^[a-z_]+/[a-z0-9_.-]{1,80}$")]
LARGEST_PACK = 64 * 1024 * 1024  # bytes, unpacked as packed


class Pack(Part):
    """A blob: all items (`base` is None), or what has changed since the release `base`."""

    sha256: Sha256
    length: Annotated[int, Field(ge=0, le=LARGEST_PACK)]
    unpacked: Annotated[int, Field(ge=0, le=LARGEST_PACK)]
    base: ReleaseName | None = None


class Manifest(Part):
    """`items` maps an item's key (`matter/birth_certificate`) to the SHA-256 of its bytes.

    `release` is the first 12 hex digits of the SHA-256 over the sorted lines `key sha256`, so the
    same content is the same release wherever it was built.
    """

    v: Literal[1] = 1
    release: ReleaseName
    item_schema: Annotated[int, Field(ge=1)] = SCHEMA
    features: tuple[str, ...] = ()
    items: dict[ItemKey, Sha256]
    full: Pack
    deltas: tuple[Pack, ...] = ()


def target_path(release: str) -> str:
    """The TUF target of a release."""
    return f"releases/{release}.json"
