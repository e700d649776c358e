"""Metadata of TUF as the publisher writes it: what each role says, for how long, signed by whom.

Pure: takes what was, gives what will be. Versions start at 1 and each new file counts one up.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import TypeVar

from securesystemslib.signer import Key, Signer
from tuf.api.metadata import Metadata, MetaFile, Root, Snapshot, TargetFile, Targets, Timestamp

from fleet.protocol.manifest import target_path
from fleet.release import parties

Role = TypeVar("Role", Root, Targets, Snapshot, Timestamp)

VALID = {
    Root.type: timedelta(days=365),
    Targets.type: timedelta(days=180),  # both parties have to meet again before
    Snapshot.type: timedelta(days=14),
    Timestamp.type: timedelta(days=2),  # so long may a terminal be kept from what is newer
}


def root(
    bank: str,
    keys: Mapping[str, Key],
    signers: Iterable[Signer],
    now: datetime,
    *,
    development: bool,
) -> Metadata[Root]:
    """The first root of a bank. `keys`: the public keys of parties.EVERYBODY."""
    signed = Root(
        expires=now + VALID[Root.type],
        consistent_snapshot=True,
        unrecognized_fields={parties.BANK: bank, parties.DEVELOPMENT: development},
    )
    for holder in parties.ROOT_HOLDERS:
        signed.add_key(keys[holder], Root.type)
    for party in parties.RELEASING:
        signed.add_key(keys[party], Targets.type)
    for role in parties.ONLINE:
        signed.add_key(keys[role], role)
    signed.roles[Root.type].threshold = parties.ROOT_THRESHOLD
    signed.roles[Targets.type].threshold = len(parties.RELEASING)
    return _signed(Metadata(signed), signers)


def targets(
    before: Targets | None, manifests: Mapping[str, bytes], now: datetime
) -> Metadata[Targets]:
    """The list that names these releases (name → bytes of its manifest), not signed yet."""
    files = {}
    for release, content in manifests.items():
        path = target_path(release)
        files[path] = TargetFile.from_data(path, content, ["sha256"])
    version = 1 if before is None else before.version + 1
    return Metadata(Targets(version=version, expires=now + VALID[Targets.type], targets=files))


def snapshot(
    before: Snapshot | None, listed: Metadata[Targets], signer: Signer, now: datetime
) -> Metadata[Snapshot]:
    """What says which list is the newest."""
    meta = {f"{Targets.type}.json": _describe(listed)}
    version = 1 if before is None else before.version + 1
    signed = Snapshot(version=version, expires=now + VALID[Snapshot.type], meta=meta)
    return _signed(Metadata(signed), [signer])


def timestamp(
    before: Timestamp | None, newest: Metadata[Snapshot], signer: Signer, now: datetime
) -> Metadata[Timestamp]:
    """What says which snapshot is the newest, and until when that may be believed."""
    version = 1 if before is None else before.version + 1
    signed = Timestamp(
        version=version, expires=now + VALID[Timestamp.type], snapshot_meta=_describe(newest)
    )
    return _signed(Metadata(signed), [signer])


def half_gone(signed: Root | Targets | Snapshot | Timestamp, now: datetime) -> bool:
    """Whether less than half of the time is left for which it is valid."""
    return signed.expires - now < VALID[signed.type] / 2


def _describe(metadata: Metadata[Targets] | Metadata[Snapshot]) -> MetaFile:
    return MetaFile.from_data(metadata.signed.version, metadata.to_bytes(), ["sha256"])


def _signed(metadata: Metadata[Role], signers: Iterable[Signer]) -> Metadata[Role]:
    for signer in signers:
        metadata.sign(signer, append=True)
    return metadata
