"""Underlines for the parts of a text that a search matched."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from screens.sketch import Box, Fill, Line, Mark
from screens.style import Lettering, Style
from screens.theme import Role

THICK_EM = 0.1


def underlines(
    lines: Iterable[Mark],
    text: str,
    parts: tuple[tuple[int, int], ...],
    style: Style,
    look: Lettering,
) -> Iterator[Fill]:
    """A rule under each part (half-open ranges of characters) of `text` as it was wrapped."""
    at = 0
    for line in lines:
        if not isinstance(line, Line):
            continue
        start = text.index(line.text, at)
        end = at = start + len(line.text)
        for first, last in parts:
            begins, ends = max(first, start), min(last, end)
            if begins < ends:
                x = style.width(line.text[: begins - start], look)
                width = style.width(text[begins:ends], look)
                thick = max(2, round(THICK_EM * line.size))
                box = Box(line.box.x + x, line.box.bottom + thick, width, thick)
                yield Fill(box, Role.PRIMARY)
