"""The keyboard of phone and account numbers; identity numbers have an X, money has a point."""

from __future__ import annotations

from collections.abc import Mapping

from kiosk.journey.page import FieldKind
from screens.commands import Clear, Erase, Insert
from screens.keyboards.keys import Board, Face, Key

ROWS = ("123", "456", "789")

# What stands to the left of 0; where there is nothing to type, the key clears.
EXTRA: Mapping[FieldKind, str] = {
    FieldKind.DIGITS: "",
    FieldKind.ID_NUMBER: "X",
    FieldKind.MONEY: ".",
}


def digit(character: str) -> Key:
    """A key that types one character."""
    return Key(f"key.{character}", character, Insert(character))


def erase(board: Board, span: float = 1) -> Key:
    """The key that takes back."""
    say = board.style.say
    return Key("key.delete", say("keyboard.delete"), Erase(), span, Face.WORD, "backspace")


def draw(board: Board, extra: str) -> None:
    """Three columns; the last row has `extra` or "clear" on the left, "delete" on the right."""
    board.roomy = True
    for row in ROWS:
        board.row([digit(character) for character in row], 3, letter_em=1.5)
    left = (
        digit(extra)
        if extra
        else Key("key.clear", board.style.say("keyboard.clear"), Clear(), face=Face.WORD)
    )
    board.row([left, digit("0"), erase(board)], 3, letter_em=1.5)
