"""How text becomes marks: the sizes in force, the measure of letters, and columns of lines."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Literal

from kiosk.access.profile import Hand
from screens.icons import has_icon
from screens.metrics import BODY_LEADING, TITLE_LEADING, Metrics
from screens.reach import Reach, standing
from screens.sketch import Box, Fill, Icon, Line, Mark, Outline, Piece, Target
from screens.theme import Role
from screens.wrapping import characters, runs, widest_unit, wrap

Measure = Callable[[str, int, bool], float]  # text, font size px, bold → width px
Align = Literal["left", "centre", "right"]
LONGEST_LINE = 40  # CJK characters, 80 Latin ones: WCAG 2.2 1.4.8
MOST_TRIES = 4
SMALLEST_SHRINK = 0.6  # a long word is set smaller down to this, and broken beyond it


@dataclass(frozen=True)
class Lettering:
    """One way of setting text. `size` in pixels, `leading` in multiples of it.

    `heavy`: bolder than the bold face, for titles.
    """

    size: int
    bold: bool = False
    role: Role = Role.INK
    leading: float = BODY_LEADING
    balance: bool = False
    heavy: bool = False

    @property
    def pitch(self) -> float:
        """From one line to the next, in pixels."""
        return round(self.size * self.leading)


@dataclass(frozen=True)
class Style:
    """What every sketch needs. `tight` asks for the least space that still looks right.

    `cramped`: a keyboard that would otherwise be on another side than its field or its question.
    `say` gives the screen's own words (keyboards, turning over) in the language in force.
    `care`, `hand`: as the profile has them; `seated`: where a hand reaches, if not everywhere.
    """

    metrics: Metrics
    measure: Measure
    say: Callable[..., str]
    tight: bool = False
    cramped: bool = False
    care: bool = False
    hand: Hand = Hand.RIGHT
    seated: Reach | None = None

    @property
    def reach(self) -> Reach:
        """Where things can be touched."""
        return self.seated or standing(self.metrics.panel)

    @property
    def lowered(self) -> bool:
        """Whether what can be touched has to come down from the upper edge of the glass."""
        return self.reach.top > 0

    @property
    def button(self) -> int:
        """Height of a main button, the same however tight the page is."""
        return max(self.metrics.button, self.metrics.px(160 if self.care else 0))

    def body(self, *, bold: bool = False, role: Role = Role.INK) -> Lettering:
        """Running text."""
        return Lettering(self.metrics.body, bold, role)

    def detail(self, role: Role = Role.INK2) -> Lettering:
        """A line under another."""
        return Lettering(self.metrics.detail, False, role, BODY_LEADING, balance=True)

    def heading(self, role: Role = Role.INK) -> Lettering:
        """Card titles and headings."""
        return Lettering(self.metrics.card_title, True, role, TITLE_LEADING, balance=True)

    def title(self) -> Lettering:
        """The page title."""
        return Lettering(
            self.metrics.title, True, Role.INK, TITLE_LEADING, balance=True, heavy=True
        )

    def lead(self) -> Lettering:
        """The sentence under the title."""
        return Lettering(self.metrics.lead, False, Role.INK2, BODY_LEADING, balance=True)

    def foot(self, *, bold: bool = False, role: Role = Role.INK2) -> Lettering:
        """The bar above and the actions at the foot."""
        return Lettering(self.metrics.foot, bold, role, 1.25)

    def width(self, text: str, lettering: Lettering) -> float:
        """Width of one line."""
        return self.measure(text, lettering.size, lettering.bold)

    def fitted(self, text: str, lettering: Lettering, width: float) -> Lettering:
        """The same lettering, smaller where a single word would be wider than the line."""
        widest = widest_unit(text, lambda part: self.width(part, lettering))
        if widest <= width:
            return lettering
        size = int(lettering.size * max(SMALLEST_SHRINK, width / widest))
        return replace(lettering, size=max(self.metrics.smallest, size))

    def wrap(self, text: str, lettering: Lettering, width: float) -> list[str]:
        """The lines of a text, none of them wider than `width` or too long to find the next."""
        room = width
        for _ in range(MOST_TRIES):
            lines = wrap(
                text, room, lambda part: self.width(part, lettering), balance=lettering.balance
            )
            rooms = [self._room(line, lettering, width) for line in lines]
            if all(enough is None for enough in rooms):
                break
            room = min(enough for enough in rooms if enough is not None)
        return lines

    def lines(self, text: str, lettering: Lettering, width: float) -> list[tuple[str, Lettering]]:
        """The lines of a text; a word that is wider is set smaller, in running text it alone."""
        if "\n" not in text and self._room(text, lettering, width) is None:
            return [(text.rstrip(), lettering)]  # most texts: nothing to wrap
        small = self.fitted(text, lettering, width)
        if small == lettering or lettering.size > self.metrics.lead:
            return [(line, small) for line in self.wrap(text, small, width)]
        made = []
        for run in runs(text, lambda word: self.width(word, lettering) > width):
            look = self.fitted(run, lettering, width)
            made += [(line, look) for line in self.wrap(run, look, width)]
        return made

    def _room(self, line: str, lettering: Lettering, width: float) -> float | None:
        """What makes a line shorter, if it is too long (it can be wider than its parts), px."""
        wide = self.width(line, lettering)
        long = characters(line) if len(line) > LONGEST_LINE else 0
        over = max(wide / width, long / LONGEST_LINE)
        return wide / over - 1 if over > 1 else None


@dataclass
class Column:
    """Marks put one under another. `y` is where the next one goes."""

    style: Style
    x: float
    width: float
    y: float = 0
    marks: list[Mark] = field(default_factory=list)
    targets: list[Target] = field(default_factory=list)

    def text(self, text: str, lettering: Lettering, align: Align = "left") -> list[Line]:
        """Add a text, wrapped; gives the lines it became. An empty text adds nothing."""
        if not text:
            return []
        lines = []
        for words, look in self.style.lines(text, lettering, self.width):
            wide = self.style.width(words, look)
            spare = self.width - wide
            x = self.x + {"left": 0.0, "centre": spare / 2, "right": spare}[align]
            top = self.y + (look.pitch - look.size) / 2
            box = Box(round(x), round(top), wide, look.size)
            lines.append(Line(box, words, look.size, look.bold, look.role, look.heavy))
            self.y += look.pitch
        self.marks.extend(line for line in lines if line.text)
        return lines

    def space(self, height: float) -> None:
        """Leave room."""
        self.y += height

    def lowered(self, by: float) -> tuple[Mark, ...]:
        """The marks, all of them `by` further down."""
        return tuple(replace(mark, box=mark.box.moved(0, round(by))) for mark in self.marks)

    def piece(self, *, before: float = 0, joined: bool = False, bottom: float = 0) -> Piece:
        """All of it as one piece, with `bottom` left free at its end."""
        return Piece(
            self.y + bottom, tuple(self.marks), tuple(self.targets), before=before, joined=joined
        )


def icon(name: str, x: float, middle: float, size: float, role: Role) -> tuple[Icon, ...]:
    """An icon left-aligned at `x` and centred on `middle`; nothing when there is none such."""
    if not has_icon(name):
        return ()
    return (Icon(Box(round(x), round(middle - size / 2), size, size), name, role),)


def card(
    box: Box, style: Style, *, chosen: bool = False, strong: bool = False, acts: bool = True
) -> Outline:
    """A surface to touch, or to read from alone where it does not act.

    `strong`: it acts at once; `chosen`: its border is the thickest, whatever the colours.
    """
    metrics = style.metrics
    if chosen:
        return Outline(box, Role.TINT, Role.PRIMARY, metrics.px(6), metrics.radius)
    if strong:
        return Outline(box, Role.SURFACE, Role.PRIMARY, metrics.px(3), metrics.radius)
    border = Role.EDGE if acts else Role.LINE
    return Outline(box, Role.SURFACE, border, metrics.px(2), metrics.radius)


def rule(x: float, y: float, width: float, style: Style) -> Fill:
    """A thin line across."""
    return Fill(Box(x, y, width, max(1, style.metrics.px(2))), Role.LINE)
