"""Whether bytes are a workbook that may be opened: no other format, no macro, no bomb.

A workbook is a ZIP of XML parts. What it says of itself is checked before any part is unpacked;
merged cells are looked for here since the reader of rows does not tell of them.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from typing import IO

from kiosk.catalogue.sheets.limits import LARGEST_FILE, LARGEST_UNPACKED, MOST_PARTS

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
PIECE = 1 << 16
MERGED = re.compile(rb"<(?:\w+:)?mergeCell\s[^>]*?ref=[\"']([A-Z0-9:]{2,24})[\"']")
DECLARATION = re.compile(rb"<!\s*(DOCTYPE|ENTITY)", re.IGNORECASE)
LONGEST_TAG = 256  # bytes kept between pieces, so that no tag is cut in two


def refusal(name: str, content: bytes) -> str | None:
    """Why the bytes are no workbook that may be opened; None: they may be."""
    if len(content) > LARGEST_FILE:
        return f"{name}: is larger than {LARGEST_FILE} bytes"
    if content.startswith(OLE):
        return f"{name}: is an old .xls or has a password; save it as .xlsx without a password"
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return _archive_refusal(name, archive)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, OSError):
        return f"{name}: is no .xlsx workbook; save it as .xlsx"


def _archive_refusal(name: str, archive: zipfile.ZipFile) -> str | None:
    parts = archive.infolist()
    names = {part.filename for part in parts}
    if len(parts) > MOST_PARTS or len(names) < len(parts):
        return f"{name}: has too many parts"
    if sum(part.file_size for part in parts) > LARGEST_UNPACKED:
        return f"{name}: unpacks to more than {LARGEST_UNPACKED} bytes"
    if not {"[Content_Types].xml", "xl/workbook.xml"} <= names:
        return f"{name}: is a ZIP file, but no .xlsx workbook"
    if any(part.lower().endswith("vbaproject.bin") for part in names):
        return f"{name}: has macros; save it as .xlsx"
    for part in parts:
        if not part.filename.lower().endswith((".xml", ".rels", ".vml")):
            continue
        with archive.open(part) as stream:
            # Of a NUL byte too: in UTF-16 a declaration would not be seen.
            if any(b"\0" in piece or DECLARATION.search(piece) for piece in _pieces(stream)):
                return f"{name}: {part.filename[:60]} is XML of a kind that no workbook has"
    return None


def merged_ranges(content: bytes, part: str) -> list[str]:
    """The merged cells (`A1:C1`) of the sheet in that part of an archive that was let in."""
    found: dict[str, None] = {}
    with zipfile.ZipFile(io.BytesIO(content)) as archive, archive.open(part) as stream:
        for piece in _pieces(stream):
            found.update(dict.fromkeys(ref.decode() for ref in MERGED.findall(piece)))
    return list(found)


def _pieces(stream: IO[bytes]) -> Iterator[bytes]:
    """The bytes in pieces; each begins with the end of the one before."""
    kept = b""
    while piece := stream.read(PIECE):
        yield kept + piece
        kept = (kept + piece)[-LONGEST_TAG:]
