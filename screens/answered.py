"""Whether what SELECT does is heard by itself; where it is not, the place is said again.

So nobody who only listens presses a key into silence.
"""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.journey.page import Cards, Choices, Page, Segments
from screens import commands
from screens.editor import Editor

# They lead to a page, change something on it that the narrator tells, or are heard of themselves.
TELLING = (
    commands.Press,
    commands.Adjust,
    commands.Unsign,
    commands.PlayFilm,
    commands.HoldFilm,
    commands.ReplayFilm,
)


@dataclass(frozen=True)
class Held:
    """What the field with the caret holds: what the narrator hears of when it changes."""

    field: str | None
    shown: str
    preedit: str

    @classmethod
    def by(cls, editor: Editor) -> Held:
        """At this moment."""
        entry = editor.entered
        return cls(editor.focused, entry.shown if entry else "", editor.composition.preedit)

    def __repr__(self) -> str:
        """Says nothing of what is typed."""
        return f"Held({self.field})"


def answered(command: commands.Command, page: Page | None, before: Held, after: Held) -> bool:
    """`page`: the one on which it was selected; `before` and `after` it."""
    if isinstance(command, commands.Choose):
        return not _chosen_already(command, page)
    return isinstance(command, TELLING) or typed(before, after)


def typed(before: Held, after: Held) -> bool:
    """Whether text came or went, or letters of a composition did."""
    return before.field == after.field and before != after


def _chosen_already(command: commands.Choose, page: Page | None) -> bool:
    """Choosing one of several again changes nothing."""
    blocks = page.blocks if page else ()
    return any(
        isinstance(block, Choices | Segments | Cards)
        and (block.id, block.selected) == (command.block, command.choice)
        for block in blocks
    )
