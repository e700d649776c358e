"""A terminal believes what city and bank have both signed and what is new, and nothing else."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from securesystemslib.signer import CryptoSigner, Signer
from tuf.api.metadata import Metadata, MetaFile, Root, Snapshot, Targets, Timestamp

from fleet.protocol.manifest import target_path
from fleet.protocol.messages import Desired, SignedDesired
from fleet.release import roles
from fleet.release.keys import read_all
from fleet.release.parties import EVERYBODY
from fleet.release.trust import LARGEST_MANIFEST, Incomplete, Refused, Trust
from tests.fleet.release.publication import YEAR, Clock, Publication

TARGETS, SNAPSHOT, TIMESTAMP = "2.targets.json", "2.snapshot.json", "timestamp.json"


@pytest.fixture
def publication(tmp_path: Path) -> Publication:
    return Publication(tmp_path)


@pytest.fixture
def signers(publication: Publication, tmp_path: Path) -> dict[str, CryptoSigner]:
    return read_all(tmp_path / "fleet/keys", EVERYBODY)


def refusal(act: Callable[[], object]) -> str:
    with pytest.raises(Refused) as caught:
        act()
    return caught.value.reason


def resigned(metadata: Metadata, *by: Signer) -> bytes:
    metadata.signatures.clear()
    for signer in by:
        metadata.sign(signer, append=True)
    return bytes(metadata.to_bytes())


def announced(targets: bytes, signers: dict[str, CryptoSigner], clock: Clock) -> dict[str, bytes]:
    """What somebody can publish who has only the keys of the manager's machine."""
    version = Metadata[Targets].from_bytes(targets).signed.version
    expires = clock.time + timedelta(days=1)
    listed = MetaFile.from_data(version, targets, ["sha256"])
    snapshot = Metadata(Snapshot(version=9, expires=expires, meta={"targets.json": listed}))
    content = resigned(snapshot, signers["snapshot"])
    named = MetaFile.from_data(9, content, ["sha256"])
    timestamp = Metadata(Timestamp(version=9, expires=expires, snapshot_meta=named))
    return {
        f"{version}.targets.json": targets,
        "9.snapshot.json": content,
        TIMESTAMP: resigned(timestamp, signers["timestamp"]),
    }


# the way it goes


def test_a_published_release_is_listed_and_its_manifest_proved(publication: Publication):
    release = publication.release(3)
    trust = publication.terminal()
    assert trust.listed() == set()
    assert trust.refresh(publication.repository.metadata_files().get) == {release}
    assert trust.listed() == {release}
    manifest = trust.manifest(release, dict(publication.repository.blobs()).get)
    assert manifest.release == release


def test_what_is_trusted_outlives_the_process(publication: Publication):
    release = publication.release(3)
    publication.terminal().refresh(publication.repository.metadata_files().get)
    again = publication.terminal()
    assert again.listed() == {release}
    assert again.manifest(release, dict(publication.repository.blobs()).get).release == release


def test_a_roll_back_is_a_newer_list_that_names_an_earlier_release(publication: Publication):
    first = publication.release(3)
    for days in range(4, 8):
        publication.release(days)
    trust = publication.terminal()
    trust.refresh(publication.repository.metadata_files().get)
    blobs = dict(publication.repository.blobs())
    assert "not in the newest signed list" in refusal(lambda: trust.manifest(first, blobs.get))
    publication.repository.build_again(first)
    publication.sign("city", "bank")
    publication.repository.publish()
    trust.refresh(publication.repository.metadata_files().get)
    assert trust.manifest(first, dict(publication.repository.blobs()).get).release == first


def test_what_fetching_raises_comes_through(publication: Publication):
    def fetch(name: str) -> bytes | None:
        raise ConnectionError(name)

    with pytest.raises(ConnectionError):
        publication.terminal().refresh(fetch)


# signatures


@pytest.mark.parametrize("party", ["city", "bank"])
def test_a_list_signed_by_one_party_is_refused_even_with_the_managers_keys(
    publication: Publication, signers: dict[str, CryptoSigner], party: str
):
    release = publication.release(3)
    trust = publication.terminal()
    trust.refresh(publication.repository.metadata_files().get)
    forged = roles.targets(
        publication.repository._files.targets().signed, {"0" * 12: b"{}"}, publication.clock()
    )
    one = resigned(forged, signers[party], signers["snapshot"])
    files = announced(one, signers, publication.clock)
    assert "too few" in refusal(lambda: trust.refresh(files.get))
    assert trust.listed() == {release}


def test_the_release_of_another_bank_is_refused(publication: Publication, tmp_path: Path):
    other = Publication(tmp_path / "other", publication.clock)
    other.release(3)
    assert "too few" in refusal(
        lambda: publication.terminal().refresh(other.repository.metadata_files().get)
    )


@pytest.mark.parametrize("name", ["2.targets.json", "2.snapshot.json", "timestamp.json"])
def test_metadata_changed_at_any_place_changes_nothing(publication: Publication, name: str):
    publication.release(3)
    files = publication.repository.metadata_files()
    content = files[name]
    trust = publication.terminal()
    for at in range(0, len(content), 7):
        broken = files | {name: content[:at] + bytes([content[at] ^ 2]) + content[at + 1 :]}
        with pytest.raises((Refused, Incomplete)):
            trust.refresh(broken.get)
        assert trust.listed() == set()
    assert len(trust.refresh(files.get)) == 1


# roots


def weakened(root: Root, how: str, signers: dict[str, CryptoSigner]) -> None:
    if how == "threshold one":
        root.roles["targets"].threshold = 1
    elif how == "a third key":
        root.add_key(CryptoSigner.generate_ed25519().public_key, "targets")
    else:  # the bank's key under two names
        root.revoke_key(signers["city"].public_key.keyid, "targets")
        twin = CryptoSigner(signers["bank"]._private_key).public_key
        twin.keyid = "0" * 64
        root.add_key(twin, "targets")


@pytest.mark.parametrize("how", ["threshold one", "a third key", "one key under two names"])
def test_a_root_that_lets_one_party_release_alone_is_refused_whoever_signed_it(
    publication: Publication, signers: dict[str, CryptoSigner], how: str, tmp_path: Path
):
    metadata = Metadata[Root].from_bytes(publication.repository.root)
    weakened(metadata.signed, how, signers)
    holders = [signers[name] for name in ("root-city", "root-bank")]
    first = resigned(metadata, *holders)
    assert "one party alone" in refusal(lambda: Trust(tmp_path / "new", first))
    metadata.signed.version = 2
    files = publication.repository.metadata_files() | {"2.root.json": resigned(metadata, *holders)}
    trust = publication.terminal()
    assert "one party alone" in refusal(lambda: trust.refresh(files.get))
    del files["2.root.json"]
    assert publication.terminal().refresh(files.get) == set(), "the weak root was not kept"


def test_a_weak_root_put_into_the_folder_is_not_gone_by(
    publication: Publication, signers: dict[str, CryptoSigner], tmp_path: Path
):
    release = publication.release(3)
    trust = publication.terminal()
    trust.refresh(publication.repository.metadata_files().get)
    metadata = Metadata[Root].from_bytes(publication.repository.root)
    metadata.signed.version = 2
    metadata.signed.roles["targets"].threshold = 1
    weak = resigned(metadata, signers["root-city"], signers["root-bank"])
    (tmp_path / "terminal/root_history/2.root.json").write_bytes(weak)
    files = publication.repository.metadata_files()
    assert "one party alone" in refusal(lambda: trust.refresh(files.get))
    assert publication.terminal().listed() == {release}


def test_keys_are_changed_by_a_root_that_two_of_three_signed(
    publication: Publication, signers: dict[str, CryptoSigner]
):
    release = publication.release(3)
    trust = publication.terminal()
    trust.refresh(publication.repository.metadata_files().get)
    metadata = Metadata[Root].from_bytes(publication.repository.root)
    fresh = CryptoSigner.generate_ed25519()
    metadata.signed.revoke_key(signers["timestamp"].public_key.keyid, "timestamp")
    metadata.signed.add_key(fresh.public_key, "timestamp")
    metadata.signed.version = 2
    files = publication.repository.metadata_files()
    lonely = resigned(metadata, signers["root-city"], signers["timestamp"])
    assert "too few" in refusal(lambda: trust.refresh((files | {"2.root.json": lonely}).get))
    agreed = resigned(metadata, signers["root-city"], signers["root-spare"])
    files["2.root.json"] = agreed
    assert "too few" in refusal(lambda: trust.refresh(files.get)), "signed with the old key"
    stamp = Metadata[Timestamp].from_bytes(files[TIMESTAMP])
    stamp.signed.version += 1
    files[TIMESTAMP] = resigned(stamp, fresh)
    assert trust.refresh(files.get) == {release}
    assert publication.terminal().listed() == {release}


def test_a_root_that_leaves_one_out_is_refused(
    publication: Publication, signers: dict[str, CryptoSigner]
):
    metadata = Metadata[Root].from_bytes(publication.repository.root)
    metadata.signed.version = 3
    skipping = resigned(metadata, signers["root-city"], signers["root-bank"])
    files = publication.repository.metadata_files() | {"2.root.json": skipping}
    assert "older than what is trusted" in refusal(
        lambda: publication.terminal().refresh(files.get)
    )


@pytest.mark.parametrize("root", [b"", b"{}", b"[" * 10_000, b"\xff"])
def test_a_root_that_is_none_is_refused(tmp_path: Path, root: bytes):
    assert "cannot be used" in refusal(lambda: Trust(tmp_path, root))


def test_other_metadata_is_no_root(publication: Publication, tmp_path: Path):
    targets = publication.repository.metadata_files()["1.targets.json"]
    assert "cannot be used" in refusal(lambda: Trust(tmp_path / "new", targets))


def test_a_terminal_in_earnest_refuses_keys_made_for_development(publication: Publication):
    assert "made for development" in refusal(lambda: publication.terminal(live=True))


# old, mixed and missing


def test_older_metadata_played_again_is_refused(publication: Publication):
    publication.release(3)
    old = publication.repository.metadata_files()
    publication.release(4)
    trust = publication.terminal()
    listed = trust.refresh(publication.repository.metadata_files().get)
    assert "older than what is trusted" in refusal(lambda: trust.refresh(old.get))
    again = publication.terminal()
    assert "older than what is trusted" in refusal(lambda: again.refresh(old.get))
    assert again.listed() == listed


@pytest.mark.parametrize("role", ["targets", "snapshot"])
def test_parts_of_different_publications_are_refused(publication: Publication, role: str):
    publication.release(3)
    old = publication.repository.metadata_files()
    publication.release(4)
    files = publication.repository.metadata_files()
    mixed = files | {f"3.{role}.json": old[f"2.{role}.json"]}
    assert "different publications" in refusal(lambda: publication.terminal().refresh(mixed.get))


@pytest.mark.parametrize("name", [TARGETS, SNAPSHOT, TIMESTAMP])
def test_a_file_that_has_not_arrived_is_awaited(publication: Publication, name: str):
    release = publication.release(3)
    files = publication.repository.metadata_files()
    held_back = files.pop(name)
    trust = publication.terminal()
    with pytest.raises(Incomplete) as caught:
        trust.refresh(files.get)
    assert caught.value.what == name
    assert trust.listed() == set()
    files[name] = held_back
    assert publication.terminal().refresh(files.get) == {release}


def test_while_a_newer_list_is_under_way_no_manifest_is_proved_by_the_older(
    publication: Publication,
):
    first = publication.release(3)
    trust = publication.terminal()
    trust.refresh(publication.repository.metadata_files().get)
    publication.release(4)
    files = publication.repository.metadata_files()
    files.pop("3.targets.json")
    with pytest.raises(Incomplete):
        trust.refresh(files.get)
    assert trust.listed() == {first}
    with pytest.raises(Incomplete):
        trust.manifest(first, dict(publication.repository.blobs()).get)


def test_a_manifest_that_has_not_arrived_is_awaited(publication: Publication):
    release = publication.release(3)
    trust = publication.terminal()
    trust.refresh(publication.repository.metadata_files().get)
    with pytest.raises(Incomplete, match="manifest"):
        trust.manifest(release, lambda _: None)


def test_a_manifest_that_is_not_the_signed_one_is_refused(publication: Publication):
    release = publication.release(3)
    trust = publication.terminal()
    trust.refresh(publication.repository.metadata_files().get)
    blobs = dict(publication.repository.blobs())
    for forged in (b"", b"{}", *blobs.values()):
        digest = publication.repository._files.targets().signed.targets[target_path(release)]
        if forged != blobs[digest.hashes["sha256"]]:
            assert "not the one that was signed" in refusal(
                lambda forged=forged: trust.manifest(release, lambda _: forged)
            )


def listing(publication: Publication, release: str, manifest: bytes) -> Trust:
    """A terminal whose list, signed by both, names these bytes as a release's manifest."""
    files = publication.repository._files
    listed = roles.targets(files.targets().signed, {release: manifest}, publication.clock())
    files.put_pending(release, listed)
    publication.sign("city", "bank")
    publication.repository._files.put_release(manifest, release, {})
    publication.repository.publish()
    trust = publication.terminal()
    trust.refresh(publication.repository.metadata_files().get)
    return trust


def test_a_release_for_later_terminals_can_be_read_so_that_it_is_refused_with_a_reason(
    publication: Publication,
):
    built = publication.repository.build({"matter/later": b"{}"})
    manifest = built.manifest.model_copy(update={"item_schema": 7, "features": ("video",)})
    trust = listing(publication, built.name, manifest.model_dump_json().encode())
    read = trust.manifest(built.name, dict(publication.repository.blobs()).get)
    assert (read.item_schema, read.features) == (7, ("video",))


def test_a_signed_manifest_under_another_name_is_refused(publication: Publication):
    built = publication.repository.build({"matter/one": b"{}"})
    content = built.manifest.model_dump_json().encode()
    trust = listing(publication, "0" * 12, content)
    assert "is that of" in refusal(lambda: trust.manifest("0" * 12, lambda _: content))


def test_a_signed_manifest_that_cannot_be_read_is_refused(publication: Publication):
    trust = listing(publication, "0" * 12, b'{"v": 2}')
    reason = refusal(lambda: trust.manifest("0" * 12, lambda _: b'{"v": 2}'))
    assert "cannot be read here" in reason


def test_a_manifest_larger_than_any_can_be_is_not_even_fetched(publication: Publication):
    trust = listing(publication, "0" * 12, b" " * (LARGEST_MANIFEST + 1))
    reason = refusal(lambda: trust.manifest("0" * 12, lambda _: pytest.fail("fetched")))
    assert "no usable hash or length" in reason


# time


def test_expired_metadata_stays_readable_but_brings_nothing_new(publication: Publication):
    release = publication.release(3)
    files, blobs = publication.repository.metadata_files(), dict(publication.repository.blobs())
    trust = publication.terminal()
    trust.refresh(files.get)
    publication.clock.pass_(timedelta(days=3))
    assert "expired" in refusal(lambda: trust.refresh(files.get))
    assert "expired" in refusal(lambda: trust.manifest(release, blobs.get))
    assert trust.listed() == {release}
    assert publication.terminal().listed() == {release}
    publication.repository.refresh_timestamp()
    assert trust.refresh(publication.repository.metadata_files().get) == {release}
    assert trust.manifest(release, blobs.get).release == release


def test_a_clock_a_year_ahead_refuses_and_recovers_when_it_is_put_right(publication: Publication):
    first = publication.release(3)
    clock = Clock(publication.clock.time)
    trust = publication.terminal(clock)
    trust.refresh(publication.repository.metadata_files().get)
    second = publication.release(4)
    clock.pass_(YEAR)
    reason = refusal(lambda: trust.refresh(publication.repository.metadata_files().get))
    assert "clock" in reason
    assert trust.listed() == {first}
    clock.pass_(-YEAR)
    assert trust.refresh(publication.repository.metadata_files().get) == {first, second}


def test_a_clock_a_year_behind_still_refuses_what_is_older(publication: Publication):
    first = publication.release(3)
    old = publication.repository.metadata_files()
    clock = Clock(publication.clock.time - YEAR)
    trust = publication.terminal(clock)
    second = publication.release(4)
    assert trust.refresh(publication.repository.metadata_files().get) == {first, second}
    assert "older than what is trusted" in refusal(lambda: trust.refresh(old.get))


# the desired state


def desired(**changes: object) -> Desired:
    fields = {"bank": "sample-bank", "terminal": "XJ0001", "number": 4, "release": "0" * 12}
    return Desired.model_validate(fields | changes)


def test_the_desired_state_signed_by_the_manager_is_believed(publication: Publication):
    signed = publication.repository.sign_desired(desired())
    assert publication.terminal().desired(signed) == desired()


def test_a_changed_desired_state_is_refused(publication: Publication):
    signed = publication.repository.sign_desired(desired())
    other = signed.signed.replace("XJ0001", "XJ0002")
    forged = signed.model_copy(update={"signed": other})
    assert "signature" in refusal(lambda: publication.terminal().desired(forged))


@pytest.mark.parametrize("name", ["timestamp", "city", "root-city"])
def test_a_desired_state_signed_with_another_key_is_refused(
    publication: Publication, signers: dict[str, CryptoSigner], name: str
):
    text = desired().model_dump_json()
    signature = signers[name].sign(text.encode())
    forged = SignedDesired(signed=text, keyid=signature.keyid, signature=signature.signature)
    assert "a key that may not" in refusal(lambda: publication.terminal().desired(forged))


def test_the_desired_state_of_another_bank_is_refused(publication: Publication):
    signed = publication.repository.sign_desired(desired(bank="other-bank"))
    assert "another bank" in refusal(lambda: publication.terminal().desired(signed))


def test_metadata_signed_by_the_same_key_is_no_desired_state(
    publication: Publication, signers: dict[str, CryptoSigner]
):
    snapshot = Metadata[Snapshot].from_bytes(
        publication.repository.metadata_files()["1.snapshot.json"]
    )
    (signature,) = snapshot.signatures.values()
    forged = SignedDesired(
        signed=snapshot.signed_bytes.decode(),
        keyid=signature.keyid,
        signature=signature.signature,
    )
    assert refusal(lambda: publication.terminal().desired(forged)).startswith("Desired:")


@settings(
    max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(signature=st.text("0123456789abcdef", min_size=2, max_size=200))
def test_no_signature_makes_the_check_fail_otherwise(publication: Publication, signature: str):
    signed = publication.repository.sign_desired(desired())
    forged = signed.model_copy(update={"signature": signature})
    assert "signature" in refusal(lambda: publication.terminal().desired(forged))


# the folder, and any bytes


def test_what_others_write_into_the_folder_is_worth_nothing(
    publication: Publication, tmp_path: Path
):
    release = publication.release(3)
    trust = publication.terminal()
    trust.refresh(publication.repository.metadata_files().get)
    stored = tmp_path / "terminal/targets.json"
    tree = json.loads(stored.read_bytes())
    tree["signed"]["targets"] = {target_path("0" * 12): {"length": 1, "hashes": {"sha256": "0"}}}
    for content in (json.dumps(tree).encode(), b"", b"\xff", (b"[" * 100_000)):
        stored.write_bytes(content)
        assert publication.terminal().listed() == set()
        assert trust.refresh(publication.repository.metadata_files().get) == {release}


def test_a_damaged_root_in_the_folder_is_fetched_again(
    publication: Publication, signers: dict[str, CryptoSigner], tmp_path: Path
):
    release = publication.release(3)
    metadata = Metadata[Root].from_bytes(publication.repository.root)
    metadata.signed.version = 2
    files = publication.repository.metadata_files()
    files["2.root.json"] = resigned(metadata, signers["root-city"], signers["root-bank"])
    publication.terminal().refresh(files.get)
    (tmp_path / "terminal/root_history/2.root.json").write_bytes(b"damaged")
    assert publication.terminal().refresh(files.get) == {release}


@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    name=st.sampled_from(["2.root.json", "1.targets.json", "1.snapshot.json", "timestamp.json"]),
    content=st.binary(max_size=100)
    | st.sampled_from(["root", "targets", "snapshot", "timestamp"]).map(
        lambda kind: json.dumps(
            {"signatures": [], "signed": {"_type": kind, "version": 1, "spec_version": "1.0.0"}}
        ).encode()
    ),
)
def test_no_bytes_of_metadata_make_it_fail_otherwise(
    publication: Publication, tmp_path_factory: pytest.TempPathFactory, name: str, content: bytes
):
    files = publication.repository.metadata_files() | {name: content}
    folder = tmp_path_factory.mktemp("fuzz")
    trust = Trust(folder, publication.repository.root, now=publication.clock)
    with pytest.raises(Refused):
        trust.refresh(files.get)
