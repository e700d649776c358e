"""What is known of a print-out, as a block of the page that waits for it."""

from __future__ import annotations

from kiosk.journey.page import Block, Callout, Paragraph, Tone
from kiosk.journey.signals import PrintOutcome
from kiosk.journey.view import View

PRINTED = (PrintOutcome.SENT, None)


def printing_block(view: View, under_way: str, sent: str, instead: str) -> Block:
    """Being printed, sent, or what went wrong with a way to print again.

    The keys of what the page says: while it is printed, when it was sent, and what to do instead.
    """
    printing = view.session.printing
    if printing is None:
        return Paragraph("printing", view.say(under_way), icon="printer")
    if printing is PrintOutcome.SENT:
        return Paragraph("printing", view.say(sent), icon="printer")
    return Callout(
        "printing",
        view.say(f"print.{printing.value}"),
        view.say(instead),
        icon="printer-alert",
        tone=Tone.WARN,
        action="reprint",
        action_text=view.say("print.again"),
    )
