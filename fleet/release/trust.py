"""What a terminal believes of its bank's repository: the client's side of TUF, the only module
here that knows python-tuf's client.

Everything starts from the root that the terminal was enrolled with. Verified metadata lies in one
folder and is verified again each time it is read, so what somebody writes there is worth nothing.

The desired state is signed with the snapshot role's key of the newest trusted root. It cannot be
taken for metadata nor metadata for it: the one refuses unknown keys, the other needs `_type`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import structlog
from pydantic import ValidationError
from securesystemslib.exceptions import UnverifiedSignatureError, VerificationError
from securesystemslib.signer import Signature
from tuf.api.exceptions import (
    BadVersionNumberError,
    DownloadError,
    DownloadHTTPError,
    ExpiredMetadataError,
    LengthOrHashMismatchError,
    RepositoryError,
    UnsignedMetadataError,
)
from tuf.api.metadata import Metadata, Root, Targets
from tuf.ngclient import FetcherInterface, Updater

from fleet.protocol.manifest import Manifest, target_path
from fleet.protocol.messages import Desired, MessageError, SignedDesired, read_desired
from fleet.release.parties import BANK, DEVELOPMENT, shares_targets

LARGEST_MANIFEST = 64 * 1024  # bytes; one with ten deltas has 3 KB

_BASE = "fleet:///"  # the updater speaks in URLs; what follows is the file's name
_NOT_FOUND = 404
_PREFIX, _SUFFIX = target_path("\0").split("\0")

log = structlog.get_logger(__name__)

Fetch = Callable[[str], bytes | None]


class Incomplete(Exception):
    """A file that is needed has not arrived; try again when more has."""

    def __init__(self, what: str) -> None:
        super().__init__(f"{what} has not arrived")
        self.what = what


class Refused(Exception):
    """What arrived is not to be believed; the trusted state is as before."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Trust:
    """The trusted state in one folder. Not for several threads at once."""

    def __init__(
        self,
        folder: Path,
        root: bytes,
        *,
        live: bool = False,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        """`root`: the bank's root metadata as the terminal was enrolled with it.

        `live`: refuse keys that were made for development. Raises Refused when `root` is no root,
        is signed by too few, or would let one party alone release; OSError for the folder.
        """
        self._folder = folder
        self._enrolled = root
        self._live = live
        self._now = now
        folder.mkdir(parents=True, exist_ok=True)
        try:
            self._check(_signed_root(root, None))
        except RepositoryError as error:
            raise Refused(f"the root of the bank cannot be used: {_reason(error)}") from error

    def refresh(self, fetch: Fetch) -> frozenset[str]:
        """Take in what is newer; the releases that the newest verified list names.

        `fetch` gives the content of a metadata file by its name, None when it is not there, and
        what it raises is raised here. A next root that is not there means that there is none; so
        a Refused for signatures can come from a root that is still under way.

        Raises Incomplete, Refused (bad or too few signatures, replay, expiry, parts of different
        publications), OSError when the folder cannot be written.
        """
        return _names(self._update(fetch))

    def listed(self) -> frozenset[str]:
        """The releases that the list trusted last names, expired or not; none before the first."""
        targets = self._stored_targets()
        return frozenset() if targets is None else _names(targets)

    def manifest(self, release: str, fetch_blob: Fetch) -> Manifest:
        """The manifest of a release, proved by the list in the folder, which must not be expired.

        `fetch_blob` gives a blob by the hex of its SHA-256. Raises Incomplete, Refused, OSError.
        """
        file = self._update(self._stored).targets.get(target_path(release))
        if file is None:
            raise Refused(f"release {release} is not in the newest signed list")
        digest = file.hashes.get("sha256", "")
        if file.length > LARGEST_MANIFEST or not digest:
            raise Refused(f"the list gives no usable hash or length for release {release}")
        content = fetch_blob(digest)
        if content is None:
            raise Incomplete(f"manifest of release {release}")
        if len(content) != file.length or hashlib.sha256(content).hexdigest() != digest:
            raise Refused(f"the manifest of release {release} is not the one that was signed")
        try:
            manifest = Manifest.model_validate_json(content)
        except ValidationError:
            raise Refused(f"the manifest of release {release} cannot be read here") from None
        if manifest.release != release:
            raise Refused(f"the manifest listed for {release} is that of {manifest.release}")
        return manifest

    def desired(self, signed: SignedDesired) -> Desired:
        """What the bank's manager wants, its signature verified. Raises Refused.

        Whether it is for this terminal, and newer than what came before, is for the caller to see.
        """
        root = self._root()
        if signed.keyid not in root.roles["snapshot"].keyids:
            raise Refused("the desired state is signed with a key that may not")
        try:
            root.keys[signed.keyid].verify_signature(
                Signature(signed.keyid, signed.signature), signed.signed.encode()
            )
        except (UnverifiedSignatureError, VerificationError, ValueError):
            raise Refused("the signature of the desired state is wrong") from None
        try:
            desired = read_desired(signed.signed)
        except MessageError as error:
            raise Refused(str(error)) from None
        if desired.bank != root.unrecognized_fields.get(BANK):
            raise Refused("the desired state is for the terminals of another bank")
        return desired

    def _update(self, fetch: Fetch) -> Targets:
        fetcher = _Fetcher(lambda name: self._checked(name, fetch(name)))
        try:
            updater = _Updater(self._folder, self._enrolled, fetcher, self._now())
            updater.refresh()
        except DownloadHTTPError as error:
            raise Incomplete(str(error)) from None
        except (RepositoryError, DownloadError) as error:
            raise Refused(_reason(error)) from error
        self._check(updater.trusted_root)  # it may have been put into the folder by another
        return updater.trusted_targets

    def _checked(self, name: str, content: bytes | None) -> bytes | None:
        """What was fetched; a root is looked at before the updater keeps it."""
        if content is not None and name.endswith(f"{Root.type}.json"):
            try:
                self._check(_signed_root(content, None))
            except RepositoryError as error:
                raise Refused(f"{name}: {_reason(error)}") from error
        return content

    def _check(self, root: Root) -> None:
        """Raises Refused for what no signature makes good."""
        if not shares_targets(root):
            raise Refused("the root of the bank would let one party alone release")
        if self._live and root.unrecognized_fields.get(DEVELOPMENT):
            raise Refused("the keys of the bank were made for development; enrol with real ones")

    def _stored(self, name: str) -> bytes | None:
        """A metadata file by the name under which it would be fetched."""
        version, _, role = name.rpartition(".json")[0].rpartition(".")
        try:
            content = (self._folder / f"{role}.json").read_bytes()
            stored = Metadata.from_bytes(content).signed.version
        except (RepositoryError, OSError):
            return None
        return content if role != Root.type and version in ("", str(stored)) else None

    def _root(self) -> Root:
        """The newest root that a chain from the enrolled one leads to."""
        root = _signed_root(self._enrolled, None)
        history = self._folder / "root_history"
        while (file := history / f"{root.version + 1}.root.json").exists():
            try:
                following = _signed_root(file.read_bytes(), root)
                self._check(following)
            except (RepositoryError, Refused, OSError) as error:
                log.warning("stored root cannot be used", file=file.name, error=repr(error))
                break
            root = following
        return root

    def _stored_targets(self) -> Targets | None:
        file = self._folder / "targets.json"
        try:
            found = Metadata[Targets].from_bytes(file.read_bytes())
            self._root().verify_delegate(Targets.type, found.signed_bytes, found.signatures)
        except FileNotFoundError:
            return None
        except (RepositoryError, OSError) as error:
            log.warning("stored list cannot be used", file=file.name, error=repr(error))
            return None
        return found.signed


class _Fetcher(FetcherInterface):
    """Gives the updater what a function has. A generator, so that what `fetch` raises passes."""

    def __init__(self, fetch: Fetch) -> None:
        self._get = fetch

    def _fetch(self, url: str) -> Iterator[bytes]:
        name = url.removeprefix(_BASE)
        content = self._get(name)
        if content is None:
            raise DownloadHTTPError(name, _NOT_FOUND)
        yield content


class _Updater(Updater):
    """An updater that goes by the clock it is given."""

    def __init__(self, folder: Path, root: bytes, fetcher: FetcherInterface, now: datetime) -> None:
        super().__init__(str(folder), _BASE, fetcher=fetcher, bootstrap=root)
        self._trusted_set.reference_time = now

    @property
    def trusted_root(self) -> Root:
        """The newest root that was verified."""
        return self._trusted_set.root

    @property
    def trusted_targets(self) -> Targets:
        """The verified list; only after `refresh`."""
        return self._trusted_set.targets


def _signed_root(content: bytes, before: Root | None) -> Root:
    found = Metadata[Root].from_bytes(content)
    root = found.signed
    if not isinstance(root, Root):
        raise RepositoryError("is no root")
    if before is not None:
        before.verify_delegate(Root.type, found.signed_bytes, found.signatures)
        if root.version != before.version + 1:
            raise BadVersionNumberError(f"is version {root.version}")
    root.verify_delegate(Root.type, found.signed_bytes, found.signatures)
    return root


def _names(targets: Targets) -> frozenset[str]:
    return frozenset(
        path[len(_PREFIX) : -len(_SUFFIX)]
        for path in targets.targets
        if path.startswith(_PREFIX) and path.endswith(_SUFFIX)
    )


_REASONS: tuple[tuple[type[Exception], str], ...] = (
    (ExpiredMetadataError, "expired; check this terminal's clock, and that the manager runs"),
    (UnsignedMetadataError, "signed by too few of those who must"),
    (BadVersionNumberError, "older than what is trusted already, or of another publication"),
    (LengthOrHashMismatchError, "parts of different publications"),
    (DownloadError, "longer than metadata may be"),
)


def _reason(error: Exception) -> str:
    for kind, reason in _REASONS:
        if isinstance(error, kind):
            return reason
    return "metadata that cannot be read"
