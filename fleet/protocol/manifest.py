"""The manifest of a release: what it holds, what it needs, and where its packs are.

The manifest is the one TUF target of a release (`releases/{release}.json`); everything else is
proved by the hashes in it.
"""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, StringConstraints, model_validator

from fleet.protocol.messages import Part, ReleaseName

SCHEMA = 1  # of the items; a terminal refuses a release that needs a higher one

Sha256 = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
LARGEST_PACK = 64 * 1024 * 1024  # bytes, unpacked as packed


class Pack(Part):
    """A blob: all items (`base` is None), or what has changed since the release `base`."""

    sha256: Sha256
    length: Annotated[int, Field(ge=0, le=LARGEST_PACK)]
    unpacked: Annotated[int, Field(ge=0, le=LARGEST_PACK)]
    base: ReleaseName | None = None


class Manifest(Part):
    """`content` is the SHA-256 over the sorted lines `key sha256` of all items.

    `release` is its first 12 hex digits, so the same content is the same release wherever it was
    built. The lines themselves are not sent: a terminal has the items and makes them, and with
    10,000 matters they would be a hundred times what a delta has.
    """

    v: Literal[1] = 1
    release: ReleaseName
    content: Sha256
    item_schema: Annotated[int, Field(ge=1)] = SCHEMA
    features: tuple[str, ...] = ()
    full: Pack
    deltas: tuple[Pack, ...] = ()

    @model_validator(mode="after")
    def _named_after_content(self) -> Self:
        if not self.content.startswith(self.release):
            raise ValueError("a release is named by the first digits of its content's hash")
        return self


def target_path(release: str) -> str:
    """The TUF target of a release."""
    return f"releases/{release}.json"
