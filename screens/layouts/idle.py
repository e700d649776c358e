"""The idle picture: a very large promise, one large button, and the ways that may be easier."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kiosk.journey.page import Action, Page, Weight
from screens.bars import top
from screens.bars.bottom import Turns, notes, spread
from screens.caption import Caption
from screens.commands import Press
from screens.count_down import CountDown
from screens.frame import Frame
from screens.layouts.turning import Item
from screens.metrics import BODY_LEADING, TITLE_LEADING
from screens.sketch import Box, Key, Outline, Piece, Placed, Target
from screens.style import Column, Lettering, Style
from screens.theme import Role

TITLES = (4.1, 3.4, 2.8, 2.3, 1.9, 1.6)  # times body text, the largest that fits
LEAD, LEAD_OF_TITLE = 1.35, 0.7  # times body text, and times the title where that is less


def lay_out(page: Page, items: Sequence[Item], count_down: CountDown, style: Style) -> Frame | None:
    """The frame, or None when the page does not fit in this style however small its title is."""
    metrics = style.metrics
    below = _below(page, items, count_down, style)
    low = sum(piece.before + piece.height for _, piece in below)
    for times in TITLES:
        above = _above(page, style, times)
        if above.height + metrics.px(24) + low <= style.reach.bottom:
            frame = _frame(page, above, below, low, style)
            return frame if _in_reach(frame, style) else None
    return None


def _in_reach(frame: Frame, style: Style) -> bool:
    return all(target.box.y >= style.reach.top for target in frame.targets)


def _frame(
    page: Page, above: Piece, below: list[tuple[Key, Piece]], low: float, style: Style
) -> Frame:
    metrics = style.metrics
    placed = [Placed(("head",), above, 0, 0)]
    y = style.reach.bottom - low
    for key, piece in below:
        y += piece.before
        placed.append(Placed(key, piece, metrics.margin, round(y)))
        y += piece.height
    room = Box(metrics.margin, 0, metrics.width, metrics.panel.height)
    return Frame(page.id, tuple(placed), Turns(), room)


def _above(page: Page, style: Style, times: float) -> Piece:
    """Name, title and lead, from the top of the glass."""
    metrics = style.metrics
    mark = metrics.px(72)
    name = Column(style, mark + metrics.px(20), metrics.width - mark - metrics.px(20))
    name.text(page.brand, _brand(page.brand, name.width, style))
    row = max(mark, name.y)
    start = metrics.px(40 if style.tight else 72)
    column = Column(style, metrics.margin, metrics.width)
    column.marks.extend(top.seal(Box(metrics.margin, start + (row - mark) / 2, mark, mark), style))
    column.marks.extend(
        replace(part, box=part.box.moved(metrics.margin, 0))
        for part in name.lowered(start + (row - name.y) / 2)
    )
    column.space(start + row + metrics.px(40 if style.tight or times < TITLES[0] else 150))
    title = Lettering(metrics.em(times), True, Role.INK, TITLE_LEADING, balance=True, heavy=True)
    column.text(page.title, title)
    column.space(metrics.px(16 if style.tight else 28))
    lead = metrics.em(min(LEAD, LEAD_OF_TITLE * times))
    column.text(page.lead, Lettering(lead, False, Role.INK2, BODY_LEADING, True))
    return column.piece()


def _brand(text: str, width: float, style: Style) -> Lettering:
    """The name in one line, if it can be."""
    usual = Lettering(style.metrics.em(1.1), True, Role.INK, 1.25)
    if not style.tight or style.width(text, usual) <= width:
        return usual
    return replace(usual, size=style.metrics.em(0.86))


def _below(
    page: Page, items: Sequence[Item], count_down: CountDown, style: Style
) -> list[tuple[Key, Piece]]:
    """The large button, the blocks, and the foot."""
    below: list[tuple[Key, Piece]] = [
        (("begin", action.id), _begin(action, style))
        for action in page.actions
        if action.weight is Weight.PRIMARY
    ]
    below += [(item.key, item.piece) for item in items]
    below.append((("bottom",), _foot(page, count_down, style)))
    return below


def _begin(action: Action, style: Style) -> Piece:
    metrics = style.metrics
    role = Role.ON_PRIMARY if action.enabled else Role.ON_MUTED
    fill = Role.PRIMARY if action.enabled else Role.MUTED
    lettering = Lettering(metrics.em(1.85), True, role, 1.25, balance=True)
    caption = Caption(action.text, lettering, action.icon, after=True)
    inside = metrics.width - metrics.px(48)
    height = max(
        metrics.px(140 if style.tight else 188),
        caption.height(style, inside) + metrics.px(48),
    )
    box = Box(0, 0, metrics.width, height)
    outline = Outline(box, fill, fill, 0, metrics.px(24))
    marks = (outline, *caption.marks(box.grown(-metrics.px(24)), style))
    target = Target(action.id, box, Press(action.id), metrics.px(24))
    return Piece(height, marks, (target,) if action.enabled else (), before=metrics.px(24))


def _foot(page: Page, count_down: CountDown, style: Style) -> Piece:
    """Language and what else is above on other pages, with the footnotes."""
    as_foot = tuple(
        replace(action, weight=Weight.FOOT)
        for action in page.actions
        if action.weight in (Weight.TOP, Weight.FOOT)
    )
    shown = notes(replace(page, actions=as_foot), count_down, style)
    if not shown:
        return Piece(style.metrics.px(40))
    return spread(shown, style).spaced(style.metrics.px(4))
