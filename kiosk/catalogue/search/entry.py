"""What is searched and what is found, as plain records."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import NamedTuple


class Kind(IntEnum):
    """What an entry is; the smaller comes first at equal rank."""

    LIFE_EVENT = 0
    MATTER = 1
    OPTION = 2


class Manner(IntEnum):
    """How a query fits a text, the best first."""

    CHARACTERS = 0  # as it is written
    PINYIN = 1  # whole syllables; a heteronym by any of its common readings
    WORDS = 2  # words of a text in Latin letters
    UNFINISHED = 3  # whole syllables, the last of them not typed to its end
    INITIALS = 4  # the first letter of each character
    MIXED = 5  # whole syllables and first letters
    FUZZY = 6  # syllables that sound alike in Hunan
    HOMOPHONE = 7  # another character of the same sound
    SCATTERED = 8  # every character in its order with a few others between, or parts swapped
    CONTAINED = 9  # the query holds the whole text among other words


class Place(IntEnum):
    """Where in which text a query fits, the best first."""

    EXACT = 0
    PREFIX = 1
    ALIAS_EXACT = 2
    ALIAS_PREFIX = 3
    INSIDE = 4
    ALIAS_INSIDE = 5


class Alias(NamedTuple):
    """Another wording for an entry. Of several entries with it, the lowest `order` comes first."""

    text: str
    order: int = 0


@dataclass(frozen=True, slots=True)
class Entry:
    """A life event, a matter of the life event with the slug `life_event`, or one option of a list.

    `names`: the official name in each language, Chinese first.
    """

    kind: Kind
    slug: str
    life_event: str
    names: tuple[str, ...]
    aliases: tuple[Alias, ...] = ()


@dataclass(frozen=True, slots=True)
class Hit:
    """One entry that was found.

    `text` is the name or alias that fits and `marks` are the parts of it that do, as half-open
    ranges of characters, in order, not touching. An alias is to be shown before the name it leads
    to: “上户口” → 户口登记.
    """

    entry: Entry
    text: str
    marks: tuple[tuple[int, int], ...]
    manner: Manner
    place: Place

    @property
    def by_alias(self) -> bool:
        """Whether `text` is an alias and not one of the entry's names."""
        return self.place in (Place.ALIAS_EXACT, Place.ALIAS_PREFIX, Place.ALIAS_INSIDE)
