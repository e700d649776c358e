"""Dates and times: a column a part, larger above, smaller below, and digits under them."""

from __future__ import annotations

from screens.commands import Clear, SelectPart, StepPart
from screens.keyboards.digits import digit, erase
from screens.keyboards.keys import Board, Face, Key
from screens.parts import Parts
from screens.style import Column, Lettering
from screens.theme import Role


def draw(board: Board, parts: Parts) -> None:
    """Names of the parts, a key for more, the part itself, a key for less, and all digits."""
    columns = len(parts.columns)
    _names(board, parts)
    board.row(
        [_step(board, part.name, number, 1) for number, part in enumerate(parts.columns)],
        columns,
    )
    board.row(
        [
            Key(
                f"part.{part.name}",
                parts.digits[number] or "–" * part.digits,
                SelectPart(number),
                face=Face.CHOSEN if number == parts.selected else Face.LETTER,
                says=_says(board, part.name, parts.digits[number]),
            )
            for number, part in enumerate(parts.columns)
        ],
        columns,
        letter_em=1.5,
    )
    board.row(
        [_step(board, part.name, number, -1) for number, part in enumerate(parts.columns)],
        columns,
    )
    clear = Key("key.clear", board.style.say("keyboard.clear"), Clear(), face=Face.WORD)
    board.row(board.outward([digit(character) for character in "12345"], clear), 6)
    board.row(board.outward([digit(character) for character in "67890"], erase(board)), 6)


def _step(board: Board, part: str, number: int, by: int) -> Key:
    """A key that makes a part larger or smaller by one."""
    way, sign = ("more", "+") if by > 0 else ("less", "−")
    says = board.style.say(f"date.{way}", part=board.style.say(f"date.{part}"))
    return Key(f"part.{part}.{way}", sign, StepPart(number, by), face=Face.WORD, says=says)


def _says(board: Board, part: str, digits: str) -> str:
    """A part as it is read aloud: its name and its number, or that there is none yet."""
    say = board.style.say
    return say("date.part", part=say(f"date.{part}"), number=digits or say("date.empty"))


def _names(board: Board, parts: Parts) -> None:
    metrics = board.style.metrics
    count = len(parts.columns)
    cell = (board.width - board.gap * (count - 1)) / count
    lettering = Lettering(metrics.detail, True, Role.INK2, 1.3)
    bottom = board.y
    for number, part in enumerate(parts.columns):
        column = Column(board.style, number * (cell + board.gap), cell, y=board.y)
        column.text(board.style.say(f"date.{part.name}"), lettering, "centre")
        board.marks.extend(column.marks)
        bottom = max(bottom, column.y)
    board.y = bottom + metrics.px(6)
