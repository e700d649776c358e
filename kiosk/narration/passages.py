"""A page as it is read aloud: everything on it in reading order, each part by itself. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from kiosk.access.profile import Language
from kiosk.journey.page import (
    Action,
    Block,
    Cards,
    Choices,
    Heading,
    Layout,
    Options,
    Page,
    Segments,
    Weight,
)
from kiosk.narration.blocks import Part, reading
from kiosk.narration.wording import Said, Say, Wording

TEXT = "text:"  # before the name of what is read and cannot be selected
HEAD, FOOT = "head", "foot"  # in place of a block: what stands above all of them, and below
BELOW = (Weight.BACK, Weight.PLAIN, Weight.PRIMARY, Weight.FOOT)
WHERE = f"{TEXT}{FOOT}.progress"  # the site, and how far one has come; after all buttons below
PER_CENT = 100


@dataclass(frozen=True)
class Passage:
    """One part of a page.

    `name`: that of its target on the glass (an action, a choice, the action of a row, a field),
    or `text:<block>[.<item>]`. `text` is all of it, `aloud` without the citizen's numbers; where
    these differ it is `private`. `acts`: it can be selected.
    """

    name: str
    text: str = field(repr=False)
    aloud: str = field(repr=False)
    block: str
    acts: bool = False

    @property
    def private(self) -> bool:
        """Whether a loudspeaker must not say all of it unless its owner allowed it."""
        return self.text != self.aloud


def read(page: Page, say: Say, language: Language) -> tuple[Passage, ...]:
    """The whole page in reading order: head, blocks, what is heard and not shown, actions."""
    wording = Wording(say, language)
    passages = [*_head(page, wording)]
    if page.layout is Layout.IDLE:
        passages += _actions(page, wording, (Weight.PRIMARY,))
    passages += [
        _passage(part, block.id)
        for block, before in in_order(page)
        for part in reading(block, wording, before)
    ]
    below = tuple(w for w in BELOW if page.layout is not Layout.IDLE or w is not Weight.PRIMARY)
    return (
        *passages,
        *_heard(page, wording),
        *_actions(page, wording, below),
        *_where(page, wording),
        *_actions(page, wording, (Weight.TOP,)),
    )


def head(page: Page, wording: Wording) -> dict[str, Said]:
    """The parts of the head by their names, in the order in which they are read."""
    parts = {
        "badge": wording.text(page.badge),
        "eyebrow": wording.text(page.eyebrow),
        "title": wording.title(page.title),
        "lead": wording.text(page.lead),
        "count_down": count_down(page, wording, page.count_down_s),
    }
    return {name: said for name, said in parts.items() if said}


def count_down(page: Page, wording: Wording, seconds: int | None) -> Said:
    """What is left of the count-down; nothing on a page without one."""
    if seconds is None or not page.count_down_text:
        return Said()
    return wording.text(page.count_down_text.replace("{seconds}", str(seconds)))


def in_order(page: Page) -> Iterator[tuple[Block, str]]:
    """Blocks for the eye, then those for the hand, as on the glass; a heading with what it heads.

    A heading of parts side by side comes with them, not as a block of its own: each part is said
    with it, and would say too little without.
    """
    blocks = list(page.blocks)
    low = {block.id for block in blocks if _low(block)}
    low |= {
        one.id for one, after in pairwise(blocks) if isinstance(one, Heading) and after.id in low
    }
    ordered = [b for b in blocks if b.id not in low] + [b for b in blocks if b.id in low]
    above = ""
    for number, block in enumerate(ordered):
        after = ordered[number + 1] if number + 1 < len(ordered) else None
        if isinstance(block, Heading) and isinstance(after, Segments):
            above = block.text
        else:
            yield block, above
            above = ""


def _low(block: Block) -> bool:
    return isinstance(block, Choices | Options) or (isinstance(block, Cards) and not block.found)


def _passage(part: Part, block: str) -> Passage:
    name = part.name if part.acts else TEXT + ".".join(filter(None, (block, part.name)))
    return Passage(name, part.said.full, part.said.aloud, block, part.acts)


def _head(page: Page, wording: Wording) -> Iterator[Passage]:
    said = wording.join(*head(page, wording).values(), by="narration.stop")
    if said:
        yield _passage(Part("", said), HEAD)


def _where(page: Page, wording: Wording) -> Iterator[Passage]:
    where = wording.join(wording.text(page.brand), _progress(page, wording))
    if where:
        yield Passage(WHERE, where.full, where.aloud, FOOT)


def _heard(page: Page, wording: Wording) -> Iterator[Passage]:
    for kind, texts in (("note", page.footnotes), ("heard", page.heard)):
        for number, text in enumerate(texts):
            yield _passage(Part(f"{kind}_{number}", wording.text(text)), FOOT)


def _progress(page: Page, wording: Wording) -> Said:
    if page.progress is None:
        return Said()
    return wording.phrase("narration.progress", percent=round(PER_CENT * page.progress))


def _actions(page: Page, wording: Wording, weights: tuple[Weight, ...]) -> list[Passage]:
    return [
        _passage(_action(action, wording), FOOT)
        for weight in weights
        for action in page.actions
        if action.weight is weight
    ]


def _action(action: Action, wording: Wording) -> Part:
    label = wording.text(action.text)
    if action.enabled:
        return Part(action.id, wording.fill("narration.button", label=label), acts=True)
    return Part(action.id, wording.fill("narration.disabled", label=label))
