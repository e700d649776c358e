"""Which characters a receipt printer has, how many cells they take, and their bytes. Pure.

Printers for China carry the glyphs of GB 18030's one- and two-byte codes (GBK); for four-byte
codes (㙍, 𠮷) and for the private-use area most have none.
"""

from __future__ import annotations

import unicodedata

ENCODING = "gb18030"
_NATIVE_BYTES = 2
_SEPARATES = ("Cc", "Zl", "Zp")  # the last is U+2029, which FreeType cannot lay out


def clean(text: str) -> str:
    """The text without what a printer would take for a command or cannot show by itself.

    Control characters and separators of lines become spaces, except line ends; format characters
    and variation selectors go.
    """
    text = unicodedata.normalize("NFC", text)
    return "".join(
        " " if unicodedata.category(character) in _SEPARATES and character != "\n" else character
        for character in text
        if unicodedata.category(character) not in ("Cf", "Cs") and not _selects_variant(character)
    )


def is_native(character: str) -> bool:
    """Whether printers have a glyph for it."""
    return (
        len(character.encode(ENCODING)) <= _NATIVE_BYTES and unicodedata.category(character) != "Co"
    )


def cells(character: str) -> int:
    """How many cells it takes: for the printer's own glyphs, one for each byte."""
    if is_native(character):
        return len(character.encode(ENCODING))
    return 2 if unicodedata.east_asian_width(character) in "WFA" else 1


def width(text: str) -> int:
    """How many cells the text takes."""
    return sum(map(cells, text))


def _selects_variant(character: str) -> bool:
    return "\ufe00" <= character <= "\ufe0f" or "\U000e0100" <= character <= "\U000e01ef"
