"""A page as data: what is shown, said and walked by keypad, before any widget exists.

Every text on a page is already in the language of the session. Blocks carry an id that is
unique on the page and stable from one drawing to the next, so that the screen can keep a
widget, its focus and its caret when only part of a page changes.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum


class Tone(StrEnum):
    """What a coloured area means; the theme in force gives the colour."""

    PLAIN = "plain"
    OK = "ok"
    WARN = "warn"


class FieldKind(StrEnum):
    """How a field is typed. Each kind has its own keyboard on the screen."""

    CHINESE = "chinese"  # pinyin composition, Chinese characters committed
    TEXT = "text"  # Latin letters and digits
    DIGITS = "digits"  # phone and account numbers
    ID_NUMBER = "id_number"  # digits and X
    MONEY = "money"  # yuan: digits and a point
    DATE = "date"  # committed as YYYY-MM-DD
    TIME = "time"  # committed as HH:MM
    CHOICE = "choice"


@dataclass(frozen=True)
class Paragraph:
    """Running text, with an icon before it where one is named."""

    id: str
    text: str
    small: bool = False
    icon: str = ""


@dataclass(frozen=True)
class Heading:
    """The heading of a part of the page."""

    id: str
    text: str


@dataclass(frozen=True)
class Figure:
    """One number and what it was before: 72 天 → 5 天."""

    label: str
    now: str
    before: str = ""


@dataclass(frozen=True)
class Figures:
    """Up to four figures side by side."""

    id: str
    figures: tuple[Figure, ...]


@dataclass(frozen=True)
class Row:
    """One line of a list.

    `text` is bold on the left, `detail` below it, `value` on the right (or in a middle column
    when `Rows.columns` is set); `badge` is a short coloured word on the right. With `action`
    the row ends in a button of that name labelled `action_text`. `plain` text is not bold.
    """

    id: str
    text: str
    detail: str = ""
    value: str = ""
    badge: str = ""
    tone: Tone = Tone.PLAIN
    icon: str = ""
    action: str = ""
    action_text: str = ""
    plain: bool = False


@dataclass(frozen=True)
class Rows:
    """A list of lines with rules between them. `columns`: label left, value in a middle column."""

    id: str
    rows: tuple[Row, ...]
    columns: bool = False


@dataclass(frozen=True)
class Choice:
    """One answer or one card to touch.

    `marks` are the parts of the title of a card that a search matched, as half-open ranges of
    characters.
    """

    id: str
    title: str
    detail: str = ""
    icon: str = ""
    marks: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True)
class Choices:
    """One of several: touching a choice marks it and sends `Chosen`. Sits low, near the hand."""

    id: str
    choices: tuple[Choice, ...]
    selected: str = ""


@dataclass(frozen=True)
class Options:
    """Several of many: touching one marks it or takes its mark away, and sends `Chosen`."""

    id: str
    choices: tuple[Choice, ...]
    selected: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Cards:
    """Cards that act at once: touching one sends `Pressed` with its id. Sits low.

    `compact`: icon above one word, as for ratings. `title` is a heading above the cards. `found`:
    they answer to the field before them, so they stand right below it and its keyboard stays.
    """

    id: str
    cards: tuple[Choice, ...]
    columns: int = 2
    compact: bool = False
    selected: str = ""
    title: str = ""
    found: bool = False


@dataclass(frozen=True)
class Segments:
    """Two to four parts side by side of which one is in force; touching sends `Chosen`."""

    id: str
    choices: tuple[Choice, ...]
    selected: str


@dataclass(frozen=True)
class Field:
    """One thing to fill in. `value` is what the session holds; typing sends `Edited`.

    `unit` follows the value (g, cm); `candidates` are quick picks above the keyboard.
    `error` is the sentence shown at the field and spoken; empty when nothing is wrong.
    `longest` bounds what can be typed, in characters. `person`: it is a person's name.
    """

    id: str
    label: str
    kind: FieldKind
    value: str = ""
    placeholder: str = ""
    error: str = ""
    longest: int = 60
    candidates: tuple[str, ...] = ()
    sensitive: bool = False
    person: bool = False


@dataclass(frozen=True)
class Callout:
    """A framed remark that must not be missed, with a button of its own where it names one."""

    id: str
    title: str
    text: str = ""
    icon: str = ""
    tone: Tone = Tone.WARN
    action: str = ""
    action_text: str = ""


class Motion(StrEnum):
    """How a picture moves when it comes on the glass: a few seconds, then it rests."""

    NONE = "none"
    LAY = "lay"  # what is pictured is laid on a reader
    TAKE = "take"  # a paper comes out of a slot


@dataclass(frozen=True)
class Picture:
    """A drawn picture that says what to do with the hands; `name` is an icon name.

    One that moves says the same as its caption, which is always beside it.
    """

    id: str
    name: str
    caption: str = ""
    motion: Motion = Motion.NONE


class Stage(StrEnum):
    """Where a step of a timeline stands."""

    DONE = "done"
    NOW = "now"
    COMING = "coming"
    TROUBLE = "trouble"  # it stands still until somebody does something


@dataclass(frozen=True)
class Step:
    """One step of a timeline. `state` says its stage in a word, `day` when it was or is due."""

    id: str
    text: str
    stage: Stage
    state: str
    detail: str = ""
    day: str = ""


@dataclass(frozen=True)
class Timeline:
    """Steps one under another along a line: done, under way, to come."""

    id: str
    steps: tuple[Step, ...]


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong. With `action`, its line leads there: touching sends `Pressed`."""

    id: str
    text: str
    detail: str = ""
    action: str = ""


@dataclass(frozen=True)
class Faults:
    """All that is wrong, in one place and in the words used where it is put right.

    First on its page, so that the focus begins there (GOV.UK error summary; WCAG 2.2 3.3.1).
    """

    id: str
    title: str
    faults: tuple[Fault, ...]


Strokes = tuple[tuple[tuple[int, int], ...], ...]
"""Lines drawn by a finger: points (x, y) from 0 to 1000 of the area, from its top left."""


@dataclass(frozen=True)
class Signature:
    """An area to sign in with a finger; a finished stroke sends `Signed` with all of them.

    `strokes` is what the session holds, `hint` stands in the empty area, and `clear` is the text
    of the button that takes all strokes away.
    """

    id: str
    label: str
    clear: str
    hint: str = ""
    strokes: Strokes = field(default=(), repr=False)


@dataclass(frozen=True)
class Video:
    """A silent film, sign language as a rule, with buttons to hold it and to see it again.

    `file` is a path; `caption` says in words what the film says. `broken` is shown instead of a
    film that cannot be played.
    """

    id: str
    file: str
    caption: str
    play: str
    hold: str
    again: str
    broken: str


@dataclass(frozen=True)
class Code:
    """A QR code to be read by the citizen's own phone."""

    id: str
    payload: str
    caption: str = ""


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
    the very bottom. `heard` is read aloud after the page and is not on the glass: what a receipt
    says that lies in the printer's mouth (EN 301 549 5.1.3.16).
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
