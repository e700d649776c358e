"""Latin letters and digits, and the letters that pinyin is composed of."""

from __future__ import annotations

from screens.commands import Clear, Command, Compose, Insert, Script
from screens.entry import CAPITALS, CHINESE, LETTERS
from screens.keyboards.digits import digit, erase
from screens.keyboards.keys import Board, Face, Key

ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
DIGITS = "1234567890"


def latin(board: Board, *, capitals: bool, chinese: bool) -> None:
    """Digits above, letters below; `chinese`: with a key that leads to pinyin."""
    say = board.style.say

    def letter(character: str) -> Key:
        shown = character.upper() if capitals else character
        return Key(f"key.{character}", shown, Insert(shown))

    board.row([digit(character) for character in DIGITS], 10)
    for row in ROWS[:2]:
        board.row([letter(character) for character in row], 10)
    shift = Key(
        "key.capitals",
        "abc" if capitals else "ABC",
        Script(LETTERS if capitals else CAPITALS),
        1.5,
        Face.WORD,
    )
    board.row([shift, *map(letter, ROWS[2]), erase(board, 1.5)], 10)
    leading = (
        Key("key.chinese", say("keyboard.chinese"), Script(CHINESE), 2, Face.WORD)
        if chinese
        else Key("key.clear", say("keyboard.clear"), Clear(), 2, Face.WORD)
    )
    signs = [digit(character) for character in "-.@"]
    board.row([leading, *signs, _space(board, Insert(" "), 5)], 10)


def pinyin(board: Board) -> None:
    """26 letters that are given to the input method."""
    say = board.style.say

    def letter(character: str) -> Key:
        return Key(f"key.{character}", character, Compose(character))

    for row in ROWS[:2]:
        board.row([letter(character) for character in row], 10)
    latin_face = Key("key.letters", say("keyboard.letters"), Script(LETTERS), 1.5, Face.WORD)
    board.row([latin_face, *map(letter, ROWS[2]), erase(board, 1.5)], 10)


def _space(board: Board, command: Command, span: float) -> Key:
    return Key("key.space", board.style.say("keyboard.space"), command, span, Face.WORD)
