"""How each kind of block is read. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from kiosk.journey.page import (
    Block,
    Callout,
    Cards,
    Choice,
    Choices,
    Code,
    Faults,
    Field,
    FieldKind,
    Figure,
    Figures,
    Heading,
    Options,
    Paragraph,
    Picture,
    Row,
    Rows,
    Segments,
    Signature,
    Step,
    Timeline,
    Video,
)
from kiosk.narration.wording import PERSONAL_FROM, Said, Wording

NUMBERED = frozenset({FieldKind.DIGITS, FieldKind.ID_NUMBER})


@dataclass(frozen=True)
class Part:
    """A part of a block. `name`: its target, or the item of the block that is only read.

    `told`: what of it is said while the page is told as a whole, where that is less.
    """

    name: str
    said: Said
    acts: bool = False
    told: Said = field(default_factory=Said)


def reading(block: Block, wording: Wording, heading: str = "") -> Iterator[Part]:
    """The block part by part; `heading`: what is said with each of its choices."""
    return (part for part in READINGS[type(block)](block, wording, heading) if part.said)


def own(block: Field) -> bool:
    """Whether what is typed there is nobody else's to hear: sensitive, or somebody's number."""
    numbered = block.kind in NUMBERED and block.longest >= PERSONAL_FROM
    return block.sensitive or numbered


def value(block: Field, wording: Wording, text: str) -> Said:
    """A text of a field, as it is heard."""
    return wording.sensitive(text) if text and own(block) else wording.text(text)


def holding(block: Field, wording: Wording, text: str) -> Said:
    """That a field holds this, or nothing."""
    if not text:
        return wording.phrase("narration.empty")
    now = wording.fill("narration.value", value=value(block, wording, text))
    return Said(now.full, wording.say("narration.held")) if own(block) else now


def position(number: int, count: int, wording: Wording) -> Said:
    """Which of how many, counted from 1."""
    return wording.phrase("narration.position", number=number, count=count)


def _paragraph(block: Paragraph | Heading, wording: Wording, _: str) -> Iterator[Part]:
    yield Part("", wording.text(block.text))


def _figures(block: Figures, wording: Wording, _: str) -> Iterator[Part]:
    said = (_figure(figure, wording) for figure in block.figures)
    yield Part("", wording.join(*said, by="narration.stop"))


def _figure(figure: Figure, wording: Wording) -> Said:
    now = wording.text(figure.now)
    if figure.before:
        before = wording.text(figure.before)
        now = wording.fill("narration.before_and_now", before=before, now=now)
    return wording.join(wording.text(figure.label), now)


def _rows(block: Rows, wording: Wording, _: str) -> Iterator[Part]:
    for row in block.rows:
        said = wording.join(*map(wording.text, row_texts(row)))
        if row.action:
            label = wording.join(said, wording.text(row.action_text))
            button = wording.fill("narration.button", label=label)
            # In columns all buttons say the same; elsewhere the button says how things are.
            yield Part(row.action, button, acts=True, told=said if block.columns else label)
        else:
            yield Part(row.id, said)


def row_texts(row: Row) -> tuple[str, ...]:
    """What is read of a line, but for its button."""
    return row.text, row.value, row.detail, row.badge


def _choices(block: Choices | Segments, wording: Wording, heading: str) -> Iterator[Part]:
    above = wording.text(heading)
    for number, choice in enumerate(block.choices, 1):
        chosen = wording.phrase("narration.chosen") if choice.id == block.selected else Said()
        label = wording.join(
            above, title(choice, wording), position(number, len(block.choices), wording), chosen
        )
        yield Part(choice.id, wording.fill("narration.choice", label=label), acts=True)


def _options(block: Options, wording: Wording, _: str) -> Iterator[Part]:
    for number, choice in enumerate(block.choices, 1):
        state = "narration.chosen" if choice.id in block.selected else "narration.not_chosen"
        label = wording.join(
            title(choice, wording),
            position(number, len(block.choices), wording),
            wording.phrase(state),
        )
        yield Part(choice.id, wording.fill("narration.option", label=label), acts=True)


def _cards(block: Cards, wording: Wording, _: str) -> Iterator[Part]:
    yield Part("", wording.text(block.title))
    for number, card in enumerate(block.cards, 1):
        chosen = block.selected and card.id == block.selected
        label = wording.join(
            title(card, wording),
            position(number, len(block.cards), wording),
            wording.phrase("narration.chosen") if chosen else Said(),
        )
        yield Part(card.id, wording.fill("narration.button", label=label), acts=True)


def title(choice: Choice, wording: Wording) -> Said:
    """What a choice says of itself."""
    return wording.join(wording.text(choice.title), wording.text(choice.detail))


def _field(block: Field, wording: Wording, _: str) -> Iterator[Part]:
    held = holding(block, wording, block.value)
    hint = Said() if block.value else wording.text(block.placeholder)
    label = wording.join(wording.text(block.label), held, hint)
    said = wording.fill("narration.field", label=label)
    if block.candidates:
        picks = wording.phrase("narration.quick_picks", count=len(block.candidates))
        said = wording.join(said, picks, by="narration.stop")
    yield Part(block.id, wording.join(wrong(block, wording), said, by="narration.stop"), acts=True)


def wrong(block: Field, wording: Wording) -> Said:
    """The error of a field; nothing when there is none."""
    if not block.error:
        return Said()
    return wording.fill("narration.wrong", error=wording.text(block.error))


def _callout(block: Callout, wording: Wording, _: str) -> Iterator[Part]:
    said = wording.join(wording.text(block.title), wording.text(block.text), by="narration.stop")
    yield Part("", said)
    if block.action:
        label = wording.text(block.action_text)
        yield Part(block.action, wording.fill("narration.button", label=label), acts=True)


def _picture(block: Picture, wording: Wording, _: str) -> Iterator[Part]:
    yield Part("", wording.text(block.caption))


def _code(block: Code, wording: Wording, _: str) -> Iterator[Part]:
    yield Part("", wording.fill("narration.code", caption=wording.text(block.caption)))


def _timeline(block: Timeline, wording: Wording, _: str) -> Iterator[Part]:
    for number, step in enumerate(block.steps, 1):
        place = position(number, len(block.steps), wording)
        yield Part(step.id, wording.join(*map(wording.text, _step(step)), place))


def _step(step: Step) -> Sequence[str]:
    return step.text, step.state, step.day, step.detail


def _faults(block: Faults, wording: Wording, _: str) -> Iterator[Part]:
    yield Part("", wording.text(block.title))
    for fault in block.faults:
        said = wording.join(wording.text(fault.text), wording.text(fault.detail))
        if fault.action:
            yield Part(fault.action, wording.fill("narration.button", label=said), acts=True)
        else:
            yield Part(fault.id, said)


def _signature(block: Signature, wording: Wording, _: str) -> Iterator[Part]:
    state = "narration.signed" if block.strokes else "narration.not_signed"
    hint = "" if block.strokes else block.hint
    label = wording.text(block.label)
    parts = (wording.fill("narration.signature", label=label), wording.phrase(state))
    yield Part("", wording.join(*parts, wording.text(hint)))


def _video(block: Video, wording: Wording, _: str) -> Iterator[Part]:
    yield Part("", wording.fill("narration.film", caption=wording.text(block.caption)))


READINGS: Mapping[type, Callable[[Any, Wording, str], Iterator[Part]]] = {
    Paragraph: _paragraph,
    Heading: _paragraph,
    Figures: _figures,
    Rows: _rows,
    Choices: _choices,
    Segments: _choices,
    Options: _options,
    Cards: _cards,
    Field: _field,
    Callout: _callout,
    Picture: _picture,
    Code: _code,
    Timeline: _timeline,
    Faults: _faults,
    Signature: _signature,
    Video: _video,
}
