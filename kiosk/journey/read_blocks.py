"""Blocks of a page that tell something: texts, lists, remarks, pictures, how far a case is."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Tone(StrEnum):
    """What a coloured area means; the theme in force gives the colour."""

    PLAIN = "plain"
    OK = "ok"
    WARN = "warn"


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
