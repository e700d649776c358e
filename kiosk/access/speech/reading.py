"""A text cut into what is read alike: words, numbers, dates, codes, signs; and put together again.

`docs/speech.md` has the rules. Pure; how each is said is for chinese.py and alphabet.py.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from kiosk.access.profile import Language
from kiosk.access.speech.pinyin import HAN

LONGEST_SENTENCE = 100  # characters given to the synthesis at once; espeak-ng cuts at 800 bytes
AS_NUMBER = 4  # figures: what is longer and no amount is read digit by digit

_SENTENCE = re.compile(r"[^。！？!?；;\n]*(?:[。！？!?；;\n]+|$)")
_BREATH = re.compile(r"[，,、：:]")
_FROM = re.compile(r"(?<![\w:-])(?:\d{1,4}|\d{1,2}:\d{2})$", re.ASCII)
_TO = re.compile(r"(?:0|[1-9]\d{0,3}|\d{1,2}:\d{2})(?![\w:-])", re.ASCII)
_WIDE = {
    wide: wide - 0xFEE0 for wide in range(0xFF01, 0xFF5F)
}  # full-width letters, figures, signs
_LATIN = "A-Za-zÀ-ɏ"
_SCRIPTS = "\u0370-\u1fff"  # Greek, Cyrillic, Arabic, Tibetan and others; each its own language's

# In this order: the first that fits is taken.
TOKENS = re.compile(
    rf"""
      (?P<date>(?<!\d)(?P<year>\d{{4}})(?P<mark>[-/.])(?P<month>0?[1-9]|1[0-2])(?P=mark)
              (?P<day>0?[1-9]|[12]\d|3[01])(?!\d))
    | (?P<era>(?<!\d)\d{{4}}(?=\s?年)|(?<=[〔\[(])(?:19|20)\d{{2}}(?=[〕\])]))
    | (?P<time>(?<![\d:])(?P<hour>[01]?\d|2[0-3]):(?P<minute>[0-5]\d)(?![\d:]))
    | (?P<phone>(?<!\d)(?:0\d{{2,3}}-\d{{7,8}}|[48]00-?\d{{3,4}}-?\d{{3,4}}
               |1[3-9]\d[ -]?\d{{4}}[ -]?\d{{4}})(?!\d))
    | (?P<spaced>(?<!\w)\d(?:[ ]\d){{2,}}(?!\w))
    | (?P<hidden>\*(?:[ ]?\*)+)
    | (?P<percent>(?P<share>\d{{1,12}}(?:\.\d+)?)%)
    | (?P<shown>\d+(?=\*)|(?<=\*)\d+(?![A-Za-z\d]))
    | (?P<code>(?=[A-Za-z]*\d)(?=\d*[A-Za-z])[A-Za-z0-9]+)
    | (?P<amount>\d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?(?!\d)|\d+(?:\.\d+)?(?!\d|\.\d))
    | (?P<figures>\d+)
    | (?P<span>[-–—~]+)
    | (?P<script>[{_SCRIPTS}]+)
    | (?P<latin>[{_LATIN}]+(?:['’.-][{_LATIN}]+)*)
    | (?P<numerals>[零〇一二三四五六七八九幺]{{3,}})
    | (?P<han>[{HAN}]+)
    | (?P<pause>[,、:;()\[\]〔〕【】《》「」/|…]+|\.{{2,}})
    | (?P<stop>[。!?\n]+|\.(?=\s|$))
    | (?P<point>\.)
    | (?P<other>.)
    """,
    re.VERBOSE | re.DOTALL | re.ASCII,
)


@dataclass(frozen=True)
class Piece:
    """What one voice says: pinyin for the Chinese, words for the English. `.` `,` `?` pause."""

    voice: Language
    text: str = field(repr=False)


def sentences(text: str) -> Iterator[str]:
    """The text in parts of at most 100 characters, cut where one would breathe."""
    for match in _SENTENCE.finditer(text.translate(_WIDE)):
        rest = match.group()
        while len(rest) > LONGEST_SENTENCE:
            breaths = [breath.end() for breath in _BREATH.finditer(rest, 1, LONGEST_SENTENCE)]
            end = breaths[-1] if breaths else LONGEST_SENTENCE
            yield rest[:end]
            rest = rest[end:]
        if rest.strip():
            yield rest


def unit_behind(match: re.Match[str], units: Iterable[str]) -> str:
    """The unit that follows a figure, at once or after a space; empty when none does."""
    rest = match.string[match.end() :].removeprefix(" ")
    return next((unit for unit in units if rest.startswith(unit)), "")


def is_number(figures: str, unit: str) -> bool:
    """Whether a figure is read as a number: an amount, or short and without a leading zero."""
    whole = figures.replace(",", "").partition(".")[0]
    if len(whole) > 1 and whole.startswith("0"):
        return False
    return bool(unit) or "," in figures or len(whole) <= AS_NUMBER


def is_range(match: re.Match[str]) -> bool:
    """Whether a dash stands between two amounts, years or times, and not within a code."""
    before, behind = match.string[: match.start()], match.string[match.end() :]
    return bool(_FROM.search(before) and _TO.match(behind))


def joined(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """Neighbours of one voice as one piece; a pause belongs to what stands before it."""
    voice: Language | None = None
    said = ""
    for piece in pieces:
        if not any(map(str.isalnum, piece.text)):
            said = said + piece.text if voice and said[-1:].isalnum() else said
        elif piece.voice is voice:
            said += " " + piece.text
        else:
            if voice is not None:
                yield Piece(voice, said)
            voice, said = piece.voice, piece.text
    if voice is not None:
        yield Piece(voice, said)
