"""What the vault sealed, only the same key opens, and only unchanged and in its place."""

import stat
import threading
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.storage.vault import Vault, VaultError

VAULT = Vault(bytes(range(32)))


@given(st.binary(max_size=2000), st.binary(max_size=100))
def test_sealed_content_comes_back_and_cannot_be_read_before(plain: bytes, context: bytes) -> None:
    sealed = VAULT.seal(plain, context)

    assert VAULT.unseal(sealed, context) == plain
    assert VAULT.seal(plain, context) != sealed
    if len(plain) > 4:
        assert plain not in sealed


@given(st.binary(max_size=200), st.data())
def test_any_changed_byte_is_noticed(plain: bytes, data: st.DataObject) -> None:
    sealed = bytearray(VAULT.seal(plain, b"here"))
    place = data.draw(st.integers(0, len(sealed) - 1))
    sealed[place] ^= data.draw(st.integers(1, 255))

    with pytest.raises(VaultError):
        VAULT.unseal(bytes(sealed), b"here")


@given(st.binary(max_size=300))
def test_foreign_bytes_are_refused(foreign: bytes) -> None:
    with pytest.raises(VaultError):
        VAULT.unseal(foreign, b"here")


def test_content_moved_to_another_place_is_refused() -> None:
    with pytest.raises(VaultError, match="changed since, or sealed with another key"):
        VAULT.unseal(VAULT.seal(b"plain", b"row 1"), b"row 2")


def test_key_is_made_once_private_and_used_again(tmp_path: Path) -> None:
    key_file = tmp_path / "secrets" / "outbox.key"
    sealed = Vault.open(key_file).seal(b"plain", b"")

    assert stat.S_IMODE(key_file.stat().st_mode) == 0o600
    assert [file.name for file in key_file.parent.iterdir()] == ["outbox.key"]
    assert Vault.open(key_file).unseal(sealed, b"") == b"plain"


def test_two_that_start_at_once_share_one_key(tmp_path: Path) -> None:
    key_file = tmp_path / "outbox.key"
    vaults: list[Vault] = []
    start = threading.Barrier(8)

    def open_vault() -> None:
        start.wait(10)
        vaults.append(Vault.open(key_file))

    threads = [threading.Thread(target=open_vault) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)

    sealed = vaults[0].seal(b"plain", b"")
    assert [vault.unseal(sealed, b"") for vault in vaults] == [b"plain"] * 8


def test_another_key_opens_nothing(tmp_path: Path) -> None:
    sealed = Vault.open(tmp_path / "one.key").seal(b"plain", b"")

    with pytest.raises(VaultError, match="another key"):
        Vault.open(tmp_path / "two.key").unseal(sealed, b"")


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660, 0o777])
def test_key_that_others_may_open_is_refused(tmp_path: Path, mode: int) -> None:
    key_file = tmp_path / "outbox.key"
    Vault.open(key_file)
    key_file.chmod(mode)

    with pytest.raises(VaultError, match=r"outbox\.key.*chmod 600"):
        Vault.open(key_file)


@pytest.mark.parametrize("content", [b"", b"short", b"x" * 33])
def test_file_that_holds_no_key_is_refused(tmp_path: Path, content: bytes) -> None:
    key_file = tmp_path / "outbox.key"
    key_file.write_bytes(content)
    key_file.chmod(0o600)

    with pytest.raises(VaultError, match=r"outbox\.key.*32 bytes"):
        Vault.open(key_file)


def test_link_to_a_key_elsewhere_is_refused(tmp_path: Path) -> None:
    Vault.open(tmp_path / "real.key")
    (tmp_path / "link.key").symlink_to(tmp_path / "real.key")

    with pytest.raises(VaultError, match=r"link\.key"):
        Vault.open(tmp_path / "link.key")
