"""Encrypts what must wait on the disk: AES-256-GCM with a key that never leaves the machine."""

from __future__ import annotations

import os
import secrets
import stat
import tempfile
from pathlib import Path
from typing import Protocol

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from kiosk.storage.folders import sync_folder

KEY_BYTES = 32
_NONCE_BYTES = 12  # NIST SP 800-38D: random, 96 bits, safe for 2^32 seals under one key
_TAG_BYTES = 16
_FORMAT = b"\x01"  # first byte of everything sealed: AES-256-GCM, nonce, ciphertext and tag


class VaultError(Exception):
    """A key file or something sealed cannot be used; says which and what to do."""


class Sealer(Protocol):
    """What stores need of a vault."""

    def seal(self, plaintext: bytes, context: bytes) -> bytes:
        """Encrypt; `context` is bound to the result and must be given again to unseal it."""

    def unseal(self, sealed: bytes, context: bytes) -> bytes:
        """Decrypt. Raises VaultError."""


class Vault:
    """Seals with one key."""

    def __init__(self, key: bytes) -> None:
        """`key`: 32 random bytes."""
        self._cipher = AESGCM(key)

    @classmethod
    def open(cls, key_file: Path) -> Vault:
        """The vault of a key file, which is made (mode 0600) when there is none.

        Raises VaultError for a file that others may read, that belongs to somebody else, or that
        does not hold a key, and when it can be neither read nor made.
        """
        try:
            if not key_file.exists():
                _make_key(key_file)
            return cls(_read_key(key_file))
        except OSError as error:
            raise VaultError(
                f"{key_file}: {error.strerror}; the folder must belong to the service's user"
            ) from error

    def seal(self, plaintext: bytes, context: bytes) -> bytes:
        """Encrypt; `context` is bound to the result and must be given again to unseal it."""
        nonce = secrets.token_bytes(_NONCE_BYTES)
        return _FORMAT + nonce + self._cipher.encrypt(nonce, plaintext, context)

    def unseal(self, sealed: bytes, context: bytes) -> bytes:
        """Decrypt. Raises VaultError for another key, another context, or a changed byte."""
        if not sealed.startswith(_FORMAT) or len(sealed) < 1 + _NONCE_BYTES + _TAG_BYTES:
            raise VaultError("not something this vault sealed; the stored bytes are damaged")
        nonce, ciphertext = sealed[1 : 1 + _NONCE_BYTES], sealed[1 + _NONCE_BYTES :]
        try:
            return self._cipher.decrypt(nonce, ciphertext, context)
        except InvalidTag as error:
            raise VaultError(
                "cannot be unsealed: changed since, or sealed with another key; "
                "put the key file back that was in use then"
            ) from error


def _make_key(key_file: Path) -> None:
    folder = key_file.parent
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    descriptor, name = tempfile.mkstemp(dir=folder, prefix=f".{key_file.name}.")
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(secrets.token_bytes(KEY_BYTES))
            file.flush()
            os.fsync(file.fileno())
        # A link, not a rename: of two processes starting at once, the second finds the key of
        # the first instead of replacing it.
        try:
            key_file.hardlink_to(name)
        except FileExistsError:
            return
        sync_folder(folder)
    finally:
        Path(name).unlink()


def _read_key(key_file: Path) -> bytes:
    descriptor = os.open(key_file, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC)
    with os.fdopen(descriptor, "rb") as file:
        facts = os.fstat(file.fileno())
        if not stat.S_ISREG(facts.st_mode):
            raise VaultError(f"{key_file}: not a plain file; put the key itself there")
        if facts.st_uid != os.geteuid():
            raise VaultError(f"{key_file}: belongs to another user; chown it to the service's")
        if facts.st_mode & 0o077:
            raise VaultError(f"{key_file}: others may open it; chmod 600 it, and renew the key")
        key = file.read(KEY_BYTES + 1)
    if len(key) != KEY_BYTES:
        raise VaultError(f"{key_file}: not a key of {KEY_BYTES} bytes; restore it from the backup")
    return key
