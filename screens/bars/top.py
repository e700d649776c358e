"""The bar above: the seal mark and the name, how the terminal is used, progress."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from kiosk.journey.page import Action, Page, Weight
from screens.caption import Caption
from screens.commands import Press
from screens.sketch import Box, Fill, Mark, Outline, Piece, Target
from screens.style import Column, Lettering, Style, rule
from screens.theme import Role

TRACK = 10  # px at the design pitch
ALL_OF_IT = "ease"  # the page where everything of this kind is set
ALSO_THERE = frozenset({"text_size"})


def draw(page: Page, style: Style) -> Piece:
    """The name, and its pills beside it, else below it, else lower on the glass (`pills`)."""
    metrics = style.metrics
    left = metrics.margin
    mark = metrics.px(52)
    name = Column(style, left + mark + metrics.px(18), metrics.width - mark - metrics.px(18))
    lettering = Lettering(metrics.em(0.97), True, Role.INK, 1.25)
    beside = _beside(page, name.width - style.width(page.brand, lettering), style)
    if beside is not None:
        name.width -= beside.width + metrics.px(30)
    name.text(page.brand, lettering)
    row = max(metrics.px(110), name.y + metrics.px(34))
    if beside is not None:
        row = max(row, beside.height + metrics.px(34))
    marks: list[Mark] = [
        *seal(Box(left, (row - mark) / 2, mark, mark), style),
        *name.lowered((row - name.y) / 2),
    ]
    targets: list[Target] = []
    bottom = row
    if beside is not None:
        beside.put(marks, targets, left + metrics.width - beside.width, (row - beside.height) / 2)
    elif not style.lowered and (below := _below(page, style)) is not None:
        below.put(marks, targets, left, row)
        bottom = row + below.height + metrics.px(17)
    marks.extend(_progress(page, bottom, style))
    return Piece(bottom + metrics.px(2 + TRACK), tuple(marks), tuple(targets))


def pills(page: Page, style: Style) -> Piece | None:
    """The pills by themselves, for where they stand among what the hand needs."""
    rows = _below(page, style)
    if rows is None:
        return None
    marks: list[Mark] = []
    targets: list[Target] = []
    above = style.metrics.px(14)
    rows.put(marks, targets, style.metrics.margin, above)
    return Piece(above + rows.height + above, tuple(marks), tuple(targets))


class _Pill:
    """A rounded button of the bar: as wide as its words, wider where it is asked to be."""

    def __init__(self, action: Action, style: Style, width: float = 0.0) -> None:
        self.action = action
        self._style = style
        self._caption = Caption(action.text, style.foot(role=Role.INK), action.icon, icon_em=1.35)
        inside = min(style.metrics.width, max(width, self._caption.width(style) + 1))
        self.height = max(
            style.metrics.px(76), self._caption.height(style, inside) + style.metrics.px(24)
        )
        self.width = width or max(self.height, self._caption.width(style) + style.metrics.px(52))

    def as_wide(self, width: float) -> _Pill:
        """The same, of this width."""
        return _Pill(self.action, self._style, width)

    def marks(self, box: Box) -> tuple[Mark, ...]:
        """Drawn into a box."""
        frame = Outline(box, Role.SURFACE, Role.EDGE, self._style.metrics.px(2), box.height / 2)
        return (frame, *self._caption.marks(box, self._style))


@dataclass(frozen=True)
class _Pills:
    """Pills at their places, from the origin."""

    width: float
    height: float
    pills: tuple[tuple[_Pill, float, float], ...]

    def put(self, marks: list[Mark], targets: list[Target], x: float, y: float) -> None:
        for pill, left, top in self.pills:
            box = Box(round(x + left), round(y + top), round(pill.width), round(self.pill_height))
            marks.extend(pill.marks(box))
            targets.append(Target(pill.action.id, box, Press(pill.action.id), box.height / 2))

    @property
    def pill_height(self) -> float:
        return max(pill.height for pill, _, _ in self.pills)


def _shown(page: Page, style: Style) -> list[_Pill]:
    """In care mode fewer: what the page for all of it (ease) has too is left out."""
    actions = [action for action in page.actions if action.weight is Weight.TOP]
    if style.care and any(action.id == ALL_OF_IT for action in actions):
        actions = [action for action in actions if action.id not in ALSO_THERE]
    return [_Pill(action, style) for action in actions]


def _row(shown: Sequence[_Pill], style: Style) -> _Pills:
    """Side by side, each as wide as its words."""
    gap = _gap(style)
    places, x = [], 0.0
    for pill in shown:
        places.append((pill, x, 0.0))
        x += pill.width + gap
    return _Pills(x - gap, max(pill.height for pill in shown), tuple(places))


def _gap(style: Style) -> int:
    return style.metrics.px(14)


def _beside(page: Page, room: float, style: Style) -> _Pills | None:
    """One row beside the name, if there is room for it."""
    shown = _shown(page, style)
    if not shown or style.lowered:
        return None
    row = _row(shown, style)
    return row if row.width + style.metrics.px(30) <= room else None


def _below(page: Page, style: Style) -> _Pills | None:
    """Over the whole width: in one row, else in as few as hold them, all pills of one width."""
    shown = _shown(page, style)
    if not shown:
        return None
    gap, width = _gap(style), style.metrics.width
    spare = width - _row(shown, style).width
    if spare >= 0:
        return _row([pill.as_wide(pill.width + spare / len(shown)) for pill in shown], style)
    widest = max(pill.width for pill in shown)
    rows = next(
        count
        for count in range(1, len(shown) + 1)
        if _cell(width, -(-len(shown) // count), gap) >= widest or count == len(shown)
    )
    columns = -(-len(shown) // rows)
    cell = _cell(width, columns, gap)
    high = max(pill.height for pill in shown)
    places = [
        (pill.as_wide(cell), n % columns * (cell + gap), n // columns * (high + gap))
        for n, pill in enumerate(shown)
    ]
    return _Pills(width, rows * (high + gap) - gap, tuple(places))


def _cell(width: float, columns: int, gap: float) -> float:
    return (width - gap * (columns - 1)) / columns


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


def _progress(page: Page, y: float, style: Style) -> tuple[Mark, ...]:
    metrics = style.metrics
    line = rule(0, y, metrics.panel.width, style)
    if page.progress is None:
        return (line,)
    track = Box(0, y + metrics.px(2), metrics.panel.width, metrics.px(TRACK))
    done = replace(track, width=round(track.width * min(1.0, max(0.0, page.progress))))
    return line, Fill(track, Role.TRACK), Fill(done, Role.PRIMARY)
