"""Keys in rows: how every keyboard on the glass is laid out."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from enum import Enum, auto

from kiosk.access.profile import Hand
from screens.caption import Caption
from screens.commands import Command
from screens.metrics import BODY_LEADING, MIN_GAP_MM, TITLE_LEADING
from screens.sketch import Box, Mark, Outline, Target
from screens.style import Lettering, Style
from screens.theme import Role


class Face(Enum):
    """How a key looks."""

    LETTER = auto()  # a character to type
    CANDIDATE = auto()  # characters to take
    WORD = auto()  # a key that does something
    STRONG = auto()  # the key that is done with the keyboard
    CHOSEN = auto()  # the part that digits go to


@dataclass(frozen=True)
class Key:
    """One key. `span`: its width in columns; `under`: a small word below the label.

    `says`: what it is called when it is read aloud, where that is not its label.
    """

    name: str
    label: str
    command: Command
    span: float = 1
    face: Face = Face.LETTER
    icon: str = ""
    says: str = ""
    under: str = ""


COLOURS = {  # fill, border, words
    Face.LETTER: (Role.SURFACE, Role.EDGE, Role.INK),
    Face.CANDIDATE: (Role.SURFACE, Role.EDGE, Role.INK),
    Face.WORD: (Role.TINT, Role.EDGE, Role.PRIMARY),
    Face.STRONG: (Role.PRIMARY, Role.PRIMARY, Role.ON_PRIMARY),
    Face.CHOSEN: (Role.SURFACE, Role.PRIMARY, Role.INK),
}


@dataclass
class Board:
    """A keyboard in the making: rows are added from the top."""

    style: Style
    width: float
    y: float = 0
    roomy: bool = False  # few rows, which may be higher
    marks: list[Mark] = field(default_factory=list)
    targets: list[Target] = field(default_factory=list)

    @property
    def gap(self) -> int:
        """Between keys, px."""
        return max(self.style.metrics.px(10), self.style.metrics.mm(MIN_GAP_MM))

    @property
    def key_height(self) -> int:
        """Height of a row."""
        metrics = self.style.metrics
        high = metrics.px(80 if self.style.tight else 116 if self.roomy else 98)
        leading = 1.0 if self.style.cramped else BODY_LEADING  # a key has one line
        return max(high, round(leading * metrics.card_title))

    def outward(self, keys: Sequence[Key], outer: Key) -> list[Key]:
        """Keys with one at the outer end of their row, on the side of the hand that types."""
        return [outer, *keys] if self.style.hand is Hand.LEFT else [*keys, outer]

    def row(
        self,
        keys: Sequence[Key],
        columns: float,
        *,
        letter_em: float = 1.3,
        height: int | None = None,
    ) -> None:
        """Add a row, centred when its keys are fewer than the columns."""
        high = height or self.key_height
        unit = (self.width - self.gap * (columns - 1)) / columns
        taken = sum(key.span for key in keys)
        x = (columns - taken) * (unit + self.gap) / 2
        for key in keys:
            width = key.span * unit + (key.span - 1) * self.gap
            # never rounded up, for that would take from the gap
            self.key(key, Box(round(x), self.y, math.floor(width), high), letter_em)
            x += width + self.gap
        self.y += high + self.gap

    def key(self, key: Key, box: Box, letter_em: float = 1.3) -> None:
        """Add one key at its place."""
        metrics = self.style.metrics
        fill, border, role = COLOURS[key.face]
        radius = metrics.px(14)
        thickness = metrics.px(4 if key.face is Face.CHOSEN else 2)
        self.marks.append(Outline(box, fill, border, thickness, radius))
        word = key.face in (Face.WORD, Face.STRONG)
        sign = len(key.label) == 1
        size = metrics.em(0.9 if word and not sign else letter_em)
        bold = word or (sign and key.face is not Face.CANDIDATE)
        lettering = Lettering(size, bold, role, TITLE_LEADING)
        above = self._below(key, box) if key.under else box
        self.marks.extend(_fitting(key, lettering, above, self.style).marks(above, self.style))
        self.targets.append(Target(key.name, box, key.command, radius, key.says or key.label))

    def _below(self, key: Key, box: Box) -> Box:
        """Set the small word into the lower part of a key; gives the part above it."""
        lettering = Lettering(self.style.metrics.detail, False, Role.INK2, TITLE_LEADING)
        height = lettering.pitch + self.style.metrics.px(12)
        lower = Box(box.x, box.bottom - height, box.width, height)
        word = _fitting(Key(key.name, key.under, key.command), lettering, lower, self.style)
        self.marks.extend(word.marks(lower, self.style))
        return Box(box.x, box.y, box.width, box.height - height)


def _fitting(key: Key, lettering: Lettering, box: Box, style: Style) -> Caption:
    """Word and pictogram when both fit on one line, else the word alone."""
    both = Caption(key.label, lettering, key.icon)
    room = box.width - style.metrics.px(16)
    if both.width(style) <= room:
        return both
    if key.face is Face.CANDIDATE:
        return Caption(key.label, on_one_line(key.label, lettering, room, style))
    return Caption(key.label, style.fitted(key.label, lettering, room))


def on_one_line(text: str, lettering: Lettering, room: float, style: Style) -> Lettering:
    """The same lettering, smaller where the text would not fit on one line."""
    wide = style.width(text, lettering)
    if wide <= room:
        return lettering
    size = max(style.metrics.smallest, math.floor(lettering.size * room / wide))
    return replace(lettering, size=size)
