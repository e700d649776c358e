"""What stands above the keys: letters being composed, characters to choose from, quick picks."""

from __future__ import annotations

from kiosk.access.chinese_input import Composition
from kiosk.journey.page import Field
from screens.commands import MoreCandidates, Pick, Replace
from screens.keyboards.keys import Board, Face, Key
from screens.metrics import TITLE_LEADING
from screens.sketch import Box
from screens.style import Column, Lettering
from screens.theme import Role

ROWS = 2  # room kept, so that the keys stay where they are while one types


def draw(board: Board, composition: Composition) -> None:
    """The letters so far, and two rows or more of characters."""
    metrics = board.style.metrics
    line = Column(board.style, metrics.px(4), board.width, y=board.y)
    lettering = Lettering(metrics.lead, True, Role.PRIMARY, TITLE_LEADING)
    hint = Lettering(metrics.detail, False, Role.INK2, TITLE_LEADING)
    if composition.preedit:
        line.text(composition.preedit, lettering)
    else:
        line.text(board.style.say("keyboard.pinyin_hint"), hint)
    board.marks.extend(line.marks)
    board.y = max(line.y, board.y + lettering.pitch) + metrics.px(8)
    start = board.y
    keys = [
        Key(f"candidate.{number}", text, Pick(number), face=Face.CANDIDATE)
        for number, text in enumerate(composition.candidates)
    ]
    flow(board, [*_turns(board, composition), *keys])
    board.y = max(board.y, start + ROWS * (board.key_height + board.gap))


def quick_picks(board: Board, block: Field) -> None:
    """Whole texts to take with one touch."""
    flow(
        board,
        [
            Key(f"candidate.{number}", text, Replace(text), face=Face.CANDIDATE)
            for number, text in enumerate(block.candidates)
        ],
    )


def _turns(board: Board, composition: Composition) -> list[Key]:
    say = board.style.say
    keys = []
    if composition.has_earlier:
        label = say("keyboard.previous_candidates")
        keys.append(Key("candidates.earlier", label, MoreCandidates(False), face=Face.WORD))
    if composition.has_more:
        label = say("keyboard.more_candidates")
        keys.append(Key("candidates.more", label, MoreCandidates(True), face=Face.WORD))
    return keys


def flow(board: Board, keys: list[Key]) -> None:
    """Keys as wide as their words, as many a row as fit; the turning ones end the first row."""
    words = [key for key in keys if key.face is Face.WORD]
    others = [key for key in keys if key.face is not Face.WORD]
    right = board.width
    for key in reversed(words):
        width = _width(board, key)
        right -= width
        board.key(key, Box(round(right), board.y, round(width), board.key_height))
        right -= board.gap
    x, end = 0.0, right
    for key in others:
        width = min(_width(board, key), board.width)
        if x and x + width > end:
            board.y += board.key_height + board.gap
            x, end = 0.0, board.width
        board.key(key, Box(round(x), board.y, round(width), board.key_height))
        x += width + board.gap
    if keys:
        board.y += board.key_height + board.gap


def _width(board: Board, key: Key) -> float:
    metrics = board.style.metrics
    word = key.face is Face.WORD
    lettering = Lettering(metrics.em(0.9 if word else 1.3), word)
    return max(metrics.px(96), board.style.width(key.label, lettering) + metrics.px(44))
