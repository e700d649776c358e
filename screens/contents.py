"""The blocks of a page as pieces, each sketched once until it changes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from kiosk.journey.page import Block, Cards, Choices, Field, Heading, Options, Page, Signature
from screens.blocks import SKETCHES, code
from screens.blocks import field as field_block
from screens.editor import Editor
from screens.layouts.turning import Item
from screens.sketch import Piece
from screens.style import Style
from screens.things import in_care, things

AFTER_HEAD = 32  # px at the design pitch


@dataclass
class Contents:
    """Sketches by block id and class; a block that did not change is not sketched again."""

    style: Style
    _kept: dict[tuple[str, type], tuple[object, tuple[Piece, ...]]] = field(default_factory=dict)

    def items(self, page: Page, editor: Editor) -> list[Item]:
        """Pieces for the eye, then those for the hand, each in the order of the page.

        In care mode so for one thing after another, each of which begins a side; but for a page
        that goes by itself, which nobody could finish turning over.
        """
        blocks = page.blocks
        if self.style.care:
            blocks = tuple(in_care(block) for block in blocks)
        self._kept = {
            key: kept
            for key, kept in self._kept.items()
            if any((block.id, type(block)) == key for block in blocks)
        }
        every: list[Item] = []
        parted = self.style.care and page.count_down_s is None
        for thing in things(blocks) if parted else [blocks]:
            items = self._in_order(thing, editor)
            if every and items:
                items[0] = replace(items[0], begins=True)
            every += items
        return every

    def _in_order(self, blocks: Sequence[Block], editor: Editor) -> list[Item]:
        every = list(self._items(blocks, editor))
        high = [item for item in every if not item.low]
        if high:  # what follows the head of the page is never close to it
            before = max(high[0].piece.before, self.style.metrics.px(AFTER_HEAD))
            high[0] = replace(high[0], piece=high[0].piece.spaced(before))
        return high + [item for item in every if item.low]

    def forget(self) -> None:
        """Drop all sketches."""
        self._kept = {}
        code.forget()

    def _items(self, blocks: Sequence[Block], editor: Editor) -> Iterator[Item]:
        answered = any(isinstance(block, Cards) and block.found for block in blocks)
        lows = [is_low(block, editor, answered=answered) for block in blocks]
        for number, block in enumerate(blocks):
            low = lows[number] or (isinstance(block, Heading) and any(lows[number + 1 :][:1]))
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


def is_low(block: Block, editor: Editor, *, answered: bool) -> bool:
    """Whether the hand needs it: answers and cards, and the field that a keyboard stays under.

    `answered`: what is typed is answered by cards right below the field, so it stays above.
    """
    if isinstance(block, Cards):
        return not block.found
    if isinstance(block, Field):
        return editor.focused == block.id and not editor.dismissible and not answered
    return isinstance(block, Choices | Options | Signature)
