"""The blocks of a page as pieces, each sketched once until it changes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from kiosk.journey.page import Block, Cards, Choices, Field, Heading, Options, Page, Signature
from screens.blocks import SKETCHES, code
from screens.blocks import field as field_block
from screens.editor import Editor
from screens.layouts.turning import Item
from screens.sketch import Piece
from screens.style import Style

AFTER_HEAD = 32  # px at the design pitch


@dataclass
class Contents:
    """Sketches by block id and class; a block that did not change is not sketched again."""

    style: Style
    _kept: dict[tuple[str, type], tuple[object, tuple[Piece, ...]]] = field(default_factory=dict)

    def items(self, page: Page, editor: Editor) -> list[Item]:
        """Pieces for the eye, then those for the hand, each in the order of the page."""
        self._kept = {
            key: kept
            for key, kept in self._kept.items()
            if any((block.id, type(block)) == key for block in page.blocks)
        }
        every = list(self._items(page, editor))
        high = [item for item in every if not item.low]
        if high:  # what follows the head of the page is never close to it
            before = max(high[0].piece.before, self.style.metrics.px(AFTER_HEAD))
            high[0] = replace(high[0], piece=high[0].piece.spaced(before))
        return high + [item for item in every if item.low]

    def forget(self) -> None:
        """Drop all sketches."""
        self._kept = {}
        code.forget()

    def _items(self, page: Page, editor: Editor) -> Iterator[Item]:
        for number, block in enumerate(page.blocks):
            after = page.blocks[number + 1] if number + 1 < len(page.blocks) else None
            low = is_low(block, editor) or (
                isinstance(block, Heading) and after is not None and is_low(after, editor)
            )
            for part, piece in enumerate(self._pieces(block, editor)):
                key = ("block", block.id, type(block).__name__, str(part))
                yield Item(key, piece, low=low)

    def _pieces(self, block: Block, editor: Editor) -> tuple[Piece, ...]:
        key = (block.id, type(block))
        seen: object = block
        if isinstance(block, Field):
            seen = (block, editor.entry(block.id), editor.focused == block.id)
        kept = self._kept.get(key)
        if kept is None or kept[0] != seen:
            kept = self._kept[key] = (seen, self._sketch(block, editor))
        return kept[1]

    def _sketch(self, block: Block, editor: Editor) -> tuple[Piece, ...]:
        width = self.style.metrics.width
        if isinstance(block, Field):
            return field_block.pieces(
                block,
                editor.entry(block.id),
                width,
                self.style,
                focused=editor.focused == block.id,
            )
        return SKETCHES[type(block)](block, width, self.style)


def is_low(block: Block, editor: Editor) -> bool:
    """Whether the hand needs it: answers and cards, and the field that a keyboard stays under."""
    if isinstance(block, Cards):
        return not block.found
    return isinstance(block, Choices | Options | Signature) or (
        isinstance(block, Field) and editor.focused == block.id and not editor.dismissible
    )
