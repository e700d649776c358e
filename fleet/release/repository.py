"""A bank's repository of releases, as the publisher keeps it: build, sign, publish.

Building writes a list that waits; each party signs it; publishing makes it the newest. A roll-back
is the same: a newer list that names an earlier release. Every method reads the folder anew, so the
command line and the manager may work on one folder at the same time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from securesystemslib.signer import Signer
from tuf.api.metadata import Metadata, Snapshot, Targets

from fleet.protocol.manifest import Manifest
from fleet.protocol.messages import Desired, SignedDesired
from fleet.release import build as builder
from fleet.release import keys, parties, roles
from fleet.release.files import Files, ReleaseError, Wanted, name_of, read_manifest
from fleet.release.packs import PackError, unpack

LISTED = 3  # the newest and those before it: terminals of a later group, deltas, quick roll-back


@dataclass(frozen=True)
class Release:
    """A release in a repository. `listed`: terminals may take it."""

    name: str
    manifest: Manifest
    listed: bool
    desired: bool


class Repository:
    """One bank's repository in one folder. Methods raise ReleaseError, KeyFileError, OSError."""

    def __init__(self, files: Files, now: Callable[[], datetime]) -> None:
        """Use `open`."""
        self._files = files
        self._now = now

    @classmethod
    def open(
        cls,
        folder: Path,
        bank: str,
        *,
        live: bool = False,
        now: Callable[[], datetime] = lambda: datetime.now(UTC).replace(microsecond=0),
    ) -> Repository:
        """The repository in exactly this folder; made when it is not there.

        A new one signs its root with the keys in `keys/`, and makes development keys when there
        are none. With `live` it makes none, and refuses a repository that was begun with them.
        """
        repository = cls(Files(folder), now)
        with repository._files.alone():
            if not repository._files.begun():
                repository._begin(bank, live)
        fields = repository._files.root().signed.unrecognized_fields
        if fields.get(parties.BANK) != bank:
            raise ReleaseError(f"{folder}: is of bank {fields.get(parties.BANK)}, not {bank}")
        if live and fields.get(parties.DEVELOPMENT):
            raise ReleaseError(
                f"{folder}: its keys were made for development; begin a new folder with the keys "
                "of the city and the bank (docs/releases.md)"
            )
        return repository

    # what the manager reads

    @property
    def root(self) -> bytes:
        """The first root: what a terminal is given when it is enrolled."""
        return self._files.metadata("1.root.json")

    @property
    def desired_file(self) -> Path:
        """Changes when something is published."""
        return self._files.desired_file

    def desired(self) -> Wanted | None:
        """What all terminals should have; None before the first publication."""
        return self._files.desired()

    def published(self) -> tuple[str, ...]:
        """Releases that are still here, in the order in which they were published last."""
        stored = frozenset(self._files.names())
        return tuple(name for name in self._files.published() if name in stored)

    def built_at(self, release: str) -> datetime:
        """When a release was last built here."""
        return self._files.built_at(release)

    def metadata_files(self) -> dict[str, bytes]:
        """The metadata that terminals need now, by file name, in the order of publication."""
        with self._files.alone():
            names = [file.name for file in self._files.roots()]
            names.append(name_of(self._files.targets().signed))
            names.append(name_of(self._files.snapshot().signed))
            names.append(name_of(self._files.timestamp().signed))
            return {name: self._files.metadata(name) for name in names}

    def blobs(self) -> Iterator[tuple[str, bytes]]:
        """The blobs that listed releases need: SHA-256 in hex, content."""
        seen: set[str] = set()
        for file in self._files.targets().signed.targets.values():
            digest = file.hashes["sha256"]
            content = self._files.blob(digest)
            manifest = read_manifest(content)
            for pack in (manifest.full, *manifest.deltas):
                if pack.sha256 not in seen:
                    seen.add(pack.sha256)
                    yield pack.sha256, self._files.blob(pack.sha256)
            yield digest, content

    def sign_desired(self, desired: Desired) -> SignedDesired:
        """A terminal's desired state, signed with the snapshot role's key."""
        text = desired.model_dump_json()
        signature = self._online("snapshot").sign(text.encode())
        return SignedDesired(signed=text, keyid=signature.keyid, signature=signature.signature)

    def refresh_timestamp(self) -> bool:
        """Sign timestamp and snapshot anew where half their time is gone; whether one was.

        To be called at least every few hours: a terminal believes no list whose time is over.
        """
        with self._files.alone():
            now = self._now()
            if roles.half_gone(self._files.snapshot().signed, now):
                self._announce(self._files.targets())
            elif roles.half_gone(self._files.timestamp().signed, now):
                self._stamp(self._files.snapshot())
            else:
                return False
            return True

    # what the publisher does

    def releases(self) -> tuple[Release, ...]:
        """Every release ever built; those published first in their order, then the others."""
        published, listed = self._files.published(), self._listed()
        wanted = self._files.desired()
        others = [name for name in self._files.names() if name not in published]
        return tuple(
            Release(
                name=name,
                manifest=read_manifest(self._files.manifest_bytes(name)),
                listed=name in listed,
                desired=wanted is not None and wanted.release == name,
            )
            for name in (*published, *others)
        )

    def expiries(self) -> dict[str, datetime]:
        """Until when each role's newest metadata is valid."""
        files = self._files
        newest = (files.root(), files.targets(), files.snapshot(), files.timestamp())
        return {metadata.signed.type: metadata.signed.expires for metadata in newest}

    def items(self, release: str) -> dict[str, bytes]:
        """The items of a release that was built here."""
        manifest = read_manifest(self._files.manifest_bytes(release))
        try:
            return unpack(manifest.full, self._files.blob(manifest.full.sha256), None, manifest)
        except PackError as error:
            raise ReleaseError(f"release {release}: {error}; build it again") from error

    def build(self, items: Mapping[str, bytes]) -> builder.Built:
        """Make the release of these items, and a list that names it and waits for signatures."""
        bases = {name: self.items(name) for name in reversed(self._recent(self._listed()))}
        built = builder.build(items, bases)  # takes seconds, so nobody is kept out meanwhile
        manifest = built.manifest.model_dump_json().encode()
        with self._files.alone():
            self._files.put_release(manifest, built.name, built.packs)
            listed = self._listed()
            kept = [name for name in self._recent(listed) if name != built.name]
            contents = {name: listed[name] for name in kept[-(LISTED - 1) :]}
            contents[built.name] = manifest
            waiting = roles.targets(self._files.targets().signed, contents, self._now())
            self._files.put_pending(built.name, waiting)
        return built

    def build_again(self, release: str) -> builder.Built:
        """Make an earlier release the one that waits: a roll-back by a newer list."""
        return self.build(self.items(release))

    def pending(self) -> str | None:
        """The release that waits for signatures or publication."""
        waiting = self._files.pending()
        return waiting[0] if waiting else None

    def party_key(self, party: str) -> Signer:
        """A party's key when it lies on this machine."""
        return keys.read(self._files.keys / f"{party}{keys.SUFFIX}")

    def sign(self, signer: Signer) -> int:
        """Add a party's signature to the list that waits; how many are missing still."""
        with self._files.alone():
            release, waiting = self._waiting()
            root = self._files.root().signed
            if signer.public_key.keyid not in root.roles[Targets.type].keyids:
                raise ReleaseError("this key is neither the city's nor the bank's releasing key")
            waiting.sign(signer, append=True)
            self._files.put_pending(release, waiting)
            return self._missing(waiting)

    def publish(self, release: str | None = None) -> Wanted:
        """Make the list that waits the newest, and its release the desired one of all terminals.

        `release`: one that is listed already needs no new list; None for the one that waits.
        """
        with self._files.alone():
            if release is None or release == self.pending():
                release = self._publish_pending()
            elif release not in self._listed():
                raise ReleaseError(
                    f"release {release} is not in the newest list; build it again, then sign it"
                )
            before = self._files.desired()
            wanted = Wanted(release=release, number=before.number + 1 if before else 1)
            self._files.put_desired(wanted)
            self._files.drop_pending()
            return wanted

    def _publish_pending(self) -> str:
        release, waiting = self._waiting()
        if missing := self._missing(waiting):
            raise ReleaseError(
                f"release {release}: {missing} of {len(parties.RELEASING)} signatures missing; "
                "city and bank must both sign"
            )
        newest = self._files.targets()
        if waiting.signed.version == newest.signed.version + 1:
            self._files.put_metadata(waiting)
            self._announce(waiting)
        elif waiting.to_bytes() != newest.to_bytes():  # the same: a run was cut off after this
            raise ReleaseError(f"release {release}: another was published since; build it again")
        order = tuple(name for name in self._files.published() if name != release)
        self._files.put_published((*order, release))
        return release

    def _waiting(self) -> tuple[str, Metadata[Targets]]:
        waiting = self._files.pending()
        if waiting is None:
            raise ReleaseError("no release waits; build one first")
        return waiting

    def _missing(self, waiting: Metadata[Targets]) -> int:
        result = self._files.root().signed.get_verification_result(
            Targets.type, waiting.signed_bytes, waiting.signatures
        )
        return result.missing

    def _listed(self) -> dict[str, bytes]:
        """Releases that terminals may take, each with its manifest as it was signed."""
        files = self._files.targets().signed.targets.values()
        contents = [self._files.blob(file.hashes["sha256"]) for file in files]
        return {read_manifest(content).release: content for content in contents}

    def _recent(self, listed: Mapping[str, bytes]) -> list[str]:
        """The listed releases, the one published last at the end."""
        return [name for name in self._files.published() if name in listed]

    def _online(self, role: str) -> Signer:
        return keys.read(self._files.keys / f"{role}{keys.SUFFIX}")

    def _begin(self, bank: str, live: bool) -> None:
        development = keys.made_for_development(self._files.keys) and not live
        if development:
            signers = keys.make_all(self._files.keys)
        else:
            signers = keys.read_all(self._files.keys, parties.EVERYBODY)
        now = self._now()
        public = {name: signer.public_key for name, signer in signers.items()}
        holders = [signers[holder] for holder in parties.ROOT_HOLDERS[: parties.ROOT_THRESHOLD]]
        self._files.put_metadata(roles.root(bank, public, holders, now, development=development))
        nothing = roles.targets(None, {}, now)
        for party in parties.RELEASING:
            nothing.sign(signers[party], append=True)
        self._files.put_metadata(nothing)
        first = roles.snapshot(None, nothing, signers["snapshot"], now)
        self._files.put_metadata(first)
        self._files.put_metadata(roles.timestamp(None, first, signers["timestamp"], now))

    def _announce(self, listed: Metadata[Targets]) -> None:
        before, signer = self._files.snapshot().signed, self._online("snapshot")
        newest = roles.snapshot(before, listed, signer, self._now())
        self._files.put_metadata(newest)
        self._stamp(newest)

    def _stamp(self, newest: Metadata[Snapshot]) -> None:
        before, signer = self._files.timestamp().signed, self._online("timestamp")
        self._files.put_metadata(roles.timestamp(before, newest, signer, self._now()))
