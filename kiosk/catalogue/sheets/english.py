"""English for a text that has none yet: its sound, marked as not translated.

The catalogue wants both languages. What is taken in from a department's file is Chinese alone, so
English says that a translation is missing, in letters that can be read and spoken.
"""

from __future__ import annotations

import re

from pypinyin import lazy_pinyin

MARK = "To be translated"
MOST_LETTERS = 48  # of the sound; enough to tell two texts apart
NOT_SPOKEN = re.compile(r"[^A-Za-z0-9.%/+-]+")


def untranslated(zh: str) -> str:
    """`To be translated: jie hun deng ji` for 结婚登记; never Chinese characters or marks."""
    sound = " ".join(lazy_pinyin(zh, errors=_plain))
    words = NOT_SPOKEN.sub(" ", sound).split()
    said = ""
    for word in words:
        if len(said) + len(word) >= MOST_LETTERS:
            break
        said = f"{said} {word}".strip()
    return f"{MARK}: {said}" if said else MARK


def _plain(letters: str) -> str:
    """Digits and Latin letters stay as they are."""
    return letters.encode("ascii", "ignore").decode()
