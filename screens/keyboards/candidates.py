"""What stands above the keys: what is composed, characters to choose from, quick picks."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

from kiosk.access.chinese_input import Composition
from kiosk.access.profile import Hand
from kiosk.journey.page import Field
from screens.commands import Insert, MoreCandidates, Pick, Replace
from screens.entry import STROKES, Entry
from screens.keyboards.keys import Board, Face, Key, on_one_line
from screens.metrics import TITLE_LEADING
from screens.sketch import Box
from screens.style import Column, Lettering
from screens.theme import Role

ROWS = 2  # room kept, so that the keys stay where they are while one types


def draw(board: Board, composition: Composition, entry: Entry) -> None:
    """What is composed so far, and two rows or more of characters or surnames."""
    picking = bool(entry.surnames) and not entry.text and not composition.preedit
    _heading(board, composition, entry, picking=picking)
    start = board.y
    if picking:
        _surnames(board, entry)
    else:
        keys = [_candidate(number, text) for number, text in enumerate(composition.candidates)]
        turns = _turns(
            board, "candidates", earlier=composition.has_earlier, more=composition.has_more
        )
        flow(board, [*turns, *keys], _in_columns(board, keys, turns))
    board.y = max(board.y, start + ROWS * (board.key_height + board.gap))


def _heading(board: Board, composition: Composition, entry: Entry, *, picking: bool) -> None:
    """The letters or strokes so far, or what is to be done."""
    metrics = board.style.metrics
    line = Column(board.style, metrics.px(4), board.width, y=board.y)
    lettering = Lettering(metrics.lead, True, Role.PRIMARY, TITLE_LEADING)
    if composition.preedit:
        preedit = composition.preedit
        line.text(preedit, on_one_line(preedit, lettering, line.width, board.style))
    else:
        way = "surname" if picking else "stroke" if entry.script == STROKES else "pinyin"
        hint = Lettering(metrics.detail, False, Role.INK2, TITLE_LEADING)
        line.text(board.style.say(f"keyboard.{way}_hint"), hint)
    board.marks.extend(line.marks)
    board.y = max(line.y, board.y + lettering.pitch) + metrics.px(8)


def _candidate(number: int, text: str) -> Key:
    return Key(f"candidate.{number}", text, Pick(number), face=Face.CANDIDATE)


def _in_columns(
    board: Board, keys: Sequence[Key], turns: Sequence[Key]
) -> Callable[[Key], float] | None:
    """Widths with which characters that take more than one row fill the rows, alike in each.

    None where they stand in one row or are not equally wide, as words are.
    """
    widths = {_width(board, key) for key in keys}
    width = board.width + board.gap
    turning = sum(_width(board, key) + board.gap for key in turns)
    if len(widths) != 1 or len(keys) * (max(widths) + board.gap) + turning <= width:
        return None
    for columns in range(2, int(width // (max(widths) + board.gap)) + 1):
        column = width / columns
        taken = math.ceil(turning / column)
        if taken < columns and len(keys) + taken <= ROWS * columns:
            turn = taken * column / max(1, len(turns))
            return lambda key: (turn if key.face is Face.WORD else column) - board.gap
    return None


def _surnames(board: Board, entry: Entry) -> None:
    """Surnames to take with one touch, as many as two rows hold, the most common first.

    They stand in columns, and the keys that turn take what is left of the first row.
    """
    both = _turns(board, "surnames", earlier=True, more=True)
    widest = max(_width(board, _candidate(0, surname)) for surname in entry.surnames)
    turning = sum(_width(board, key) + board.gap for key in both)
    columns = max(2, int((board.width + board.gap) // (widest + board.gap)))
    column = (board.width + board.gap) / columns
    first = max(1, int((board.width + board.gap - turning) // column))
    held = first + (ROWS - 1) * columns
    pages = -(-len(entry.surnames) // held)
    page = min(entry.picks, pages - 1)
    shown = entry.surnames[page * held : (page + 1) * held]
    keys = [
        Key(f"candidate.{number}", surname, Insert(surname), face=Face.CANDIDATE)
        for number, surname in enumerate(shown)
    ]
    turns = _turns(board, "surnames", earlier=page > 0, more=page < pages - 1)
    left = (columns - first) * column / max(1, len(turns))
    flow(
        board,
        [*turns, *keys],
        lambda key: (left if key.face is Face.WORD else column) - board.gap,
    )


def quick_picks(board: Board, block: Field) -> None:
    """Whole texts to take with one touch."""
    flow(
        board,
        [
            Key(f"candidate.{number}", text, Replace(text), face=Face.CANDIDATE)
            for number, text in enumerate(block.candidates)
        ],
    )


def _turns(board: Board, what: str, *, earlier: bool, more: bool) -> list[Key]:
    say = board.style.say
    keys = []
    if earlier:
        label = say(f"keyboard.previous_{what}")
        keys.append(Key("candidates.earlier", label, MoreCandidates(False), face=Face.WORD))
    if more:
        label = say(f"keyboard.more_{what}")
        keys.append(Key("candidates.more", label, MoreCandidates(True), face=Face.WORD))
    return keys


def flow(board: Board, keys: Sequence[Key], width: Callable[[Key], float] | None = None) -> None:
    """Keys as wide as their words (or as `width` has it), as many a row as fit.

    Those that turn stand in the first row, at its end on the side of the hand.
    """

    def wide(key: Key) -> float:
        return width(key) if width else min(_width(board, key), board.width)

    def put(key: Key, x: float) -> float:
        # never rounded up, for that would take from the gap
        box = Box(round(x), board.y, math.floor(wide(key)), board.key_height)
        board.key(key, box)
        return x + wide(key) + board.gap

    words = [key for key in keys if key.face is Face.WORD]
    others = [key for key in keys if key.face is not Face.WORD]
    turning = sum(wide(key) + board.gap for key in words)
    left = board.style.hand is Hand.LEFT
    x, end = (turning, board.width) if left else (0.0, board.width - turning)
    at = 0.0 if left else end + board.gap
    for key in words:
        at = put(key, at)
    begin = x
    for key in others:
        if x > begin and x + wide(key) > end + 0.5:  # px: columns are no whole ones
            board.y += board.key_height + board.gap
            x = begin = 0.0
            end = board.width
        x = put(key, x)
    if keys:
        board.y += board.key_height + board.gap


def _width(board: Board, key: Key) -> int:
    metrics = board.style.metrics
    word = key.face is Face.WORD
    lettering = Lettering(metrics.em(0.9 if word else 1.3), word)
    words = board.style.width(key.label, lettering) + metrics.px(44)
    return round(max(metrics.px(96), metrics.target, words))
