"""Blocks of a page that are answered: choices, cards, fields, a signature."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum


class FieldKind(StrEnum):
    """How a field is typed. Each kind has its own keyboard on the screen."""

    CHINESE = "chinese"  # pinyin composition, Chinese characters committed
    TEXT = "text"  # Latin letters and digits
    DIGITS = "digits"  # phone and account numbers
    ID_NUMBER = "id_number"  # digits and X
    MONEY = "money"  # yuan: digits and a point
    DATE = "date"  # committed as YYYY-MM-DD
    TIME = "time"  # committed as HH:MM
    CHOICE = "choice"


@dataclass(frozen=True)
class Choice:
    """One answer or one card to touch.

    `marks` are the parts of the title of a card that a search matched, as half-open ranges of
    characters.
    """

    id: str
    title: str
    detail: str = ""
    icon: str = ""
    marks: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True)
class Choices:
    """One of several: touching a choice marks it and sends `Chosen`. Sits low, near the hand."""

    id: str
    choices: tuple[Choice, ...]
    selected: str = ""


@dataclass(frozen=True)
class Options:
    """Several of many: touching one marks it or takes its mark away, and sends `Chosen`."""

    id: str
    choices: tuple[Choice, ...]
    selected: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Cards:
    """Cards that act at once: touching one sends `Pressed` with its id. Sits low.

    `compact`: icon above one word, as for ratings. `title` is a heading above the cards. `found`:
    they answer to the field before them, so they stand right below it and its keyboard stays.
    """

    id: str
    cards: tuple[Choice, ...]
    columns: int = 2
    compact: bool = False
    selected: str = ""
    title: str = ""
    found: bool = False


@dataclass(frozen=True)
class Segments:
    """Two to four parts side by side of which one is in force; touching sends `Chosen`."""

    id: str
    choices: tuple[Choice, ...]
    selected: str


@dataclass(frozen=True)
class Field:
    """One thing to fill in. `value` is what the session holds; typing sends `Edited`.

    `unit` follows the value (g, cm); `candidates` are quick picks above the keyboard.
    `error` is the sentence shown at the field and spoken; empty when nothing is wrong.
    `longest` bounds what can be typed, in characters. `person`: it is a person's name.
    """

    id: str
    label: str
    kind: FieldKind
    value: str = ""
    placeholder: str = ""
    error: str = ""
    longest: int = 60
    candidates: tuple[str, ...] = ()
    sensitive: bool = False
    person: bool = False


Strokes = tuple[tuple[tuple[int, int], ...], ...]
"""Lines drawn by a finger: points (x, y) from 0 to 1000 of the area, from its top left."""


@dataclass(frozen=True)
class Signature:
    """An area to sign in with a finger; a finished stroke sends `Signed` with all of them.

    `strokes` is what the session holds, `hint` stands in the empty area, and `clear` is the text
    of the button that takes all strokes away.
    """

    id: str
    label: str
    clear: str
    hint: str = ""
    strokes: Strokes = field(default=(), repr=False)
