"""Names of MQTT topics, built and read in one place. Never opens a socket.

`yici/v1/b/{bank}/t/{terminal}/{kind}` belongs to one terminal, `yici/v1/b/{bank}/tuf/{file}` to one
bank's repository, `yici/v1/blob/{sha256}/{n}` to nobody: what it carries proves itself.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

ROOT = "yici/v1"
CHUNK_BYTES = 128 * 1024  # slow readers are the broker's memory risk, so no message is larger

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]{0,31}")
_SHA256 = re.compile(r"[0-9a-f]{64}")
_METADATA = re.compile(r"(?:\d{1,9}\.)?(?:root|targets|snapshot|timestamp)\.json")


class Kind(StrEnum):
    """What a terminal's topic carries."""

    STATUS = "status"  # up, retained: birth, and the last will is the death
    REPORT = "report"  # up: what the terminal has and how it is
    DESIRED = "desired"  # down, retained, signed: what it should have


@dataclass(frozen=True)
class Terminal:
    """A terminal's name in the fleet: its bank and its own."""

    bank: str
    name: str

    def __post_init__(self) -> None:
        for part in (self.bank, self.name):
            if not _NAME.fullmatch(part):
                raise ValueError(f"{part!r}: 1 to 32 letters, digits and dashes")

    def topic(self, kind: Kind) -> str:
        """The terminal's topic of that kind."""
        return f"{ROOT}/b/{self.bank}/t/{self.name}/{kind.value}"

    @property
    def client_id(self) -> str:
        """One name without slashes, for files and logs: `bank.terminal`."""
        return f"{self.bank}.{self.name}"


def every_terminal(kind: Kind) -> str:
    """The filter for all terminals of all banks."""
    return f"{ROOT}/b/+/t/+/{kind.value}"


def metadata(bank: str, file: str) -> str:
    """Where a bank's TUF metadata file lies: `timestamp.json`, `3.root.json`."""
    if not _METADATA.fullmatch(file):
        raise ValueError(f"{file!r} is no metadata file of TUF")
    return f"{ROOT}/b/{bank}/tuf/{file}"


def every_metadata(bank: str) -> str:
    """The filter for all metadata of a bank."""
    return f"{ROOT}/b/{bank}/tuf/+"


def chunk(sha256: str, number: int) -> str:
    """Where a piece of a blob lies; pieces are CHUNK_BYTES long but for the last, from 0."""
    if not _SHA256.fullmatch(sha256) or number < 0:
        raise ValueError("a blob is named by its SHA-256 in hex and a piece by a number from 0")
    return f"{ROOT}/blob/{sha256}/{number}"


def every_chunk(sha256: str) -> str:
    """The filter for all pieces of a blob."""
    return chunk(sha256, 0).removesuffix("0") + "+"


def chunks_of(length: int) -> int:
    """How many pieces a blob of so many bytes has; an empty one has one, empty too."""
    return max(1, -(-length // CHUNK_BYTES))


@dataclass(frozen=True)
class TerminalTopic:
    """A terminal's topic, read."""

    terminal: Terminal
    kind: Kind


@dataclass(frozen=True)
class MetadataTopic:
    """A metadata topic, read."""

    bank: str
    file: str


@dataclass(frozen=True)
class ChunkTopic:
    """A chunk's topic, read."""

    sha256: str
    number: int


def read(topic: str) -> TerminalTopic | MetadataTopic | ChunkTopic | None:
    """What a topic names; None for one that is not of this protocol."""
    parts = topic.removeprefix(f"{ROOT}/").split("/") if topic.startswith(f"{ROOT}/") else []
    match parts:
        case ["b", bank, "t", name, kind] if kind in set(Kind):
            if _NAME.fullmatch(bank) and _NAME.fullmatch(name):
                return TerminalTopic(Terminal(bank, name), Kind(kind))
        case ["b", bank, "tuf", file]:
            if _NAME.fullmatch(bank) and _METADATA.fullmatch(file):
                return MetadataTopic(bank, file)
        case ["blob", sha256, number]:
            if _SHA256.fullmatch(sha256) and re.fullmatch(r"\d{1,6}", number):
                return ChunkTopic(sha256, int(number))
    return None
