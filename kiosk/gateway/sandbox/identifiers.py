"""Gives electronic licences their identifiers (电子证照标识) after GB/T 36904.

`kiosk/identity/codes.py` reads and checks them.
"""

from __future__ import annotations

from stdnum.iso7064 import mod_37_36

ROOT = "1.2.156.3005.2"


def issue_identifier(type_code: str, issuer_code: str, serial: str, version: int) -> str:
    """Root, type code (21), issuer (GB 32100, 18), serial, version (3 digits) and check character.

    The check character is ISO 7064 MOD 37,36 over the four parts without root and dots.
    Raises ValueError for characters other than 0-9 and A-Z.
    """
    parts = (type_code, issuer_code, serial, f"{version:03d}")
    return ".".join((ROOT, *parts, mod_37_36.calc_check_digit("".join(parts))))
