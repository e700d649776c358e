"""What is said of a page that one has just come to, and of one that changed meanwhile. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kiosk.journey.page import (
    Block,
    Callout,
    Cards,
    Choice,
    Choices,
    Faults,
    Field,
    Layout,
    Options,
    Page,
    Rows,
    Segments,
    Signature,
    Weight,
)
from kiosk.narration.blocks import Part, reading, row_texts, title, wrong
from kiosk.narration.passages import head, in_order
from kiosk.narration.wording import Said, Wording

FEW = 6  # choices that are named at once; of more only their number is said
READ_WHOLE = (Rows, Faults, Field)  # what can be selected in them holds what the page tells
NOTED = (Weight.PRIMARY, Weight.PLAIN, Weight.BACK)
Chosen = Choices | Segments | Options | Cards


def arrival(page: Page, wording: Wording) -> Iterator[Said]:
    """Head, texts, and the choices: their names when they are few, else how many.

    A print-out is read before what one is asked beside it, and says what is on both only once.
    """
    yield from head(page, wording).values()
    blocks = [pair for pair in in_order(page) if not _printed(pair[0], page)]
    asked = [pair for pair in blocks if page.heard and isinstance(pair[0], Chosen)]
    for block, before in blocks:
        if (block, before) not in asked:
            yield from told(block, wording, before)
    for text in page.heard:
        yield wording.text(text)
    for block, before in asked:
        yield from told(block, wording, before)
    yield from _ways(page, wording)
    if page.busy:
        yield wording.phrase("narration.wait")


def _printed(block: Block, page: Page) -> bool:
    """Whether the print-out that is read with the page has this list, or all that it begins."""
    if not isinstance(block, Rows):
        return False
    lines = [text for row in block.rows[:1] for text in row_texts(row)]
    return bool(lines) and any(all(line in text for line in lines) for text in page.heard)


def _ways(page: Page, wording: Wording) -> Iterator[Said]:
    """Buttons that one must know of at once."""
    weights = _needed(page)
    for action in page.actions:
        if action.weight in weights and action.enabled:
            yield wording.fill("narration.button", label=wording.text(action.text))


def _needed(page: Page) -> tuple[Weight, ...]:
    """Weights of the buttons that are the answer, or another way than a picture of one's hand."""
    if any(isinstance(block, Signature) for block in page.blocks):
        return (Weight.PLAIN,)
    if not presses(page):
        return ()
    return (Weight.PRIMARY, Weight.FOOT) if page.layout is Layout.NOTICE else (Weight.PRIMARY,)


def presses(page: Page) -> bool:
    """Whether a button is the answer that it waits for: it interrupts, or goes by itself."""
    primary = any(action.weight is Weight.PRIMARY for action in page.actions)
    return primary and (page.layout is Layout.NOTICE or page.count_down_s is not None)


def told(block: Block, wording: Wording, heading: str = "") -> Iterator[Said]:
    """What a block says before one walks through it."""
    whole = isinstance(block, READ_WHOLE)
    for part in reading(block, wording, heading):
        if whole or not part.acts:
            yield part.told or part.said
    if isinstance(block, Chosen):
        yield wording.join(wording.text(heading), _offered(block, wording))


def _offered(block: Chosen, wording: Wording) -> Said:
    choices = offered(block)
    key = "narration.count.options" if isinstance(block, Options) else "narration.count.choices"
    count = wording.phrase(key, count=len(choices))
    if len(choices) > FEW:
        return count
    names = wording.join(*(title(c, wording) for c in choices), by="narration.semicolon")
    return wording.join(count, names, by="narration.colon")


def offered(block: Chosen) -> tuple[Choice, ...]:
    """The choices or cards of a block."""
    return block.cards if isinstance(block, Cards) else block.choices


def changes(before: Page, after: Page, wording: Wording) -> Iterator[Said]:
    """What is new on the same page: errors first, then the rest in reading order."""
    old = {block.id: block for block in before.blocks}
    for block in after.blocks:
        was = old.get(block.id)
        if isinstance(block, Field) and isinstance(was, Field) and was.error != block.error:
            yield wrong(block, wording)
    heads = head(before, wording)
    yield from (
        said
        for name, said in head(after, wording).items()
        if name != "count_down" and heads.get(name) != said
    )
    for block, above in in_order(after):
        if _printed(block, after):
            continue
        was = old.get(block.id)
        if type(was) is not type(block) or was is None:
            yield from told(block, wording, above)
        elif was != block:
            yield from _changed(was, block, wording)
    yield from (wording.text(text) for text in after.heard if text not in before.heard)
    yield from _actions(before, after, wording)
    if after.busy and not before.busy:
        yield wording.phrase("narration.wait")


def _changed(was: Block, block: Block, wording: Wording) -> Iterator[Said]:
    """`was` is the block of that id and kind before."""
    if isinstance(block, Field):
        return
    if isinstance(block, Chosen) and isinstance(was, Chosen):
        if offered(block) != offered(was):
            yield _found(block, wording) if _answers(block) else _offered(block, wording)
        else:
            yield from _selection(was, block, wording)
        return
    if isinstance(block, Rows) and isinstance(was, Rows):
        yield from _lines(was, block, wording)
        return
    old = {_named(part): part.said for part in reading(was, wording)}
    yield from (p.said for p in _parts(block, wording) if old.get(_named(p)) != p.said)


def _lines(was: Rows, block: Rows, wording: Wording) -> Iterator[Said]:
    """Lines that are new; of one that only stands otherwise, its name and how it stands now."""
    old = {row.id: row for row in was.rows}
    said = {part.name: part.said for part in reading(block, wording)}
    for row in block.rows:
        before = old.get(row.id)
        if before is not None and before.action_text != row.action_text:
            yield wording.join(wording.text(row.text), wording.text(row.action_text))
        elif before is None or row_texts(before) != row_texts(row):
            yield said.get(row.action or row.id, Said())


def _named(part: Part) -> tuple[str, bool]:
    return part.name, part.acts


def _parts(block: Block, wording: Wording) -> Iterator[Part]:
    whole = isinstance(block, (*READ_WHOLE, Callout))
    return (part for part in reading(block, wording) if whole or not part.acts)


def _answers(block: Chosen) -> bool:
    return isinstance(block, Cards) and block.found


def _found(block: Chosen, wording: Wording) -> Said:
    count = len(offered(block))
    if not count:
        return wording.phrase("narration.found_none")
    return wording.phrase("narration.found", count=count)


def _selection(was: Chosen, block: Chosen, wording: Wording) -> Iterator[Said]:
    before, after = _selected(was), _selected(block)
    for choice in offered(block):
        if choice.id in after - before:
            yield wording.fill("narration.chose", label=wording.text(choice.title))
        elif choice.id in before - after and isinstance(block, Options):
            yield wording.fill("narration.unchose", label=wording.text(choice.title))


def _selected(block: Chosen) -> frozenset[str]:
    if isinstance(block, Options):
        return block.selected
    return frozenset({block.selected} - {""})


def _actions(before: Page, after: Page, wording: Wording) -> Iterator[Said]:
    """Buttons that were not there, or are called otherwise."""
    known = {(action.id, action.text) for action in before.actions}
    for action in after.actions:
        if action.weight in NOTED and action.enabled and (action.id, action.text) not in known:
            yield wording.fill("narration.button", label=wording.text(action.text))


def withheld(said: Sequence[Said]) -> bool:
    """Whether anything of it is not for other ears."""
    return any(one.private for one in said)
