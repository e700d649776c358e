"""A printer's answers over IPP (RFC 8010), built byte by byte."""

from __future__ import annotations

import struct

END, OPERATION, JOB, PRINTER = b"\x03", b"\x01", b"\x02", b"\x04"
INTEGER, BOOLEAN, ENUM, COLLECTION, TEXT_LANG, KEYWORD = 0x21, 0x22, 0x23, 0x34, 0x35, 0x44


def attribute(tag: int, name: str, value: bytes) -> bytes:
    return (
        struct.pack(">BH", tag, len(name)) + name.encode() + struct.pack(">H", len(value)) + value
    )


def ipp(*groups: bytes, status: int = 0) -> bytes:
    charset = attribute(0x47, "attributes-charset", b"utf-8")
    return struct.pack(">BBHI", 2, 0, status, 1) + OPERATION + charset + b"".join(groups) + END


def printer_group(*reasons: str) -> bytes:
    words = [
        attribute(KEYWORD, "" if number else "printer-state-reasons", word.encode())
        for number, word in enumerate(reasons)
    ]
    state = attribute(ENUM, "printer-state", struct.pack(">i", 3))
    return PRINTER + state + b"".join(words)


def job_group(number: int, state: int) -> bytes:
    pairs = {"job-id": (INTEGER, number), "job-state": (ENUM, state)}
    return JOB + b"".join(
        attribute(tag, name, struct.pack(">i", value)) for name, (tag, value) in pairs.items()
    )
