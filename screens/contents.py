"""The blocks of a page as pieces, each sketched once until it changes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from kiosk.journey.page import (
    Block,
    Callout,
    Cards,
    Choices,
    Field,
    Heading,
    Options,
    Page,
    Paragraph,
    Signature,
)
from screens.blocks import SKETCHES, code
from screens.blocks import field as field_block
from screens.editor import Editor
from screens.layouts.turning import Item
from screens.sketch import Piece
from screens.style import Style
from screens.things import asks, headings, in_care, things

AFTER_HEAD = 32  # px at the design pitch
AGAIN, TIGHT_AGAIN = 20, 8  # px at the design pitch, above a heading that stands there again


class _Again:
    """In place of a class of blocks: the sketch of a heading that stands there again."""


@dataclass
class Contents:
    """Sketches by block id and class; a block that did not change is not sketched again."""

    style: Style
    _kept: dict[tuple[str, type], tuple[object, tuple[Piece, ...]]] = field(default_factory=dict)

    def items(self, page: Page, editor: Editor) -> list[Item]:
        """Pieces for the eye, then those for the hand, each in the order of the page.

        In care mode so for one thing after another. One that asks begins a side, and so does what
        follows it; those that only tell share one. But a page that goes by itself is not parted,
        for nobody could finish turning it over.
        """
        blocks = page.blocks
        if self.style.care:
            blocks = tuple(in_care(block) for block in blocks)
        ids = {block.id for block in blocks}
        self._kept = {key: kept for key, kept in self._kept.items() if key[0] in ids}
        above = headings(blocks)
        if not self.style.care or page.count_down_s is not None:
            return self._in_order(blocks, above, editor)
        made: list[Item] = []
        asked = False
        for thing in things(blocks):
            items = self._in_order(thing, above, editor)
            asking = asks(thing)
            if made and items:
                items[0] = replace(items[0], begins=asking or asked, opens=True)
            made += items
            asked = asking
        return made

    def _in_order(
        self, blocks: Sequence[Block], above: Mapping[str, Heading], editor: Editor
    ) -> list[Item]:
        every = list(self._items(blocks, above, editor))
        high = [item for item in every if not item.low]
        if high:  # what follows the head of the page is never close to it
            before = max(high[0].piece.before, self.style.metrics.px(AFTER_HEAD))
            high[0] = replace(high[0], piece=high[0].piece.spaced(before))
        return high + [item for item in every if item.low]

    def forget(self) -> None:
        """Drop all sketches."""
        self._kept = {}
        code.forget()

    def _items(
        self, blocks: Sequence[Block], above: Mapping[str, Heading], editor: Editor
    ) -> Iterator[Item]:
        below = answered(blocks)
        lows = [is_low(block, editor, answered=below) for block in blocks]
        for number, block in enumerate(blocks):
            low = lows[number] or (isinstance(block, Heading) and any(lows[number + 1 :][:1]))
            leads = _leads(blocks, number)
            again = self._again(above[block.id]) if block.id in above else None
            opens = isinstance(block, Cards) and bool(block.title)
            for part, piece in _numbered(self._pieces(block, editor)):
                key = ("block", block.id, type(block).__name__, *part)
                joined = replace(piece, joined=piece.joined or leads)
                yield Item(key, joined, low=low, opens=opens, again=again)
                opens = False

    def _again(self, heading: Heading) -> Item:
        """A heading as it stands above what goes on over a side."""
        key = (heading.id, _Again)
        kept = self._kept.get(key)
        if kept is None or kept[0] != heading:
            text = self.style.say("turn.again", heading=heading.text)
            pieces = SKETCHES[Heading](replace(heading, text=text), self._width, self.style)
            before = self.style.metrics.px(TIGHT_AGAIN if self.style.tight else AGAIN)
            kept = self._kept[key] = heading, tuple(piece.spaced(before) for piece in pieces)
        return Item(("head", heading.id), kept[1][0])

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
        if isinstance(block, Field):
            return field_block.pieces(
                block,
                editor.entry(block.id),
                self._width,
                self.style,
                focused=editor.focused == block.id,
            )
        return SKETCHES[type(block)](block, self._width, self.style)

    @property
    def _width(self) -> int:
        return self.style.metrics.width


def _numbered(pieces: Sequence[Piece]) -> Iterator[tuple[tuple[str, ...], Piece]]:
    """Pieces with their numbers; those that go on with another have one of their own besides."""
    number, more = -1, 0
    for piece in pieces:
        number, more = (number, more + 1) if piece.continued else (number + 1, 0)
        yield (str(number), str(more)) if more else (str(number),), piece


def answered(blocks: Sequence[Block]) -> bool:
    """Whether what is typed is answered right below its field: by cards, or that there is none."""
    if any(isinstance(block, Cards) and block.found for block in blocks):
        return True
    *_, before, last = (None, None, *blocks)
    return isinstance(before, Field) and isinstance(last, Callout)


def _leads(blocks: Sequence[Block], number: int) -> bool:
    """Whether it is a text between a heading and what both lead to."""
    around = blocks[max(0, number - 1)], blocks[number], *blocks[number + 1 : number + 2]
    match around:
        case Heading(), Paragraph(), after:
            return not isinstance(after, Heading | Paragraph)
    return False


def is_low(block: Block, editor: Editor, *, answered: bool) -> bool:
    """Whether the hand needs it: answers and cards, and the field that a keyboard stays under.

    `answered`: what is typed is answered by cards right below the field, so it stays above.
    """
    if isinstance(block, Cards):
        return not block.found
    if isinstance(block, Field):
        return editor.focused == block.id and not editor.dismissible and not answered
    return isinstance(block, Choices | Options | Signature)
