"""What of a bank's repository the broker has to retain, and in which order it is published.

Pieces of blobs first, then roots, targets, snapshot, timestamp, and last what each terminal should
have: so a terminal that hears of something can already fetch what it names.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from hashlib import sha256

from fleet.manager.link import Said
from fleet.protocol import topics
from fleet.protocol.messages import Desired
from fleet.protocol.topics import CHUNK_BYTES, Kind, Terminal
from fleet.release.files import Wanted
from fleet.release.repository import Repository

TIMESTAMP = "timestamp.json"


def blob_messages(digest: str, content: bytes) -> list[Said]:
    """A blob in pieces."""
    return [
        Said(
            topics.chunk(digest, number),
            content[number * CHUNK_BYTES : (number + 1) * CHUNK_BYTES],
        )
        for number in range(topics.chunks_of(len(content)))
    ]


def stages(
    bank: str, metadata: Mapping[str, bytes], blobs: Iterable[tuple[str, bytes]]
) -> Iterator[Sequence[Said]]:
    """Messages in groups; a group is published when the one before was acknowledged."""
    for digest, content in blobs:
        yield blob_messages(digest, content)
    for file, content in metadata.items():
        yield [Said(topics.metadata(bank, file), content)]


def desired_messages(
    repository: Repository, wanted: Wanted, terminals: Sequence[Terminal]
) -> list[Said]:
    """What each of the terminals should have, signed for it."""
    return [
        Said(
            terminal.topic(Kind.DESIRED),
            repository.sign_desired(
                Desired(
                    bank=terminal.bank,
                    terminal=terminal.name,
                    number=wanted.number,
                    release=wanted.release,
                )
            ).to_bytes(),
        )
        for terminal in terminals
    ]


def digest(payload: bytes) -> str:
    """By which two payloads are compared."""
    return sha256(payload).hexdigest()
