"""Rules of what is touched: how large, how far apart, how high, with which words."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from kiosk.journey.page import Weight
from screens.audit import clauses
from screens.audit.boxes import apart, beyond, shared
from screens.audit.drawn import DrawnPage
from screens.audit.rule import Measured, Rule
from screens.commands import Enter
from screens.sketch import Box, Outline, Target
from screens.theme import Role

# Not those of screens/metrics.py, which would be met whatever they were.
LEAST_MM, LEAST_GAP_MM = 12.7, 2.54  # VVSG 2.0 7.2-I
HIGHEST_MM, LOWEST_MM = 1120.0, 380.0  # EN 301 549 8.3.2.3, 8.3.3
SLACK = 2.0  # px
EVERYWHERE = frozenset({"back", "help", "problem", "leave"})


def size(drawn: DrawnPage) -> Iterator[Measured]:
    """The lesser of width and height of every target."""
    for side, _, target in drawn.targets():
        least = drawn.mm(min(target.box.width, target.box.height))
        yield Measured(target.name, least, LEAST_MM, side)


def gap(drawn: DrawnPage) -> Iterator[Measured]:
    """Between any two targets that are near each other; negative where one lies over the other."""
    for side, glass in enumerate(drawn.glass):
        for (_, one), (_, other) in combinations(glass.targets, 2):
            between = drawn.mm(apart(one.box, other.box))
            if between < 2 * LEAST_GAP_MM:
                yield Measured(f"{one.name} / {other.name}", between, LEAST_GAP_MM, side)


def worded(drawn: DrawnPage) -> Iterator[Measured]:
    """How many words stand on a target; a field has its name above it."""
    for side, glass in enumerate(drawn.glass):
        for _, target in glass.targets:
            if not isinstance(target.command, Enter):
                has = any(
                    target.box.holds(*line.box.centre) and line.text.strip()
                    for _, line in glass.lines
                )
                yield Measured(target.name, int(has), 1, side)


def own_words(drawn: DrawnPage) -> Iterator[Measured]:
    """How far a text sticks out of each target, or into it, where it is another one's."""
    for side, glass in enumerate(drawn.glass):
        for _, target in glass.targets:
            astray = {
                line.text: min(beyond(line.box, target.box), shared(line.box, target.box))
                for _, line in glass.lines
                if target.box.overlaps(line.box, SLACK) and not target.box.contains(line.box, SLACK)
            }
            yield Measured(
                " / ".join([target.name, *astray]),
                drawn.mm(max(astray.values(), default=0.0)),
                0,
                side,
            )


def highest(drawn: DrawnPage) -> Iterator[Measured]:
    """For who sits: the upper edge of every target above the floor."""
    if drawn.profile.seated:
        for side, _, target in drawn.targets():
            yield Measured(target.name, _above_floor(target.box.y, drawn), HIGHEST_MM, side)


def lowest(drawn: DrawnPage) -> Iterator[Measured]:
    """For who sits: the lower edge of every target above the floor."""
    if drawn.profile.seated:
        for side, _, target in drawn.targets():
            yield Measured(target.name, _above_floor(target.box.bottom, drawn), LOWEST_MM, side)


def _above_floor(y: float, drawn: DrawnPage) -> float:
    return drawn.panel.bottom_mm + drawn.mm(drawn.panel.height - y)


def one_primary(drawn: DrawnPage) -> Iterator[Measured]:
    """How many filled buttons a side has among its actions."""
    for side, frame in enumerate(drawn.sides):
        filled = [
            target.name
            for placed in frame.placed
            if placed.key[0] in ("bottom", "begin")
            for target in placed.targets
            if _filled(target, placed.x, placed.y, placed.piece.marks)
        ]
        yield Measured(", ".join(filled), len(filled), 1, side)
    count = sum(action.weight is Weight.PRIMARY for action in drawn.page.actions)
    yield Measured("actions of the page", count, 1)


def _filled(target: Target, x: float, y: float, marks: tuple[object, ...]) -> bool:
    return any(
        isinstance(mark, Outline)
        and mark.fill is Role.PRIMARY
        and mark.box.moved(x, y).contains(target.box)
        for mark in marks
    )


def same_place(drawn: DrawnPage) -> Iterator[Measured]:
    """How far a finger misses that goes to where Back, help and the like are as a rule."""
    for side, _, target in drawn.targets():
        if target.name in EVERYWHERE and target.name in drawn.usual:
            x, y = drawn.usual[target.name]
            box = target.box
            missed = apart(Box(x, y, 0, 0), box)
            yield Measured(target.name, drawn.mm(max(0.0, missed)), 0, side)


RULES: tuple[Rule, ...] = (
    Rule(
        "target.size",
        "Whatever is touched is as large as a fingertip",
        (clauses.VVSG_TARGETS,),
        "≥ 12.7 mm both ways",
        "the lesser of width and height of every target, keys and candidates too",
        "mm",
        size,
        at_least=True,
    ),
    Rule(
        "target.gap",
        "Two things to touch are apart",
        (clauses.VVSG_TARGETS,),
        "≥ 2.54 mm",
        "distance of the boxes of any two targets of a side",
        "mm",
        gap,
        at_least=True,
    ),
    Rule(
        "target.worded",
        "A pictogram is never alone: every target has words",
        (clauses.LOOK,),
        "≥ 1 text",
        "lines of text within the target; a field has its name above it",
        "texts",
        worded,
        at_least=True,
    ),
    Rule(
        "target.own_words",
        "Words stand on their own target and on no other",
        (clauses.LOOK,),
        "0 mm",
        "how far a text sticks out of a target, or into one, more than 2 px",
        "mm",
        own_words,
    ),
    Rule(
        "target.highest",
        "Who sits reaches everything: not too high",
        (clauses.EN_REACH_FORWARD,),
        "≤ 1120 mm above the floor",
        "upper edge of every target, by the height of the panel above the floor",
        "mm",
        highest,
    ),
    Rule(
        "target.lowest",
        "Who sits reaches everything: not too low",
        (clauses.EN_REACH_SIDE,),
        "≥ 380 mm above the floor",
        "lower edge of every target, by the height of the panel above the floor",
        "mm",
        lowest,
        at_least=True,
    ),
    Rule(
        "target.one_primary",
        "One main action a page",
        (clauses.LOOK,),
        "≤ 1",
        "filled buttons of each side, primary actions of the page",
        "",
        one_primary,
    ),
    Rule(
        "target.same_place",
        "Back, help, trouble and leaving are in the same place on every page",
        (clauses.WCAG_CONSISTENT, clauses.LOOK),
        "0 mm",
        "how far beside the target a finger comes down that goes to its middle on another page",
        "mm",
        same_place,
    ),
)
