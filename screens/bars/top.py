"""The bar above: the seal mark and the name, text size, contrast and language, progress."""

from __future__ import annotations

from dataclasses import replace

from kiosk.journey.page import Action, Page, Weight
from screens.caption import Caption
from screens.commands import Press
from screens.sketch import Box, Fill, Frame, Mark, Piece, Target
from screens.style import Column, Lettering, Style, rule
from screens.theme import Role

TRACK = 10  # px at the design pitch


def draw(page: Page, style: Style) -> Piece:
    """One row where all fits beside each other, else the name above its buttons."""
    metrics = style.metrics
    left = metrics.margin
    pills = [_pill(action, style) for action in page.actions if action.weight is Weight.TOP]
    gap = metrics.px(14)
    wide = sum(pill.width for pill in pills) + gap * max(0, len(pills) - 1)
    mark = metrics.px(52)
    name = Column(style, left + mark + metrics.px(18), metrics.width - mark - metrics.px(18))
    lettering = Lettering(metrics.em(0.97), True, Role.INK, 1.25)
    beside = wide + metrics.px(30) + style.width(page.brand, lettering) <= name.width
    if beside and wide:
        name.width -= wide + metrics.px(30)
    name.text(page.brand, lettering)
    high = max([metrics.px(76), *(pill.height for pill in pills)])
    row = max(metrics.px(110), high + metrics.px(34), name.y + metrics.px(24))
    marks = [
        *seal(Box(left, (row - mark) / 2, mark, mark), style),
        *name.lowered((row - name.y) / 2),
    ]
    top = (row - high) / 2 if beside else row
    targets = []
    x = left + metrics.width - wide
    for pill in pills:
        marks.extend(replace(part, box=part.box.moved(x, top)) for part in pill.marks)
        targets.append(replace(pill.target, box=pill.target.box.moved(x, top)))
        x += pill.width + gap
    bottom = row if beside else row + high + metrics.px(17)
    marks.extend(_progress(page, bottom, style))
    return Piece(bottom + metrics.px(2 + TRACK), tuple(marks), tuple(targets))


def seal(box: Box, style: Style) -> tuple[Mark, ...]:
    """The mark: 一 on a seal."""
    stroke = Box(
        box.x + box.width * 0.22,
        round(box.y + box.height * 0.44),
        box.width * 0.56,
        round(box.height * 0.12),
    )
    radius = style.metrics.px(3)
    return (
        Fill(box, Role.SEAL, box.width * 0.2),
        Fill(stroke, Role.ON_SEAL, min(radius, stroke.height / 2)),
    )


class _Pill:
    """A rounded button of the bar, at the origin."""

    def __init__(self, action: Action, style: Style, height: float, width: float) -> None:
        self.width, self.height = width, height
        box = Box(0, 0, width, height)
        frame = Frame(box, Role.SURFACE, Role.EDGE, style.metrics.px(2), height / 2)
        self.marks = (frame, *_pill_caption(action, style).marks(box, style))
        self.target = Target(action.id, box, Press(action.id), height / 2)


def _pill(action: Action, style: Style) -> _Pill:
    metrics = style.metrics
    caption = _pill_caption(action, style)
    height = max(metrics.px(76), caption.height(style, metrics.width) + metrics.px(24))
    return _Pill(action, style, height, max(height, caption.width(style) + metrics.px(52)))


def _pill_caption(action: Action, style: Style) -> Caption:
    return Caption(action.text, style.foot(role=Role.INK), action.icon, icon_em=1.35)


def _progress(page: Page, y: float, style: Style) -> tuple[Mark, ...]:
    metrics = style.metrics
    line = rule(0, y, metrics.panel.width, style)
    if page.progress is None:
        return (line,)
    track = Box(0, y + metrics.px(2), metrics.panel.width, metrics.px(TRACK))
    done = replace(track, width=round(track.width * min(1.0, max(0.0, page.progress))))
    return line, Fill(track, Role.TRACK), Fill(done, Role.PRIMARY)
