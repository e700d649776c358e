"""The receipt (回执): what the citizen takes home, and how it is laid out on the paper roll."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from drivers.receipt_printer.slip import Align, Feed, Line, Pair, QrCode, Rule, Slip, Text


@dataclass(frozen=True)
class Entry:
    """A line with something on the right of it and, line by line, something below it.

    `strong` is the name of what the lines below it tell.
    """

    text: str
    right: str = ""
    below: str = ""
    strong: bool = False


@dataclass(frozen=True)
class Section:
    """A headed part of the receipt."""

    title: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True)
class Receipt:
    """What a receipt says; every text is in the citizen's language.

    `number` stands large with `number_label` above it; `code` is the payload of the QR code. A
    slip of no case has neither.
    """

    site: str
    title: str
    number_label: str
    number: str
    remark: str
    facts: tuple[tuple[str, str], ...]
    sections: tuple[Section, ...]
    code: str
    code_caption: str
    closing: tuple[str, ...]

    def __repr__(self) -> str:
        """Says nothing of its text, which is personal."""
        return "Receipt(…)"


def laid_out(receipt: Receipt) -> Slip:
    """The receipt on paper: number and code first, because they are what is needed later."""
    return Slip(tuple(_lines(receipt)))


def _lines(receipt: Receipt) -> Iterator[Line]:
    yield Text(receipt.site, Align.CENTRE)
    yield Text(receipt.title, Align.CENTRE, bold=True, scale=2)
    yield Feed()
    if receipt.number:
        yield Text(receipt.number_label, Align.CENTRE)
        yield Text(receipt.number, Align.CENTRE, bold=True)
    if receipt.remark:
        yield Text(receipt.remark, Align.CENTRE)
    if receipt.code:
        yield QrCode(receipt.code, receipt.code_caption)
    yield Rule()
    for label, value in receipt.facts:
        yield Pair(label, value)
    for section in receipt.sections:
        yield Rule()
        yield Text(section.title, Align.CENTRE, bold=True)
        for entry in section.entries:
            if entry.right:
                yield Pair(entry.text, entry.right, bold=entry.strong)
            else:
                yield Text(entry.text, bold=entry.strong)
            if entry.below:
                yield Text(entry.below)
    yield Rule()
    for text in receipt.closing:
        yield Text(text)
    yield Feed(2)
