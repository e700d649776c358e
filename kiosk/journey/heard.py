"""What a print-out says, for whoever cannot read it (EN 301 549 5.1.3.16)."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from kiosk.documents.receipt import Receipt
from kiosk.journey.view import View


def print_out(view: View, receipt: Callable[[View], Receipt]) -> tuple[str, ...]:
    """Its lines from top to bottom; none while nothing is read aloud."""
    if not view.session.profile.speech.on:
        return ()
    return tuple(_lines(view, receipt(view)))


def _lines(view: View, receipt: Receipt) -> Iterator[str]:
    yield view.say("heard.begins", title=receipt.title)
    if receipt.number:
        yield view.say("heard.pair", name=receipt.number_label, value=receipt.number)
    if receipt.remark:
        yield receipt.remark
    for name, value in receipt.facts:
        yield view.say("heard.pair", name=name, value=value)
    for section in receipt.sections:
        yield section.title
        for entry in section.entries:
            parts = filter(None, (entry.text, entry.right, entry.below.replace("\n", " ")))
            yield view.say("frame.comma").join(parts)
    yield from receipt.closing
    yield view.say("heard.ends", title=receipt.title)
