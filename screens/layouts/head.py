"""What a page begins with: badge, eyebrow, title, lead."""

from __future__ import annotations

import re

from kiosk.journey.page import Page
from screens.caption import Caption
from screens.count_down import NONE, CountDown
from screens.sketch import Box, Fill, Piece
from screens.style import Column, Lettering, Style
from screens.theme import Role

BAR = 28  # px at the design pitch
LINE_FEED_AFTER_LATIN = re.compile(r"(?<=[!-~])\n")


def full(page: Page, style: Style, *, small: bool = False, count_down: CountDown = NONE) -> Piece:
    """All of it. `small`: each a step smaller, where a keyboard needs the room."""
    metrics = style.metrics
    column = Column(style, 0, metrics.width)
    if page.badge:
        _badge(page.badge, column)
    if page.eyebrow:
        column.text(page.eyebrow, style.foot() if small else style.lead())
        column.space(metrics.px(2 if small else 8))
    column.text(page.title, style.heading() if small else style.title())
    if page.lead:
        column.space(metrics.px(4 if small else 14))
        column.text(page.lead, style.detail() if small else style.lead())
    if count_down.text:
        column.space(metrics.px(16))
        column.text(count_down.text, style.heading(Role.WARN))
        _bar(count_down.left, column)
    return column.piece()


def _bar(left: float, column: Column) -> None:
    """What is left, seen without reading."""
    metrics = column.style.metrics
    column.space(metrics.px(20))
    high = metrics.px(BAR)
    whole = Box(column.x, column.y, column.width, high)
    column.marks.append(Fill(whole, Role.TRACK, high / 2))
    if left > 0:
        rest = Box(whole.x, whole.y, max(high, round(whole.width * left)), high)
        column.marks.append(Fill(rest, Role.WARN, high / 2))
    column.space(high)


def later(page: Page, style: Style) -> Piece:
    """What reminds of the title after turning over."""
    column = Column(style, 0, style.metrics.width)
    title = LINE_FEED_AFTER_LATIN.sub(" ", page.title).replace("\n", "")
    column.text(title, style.heading(Role.INK2))
    return column.piece(bottom=style.metrics.px(14))


def _badge(text: str, column: Column) -> None:
    style, metrics = column.style, column.style.metrics
    caption = Caption(text, Lettering(metrics.em(0.94), True, Role.OK, 1.3), "check")
    pad = metrics.px(24)
    width = min(column.width, caption.width(style) + 2 * pad)
    height = max(metrics.px(68), caption.height(style, width - 2 * pad) + metrics.px(20))
    box = Box(0, column.y, width, height)
    column.marks.append(Fill(box, Role.OK_TINT, metrics.px(10)))
    column.marks.extend(caption.marks(box, style))
    column.y += height + metrics.px(18)
