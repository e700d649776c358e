"""Slugs for records that have none: the sound of their names."""

from __future__ import annotations

import re
from collections.abc import Iterable

from pypinyin import lazy_pinyin

LONGEST = 40
ROOM = len("_99")  # for a number behind a slug that is taken


class Slugs:
    """Gives every record a slug of its own."""

    def __init__(self, taken: Iterable[str]) -> None:
        self._taken = set(taken)

    def of(self, name: str, longest: int = LONGEST) -> str:
        """`jie_hun_luo_hu` for 结婚落户; with a number when it is taken."""
        stem = sound(name, longest - ROOM)
        slug, number = stem, 1
        while slug in self._taken:
            number += 1
            slug = f"{stem}_{number}"
        self._taken.add(slug)
        return slug


def sound(name: str, longest: int) -> str:
    """The sound of a name in whole syllables, as a slug begins: with a letter."""
    syllables = re.findall(r"[a-z0-9]+", "_".join(lazy_pinyin(name)).lower())
    said = ""
    for syllable in syllables:
        longer = f"{said}_{syllable}" if said else syllable
        if len(longer) > longest:
            break
        said = longer
    return said if re.match(r"[a-z][a-z0-9_]", said) else f"x_{said}".rstrip("_")[:longest]
