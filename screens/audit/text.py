"""Rules of text: how large, how long a line, how far apart, and whether all of it is there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from kiosk.access.profile import TextSize
from kiosk.journey.page import Page
from screens.audit import clauses
from screens.audit.drawn import DrawnPage
from screens.audit.rule import Measured, Rule
from screens.audit.words import bare, words
from screens.bars.top import ALL_OF_IT, ALSO_THERE
from screens.sketch import Line

# VVSG 2.0 7.1-G: four sizes; EN 301 549 5.1.4 at 600 mm: 7.3. Written here once more, for figures
# that the screens drew by and were measured by would be met whatever they were.
STEPS_MM: Mapping[TextSize, float] = {
    TextSize.SMALL: 5.2,
    TextSize.NORMAL: 7.3,
    TextSize.LARGE: 9.0,
    TextSize.LARGEST: 11.5,
}
SMALLEST_MM = STEPS_MM[TextSize.SMALL]
RUNNING, TITLES = 1.5, 1.25  # from line to line, in font sizes: WCAG 2.2 1.4.12; house
LONGEST = 40  # CJK characters a line; two Latin ones count as one
HALF_PIXEL = 0.5  # font sizes are whole pixels
LONG_WORD = 12  # letters
LATIN_ENDS = 0x2E80  # where CJK begins in Unicode


def smallest(drawn: DrawnPage) -> Iterator[Measured]:
    """Every line against the smallest step."""
    for side, _, line in drawn.lines():
        yield Measured(line.text, drawn.capital_mm(line), SMALLEST_MM, side)


def body(drawn: DrawnPage) -> Iterator[Measured]:
    """Running text against the step in force, rounded to a pixel.

    A single word too long for its line may be one step smaller, which is better than broken, and
    so may the pieces of one that is broken even so.
    """
    step = STEPS_MM[drawn.profile.text] - drawn.mm(HALF_PIXEL)
    smaller = _step_below(drawn.profile.text) - drawn.mm(HALF_PIXEL)
    running: dict[str, list[str]] = defaultdict(list)
    less: list[str] = []
    for word in words(drawn.page):
        (less if word.small else running[word.block]).append(bare(word.text))
    long = _long_words(drawn.page)
    for side, key, line in drawn.lines():
        if key[0] != "block":
            continue
        text = bare(line.text)
        small = any(text in one for one in less)
        if not small and any(text in one for one in running[key[1]]):
            least = smaller if _of_long_word(line.text, long) else step
            yield Measured(line.text, drawn.capital_mm(line), least, side)


def _step_below(size: TextSize) -> float:
    return max((mm for mm in STEPS_MM.values() if mm < STEPS_MM[size]), default=SMALLEST_MM)


def _long_words(page: Page) -> frozenset[str]:
    every = (part for word in words(page) for part in word.text.split())
    return frozenset(part for part in every if part.isascii() and len(part) >= LONG_WORD)


def _of_long_word(text: str, long: frozenset[str]) -> bool:
    """Whether a line is a long word or a piece of one."""
    return any(text in word for word in long)


def line_length(drawn: DrawnPage) -> Iterator[Measured]:
    """Every line in characters."""
    for side, _, line in drawn.lines():
        wide = sum(1 if ord(character) >= LATIN_ENDS else 0.5 for character in line.text)
        yield Measured(line.text, wide, LONGEST, side)


def line_spacing(drawn: DrawnPage) -> Iterator[Measured]:
    """Two lines of one text: from one to the next in multiples of their size."""
    texts = [bare(word.text) for word in words(drawn.page)]
    for side, frame in enumerate(drawn.sides):
        for placed in frame.placed:
            running = placed.key[0] in ("block", "head")
            for one, other in pairwise(placed.lines):
                if not _together(one, other, texts):
                    continue
                least = RUNNING if running and not one.bold else TITLES
                pitch = (other.box.y - one.box.y) / one.size
                yield Measured(f"{one.text} / {other.text}", pitch, _whole(least, one.size), side)


def _together(one: Line, other: Line, texts: list[str]) -> bool:
    """Whether one line follows another in the same text."""
    alike = (one.size, one.bold, one.role) == (other.size, other.bold, other.role)
    joined = bare(one.text) + bare(other.text)
    return alike and other.box.y > one.box.y and any(joined in text for text in texts)


def _whole(leading: float, size: int) -> float:
    """A leading as it comes out where lines are whole pixels apart."""
    return (leading * size - 1) / size


def present(drawn: DrawnPage) -> Iterator[Measured]:
    """Every text of the page is on some side: the characters that are missing."""
    if drawn.state:
        return
    whole = bare("".join(line.text for _, _, line in drawn.lines()))
    blocks: dict[str, list[str]] = defaultdict(list)  # without what is between the sides
    for _, key, line in drawn.lines():
        if key[0] == "block":
            blocks[key[1]].append(bare(line.text))
    for word in words(drawn.page):
        text = bare(word.text)
        if text and word.action not in _set_elsewhere(drawn):
            there = text in whole or _set_in(text, blocks[word.block])
            yield Measured(word.text, 0 if there else len(text), 0)


def _set_in(text: str, lines: Sequence[str]) -> bool:
    """Whether lines in their order make up the text, with others beside them left out."""
    if text in "".join(lines):
        return True
    for start in range(len(lines)):
        rest = text
        for line in lines[start:]:
            rest = rest.removeprefix(line)
            if not rest:
                return True
    return False


def _set_elsewhere(drawn: DrawnPage) -> frozenset[str]:
    """In care mode the bar above has fewer buttons: one of them leads to all the others."""
    there = {action.id for action in drawn.page.actions}
    return ALSO_THERE if drawn.profile.care and ALL_OF_IT in there else frozenset()


RULES: tuple[Rule, ...] = (
    Rule(
        "text.smallest",
        "Nothing written is smaller than the smallest of four steps",
        (clauses.VVSG_TEXT_SIZE, clauses.SECTION_508_TEXT),
        "≥ 5.2 mm (VVSG 4.8–5.6; Section 508 ≥ 4.8)",
        "height of a capital of every line: font size × 0.73 × 25.4 / ppi",
        "mm",
        smallest,
        at_least=True,
    ),
    Rule(
        "text.body",
        "Running text is as large as the step that was chosen",
        (clauses.EN_TEXT_SIZE, clauses.VVSG_TEXT_SIZE),
        "≥ 5.2 / 7.3 / 9.0 / 11.5 mm (0.7° at 600 mm: 7.3); a long word alone a step less",
        "height of a capital of titles, answers, fields and paragraphs, to half a pixel",
        "mm",
        body,
        at_least=True,
    ),
    Rule(
        "text.line_length",
        "No line is too long to find the next",
        (clauses.WCAG_LINE_LENGTH, clauses.WCAG_LATIN_LENGTH),
        "≤ 40 characters (80 Latin)",
        "characters of every line; a Latin one counts half",
        "characters",
        line_length,
    ),
    Rule(
        "text.line_spacing",
        "Lines of one text are apart",
        (clauses.WCAG_SPACING, clauses.LOOK),
        "≥ 1.5 in running text (WCAG); ≥ 1.25 in titles and on buttons (house)",
        "distance of two lines of one text by their font size, to a pixel",
        "×",
        line_spacing,
        at_least=True,
    ),
    Rule(
        "text.present",
        "Every text of a page is on one of its sides",
        (clauses.WCAG_RESIZE,),
        "0 characters missing",
        "all texts of the page's record, looked for in the lines drawn",
        "characters",
        present,
    ),
)
