"""The keyboard of phone and account numbers; identity numbers have an X, money has a point."""

from __future__ import annotations

from collections.abc import Mapping

from kiosk.access.profile import Hand
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
SIGNS: Mapping[str, str] = {
    "-": "keyboard.hyphen",
    ".": "keyboard.point",
    "@": "keyboard.at",
}  # their names as phrases


def digit(character: str) -> Key:
    """A key that types one character."""
    return Key(f"key.{character}", character, Insert(character))


def sign(board: Board, character: str) -> Key:
    """A key that types a sign, which has a name to be read aloud."""
    says = board.style.say(SIGNS[character])
    return Key(f"key.{character}", character, Insert(character), says=says)


def erase(board: Board, span: float = 1) -> Key:
    """The key that takes back."""
    say = board.style.say
    return Key("key.delete", say("keyboard.delete"), Erase(), span, Face.WORD, "backspace")


def draw(board: Board, extra: str) -> None:
    """Three columns; the last row has `extra` or "clear" on one side, "delete" on the other."""
    board.roomy = True
    for row in ROWS:
        board.row([digit(character) for character in row], 3, letter_em=1.5)
    last = [_extra(board, extra), digit("0"), erase(board)]
    board.row(last[::-1] if board.style.hand is Hand.LEFT else last, 3, letter_em=1.5)


def _extra(board: Board, character: str) -> Key:
    if not character:
        return Key("key.clear", board.style.say("keyboard.clear"), Clear(), face=Face.WORD)
    return sign(board, character) if character in SIGNS else digit(character)
