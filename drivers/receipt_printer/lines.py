"""Text wrapped to so many cells, in the manner of Chinese setting. Pure; loses no character.

Words of Latin letters and digits and short quotations stay whole where a line can hold them; no
line begins with a closing mark or ends in an opening one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from drivers.receipt_printer.characters import width

_PIECE = re.compile(r"[!-~]+|.", re.DOTALL)
_CLOSING = frozenset("，。、；：！？）》〉」』】〕”’…%,.;:!?)]}")
_OPENING = frozenset("（《〈「『【〔“‘([{")
_QUOTED = re.compile(rf"(“[^“”]{{1,8}}”[{re.escape(''.join(sorted(_CLOSING)))}]*)")
_HANZI = 2  # cells
_GAP = 2  # cells between a label and its value
_MOST_CARRIED = 3  # pieces; more would leave the line too short


def wrap(text: str, columns: int) -> list[str]:
    """The lines of the text, each at most `columns` (2 or more) cells wide; at least one line."""
    return [line for paragraph in text.split("\n") for line in _wrap(paragraph, columns)]


def pair(label: str, value: str, columns: int) -> list[str]:
    """A label on the left and its value on the right, on as many lines as both need."""
    label, value = label.replace("\n", " "), value.replace("\n", " ")
    room = columns - width(label) - _GAP
    if width(value) <= room:
        return [label + _blank(columns - width(label) - width(value)) + value]
    if width(label) + _GAP > columns // 2:
        return [*wrap(label, columns), *(_right(line, columns) for line in wrap(value, columns))]
    first, *rest = wrap(value, room)
    margin = _blank(columns - room)
    return [label + _blank(_GAP) + first, *(margin + line for line in rest)]


def _wrap(paragraph: str, columns: int) -> Iterator[str]:
    line: list[str] = []
    for piece in _pieces(paragraph, columns):
        if width("".join(line)) + width(piece) <= columns:
            line.append(piece)
            continue
        carried = _carried(line, piece)
        yield "".join(line).rstrip(" ")
        line = carried if piece == " " and not carried else [*carried, piece]
    yield "".join(line).rstrip(" ")


def _carried(line: list[str], piece: str) -> list[str]:
    """Takes from the line's end what must stand on the next line together with `piece`."""
    carried: list[str] = []
    while len(line) > 1 and len(carried) < _MOST_CARRIED and width(line[-1]) <= _HANZI:
        next_piece = carried[0] if carried else piece
        if next_piece[0] not in _CLOSING and line[-1][-1] not in _OPENING:
            break
        carried.insert(0, line.pop())
    return carried


def _pieces(paragraph: str, columns: int) -> Iterator[str]:
    for part in _QUOTED.split(paragraph):
        quoted = part.startswith("“") and width(part) <= columns
        yield from [part] if quoted else _words(part, columns)


def _words(text: str, columns: int) -> Iterator[str]:
    for word in _PIECE.findall(text):
        if width(word) <= columns:
            yield word
        else:
            yield from (word[start : start + columns] for start in range(0, len(word), columns))


def _right(line: str, columns: int) -> str:
    return _blank(columns - width(line)) + line


def _blank(cells: int) -> str:
    return " " * cells
