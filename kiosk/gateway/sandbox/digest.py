"""Digests that let the sandbox compare what was sent without keeping it."""

from __future__ import annotations

import hashlib
import hmac
import json

from pydantic import BaseModel

# About 10 ms and 4 MiB each (RFC 7914): an ID number has few bits, so guessing must cost.
_COST, _BLOCK, _PARALLEL, _LENGTH = 2**12, 8, 1, 32


def body_digest(row_guid: str, body: BaseModel) -> str:
    """The same for the same content, whatever the order of its keys."""
    # Without what has its default: a field that a later release adds must not make another
    # application of one that was handed in before it and is repeated now.
    fields = body.model_dump(mode="json", exclude_defaults=True)
    content = json.dumps(fields, sort_keys=True, ensure_ascii=False)
    return _digest(row_guid, content)


def holder_digest(row_guid: str, document_type: str, number: str) -> str:
    """Of one holder in one case; the same person has another digest in each case."""
    return _digest(row_guid, f"{document_type}:{number.upper()}")


def holder_index(key: bytes, document_type: str, number: str) -> str:
    """Of one holder in all cases, so that a holder's cases are found by it.

    An ID number has so few bits that a plain digest of it is as good as the number: whoever has
    the tables could try them all. Without `key`, which lies in a file of its own, a copy of the
    tables (a backup, a disk that was thrown away) answers neither whose a case is nor whether
    somebody has one; what it does show is which cases are one holder's. With both, each guess
    still costs a scrypt.
    """
    slow = _digest("holder", f"{document_type}:{number.upper()}")
    return hmac.digest(key, slow.encode(), "sha256").hex()


def _digest(salt: str, content: str) -> str:
    return hashlib.scrypt(
        content.encode(), salt=salt.encode(), n=_COST, r=_BLOCK, p=_PARALLEL, dklen=_LENGTH
    ).hex()
