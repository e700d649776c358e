"""The keyboard of phone and account numbers, and that of identity numbers with its X."""

from __future__ import annotations

from screens.commands import Clear, Erase, Insert
from screens.keyboards.keys import Board, Face, Key

ROWS = ("123", "456", "789")


def digit(character: str) -> Key:
    """A key that types one character."""
    return Key(f"key.{character}", character, Insert(character))


def erase(board: Board, span: float = 1) -> Key:
    """The key that takes back."""
    say = board.style.say
    return Key("key.delete", say("keyboard.delete"), Erase(), span, Face.WORD, "backspace")


def draw(board: Board, *, with_x: bool) -> None:
    """Three columns; the last row has X or "clear" on the left, "delete" on the right."""
    board.roomy = True
    for row in ROWS:
        board.row([digit(character) for character in row], 3, letter_em=1.5)
    left = (
        digit("X")
        if with_x
        else Key("key.clear", board.style.say("keyboard.clear"), Clear(), face=Face.WORD)
    )
    board.row([left, digit("0"), erase(board)], 3, letter_em=1.5)
