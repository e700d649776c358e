"""The keyboard of each kind of field, as one piece that sits above the actions."""

from __future__ import annotations

from kiosk.access.chinese_input import Composition
from kiosk.journey.page import Field, FieldKind
from screens.commands import Leave
from screens.entry import CAPITALS, METHODS, STROKES, Entry
from screens.keyboards import candidates, digits, letters, picker
from screens.keyboards.keys import Board, Face, Key
from screens.sketch import Piece
from screens.style import Style


def keyboard(
    block: Field,
    entry: Entry,
    composition: Composition,
    width: float,
    style: Style,
    *,
    dismissible: bool,
    chinese: bool,
) -> Piece:
    """The keys of a field. `dismissible`: with a key that takes them off the glass.

    `chinese`: whether there is an input method.
    """
    board = Board(style, width)
    composing = entry.script in METHODS and chinese
    if block.candidates and not composition.preedit:
        candidates.quick_picks(board, block)
    elif composing:
        candidates.draw(board, composition, entry)
    if entry.parts is not None:
        picker.draw(board, entry.parts)
    elif block.kind in digits.EXTRA:
        digits.draw(board, digits.EXTRA[block.kind])
    elif composing and entry.script == STROKES:
        letters.strokes(board)
    elif composing:
        letters.pinyin(board)
    else:
        letters.latin(
            board,
            capitals=entry.script == CAPITALS,
            chinese=block.kind is FieldKind.CHINESE and chinese,
        )
    if dismissible:
        done = Key("key.done", style.say("keyboard.done"), Leave(), 1, Face.STRONG, "check")
        board.row([done], 1)
    return Piece(
        board.y - board.gap,
        tuple(board.marks),
        tuple(board.targets),
        before=board.gap if style.cramped else style.metrics.px(20),
    )
