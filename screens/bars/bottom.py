"""The actions below: Back and the one filled button, others between them, the foot under them."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

from kiosk.access.profile import Hand
from kiosk.journey.page import Action, Layout, Page, Weight
from screens.caption import Caption
from screens.commands import Command, Press, Turn
from screens.count_down import NONE, CountDown
from screens.metrics import MIN_GAP_MM, TITLE_LEADING
from screens.sketch import Box, Mark, Outline, Piece, Target
from screens.style import Column, Lettering, Style, rule
from screens.theme import Role
from screens.wrapping import widest_unit

ORDER = (Weight.BACK, Weight.PLAIN, Weight.PRIMARY)
ARROWS_AFTER = frozenset({"arrow-right", "arrow-down"})
NOTE_ICON_EM = 1.35


@dataclass(frozen=True)
class Turns:
    """Which part of a page too long for the glass is shown, counted from 0.

    `chosen`: the answer that is marked stands on this part or on one before.
    """

    at: int = 0
    of: int = 1
    chosen: bool = False

    @property
    def more(self) -> bool:
        """Whether something comes below."""
        return self.at < self.of - 1


@dataclass(frozen=True)
class _Button:
    name: str
    text: str
    icon: str
    weight: Weight
    command: Command | None  # None: it cannot act yet
    small: bool = False  # one of several equals, lettered like running text


def draw(
    page: Page, turns: Turns, count_down: CountDown, style: Style, *, line: bool = True
) -> Piece:
    """All rows of actions; `line`: with a rule above them."""
    metrics = style.metrics
    left = metrics.margin
    marks: list[Mark] = [rule(0, 0, metrics.panel.width, style)] if line else []
    targets: list[Target] = []
    y = float(metrics.px(32)) if line else 0.0
    if count_down.text and _crowded(page):
        words = Column(style, left, metrics.width, y)
        words.text(count_down.text, style.foot(), "right")
        marks += words.marks
        y, count_down = words.y + metrics.px(16), NONE
    for row in _rows(_buttons(page, turns, style), style):
        height = max(
            style.button,
            max(
                _caption(button, style).height(style, width - metrics.px(32))
                for button, width in row
            )
            + metrics.px(36),
        )
        x = float(left)
        for button, width in row:
            box = Box(round(x), y, round(width), height)
            marks.extend(_face(button, box, style))
            if button.command is not None:
                targets.append(Target(button.name, box, button.command, metrics.radius))
            x += width + metrics.gap
        y += height + metrics.gap
    y, foot_marks, foot_targets = _foot(page, count_down, y, style)
    return Piece(y, (*marks, *foot_marks), (*targets, *foot_targets))


def _crowded(page: Page) -> bool:
    """Whether words among the actions at the foot would move these from where they always are."""
    return sum(action.weight is Weight.FOOT for action in page.actions) > 1


def _buttons(page: Page, turns: Turns, style: Style) -> list[_Button]:
    """In the order from left to right; turning over stands in for Back and the filled button.

    What is neither (help, other ways) is on every side.
    """
    by_weight = {
        weight: [
            _Button(a.id, a.text, a.icon, weight, Press(a.id) if a.enabled else None)
            for a in page.actions
            if a.weight is weight
        ]
        for weight in ORDER
    }
    if turns.at > 0:
        text = style.say("turn.previous")
        by_weight[Weight.BACK] = [_Button("turn.previous", text, "arrow-up", Weight.BACK, Turn(-1))]
    if turns.more:
        text = style.say("turn.next", page=turns.at + 1, pages=turns.of)
        # Who has chosen need not read the other choices first, nor who begins the other ways.
        ready = turns.chosen or page.layout is Layout.IDLE
        weight = Weight.PLAIN if ready else Weight.PRIMARY
        turning = _Button("turn.next", text, "arrow-down", weight, Turn(1))
        kept = by_weight[weight] if weight is Weight.PLAIN else []
        # In care mode the last plain one, a person to ask, has a place of its own.
        by_weight[weight] = [turning, *kept] if style.care else [*kept, turning]
    return [button for weight in ORDER for button in by_weight[weight]]


def _caption(button: _Button, style: Style) -> Caption:
    metrics = style.metrics
    role = Role.PRIMARY
    if button.command is None:
        role = Role.ON_MUTED
    elif button.weight is Weight.PRIMARY:
        role = Role.ON_PRIMARY
    size = metrics.body if button.small else metrics.action
    bold = button.command is not None
    lettering = Lettering(size, bold, role, TITLE_LEADING, balance=True)
    return Caption(button.text, lettering, button.icon, after=button.icon in ARROWS_AFTER)


_Row = list[tuple[_Button, float]]


def _rows(buttons: list[_Button], style: Style) -> list[_Row]:
    """Back and the filled button lowest, so that they are in one place; in care mode help below."""
    plain = [button for button in buttons if button.weight is Weight.PLAIN]
    pair = [button for button in buttons if button.weight is not Weight.PLAIN]
    if style.care:
        return [*_grid(plain[:-1], style), *_pair(pair, style), *_grid(plain[-1:], style)]
    if pair and len(plain) == 1 and (row := _abreast(buttons, style)):
        return [row]
    return [*_grid(plain, style), *_pair(pair, style)]


def _pair(buttons: list[_Button], style: Style) -> list[_Row]:
    """One row, the filled button in two lines if need be; else a row each."""
    row = _abreast(buttons, style) or _abreast(buttons, style, lines=2)
    return [row] if row else [[(button, float(style.metrics.width))] for button in buttons]


def _abreast(buttons: list[_Button], style: Style, lines: int = 1) -> _Row:
    """Side by side, the last as wide as what is left; empty where they would be squeezed.

    `lines`: how many the last one may take.
    """
    metrics = style.metrics
    pad = metrics.px(72)
    widths = [_caption(button, style).width(style) + pad for button in buttons[:-1]]
    if len(widths) == 1:  # three beside each other leave Back less room
        widths[0] = max(metrics.px(326), widths[0])
    rest = metrics.width - metrics.gap * len(widths) - sum(widths)
    if not buttons or _lines(_caption(buttons[-1], style), rest - pad, style) > lines:
        return []
    row = list(zip(buttons, [*widths, rest], strict=True))
    return row[::-1] if style.hand is Hand.LEFT else row


def _lines(caption: Caption, width: float, style: Style) -> float:
    """How many lines a caption takes; endless where a word of it would have to be broken."""
    room = width - caption.icon_room()
    widest = widest_unit(caption.text, lambda part: style.width(part, caption.lettering))
    if widest > room:
        return math.inf
    return len(style.wrap(caption.text, caption.lettering, room))


def _grid(buttons: list[_Button], style: Style) -> list[_Row]:
    """Equals side by side, as many as have room: on one line each, two of them on two."""
    metrics = style.metrics
    equals = [replace(button, small=True) for button in buttons]
    for count in range(len(buttons), 1, -1):
        room = (metrics.width - metrics.gap * (count - 1)) / count - metrics.px(32)
        most = 2 if count == 2 else 1  # noqa: PLR2004 -- wide enough for a word in each line
        if all(_lines(_caption(b, style), room, style) <= most for b in equals):
            rows = [equals[at : at + count] for at in range(0, len(equals), count)]
            return [_shared(row, style) for row in rows]
    return [_shared([button], style) for button in buttons]


def _shared(buttons: list[_Button], style: Style) -> _Row:
    """The width in equal parts."""
    gaps = style.metrics.gap * (len(buttons) - 1)
    return [(button, (style.metrics.width - gaps) / len(buttons)) for button in buttons]


def _face(button: _Button, box: Box, style: Style) -> tuple[Mark, ...]:
    metrics = style.metrics
    if button.weight is not Weight.PRIMARY:
        fill, border = Role.SURFACE, Role.PRIMARY
    elif button.command is not None:
        fill = border = Role.PRIMARY
    else:
        fill, border = Role.MUTED, Role.LINE
    frame = Outline(box, fill, border, metrics.px(3), metrics.radius)
    caption = _caption(button, style)
    return (frame, *caption.marks(box.grown(-metrics.px(16)), style))


@dataclass(frozen=True)
class _Note:
    """Something at the foot: an action, or words alone."""

    caption: Caption
    action: str = ""


def notes(page: Page, count_down: CountDown, style: Style) -> list[_Note]:
    """What stands at the foot, from left to right."""
    made = [
        _Note(
            Caption(a.text, style.foot(), a.icon, icon_em=NOTE_ICON_EM), a.id if a.enabled else ""
        )
        for a in page.actions
        if a.weight is Weight.FOOT
    ]
    made += [_Note(Caption(text, style.foot())) for text in page.footnotes]
    if count_down.text:
        made.append(_Note(Caption(count_down.text, style.foot())))
    return made


def _foot(
    page: Page, count_down: CountDown, y: float, style: Style
) -> tuple[float, tuple[Mark, ...], tuple[Target, ...]]:
    metrics = style.metrics
    shown = notes(page, count_down, style)
    foot = [action for action in page.actions if action.weight is Weight.FOOT]
    if len(foot) == 1 and len(shown) == 1:
        return _lone(foot[0], y, style)
    if not shown:
        return y + metrics.px(40) - metrics.gap, (), ()
    piece = spread(shown, style)
    top = y - metrics.gap
    marks = tuple(replace(m, box=m.box.moved(metrics.margin, top)) for m in piece.marks)
    targets = tuple(replace(t, box=t.box.moved(metrics.margin, top)) for t in piece.targets)
    return top + piece.height, marks, targets


def _lone(
    action: Action, y: float, style: Style
) -> tuple[float, tuple[Mark, ...], tuple[Target, ...]]:
    """A single action at the foot has room for a whole button."""
    metrics = style.metrics
    press = Press(action.id)
    button = _Button(
        action.id, action.text, action.icon, Weight.PLAIN, press if action.enabled else None
    )
    box = Box(metrics.margin, y, metrics.width, style.button)
    targets = (Target(action.id, box, press, metrics.radius),) if action.enabled else ()
    return y + style.button + metrics.px(40), _face(button, box, style), targets


def spread(shown: list[_Note], style: Style) -> Piece:
    """Side by side from edge to edge; else actions above words; else in equal columns, wrapped."""
    metrics = style.metrics
    gap = metrics.px(20)
    widths = [note.caption.width(style) + 1 for note in shown]
    spare = metrics.width - sum(widths)
    if spare < gap * (len(shown) - 1):
        acting = [note for note in shown if note.action]
        words = [note for note in shown if not note.action]
        if acting and words:
            return _under(spread(acting, style), spread(words, style), metrics.px(24))
        share = (metrics.width - gap * (len(shown) - 1)) / len(shown)
        widths, spare = [share] * len(shown), gap * (len(shown) - 1)
    between = spare / max(1, len(shown) - 1)
    x = spare if len(shown) == 1 and not shown[0].action else 0.0  # words alone end the line
    high = max(n.caption.height(style, w) for n, w in zip(shown, widths, strict=True))
    height = max(metrics.px(104), high + metrics.px(40))
    marks: list[Mark] = []
    targets = []
    apart = metrics.mm(MIN_GAP_MM)
    for note, width in zip(shown, widths, strict=True):
        box = Box(round(x), 0, width, height)
        marks.extend(note.caption.marks(box, style, "left"))
        if note.action:
            reach = (min(gap, between) - apart) / 2
            touch = Box(box.x - reach, apart, box.width + 2 * reach, height - 2 * apart)
            targets.append(Target(note.action, touch, Press(note.action), metrics.px(12)))
        x += width + between
    return Piece(height, tuple(marks), tuple(targets))


def _under(one: Piece, other: Piece, overlap: float) -> Piece:
    """One piece under another, nearer by what both leave free."""
    down = one.height - overlap
    marks = (replace(mark, box=mark.box.moved(0, down)) for mark in other.marks)
    return Piece(down + other.height, (*one.marks, *marks), one.targets)
