"""Where lines end in mixed Chinese and Latin text. Pure; widths come from a measure passed in.

After GB/T 15834 a line never begins with closing punctuation nor ends with opening
punctuation; Latin words and numbers stay whole unless they are wider than the line.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import accumulate, groupby

NO_START = frozenset("，。、；：？！…—·’”）》」』】〕〉％%,.;:?!)]}°")
NO_END = frozenset("‘“（《「『【〔〈([{￥¥")
TOKEN = re.compile(
    r"[!-~\u00a0-\u024f]+|\s|.", re.DOTALL
)  # a Latin word, a space, or one character
CJK = 0x2E80  # where it begins in Unicode
DOT = "·"  # with a space on both sides it parts phrases: 15 July 2026 · 06:42
UNQUOTED = "(?![^“”]*”)"  # what is said is not parted
AFTER_MARK = re.compile(rf"(?<=[，。、；：？！,.;:?!）)]){UNQUOTED}")
AFTER_PARTICLE = re.compile(  # where phrases end
    rf"((?<=(?<!别)的)(?!话)|(?<=是)(?!不)|(?<=了)(?!解)|(?<=[交办领]过)){UNQUOTED}"
)
LEAST_SHARE = 0.35  # of the longer line, for a line that ends at a mark or particle
LEAST_FILLED = 0.6  # of the width, for a line of three or more that does
MOST_QUOTED = 8  # characters between “ and ” that stay together
SHORTEST_LAST_LINE = 3  # characters: fewer left over look like a mistake
COUNT = re.compile(r"[!-~]{0,7}[0-9]")  # what has a measure word: 8 号, 3.5 元
ORDINALS = ("第", "No.")  # belong to the number after them

WidthOf = Callable[[str], float]


def wrap(text: str, width: float, width_of: WidthOf, *, balance: bool = False) -> list[str]:
    """`text` as lines no wider than `width`; line feeds in it are kept.

    `balance` makes the lines of each paragraph about equally long. A piece that is wider than
    the line by itself is broken between characters. A dot between phrases is left out where the
    end of a line parts them.
    """
    lines: list[str] = []
    for paragraph in text.split("\n"):
        units = _units(paragraph)
        wrapped = _greedy(units, width, width_of)
        if balance and len(wrapped) > 1:
            wrapped = _balanced(units, wrapped, width, width_of)
        elif len(wrapped) > 1 and len(wrapped[-1]) < SHORTEST_LAST_LINE:
            wrapped = _without_orphan(units, wrapped, width, width_of)
        lines.extend(_undotted(wrapped))
    return lines


def characters(line: str) -> float:
    """How long a line is to read: characters, of which a Latin one counts half."""
    return sum(1 if ord(character) >= CJK else 0.5 for character in line)


def widest_unit(text: str, width_of: WidthOf) -> float:
    """Width of the widest piece that should not be broken."""
    return max((width_of(unit.strip()) for unit in _units(text.replace("\n", " "))), default=0.0)


def runs(text: str, alone: Callable[[str], bool]) -> list[str]:
    """The text in parts that follow each other, with words by themselves for which `alone` is."""
    parts: list[str] = []
    for paragraph in text.split("\n"):
        words = [(unit, alone(unit.strip())) for unit in _units(paragraph)]
        grouped = groupby(enumerate(words), lambda one: one[0] if one[1][1] else -1)
        joined = ["".join(unit for _, (unit, _) in group).strip() for _, group in grouped]
        parts += _undotted(joined or [""])
    return parts


def _units(text: str) -> list[str]:
    """Pieces that must not be broken, spaces at their ends."""
    units: list[str] = []
    before = ""  # the last token that is no space
    for token in TOKEN.findall(text):
        glue = units and (
            token.isspace() or token[0] in NO_START or units[-1].rstrip()[-1:] in NO_END
        )
        parted = bool(units) and units[-1][-1:].isspace() and not token.isspace()
        if (glue and not parted) or _counted(before, token):
            units[-1] += token
        else:
            units.append(token)
        before = before if token.isspace() else token
    return units


def _counted(before: str, token: str) -> bool:
    """Whether one is a short number and the other what goes with it: a measure word, 第, No."""
    if before in ORDINALS:
        return COUNT.match(token) is not None
    return COUNT.fullmatch(before) is not None and token.isalpha() and ord(token[0]) >= CJK


def _greedy(units: list[str], width: float, width_of: WidthOf) -> list[str]:
    lines: list[str] = []
    line, used = "", 0.0
    for number, unit in enumerate(units):
        bare = width_of(unit.rstrip())
        needed = max(bare, _phrase(units, number, width, width_of))
        if line and used + needed > width:
            lines.append(line.rstrip())
            line, used = "", 0.0
        *whole, rest = _broken(unit, width, width_of) if bare > width else [unit]
        lines.extend(whole)
        line += rest
        used += width_of(rest)
    lines.append(line.rstrip())
    return lines


def _phrase(units: list[str], number: int, width: float, width_of: WidthOf) -> float:
    """Width of what begins here and stays together where one line can hold it.

    That is what stands between two dots, and a few words between quotation marks.
    """
    if units[number][0] == "“":
        end = next((n for n in range(number, len(units)) if "”" in units[n]), number)
        if end - number > MOST_QUOTED:
            return 0.0
    elif number and _dotted(units[number - 1]):
        end = next((n for n in range(number, len(units)) if _dotted(units[n])), len(units) - 1)
    else:
        return 0.0
    whole = width_of("".join(units[number : end + 1]).rstrip())
    return whole if whole <= width else 0.0


def _dotted(unit: str) -> bool:
    return unit.rstrip().endswith(DOT) and unit[-1].isspace()


def _undotted(lines: list[str]) -> list[str]:
    """The lines of a paragraph without the dots at which it was parted."""
    ended = [*(line.removesuffix(f" {DOT}") for line in lines[:-1]), lines[-1]]
    return [ended[0], *(line.removeprefix(f"{DOT} ") for line in ended[1:])]


def _broken(unit: str, width: float, width_of: WidthOf) -> list[str]:
    parts, part = [], ""
    for character in unit:
        if part and width_of(part + character) > width:
            parts.append(part)
            part = ""
        part += character
    return [*parts, part]


def _balanced(units: list[str], lines: list[str], width: float, width_of: WidthOf) -> list[str]:
    """As many lines as before: two part where a phrase ends, others are as narrow as may be.

    Three or more Chinese ones stay as wide as they are, for narrow ones would break more words.
    """
    if len(lines) == 2:  # noqa: PLR2004
        for ends in (AFTER_MARK, AFTER_PARTICLE):
            if parted := _parted(units, ends, width, width_of):
                return parted
    elif any(ord(character) >= CJK for unit in units for character in unit):
        return _filled(units, lines, width, width_of)
    low, high = max(map(width_of, units), default=0.0), width
    best = lines
    while high - low > 1:
        middle = (low + high) / 2
        narrower = _greedy(units, middle, width_of)
        if len(narrower) > len(lines):
            low = middle
        else:
            best, high = narrower, middle
    return best


def _filled(units: list[str], lines: list[str], width: float, width_of: WidthOf) -> list[str]:
    """As many lines as before, each of which ends where a phrase does, if one ends late in it."""
    if any(width_of(unit.rstrip()) > width for unit in units):
        return lines
    made, rest = [], units
    for left in range(len(lines) - 1, 0, -1):
        count = _ending(rest, left, width, width_of)
        made.append("".join(rest[:count]).rstrip())
        rest = rest[count:]
    made.append("".join(rest).rstrip())
    return made if len(made[-1]) >= SHORTEST_LAST_LINE else lines


def _ending(units: list[str], left: int, width: float, width_of: WidthOf) -> int:
    """How many units the next line has, so that `left` lines hold what comes after it."""
    text = "".join(units)
    lengths = [len(upto.rstrip()) for upto in accumulate(units)]
    full = len(_greedy(units, width, width_of)[0])
    for ends in (AFTER_MARK, AFTER_PARTICLE):
        for count, length in reversed(list(enumerate(lengths, start=1))):
            late = LEAST_FILLED * full <= length <= full
            if late and ends.match(text, length) and _held(units[count:], left, width, width_of):
                return count
    return lengths.index(full) + 1


def _held(units: list[str], left: int, width: float, width_of: WidthOf) -> bool:
    return len(_greedy(units, width, width_of)) <= left


def _parted(
    units: list[str], ends: re.Pattern[str], width: float, width_of: WidthOf
) -> list[str] | None:
    """Two lines that part at such an end, if neither is much shorter than the other."""
    text = "".join(units)
    best: tuple[float, list[str]] | None = None
    for number in range(1, len(units)):
        first = "".join(units[:number]).rstrip()
        if not ends.match(text, len(first)):
            continue
        pair = [first, "".join(units[number:]).rstrip()]
        short, long = sorted(map(width_of, pair))
        if long <= width and short >= LEAST_SHARE * long and (best is None or long < best[0]):
            best = (long, pair)
    return best[1] if best else None


def _without_orphan(
    units: list[str], lines: list[str], width: float, width_of: WidthOf
) -> list[str]:
    """The last line given company from the line before it, when that adds no line."""
    widest = max(width_of(unit.rstrip()) for unit in units)
    best = lines
    for narrower in (0.94, 0.88, 0.82):
        if width * narrower < widest or len(best[-1]) >= SHORTEST_LAST_LINE:
            break
        again = _greedy(units, width * narrower, width_of)
        if len(again) == len(lines) and len(again[-1]) > len(best[-1]):
            best = again
    return best
