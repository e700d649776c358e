"""A list of lines with rules between them; one piece a line, more where it is very high."""

from __future__ import annotations

from dataclasses import dataclass, replace

from kiosk.journey.page import Row, Rows, Tone
from screens.blocks.parting import parted
from screens.caption import Caption
from screens.commands import Press
from screens.icons import has_icon
from screens.metrics import BODY_LEADING
from screens.sketch import Box, Mark, Outline, Piece, Target
from screens.style import Column, Lettering, Style, icon, rule
from screens.theme import TONES, Role

LABEL_SHARE = 0.34  # of the width, for labels of `Rows.columns`
WORDS_SHARE = 0.55  # of the width at least, for words that do not fit on one line
VALUE_SHARE = 0.5  # of the width at most, for a value at the right
MOST_LINES = 8  # of body text, for a line that is never split
LEAST_VALUE_EM = 9  # a middle column narrower than this goes under its label


def pieces(block: Rows, width: float, style: Style) -> tuple[Piece, ...]:
    """One piece a line, unless it would fill much of a side."""
    if block.columns:
        beside = _values_beside(block, width, style)
        drawn = [_in_columns(row, width, style, beside=beside) for row in block.rows]
    else:
        beside = _ends_beside(block, width, style)
        edge = _edge(block, width, style) if beside else width
        drawn = [_in_a_line(row, width, edge, style, end_beside=beside) for row in block.rows]
    first = style.metrics.px(8)
    spaced = (piece.spaced(first if n == 0 else 0) for n, piece in enumerate(drawn))
    most = MOST_LINES * style.body().pitch
    return tuple(part for piece in spaced for part in parted(piece, most))


def _ends_beside(block: Rows, width: float, style: Style) -> bool:
    """Whether every line has room for its words beside its end; else all ends go below."""
    return all(
        _roomy(row, width - _indent(row, style) - end.width - style.metrics.gap, width, style)
        for row in block.rows
        if (end := _end(row, style)).width
    )


def _edge(block: Rows, width: float, style: Style) -> float:
    """Where values end: left of what stands at the ends of the lines, one under another."""
    if not any(row.value and (row.badge or row.action) for row in block.rows):
        return width
    end = max(_end(row, style).width for row in block.rows)
    return width - end - style.metrics.gap


def _roomy(row: Row, room: float, width: float, style: Style) -> bool:
    """Whether the words of a line are not squeezed: most of the width, or no need of more."""
    if room >= WORDS_SHARE * width:
        return True
    needed = style.width(row.text, style.body(bold=not row.plain))
    for part in row.detail.split("\n"):
        needed = max(needed, style.width(part, style.detail()))
    return needed <= room


def _indent(row: Row, style: Style) -> float:
    return style.metrics.em(1.2) + style.metrics.px(24) if has_icon(row.icon) else 0.0


def _values_beside(block: Rows, width: float, style: Style) -> bool:
    """Whether every value has room beside its label; else all of them go below."""
    end = max((_end(row, style).width for row in block.rows), default=0.0)
    room = width * (1 - LABEL_SHARE) - end - (style.metrics.gap if end else 0)
    return room >= LEAST_VALUE_EM * style.metrics.body


@dataclass(frozen=True)
class _End:
    """What stands at the right end of a line: a word in colour or a button."""

    width: float = 0
    height: float = 0
    marks: tuple[Mark, ...] = ()
    targets: tuple[Target, ...] = ()


def _in_a_line(row: Row, width: float, edge: float, style: Style, *, end_beside: bool) -> Piece:
    metrics = style.metrics
    pad = metrics.px(12 if style.tight else 20 if row.detail else 17)
    indent = _indent(row, style)
    end = _end(row, style)
    room = width - (end.width + metrics.gap if end.width and end_beside else 0)
    room = min(room, edge) if row.value else room
    words = Column(style, indent, room - indent, y=pad)
    value = _value(row, room, style)
    if value is not None and _roomy(row, words.width - value.width - metrics.gap, width, style):
        words.width -= value.width + metrics.gap
    elif value is not None:
        value = None
    words.text(row.text, replace(style.body(bold=not row.plain), balance=True))
    head = max(words.y, pad + value.y) if value else words.y
    detail_below = value is not None and _shorter(row.detail, room - indent, words)
    if detail_below:
        words.y, words.width = head, room - indent
    words.text(row.detail, style.detail())
    if row.value and value is None:
        words.text(row.value, style.body())
    _badge_below(row, words)
    if end.width and not end_beside:
        return _with_end_below(words, row, end, width, pad)
    height = max(words.y, (value.y if value else 0) + pad, end.height) + pad
    marks: list[Mark] = list(words.lowered((height - words.y - pad) / 2))
    if value is not None:
        middle = (pad + head) / 2 if detail_below else height / 2
        marks.extend(value.lowered(middle - value.y / 2))
    marks.extend(_sign(row, height / 2, style))
    return _closed(marks, end, width, height, style)


def _shorter(detail: str, width: float, words: Column) -> bool:
    """Whether a detail takes fewer lines over that width than beside a value."""
    style = words.style
    lines = [len(style.wrap(detail, style.detail(), room)) for room in (width, words.width)]
    return lines[0] < lines[1]


def _sign(row: Row, middle: float, style: Style) -> tuple[Mark, ...]:
    role = TONES[row.tone][0] if row.icon and row.tone is not Tone.PLAIN else Role.INK2
    return icon(row.icon, 0, middle, style.metrics.em(1.2), role)


def _with_end_below(words: Column, row: Row, end: _End, width: float, pad: float) -> Piece:
    """The words over the whole width, what stands at the end of the line under them."""
    style = words.style
    words.space(style.metrics.px(10))
    x = width - end.width if end.targets else words.x
    marks = [*words.marks, *(replace(m, box=m.box.moved(x, words.y)) for m in end.marks)]
    targets = tuple(replace(t, box=t.box.moved(x, words.y)) for t in end.targets)
    height = words.y + end.height + pad
    marks.extend(_sign(row, words.y / 2, style))
    marks.append(rule(0, height, width, style))
    return Piece(height + style.metrics.px(2), tuple(marks), targets)


def _value(row: Row, room: float, style: Style) -> Column | None:
    if not row.value:
        return None
    lettering = replace(style.body(role=Role.INK2), balance=True)
    wide = min(style.width(row.value, lettering) + 1, room * VALUE_SHARE)
    column = Column(style, room - wide, wide)
    column.text(row.value, lettering, "right")
    return column


def _in_columns(row: Row, width: float, style: Style, *, beside: bool) -> Piece:
    metrics = style.metrics
    pad = metrics.px(16 if style.tight else 22)
    end = _end(row, style)
    label_width = round(width * LABEL_SHARE)
    value_width = width - label_width - end.width - (metrics.gap if end.width else 0)
    label = Column(style, 0, label_width - metrics.gap, y=pad)
    value = Column(style, label_width, value_width, y=pad)
    if not beside:
        label.width = value.width = width - end.width - metrics.gap
        value.x = 0
    label.text(row.text, style.body(role=Role.INK2))
    if not beside:
        value.y = label.y
    value.text(row.value, style.body(bold=True))
    value.text(row.detail, style.detail())
    _badge_below(row, value)
    height = max(label.y, value.y, end.height) + pad
    return _closed([*label.marks, *value.marks], end, width, height, style)


def _closed(marks: list[Mark], end: _End, width: float, height: float, style: Style) -> Piece:
    """The line with its right end put in the middle of its height, and the rule below it."""
    down = (height - end.height) / 2
    left = width - end.width
    marks.extend(replace(mark, box=mark.box.moved(left, down)) for mark in end.marks)
    targets = tuple(
        replace(target, box=_tall(target.box.moved(left, down), height)) for target in end.targets
    )
    marks.append(rule(0, height, width, style))
    return Piece(height + style.metrics.px(2), tuple(marks), targets)


def _tall(box: Box, height: float) -> Box:
    """A target as high as its line, less a space on both sides of the rules."""
    return Box(box.x, 4, box.width, height - 8)


def _end(row: Row, style: Style) -> _End:
    if row.action:
        return _button(row, style)
    if row.badge:
        return _badge(row, style)
    return _End()


def _badge_below(row: Row, words: Column) -> None:
    """The word in colour under the others, where a button is at the end of the line."""
    if not (row.badge and row.action):
        return
    words.space(words.style.metrics.px(8))
    badge = _badge(row, words.style)
    words.marks.extend(replace(m, box=m.box.moved(words.x, words.y)) for m in badge.marks)
    words.space(badge.height)


def _badge(row: Row, style: Style) -> _End:
    metrics = style.metrics
    ink, area = TONES[row.tone]
    lettering = Lettering(metrics.em(0.78), True, ink, BODY_LEADING)
    caption = Caption(row.badge, lettering)
    width = min(caption.width(style), 0.42 * metrics.width) + 2 * metrics.px(16)
    height = caption.height(style, width - 2 * metrics.px(16)) + metrics.px(12)
    box = Box(0, 0, width, height)
    marks = caption.marks(box.grown(-metrics.px(6)), style)
    frame = Outline(box, area, ink, metrics.px(2), metrics.px(10))
    return _End(width, height, (frame, *marks))


def _button(row: Row, style: Style) -> _End:
    metrics = style.metrics
    caption = Caption(row.action_text, style.body(bold=True, role=Role.PRIMARY))
    width = max(metrics.target, min(caption.width(style), 0.3 * metrics.width)) + 1
    height = max(metrics.target, caption.height(style, width))
    reach = metrics.px(16)
    target = Target(
        row.action, Box(-reach, 0, width + reach + metrics.px(8), height), Press(row.action)
    )
    marks = caption.marks(Box(0, 0, width, height), style, "right")
    return _End(width, height, marks, (replace(target, radius=metrics.px(10)),))
