"""Rules of wholeness: nothing cut off, nothing over another, nothing that must be scrolled to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from kiosk.journey.page import Field
from screens.audit import clauses
from screens.audit.boxes import beyond, shared
from screens.audit.drawn import KEYBOARD, DrawnPage
from screens.audit.rule import Measured, Rule
from screens.commands import Turn
from screens.frame import BACKGROUND, Frame
from screens.sketch import Box, Fill, Line, Outline

SLACK = 2.0  # px: letters have air around them
THIN = 0.3  # of a line's height: a stroke through or under it, a caret


def cut_off(drawn: DrawnPage) -> Iterator[Measured]:
    """How far a line reaches out of the glass, of its room, or of the surface it stands on."""
    glass = Box(0, 0, drawn.panel.width, drawn.panel.height)
    for side, frame in enumerate(drawn.sides):
        for placed in frame.placed:
            room = frame.room if placed.key[0] in ("block", "head") else glass
            surfaces = [
                mark.box.moved(placed.x, placed.y)
                for mark in placed.piece.marks
                if isinstance(mark, Fill | Outline)
            ]
            for line in placed.lines:
                out = max(beyond(line.box, glass), beyond(line.box, room), _off(line, surfaces))
                yield Measured(line.text, max(0.0, out - SLACK), 0, side)


def _off(line: Line, surfaces: list[Box]) -> float:
    """How far a line sticks out of every surface that its middle stands on."""
    under = [box for box in surfaces if box.holds(*line.box.centre)]
    under = [box for box in under if min(box.width, box.height) > THIN * line.size]
    return min((beyond(line.box, box) for box in under), default=0.0)


def texts_apart(drawn: DrawnPage) -> Iterator[Measured]:
    """How far each line of text lies over another at the most."""
    for side, glass in enumerate(drawn.glass):
        lines = [line for _, line in glass.lines]
        for number, one in enumerate(lines):
            over, under = max(
                ((shared(one.box, other.box), other.text) for other in lines[number + 1 :]),
                default=(0.0, ""),
            )
            much = drawn.mm(over) if over > SLACK else 0.0
            yield Measured(f"{one.text} / {under}" if much else one.text, much, 0, side)


def texts_uncovered(drawn: DrawnPage) -> Iterator[Measured]:
    """How far something painted later lies over each line of text."""
    for side, frame in enumerate(drawn.sides):
        texts: dict[Line, float] = {}
        for mark in _as_painted(frame):
            if isinstance(mark, Line):
                texts[mark] = 0.0
                continue
            for line, most in texts.items():
                thick = min(mark.box.width, mark.box.height) > THIN * line.size
                if thick and (over := shared(mark.box, line.box)) > SLACK:
                    texts[line] = max(most, over)
        for line, over in texts.items():
            yield Measured(line.text, drawn.mm(over), 0, side)


def _as_painted(frame: Frame) -> Iterator[Fill | Outline | Line]:
    """Marks at their places, what lies behind everything first."""
    behind = [placed for placed in frame.placed if placed.key[0] == BACKGROUND]
    for placed in [*behind, *(p for p in frame.placed if p not in behind)]:
        for mark in placed.piece.marks:
            box = mark.box.moved(placed.x, placed.y)
            match mark:
                case Line():
                    yield Line(box, mark.text, mark.size, mark.bold, mark.role, mark.heavy)
                case Fill():
                    yield Fill(box, mark.role, mark.radius)
                case Outline():
                    yield Outline(box, mark.fill, mark.border, mark.thickness, mark.radius)


def told_apart(drawn: DrawnPage) -> Iterator[Measured]:
    """How many parts of a side have the same key; the window draws the last of them alone."""
    for side, frame in enumerate(drawn.sides):
        for key, count in Counter(placed.key for placed in frame.placed).items():
            yield Measured(" ".join(key), count, 1, side)


def turned(drawn: DrawnPage) -> Iterator[Measured]:
    """Where a page has more sides, each has a button to the next and to the one before."""
    for side, frame in enumerate(drawn.sides):
        turns = {t.command.by for t in frame.targets if isinstance(t.command, Turn)}
        wanted = {by for by, there in ((1, frame.turns.more), (-1, side > 0)) if there}
        for by in wanted:
            yield Measured("no button to turn over", 0 if by in turns else 1, 0, side)


def with_its_field(drawn: DrawnPage) -> Iterator[Measured]:
    """A keyboard is on no side without the field that it fills."""
    for side, frame in enumerate(drawn.sides):
        keys = {placed.key for placed in frame.placed}
        if KEYBOARD in keys:
            field = any(key[0] == "block" and key[2] == Field.__name__ for key in keys)
            yield Measured("keyboard without its field", 0 if field else 1, 0, side)


def answer_stays(drawn: DrawnPage) -> Iterator[Measured]:
    """Who marks an answer sees it marked, on whatever side it then is."""
    for one in drawn.marked:
        yield Measured(f"{one.answer} gone once marked", 0 if one.shown else 1, 0, one.side)


RULES: tuple[Rule, ...] = (
    Rule(
        "whole.cut_off",
        "No text is cut off",
        (clauses.WCAG_RESIZE,),
        "0 px",
        "how far a line reaches out of the glass, its room or its card, less 2 px of air",
        "px",
        cut_off,
    ),
    Rule(
        "whole.texts_apart",
        "No text lies over another",
        (clauses.WCAG_RESIZE,),
        "0 mm",
        "what the boxes of two lines share, more than 2 px",
        "mm",
        texts_apart,
    ),
    Rule(
        "whole.texts_uncovered",
        "Nothing lies over a text",
        (clauses.WCAG_RESIZE,),
        "0 mm",
        "what a surface painted later shares with the box of a line, more than 2 px",
        "mm",
        texts_uncovered,
    ),
    Rule(
        "whole.told_apart",
        "Nothing is drawn in the place of something else",
        (clauses.LOOK,),
        "1 part of each name",
        "parts of a side by their keys; of several with one key the window draws the last",
        "",
        told_apart,
    ),
    Rule(
        "whole.turned",
        "What does not fit is turned over to by a button, never scrolled",
        (clauses.LOOK,),
        "a button on every side",
        "buttons to the next and to the previous side",
        "",
        turned,
    ),
    Rule(
        "whole.with_its_field",
        "Who types sees what is typed",
        (clauses.LOOK,),
        "0 keyboards alone",
        "sides with a keyboard, and whether the field is on the same side",
        "",
        with_its_field,
    ),
    Rule(
        "whole.answer_stays",
        "Who marks an answer sees it marked",
        (clauses.LOOK,),
        "0 answers gone",
        "the lowest answer of each side with more below, touched: whether it is on the glass then",
        "",
        answer_stays,
    ),
)
