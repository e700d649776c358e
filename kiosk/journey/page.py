"""A page as data: what is shown, said and walked by keypad, before any widget exists.

Every text on a page is already in the language of the session. Blocks carry an id that is
unique on the page and stable from one drawing to the next, so that the screen can keep a
widget, its focus and its caret when only part of a page changes.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from kiosk.journey.asked_blocks import (
    Cards,
    Choice,
    Choices,
    Field,
    FieldKind,
    Options,
    Segments,
    Signature,
    Strokes,
)
from kiosk.journey.read_blocks import (
    Callout,
    Code,
    Fault,
    Faults,
    Figure,
    Figures,
    Heading,
    Motion,
    Paragraph,
    Picture,
    Row,
    Rows,
    Stage,
    Step,
    Timeline,
    Tone,
    Video,
)

__all__ = [
    "PAUSE",
    "REPLAY",
    "Action",
    "Block",
    "Callout",
    "Cards",
    "Choice",
    "Choices",
    "Code",
    "Fault",
    "Faults",
    "Field",
    "FieldKind",
    "Figure",
    "Figures",
    "Heading",
    "Layout",
    "Motion",
    "Options",
    "Page",
    "Paragraph",
    "Picture",
    "Row",
    "Rows",
    "Segments",
    "Signature",
    "Stage",
    "Step",
    "Strokes",
    "Timeline",
    "Tone",
    "Video",
    "Weight",
]

Block = (
    Paragraph
    | Heading
    | Figures
    | Rows
    | Choices
    | Options
    | Cards
    | Segments
    | Field
    | Callout
    | Picture
    | Timeline
    | Faults
    | Signature
    | Video
    | Code
)


# Actions that the screen answers itself, without a signal: what was said, again; say no more.
REPLAY, PAUSE = "replay", "pause"


class Weight(StrEnum):
    """How much an action asks for the eye."""

    PRIMARY = "primary"  # the one filled button, bottom right
    BACK = "back"  # beside it
    PLAIN = "plain"  # outlined, beside Back
    FOOT = "foot"  # below, small: help, problem, leave
    TOP = "top"  # in the bar above: text size, contrast, language


@dataclass(frozen=True)
class Action:
    """A button. Touching it sends `Pressed(page id, action id)`."""

    id: str
    text: str
    weight: Weight
    icon: str = ""
    enabled: bool = True


class Layout(StrEnum):
    """The few ways a page is laid out."""

    IDLE = "idle"  # the idle picture: very large title, no bars
    STEP = "step"  # bar above, content, actions below
    NOTICE = "notice"  # as step, in front of what it interrupts: idle warning, leaving


@dataclass(frozen=True)
class Page:
    """Everything one screen shows.

    `id` names the place (`field.child_name`) and is echoed in every signal that the page
    gives, so that a touch on a page already left is dropped. `progress` runs from 0 to 1,
    None where there is no way to be part of. `brand` is the name in the bar above.
    `count_down_s`: seconds until the page goes by itself; the screen counts them down in
    `count_down_text`, whose place is `{seconds}`. `footnotes` are small texts side by side at
    the very bottom. `back` names the action that the key Back presses; a page without such an
    action has no way back. `heard` is read aloud after the page and is not on the glass: what a
    receipt says that lies in the printer's mouth (EN 301 549 5.1.3.16).
    """

    id: str
    title: str
    blocks: tuple[Block, ...] = ()
    actions: tuple[Action, ...] = ()
    lead: str = ""
    eyebrow: str = ""
    brand: str = ""
    badge: str = ""
    progress: float | None = None
    layout: Layout = Layout.STEP
    count_down_s: int | None = None
    count_down_text: str = ""
    busy: bool = False
    footnotes: tuple[str, ...] = ()
    back: str = "back"
    heard: tuple[str, ...] = ()

    def block(self, block_id: str) -> Block:
        """The block of that id; KeyError when the page has none."""
        for block in self.blocks:
            if block.id == block_id:
                return block
        raise KeyError(f"page {self.id} has no block {block_id}")

    def action(self, action_id: str) -> Action:
        """The action of that id; KeyError when the page has none."""
        for action in self.actions:
            if action.id == action_id:
                return action
        raise KeyError(f"page {self.id} has no action {action_id}")
