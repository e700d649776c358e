"""Latin letters and digits, the letters that pinyin is composed of, and the five strokes."""

from __future__ import annotations

from collections.abc import Sequence

from screens.commands import Clear, Compose, Insert, Script
from screens.entry import CAPITALS, CHINESE, LETTERS, STROKES
from screens.keyboards.digits import digit, erase, sign
from screens.keyboards.keys import Board, Face, Key

ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
DIGITS = "1234567890"
STROKE_KEYS = {"h": "一", "s": "丨", "p": "丿", "n": "丶", "z": "乙"}  # 横竖撇点折
STROKE_EM = 1.7
STROKE_HEIGHT = 1.6  # rows: five keys have the room that twenty-six share


def latin(board: Board, *, capitals: bool, chinese: bool) -> None:
    """Digits above, letters below; `chinese`: with keys that lead to pinyin and strokes."""
    say = board.style.say

    def letter(character: str) -> Key:
        shown = character.upper() if capitals else character
        says = say("keyboard.capital", letter=shown) if capitals else shown
        return Key(f"key.{character}", shown, Insert(shown), says=says)

    board.row([digit(character) for character in DIGITS], 10)
    for row in ROWS[:2]:
        board.row([letter(character) for character in row], 10)
    shift = Key(
        "key.capitals",
        "abc" if capitals else "ABC",
        Script(LETTERS if capitals else CAPITALS),
        1.5,
        Face.WORD,
        says=say("keyboard.to_small" if capitals else "keyboard.to_capitals"),
    )
    board.row(_between(board, shift, [*map(letter, ROWS[2])], erase(board, 1.5)), 10)
    signs = [sign(board, character) for character in "-.@"]
    space = Key("key.space", say("keyboard.space"), Insert(" "), 3 if chinese else 5, Face.WORD)
    leading = (
        [_face(board, CHINESE, 2), _face(board, STROKES, 2)]
        if chinese
        else [Key("key.clear", say("keyboard.clear"), Clear(), 2, Face.WORD)]
    )
    board.row([*leading, *signs, space], 10)


def pinyin(board: Board) -> None:
    """26 letters that are given to the input method, and the way to the other faces."""

    def letter(character: str) -> Key:
        return Key(f"key.{character}", character, Compose(character))

    for row in ROWS[:2]:
        board.row([letter(character) for character in row], 10)
    board.row(board.outward([letter(character) for character in ROWS[2]], erase(board, 3)), 10)
    _faces(board, STROKES)


def strokes(board: Board) -> None:
    """Five large keys, one for each kind of stroke, with its name."""
    say = board.style.say
    keys = [
        Key(f"key.{letter}", shown, Compose(letter), says=name, under=name)
        for letter, shown in STROKE_KEYS.items()
        for name in (say(f"keyboard.stroke_{letter}"),)
    ]
    board.row(keys, 5, letter_em=STROKE_EM, height=_stroke_height(board))
    clear = Key("key.clear", say("keyboard.clear"), Clear(), 5, Face.WORD)
    board.row(board.outward([clear], erase(board, 5)), 10)
    _faces(board, CHINESE)


def _stroke_height(board: Board) -> int:
    """No less than the stroke and its name need."""
    metrics = board.style.metrics
    needed = 1.25 * (metrics.em(STROKE_EM) + metrics.detail) + metrics.px(16)
    return round(max(STROKE_HEIGHT * board.key_height, needed))


def _faces(board: Board, other: str) -> None:
    """The ways to the other method and to letters and digits."""
    board.row([_face(board, other, 5), _face(board, LETTERS, 5)], 10)


def _face(board: Board, script: str, span: float) -> Key:
    name = f"key.{script}"
    return Key(name, board.style.say(f"keyboard.{script}"), Script(script), span, Face.WORD)


def _between(board: Board, inner: Key, keys: Sequence[Key], outer: Key) -> list[Key]:
    """Keys between two wide ones, of which the outer is on the side of the hand."""
    row = board.outward([inner, *keys], outer)
    return row if row[-1] is outer else [outer, *keys, inner]
