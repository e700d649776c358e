"""A release goes out when both parties have signed it, and what goes out is whole."""

from __future__ import annotations

import json
import stat
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from threading import Event

import pytest
from securesystemslib.signer import CryptoSigner

from fleet.release import parties
from fleet.release.files import Files, ReleaseError
from fleet.release.keys import KeyFileError
from fleet.release.repository import LISTED, Repository
from fleet.release.trust import Trust
from tests.fleet.release.publication import ITEMS, Publication, with_limit


@pytest.fixture
def publication(tmp_path: Path) -> Publication:
    return Publication(tmp_path)


def test_nothing_is_desired_before_the_first_publication(publication: Publication):
    assert publication.repository.desired() is None
    assert list(publication.repository.blobs()) == []
    assert publication.terminal().refresh(publication.repository.metadata_files().get) == set()


@pytest.mark.parametrize("party", parties.RELEASING)
def test_one_signature_does_not_publish(publication: Publication, party: str):
    publication.repository.build(ITEMS)
    publication.sign(party, party)
    with pytest.raises(ReleaseError, match="1 of 2 signatures missing"):
        publication.repository.publish()
    assert publication.repository.desired() is None


def test_a_key_of_nobody_does_not_sign(publication: Publication):
    publication.repository.build(ITEMS)
    with pytest.raises(ReleaseError, match="neither the city's nor the bank's"):
        publication.repository.sign(CryptoSigner.generate_ed25519())
    with pytest.raises(ReleaseError, match="neither the city's nor the bank's"):
        publication.sign("snapshot")


def test_publishing_needs_something_built(publication: Publication):
    with pytest.raises(ReleaseError, match="build one first"):
        publication.repository.publish()


def test_what_was_signed_before_a_new_build_is_not_published(publication: Publication):
    publication.repository.build(with_limit(3))
    publication.sign("city", "bank")
    publication.repository.build(with_limit(4))
    with pytest.raises(ReleaseError, match="2 of 2 signatures missing"):
        publication.repository.publish()


def test_publishing_writes_the_desired_release_with_a_growing_number(publication: Publication):
    first, second = publication.release(3), publication.release(4)
    wanted = json.loads(publication.repository.desired_file.read_bytes())
    assert wanted == {"release": second, "number": 2}
    assert [r.name for r in publication.repository.releases() if r.desired] == [second]
    assert [r.name for r in publication.repository.releases()] == [first, second]


def test_a_listed_release_is_desired_again_without_new_signatures(publication: Publication):
    first = publication.release(3)
    publication.release(4)
    before = publication.repository.metadata_files()
    assert publication.repository.publish(first).number == 3
    assert publication.repository.metadata_files() == before


def test_a_release_no_longer_listed_needs_a_new_list(publication: Publication):
    first = publication.release(1)
    for days in range(2, LISTED + 2):
        publication.release(days)
    with pytest.raises(ReleaseError, match="not in the newest list"):
        publication.repository.publish(first)
    publication.repository.build_again(first)
    publication.sign("city", "bank")
    publication.repository.publish()
    trust = publication.terminal()
    listed = trust.refresh(publication.repository.metadata_files().get)
    assert first in listed
    assert len(listed) == LISTED


def test_metadata_comes_in_the_order_of_publication(publication: Publication):
    publication.release(3)
    assert list(publication.repository.metadata_files()) == [
        "1.root.json",
        "2.targets.json",
        "2.snapshot.json",
        "timestamp.json",
    ]


def test_a_release_has_deltas_from_those_listed_before(publication: Publication):
    first, second = publication.release(3), publication.release(4)
    third = publication.repository.build(with_limit(5)).manifest
    assert [pack.base for pack in third.deltas] == [second, first]


def test_blobs_are_those_that_listed_releases_need(publication: Publication):
    for days in range(1, LISTED + 3):
        publication.release(days)
    blobs = dict(publication.repository.blobs())
    trust = publication.terminal()
    for release in trust.refresh(publication.repository.metadata_files().get):
        manifest = trust.manifest(release, blobs.get)
        assert {pack.sha256 for pack in (manifest.full, *manifest.deltas)} <= blobs.keys()


@pytest.mark.parametrize("lost", ["timestamp.json", "2.snapshot.json"])
def test_a_publication_that_was_cut_off_is_not_seen_and_is_finished_by_the_next_run(
    publication: Publication, lost: str, monkeypatch: pytest.MonkeyPatch
):
    built = publication.repository.build(ITEMS)
    publication.sign("city", "bank")
    before = publication.repository.metadata_files()
    replace = Path.replace

    def cut(self: Path, target: Path) -> Path:
        if target.name == lost:
            raise OSError(28, "No space left on device")
        return replace(self, target)

    with monkeypatch.context() as patched:
        patched.setattr(Path, "replace", cut)
        with pytest.raises(OSError, match="No space"):
            publication.repository.publish()
    assert publication.repository.metadata_files() == before
    assert publication.repository.publish().release == built.name
    trust = publication.terminal()
    assert trust.refresh(publication.repository.metadata_files().get) == {built.name}


def test_a_publication_cut_off_before_it_was_desired_is_finished_by_the_next_run(
    publication: Publication, monkeypatch: pytest.MonkeyPatch
):
    built = publication.repository.build(ITEMS)
    publication.sign("city", "bank")
    replace = Path.replace

    def cut(self: Path, target: Path) -> Path:
        if target.name == "desired.json":
            raise OSError(28, "No space left on device")
        return replace(self, target)

    with monkeypatch.context() as patched:
        patched.setattr(Path, "replace", cut)
        with pytest.raises(OSError, match="No space"):
            publication.repository.publish()
    wanted = publication.repository.publish()
    assert (wanted.release, wanted.number) == (built.name, 1)


def test_the_timestamp_is_signed_anew_only_when_half_its_time_is_gone(publication: Publication):
    publication.release(3)
    assert not publication.repository.refresh_timestamp()
    publication.clock.pass_(timedelta(hours=25))
    assert publication.repository.refresh_timestamp()
    assert not publication.repository.refresh_timestamp()


def test_a_manager_that_keeps_signing_keeps_terminals_up_to_date(publication: Publication):
    release = publication.release(3)
    trust = publication.terminal()
    for _ in range(60):
        publication.clock.pass_(timedelta(hours=26))
        publication.repository.refresh_timestamp()
        assert trust.refresh(publication.repository.metadata_files().get) == {release}


def test_opening_again_finds_what_was_published(publication: Publication, tmp_path: Path):
    release = publication.release(3)
    again = Repository.open(tmp_path / "fleet", "sample-bank", now=publication.clock)
    wanted = again.desired()
    assert wanted is not None
    assert wanted.release == release
    assert again.root == publication.repository.root


def test_a_folder_belongs_to_one_bank(publication: Publication, tmp_path: Path):
    with pytest.raises(ReleaseError, match="is of bank sample-bank, not other-bank"):
        Repository.open(tmp_path / "fleet", "other-bank")


def test_keys_are_for_their_owner_alone(publication: Publication, tmp_path: Path):
    files = sorted((tmp_path / "fleet/keys").glob("*.pem"))
    assert {file.stem for file in files} == set(parties.EVERYBODY)
    assert {stat.S_IMODE(file.stat().st_mode) for file in files} == {0o600}
    files[0].chmod(0o644)
    with pytest.raises(KeyFileError, match="others may read it"):
        publication.sign(files[0].stem)


def test_a_key_file_that_is_none_is_named(publication: Publication, tmp_path: Path):
    publication.repository.build(ITEMS)
    (tmp_path / "fleet/keys/city.pem").write_text("nothing", "utf-8")
    with pytest.raises(KeyFileError, match=r"city\.pem: no private key"):
        publication.sign("city")
    (tmp_path / "fleet/keys/city.pem").unlink()
    with pytest.raises(KeyFileError, match=r"city\.pem: No such file"):
        publication.sign("city")


def test_keys_made_for_development_are_refused_in_earnest(tmp_path: Path):
    Repository.open(tmp_path, "sample-bank")
    with pytest.raises(ReleaseError, match="made for development"):
        Repository.open(tmp_path, "sample-bank", live=True)


def test_no_keys_are_made_in_earnest(tmp_path: Path):
    with pytest.raises(KeyFileError, match="put the key there that signs"):
        Repository.open(tmp_path, "sample-bank", live=True)
    assert not list((tmp_path / "keys").glob("*.pem"))


def test_with_keys_of_the_parties_it_is_in_earnest(tmp_path: Path):
    (tmp_path / "keys").mkdir()
    for name in parties.EVERYBODY:
        file = tmp_path / f"keys/{name}.pem"
        file.touch(0o600)
        file.write_bytes(CryptoSigner.generate_ecdsa().private_bytes)
    repository = Repository.open(tmp_path, "sample-bank", live=True)
    for name in ("root-city", "root-bank", "root-spare", "city", "bank"):
        (tmp_path / f"keys/{name}.pem").unlink()
    repository.build(ITEMS)
    with pytest.raises(KeyFileError):
        repository.sign(repository.party_key("city"))


@pytest.mark.parametrize("part", ["blobs", "metadata", "desired.json", "published.json"])
def test_a_damaged_folder_is_told_and_nothing_is_made_up(
    publication: Publication, tmp_path: Path, part: str
):
    publication.release(3)
    place = tmp_path / "fleet" / part
    for file in [place] if place.is_file() else place.iterdir():
        file.write_bytes(b"{")
    with pytest.raises(ReleaseError):
        publication.repository.releases()
        dict(publication.repository.blobs())


def test_a_folder_that_another_holds_for_too_long_is_told(tmp_path: Path):
    with (
        Files(tmp_path).alone(),
        pytest.raises(ReleaseError, match="another process has it"),
        Files(tmp_path, lock_timeout_s=0.05).alone(),
    ):
        pass


def test_a_manager_and_the_command_line_work_on_one_folder_at_the_same_time(
    publication: Publication,
):
    publication.release(3)
    stop = Event()

    def send() -> list[int]:
        sent, ending = [], False
        while not ending:
            ending = stop.is_set()  # what was published last is sent too
            files = publication.repository.metadata_files()
            terminal = Trust(
                publication.folder / "watch", publication.repository.root, now=publication.clock
            )
            sent.append(len(terminal.refresh(files.get)))
            dict(publication.repository.blobs())
        return sent

    with ThreadPoolExecutor(1) as manager:
        sending = manager.submit(send)
        try:
            for days in range(4, 12):
                publication.release(days)
        finally:
            stop.set()
    assert sending.result()[-1] == LISTED
