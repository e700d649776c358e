"""Packs: the items of a release in one compressed blob, all of them or what has changed.

A pack is one zstd frame over lines. Canonical JSON has no line breaks, so no line needs escaping:

    yici-pack 1
    + {key} {json}      the item is this
    ~ {key} {patch}     the item of the base with this JSON merge patch
    - {key}             the item of the base is gone

Opening one trusts nothing in it: its length and hash, the size it unpacks to, and in the end
every item (by the hash over all their hashes) are compared with the signed manifest.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping

import zstandard

from fleet.protocol.manifest import Manifest, Pack
from fleet.release import merge_patch
from kiosk.catalogue.items import canonical, content_hash, hashes, parse, release_name

LEVEL = 19  # a pack is made once and sent thousands of times
LARGEST_WINDOW = 8 * 1024 * 1024  # bytes that a terminal sets aside; what level 19 uses at most

_HEADER = b"yici-pack 1"


class PackError(Exception):
    """A pack that is not what the manifest says; quotes nothing of it."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def full(items: Mapping[str, bytes]) -> bytes:
    """All items, packed."""
    return _compress(_set(key, items[key]) for key in sorted(items))


def delta(base: Mapping[str, bytes], items: Mapping[str, bytes]) -> bytes:
    """What makes `items` of `base`, packed."""
    return _compress(_changes(base, items))


def describe(data: bytes, base: str | None = None) -> Pack:
    """What a manifest says about a pack that was just made."""
    size = zstandard.get_frame_parameters(data).content_size
    return Pack(sha256=hashlib.sha256(data).hexdigest(), length=len(data), unpacked=size, base=base)


def unpack(
    pack: Pack, data: bytes, base: Mapping[str, bytes] | None, manifest: Manifest
) -> dict[str, bytes]:
    """The items of the manifest's release, every one verified.

    `base`: the items of the release `pack.base`, None for a full pack. Raises PackError.
    """
    if (pack.base is None) != (base is None):
        raise PackError("a delta is opened with the items of its base, a full pack without")
    if len(data) != pack.length:
        raise PackError(f"is {len(data)} bytes long, the manifest says {pack.length}")
    if hashlib.sha256(data).hexdigest() != pack.sha256:
        raise PackError("its content is not what the manifest says")
    if base is not None and release_name(base) != pack.base:
        raise PackError(f"the items to change are not those of release {pack.base}")
    items = dict(base or {})
    for line in _lines(_decompress(data, pack.unpacked)):
        try:
            _take(line, items)
        except (ValueError, RecursionError):
            raise PackError("a line of it cannot be read") from None
    if content_hash(hashes(items)) != manifest.content:
        raise PackError("the items in it are not those of the release")
    return items


def _changes(base: Mapping[str, bytes], items: Mapping[str, bytes]) -> Iterator[bytes]:
    yield from (b"- %b" % key.encode() for key in sorted(base.keys() - items.keys()))
    for key in sorted(items):
        if key not in base:
            yield _set(key, items[key])
        elif base[key] != items[key]:
            yield _patch(key, base[key], items[key])


def _set(key: str, content: bytes) -> bytes:
    return b"+ %b %b" % (key.encode(), content)


def _patch(key: str, old: bytes, new: bytes) -> bytes:
    tree = parse(old)
    patch = merge_patch.between(tree, parse(new))
    content = canonical(patch)
    # A patch that is no shorter, or that cannot say it (a null), gives way to the whole item.
    if len(content) < len(new) and canonical(merge_patch.apply(tree, patch)) == new:
        return b"~ %b %b" % (key.encode(), content)
    return _set(key, new)


def _compress(lines: Iterator[bytes]) -> bytes:
    content = b"\n".join((_HEADER, *lines))
    return zstandard.ZstdCompressor(level=LEVEL, write_content_size=True).compress(content)


def _decompress(data: bytes, size: int) -> bytes:
    """Never makes more than one byte beyond `size`, whatever the frame says of itself."""
    decompressor = zstandard.ZstdDecompressor(max_window_size=LARGEST_WINDOW)
    try:
        with decompressor.stream_reader(data) as reader:
            content = reader.read(size + 1)
    except zstandard.ZstdError:
        raise PackError("cannot be decompressed") from None
    if len(content) != size:
        raise PackError(f"does not unpack to the {size} bytes that the manifest says")
    return content


def _lines(content: bytes) -> list[bytes]:
    header, *lines = content.split(b"\n")
    if header != _HEADER:
        raise PackError("is no pack that this terminal can read")
    return lines


def _take(line: bytes, items: dict[str, bytes]) -> None:
    sign, _, rest = line.partition(b" ")
    name, _, content = rest.partition(b" ")
    key = name.decode()
    match sign:
        case b"+":
            items[key] = content
        case b"~" if key in items:
            items[key] = canonical(merge_patch.apply(parse(items[key]), parse(content)))
        case b"-" if key in items:
            del items[key]
        case _:
            raise ValueError("no such change")
