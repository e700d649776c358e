"""Digests that let the sandbox compare what was sent without keeping it."""

from __future__ import annotations

import hashlib
import json

from pydantic import BaseModel

# About 10 ms and 4 MiB each (RFC 7914): an ID number has few bits, so guessing must cost.
_COST, _BLOCK, _PARALLEL, _LENGTH = 2**12, 8, 1, 32


def body_digest(row_guid: str, body: BaseModel) -> str:
    """The same for the same content, whatever the order of its keys."""
    content = json.dumps(body.model_dump(mode="json"), sort_keys=True, ensure_ascii=False)
    return _digest(row_guid, content)


def holder_digest(row_guid: str, document_type: str, number: str) -> str:
    """Of one holder in one case; the same person has another digest in each case."""
    return _digest(row_guid, f"{document_type}:{number.upper()}")


def _digest(salt: str, content: str) -> str:
    return hashlib.scrypt(
        content.encode(), salt=salt.encode(), n=_COST, r=_BLOCK, p=_PARALLEL, dklen=_LENGTH
    ).hex()
