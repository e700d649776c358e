"""What has come in from the broker and waits to be verified: metadata files, pieces of blobs.

Kept in memory: the broker has it too, and what counts is on the disk once it is verified.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field

from fleet.protocol.manifest import LARGEST_PACK
from fleet.protocol.topics import CHUNK_BYTES, chunk, chunks_of, every_chunk

MOST_FILES = 200  # five roles, and the versions that retained messages still lie about in
FEW = 20  # missing pieces are asked for one by one up to here


class Files:
    """The newest content of each metadata file."""

    def __init__(self) -> None:
        self._files: dict[str, bytes] = {}

    def put(self, name: str, content: bytes) -> bool:
        """Keep a file; whether that changed anything. Nothing in it: it was taken away.

        Beyond MOST_FILES the oldest goes.
        """
        before = self._files.pop(name, b"")
        if content:
            self._files[name] = content
        if len(self._files) > MOST_FILES:
            del self._files[next(iter(self._files))]
        return content != before

    def get(self, name: str) -> bytes | None:
        """The file, if it came."""
        return self._files.get(name)

    def forget(self) -> None:
        """What is retained comes anew."""
        self._files.clear()


@dataclass
class _Blob:
    length: int | None  # bytes; None when only the content can tell
    pieces: dict[int, bytes] = field(default_factory=dict)

    @property
    def count(self) -> int:
        return chunks_of(self.length) if self.length is not None else 1

    def missing(self) -> list[int]:
        return [number for number in range(self.count) if number not in self.pieces]


class Blobs:
    """Pieces of the blobs that are wanted; what nobody wants is not kept."""

    def __init__(self) -> None:
        self._blobs: dict[str, _Blob] = {}

    def want(self, sha256: str, length: int | None = None) -> None:
        """Collect a blob. Without a length it is one that fits into one piece."""
        if sha256 not in self._blobs:
            self._blobs[sha256] = _Blob(None if length is None else min(length, LARGEST_PACK))

    def put(self, sha256: str, number: int, piece: bytes) -> bool:
        """Keep a piece; whether that changed anything."""
        blob = self._blobs.get(sha256)
        if blob is None or number >= blob.count or not 0 < len(piece) <= CHUNK_BYTES:
            return False
        if blob.pieces.get(number) == piece:
            return False
        blob.pieces[number] = piece
        return True

    def get(self, sha256: str) -> bytes | None:
        """The blob once every piece came, right or wrong."""
        blob = self._blobs.get(sha256)
        if blob is None or blob.missing():
            return None
        return b"".join(blob.pieces[number] for number in range(blob.count))

    def progress(self, sha256: str) -> tuple[int, int]:
        """How many pieces came, and how many there are."""
        blob = self._blobs.get(sha256, _Blob(None))
        return len(blob.pieces), blob.count

    def topics(self) -> list[str]:
        """What to subscribe to for everything that is missing or proved wrong."""
        asked = []
        for sha256, blob in self._blobs.items():
            missing = blob.missing() or (list(range(blob.count)) if self.is_wrong(sha256) else [])
            few = len(missing) <= FEW
            asked += [chunk(sha256, n) for n in missing] if few else [every_chunk(sha256)]
        return asked

    def is_wrong(self, sha256: str) -> bool:
        """Whether every piece came and together they are not the blob."""
        content = self.get(sha256)
        return content is not None and hashlib.sha256(content).hexdigest() != sha256

    def forget(self) -> None:
        """Nothing is wanted any more."""
        self._blobs.clear()
