"""The bytes of a code as text: UTF-8 and GB 18030 told apart. Pure.

Most codes do not say how they are encoded. Nearly all Chinese UTF-8 is malformed as GB 18030 or
the other way round. What is left are short GB texts whose bytes also make letters of two-byte
UTF-8: 一 (D2 BB) would be Cyrillic һ. Such letters are taken for hanzi when every one of them is a
hanzi of GB 2312, unless a Latin one touches an ASCII letter, as the é of café does.
"""

from __future__ import annotations

import re
import unicodedata

_BYTE_ORDER_MARK = "\ufeff"
_TWO_BYTE_UTF8 = re.compile("[\u0080-\u07ff]")
_THREE_BYTE_UTF8 = re.compile("[\u0800-\U0010ffff]")
_LATIN_IN_A_WORD = re.compile("[A-Za-z][\u00c0-\u024f]|[\u00c0-\u024f][A-Za-z]")
_GB_2312_HANZI = re.compile(rb"(?:[\x00-\x7f]|[\xb0-\xf7][\xa1-\xfe])*")


def text_of(data: bytes) -> str | None:
    """The text; None when there is none, in neither encoding, or with control characters in it."""
    text = _as_utf8(data)
    if text is None or (_TWO_BYTE_UTF8.search(text) and _rather_gb(data, text)):
        text = _decoded(data, "gb18030")
    return text if text and printable(text) else None


def printable(text: str) -> bool:
    """Whether there is no control character in it."""
    return not any(unicodedata.category(character) == "Cc" for character in text)


def is_common(text: str) -> bool:
    """Whether it is all ASCII, hanzi and punctuation of GB 2312, as most Chinese text is."""
    try:
        text.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True


def _as_utf8(data: bytes) -> str | None:
    text = _decoded(data, "utf-8")
    return None if text is None else text.removeprefix(_BYTE_ORDER_MARK)


def _rather_gb(data: bytes, text: str) -> bool:
    """Whether bytes that are two-byte letters in UTF-8 are hanzi all the same."""
    if _THREE_BYTE_UTF8.search(text) or _LATIN_IN_A_WORD.search(text):
        return False
    return _GB_2312_HANZI.fullmatch(data) is not None


def _decoded(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None
