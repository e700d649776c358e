"""The key of this installation, by which the cases of one holder are found again."""

from __future__ import annotations

from pathlib import Path

from kiosk.storage.vault import Vault

FILE = "holders.key"


def installation_key(folder: Path) -> bytes:
    """The key in `folder`, made at the first start. Raises VaultError when it cannot be used."""
    file = folder / FILE
    Vault.open(file)  # makes it where there is none, refuses one that others may read
    return file.read_bytes()
