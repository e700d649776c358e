"""What of a page belongs together where one thing is shown at a time (care mode). Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from kiosk.journey.page import (
    Block,
    Cards,
    Choices,
    Faults,
    Field,
    Heading,
    Options,
    Paragraph,
    Segments,
    Signature,
)

LEADING = (Heading, Paragraph, Faults)  # nothing by themselves: they lead to what follows
ANSWERS = (Choices, Options, Cards)
ASKING = (Field, Segments, Cards)  # and the answers below them depend on them


def things(blocks: Iterable[Block]) -> list[tuple[Block, ...]]:
    """Blocks in their order, parted where another thing begins."""
    parted: list[tuple[Block, ...]] = []
    for block in blocks:
        if parted and _belongs(block, parted[-1]):
            parted[-1] = (*parted[-1], block)
        else:
            parted.append((block,))
    return parted


def _belongs(block: Block, thing: tuple[Block, ...]) -> bool:
    if isinstance(block, Heading):
        return all(isinstance(one, Heading) for one in thing)
    if all(isinstance(one, LEADING) for one in thing):
        return True
    if isinstance(block, Cards) and block.title:  # it has its own heading
        return False
    if isinstance(block, ANSWERS) and isinstance(thing[-1], ASKING):
        return True
    return isinstance(block, Paragraph)


def asks(thing: Iterable[Block]) -> bool:
    """Whether something is to be answered, filled in or signed, not only read."""
    return any(isinstance(block, (*ASKING, *ANSWERS, Signature)) for block in thing)


def headings(blocks: Iterable[Block]) -> dict[str, Heading]:
    """What is read under a heading, by its id; small print is not, nor what is to be answered."""
    under: dict[str, Heading] = {}
    for thing in things(blocks):
        heading: Heading | None = None
        for block in () if asks(thing) else thing:
            if isinstance(block, Heading):
                heading = block
            elif heading is not None and not (isinstance(block, Paragraph) and block.small):
                under[block.id] = heading
    return under


def in_care(block: Block) -> Block:
    """The block with nothing beside each other that can be touched."""
    if isinstance(block, Cards):
        return replace(block, columns=1, compact=False)
    return block
