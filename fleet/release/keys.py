"""Private keys of the publisher: Ed25519, one PEM file each, readable by their owner alone.

In a test or a development station they are made at the first run, all in one folder, and the root
says so (parties.DEVELOPMENT). Where it is in earnest each party brings its own: `live` makes none.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable
from pathlib import Path

from cryptography.hazmat.primitives.serialization import load_pem_private_key
from securesystemslib.exceptions import KeyMismatchError
from securesystemslib.signer import CryptoSigner

from fleet.release import parties

SUFFIX = ".pem"
_MARK = "made-for-development"
_OTHERS = stat.S_IRWXG | stat.S_IRWXO


class KeyFileError(Exception):
    """A key file cannot be used; says which and what to do."""


def read(file: Path) -> CryptoSigner:
    """The signer of a PEM file (PKCS #8, no password). Raises KeyFileError."""
    try:
        if file.stat().st_mode & _OTHERS:
            raise KeyFileError(f"{file}: others may read it; `chmod 600` it, or make a new key")
        return CryptoSigner(load_pem_private_key(file.read_bytes(), password=None))
    except OSError as error:
        raise KeyFileError(f"{file}: {error.strerror}; put the key there that signs") from error
    except (ValueError, TypeError, KeyMismatchError) as error:
        raise KeyFileError(f"{file}: no private key in PEM without a password") from error


def read_all(folder: Path, names: Iterable[str]) -> dict[str, CryptoSigner]:
    """The signers of these names, one file each. Raises KeyFileError."""
    return {name: read(folder / f"{name}{SUFFIX}") for name in names}


def made_for_development(folder: Path) -> bool:
    """Whether the keys in this folder were made on the spot, or there are none yet."""
    return (folder / _MARK).exists() or not any(folder.glob(f"*{SUFFIX}"))


def make_all(folder: Path) -> dict[str, CryptoSigner]:
    """A development key for everybody, made where there is none. Raises KeyFileError."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    (folder / _MARK).touch()
    for name in parties.EVERYBODY:
        if not (folder / f"{name}{SUFFIX}").exists():
            _make(folder / f"{name}{SUFFIX}")
    return read_all(folder, parties.EVERYBODY)


def _make(file: Path) -> None:
    signer = CryptoSigner.generate_ed25519()
    try:
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
    except OSError as error:
        raise KeyFileError(f"{file}: {error.strerror}; a key is never written over") from error
    with os.fdopen(descriptor, "wb") as opened:
        opened.write(signer.private_bytes)
        opened.flush()
        os.fsync(opened.fileno())
