"""The publisher's folder on the disk: metadata, blobs, what is desired. Whole files only.

keys/{name}.pem            private keys that are on this machine
metadata/{n}.root.json     and {n}.targets.json, {n}.snapshot.json, timestamp.json
pending/{release}.json     a list waiting for its signatures
releases/{release}.json    the newest manifest of every release ever built
blobs/{sha256}             manifests and packs
published.json             names, in the order in which they were published
desired.json               {"release": …, "number": …}: what all terminals should have
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

from pydantic import TypeAdapter, ValidationError
from tuf.api.exceptions import RepositoryError
from tuf.api.metadata import Metadata, Root, Snapshot, Targets, Timestamp

from fleet.protocol.manifest import Manifest
from fleet.protocol.messages import Part, ReleaseName
from kiosk.storage.folders import sync_folder

Role = TypeVar("Role", Root, Targets, Snapshot, Timestamp)

LOCK_TIMEOUT_S = 30.0  # each holds it for some milliseconds, on a slow disk longer
LOCK_POLL_S = 0.02

_NAMES = TypeAdapter(tuple[ReleaseName, ...])


class ReleaseError(Exception):
    """A release cannot be built, signed or published; says why and what to do."""


class Wanted(Part):
    """What all terminals of the bank should have. `number` grows with every change."""

    release: ReleaseName
    number: int


class Files:
    """The files of one bank's repository. Methods raise ReleaseError for what cannot be read."""

    def __init__(self, folder: Path, lock_timeout_s: float = LOCK_TIMEOUT_S) -> None:
        self._lock_timeout_s = lock_timeout_s
        self.keys = folder / "keys"
        self.desired_file = folder / "desired.json"
        self._metadata = folder / "metadata"
        self._pending = folder / "pending"
        self._releases = folder / "releases"
        self._blobs = folder / "blobs"
        self._published = folder / "published.json"
        self._lock = folder / ".lock"
        for part in (self._metadata, self._pending, self._releases, self._blobs):
            part.mkdir(parents=True, exist_ok=True)

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Hold the folder against others that read or change it. Raises ReleaseError."""
        patience = time.monotonic() + self._lock_timeout_s
        with self._lock.open("w") as opened:
            while True:
                try:
                    fcntl.flock(opened, fcntl.LOCK_EX | fcntl.LOCK_NB)
                    break
                except BlockingIOError:
                    if time.monotonic() > patience:
                        raise ReleaseError(
                            f"{self._lock.parent}: another process has it for more than "
                            f"{self._lock_timeout_s:g} s; end that one, or wait"
                        ) from None
                    time.sleep(LOCK_POLL_S)
            yield

    # metadata

    def roots(self) -> list[Path]:
        """The files of all roots, the oldest first."""
        return sorted(self._metadata.glob("*.root.json"), key=_version)

    def begun(self) -> bool:
        """Whether anything was ever published here."""
        return (self._metadata / f"{Timestamp.type}.json").exists()

    def root(self) -> Metadata[Root]:
        """The newest root."""
        return _load(self.roots()[-1], Root)

    def timestamp(self) -> Metadata[Timestamp]:
        """Written last, so what it names is what is published, whatever else lies there."""
        return _load(self._metadata / f"{Timestamp.type}.json", Timestamp)

    def snapshot(self) -> Metadata[Snapshot]:
        """The one that the timestamp names."""
        version = self.timestamp().signed.snapshot_meta.version
        return _load(self._metadata / f"{version}.{Snapshot.type}.json", Snapshot)

    def targets(self) -> Metadata[Targets]:
        """The list that the snapshot names."""
        version = self.snapshot().signed.meta[f"{Targets.type}.json"].version
        return _load(self._metadata / f"{version}.{Targets.type}.json", Targets)

    def metadata(self, name: str) -> bytes:
        """The bytes of a metadata file."""
        return _bytes(self._metadata / name)

    def put_metadata(self, metadata: Metadata[Role]) -> None:
        """Write a role's next file."""
        _write(self._metadata / name_of(metadata.signed), metadata.to_bytes())

    # a list that waits for signatures

    def pending(self) -> tuple[str, Metadata[Targets]] | None:
        """The release that waits, and the list that names it."""
        files = list(self._pending.glob("*.json"))
        return (files[0].stem, _load(files[0], Targets)) if files else None

    def put_pending(self, release: str, listed: Metadata[Targets]) -> None:
        """Let this list wait in place of the one before."""
        _write(self._pending / f"{release}.json", listed.to_bytes())
        for file in self._pending.glob("*.json"):
            if file.stem != release:
                file.unlink()

    def drop_pending(self) -> None:
        """No list waits any more."""
        for file in self._pending.glob("*.json"):
            file.unlink()
        sync_folder(self._pending)

    # releases

    def names(self) -> tuple[str, ...]:
        """Every release ever built."""
        return tuple(sorted(file.stem for file in self._releases.glob("*.json")))

    def built_at(self, release: str) -> datetime:
        """When the newest manifest of a release was written."""
        file = self._releases / f"{release}.json"
        try:
            return datetime.fromtimestamp(file.stat().st_mtime, UTC)
        except OSError as error:
            raise ReleaseError(f"{file}: {error.strerror}") from error

    def manifest_bytes(self, release: str) -> bytes:
        """The newest manifest of a release as it is signed."""
        if release not in self.names():
            known = ", ".join(self.names()) or "none"
            raise ReleaseError(f"no release {release} was built here; there are: {known}")
        return _bytes(self._releases / f"{release}.json")

    def put_release(self, manifest: bytes, release: str, packs: dict[str, bytes]) -> None:
        """Write a release's packs and its manifest."""
        for content in (*packs.values(), manifest):
            name = hashlib.sha256(content).hexdigest()
            if not (self._blobs / name).exists():
                _write(self._blobs / name, content)
        _write(self._releases / f"{release}.json", manifest)

    def blob(self, sha256: str) -> bytes:
        """A manifest or a pack."""
        content = _bytes(self._blobs / sha256)
        if hashlib.sha256(content).hexdigest() != sha256:
            raise ReleaseError(f"{self._blobs / sha256}: is damaged; build the release again")
        return content

    # what is published and desired

    def published(self) -> tuple[str, ...]:
        """Releases in the order in which they were published last."""
        if not self._published.exists():
            return ()
        try:
            return _NAMES.validate_json(_bytes(self._published))
        except ValidationError as error:
            raise ReleaseError(f"{self._published}: no list of releases; put it back") from error

    def put_published(self, names: tuple[str, ...]) -> None:
        """Write the order in which releases were published."""
        _write(self._published, _NAMES.dump_json(names))

    def desired(self) -> Wanted | None:
        """None before the first publication."""
        if not self.desired_file.exists():
            return None
        try:
            return Wanted.model_validate_json(_bytes(self.desired_file))
        except ValidationError as error:
            raise ReleaseError(
                f"{self.desired_file}: must hold release and number; publish again with a number "
                "above every one before"
            ) from error

    def put_desired(self, wanted: Wanted) -> None:
        """Write what all terminals should have."""
        _write(self.desired_file, wanted.model_dump_json().encode())


def name_of(signed: Root | Targets | Snapshot | Timestamp) -> str:
    """The name of a metadata file."""
    version = "" if isinstance(signed, Timestamp) else f"{signed.version}."
    return f"{version}{signed.type}.json"


def read_manifest(content: bytes) -> Manifest:
    """A manifest that this repository wrote."""
    try:
        return Manifest.model_validate_json(content)
    except ValidationError as error:
        raise ReleaseError("a manifest is damaged; build its release again") from error


def _version(file: Path) -> int:
    return int(file.name.partition(".")[0])


def _load(file: Path, role: type[Role]) -> Metadata[Role]:
    try:
        metadata = Metadata[role].from_bytes(_bytes(file))  # type: ignore[valid-type]
    except RepositoryError as error:
        raise ReleaseError(f"{file}: is damaged; put it back from the last copy") from error
    if not isinstance(metadata.signed, role):
        raise ReleaseError(f"{file}: holds another role; put it back from the last copy")
    return metadata


def _bytes(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise ReleaseError(f"{file}: {error.strerror}") from error


def _write(file: Path, content: bytes) -> None:
    """A reader, and a power cut, find the file before or the file after."""
    with tempfile.NamedTemporaryFile(dir=file.parent, prefix=".", delete=False) as opened:
        opened.write(content)
        opened.flush()
        os.fsync(opened.fileno())
    Path(opened.name).replace(file)
    sync_folder(file.parent)
