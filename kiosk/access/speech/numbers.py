"""Figures as pinyin: digit by digit, or as the number they are. Pure.

Digit by digit 1 is 幺 (yao1), as on the telephone, but in years, where it is 一. Before 百, 千, 万
and 亿 the tone of 一 follows theirs, as in `sandhi.py`.
"""

from __future__ import annotations

from kiosk.access.speech.sandhi import one

LONGEST = 16  # figures of a number; what is longer is read digit by digit

_DIGITS = ("ling2", "yi1", "er4", "san1", "si4", "wu3", "liu4", "qi1", "ba1", "jiu3")
_YAO, _TWO, _POINT = "yao1", "liang3", "dian3"
_PLACES = ((1000, "qian1"), (100, "bai3"), (10, "shi2"), (1, ""))
_MYRIADS = ((10**8, "yi4"), (10**4, "wan4"))


def digits(figures: str, *, year: bool = False) -> str:
    """`0731` → ling2 qi1 san1 yao1; what is no digit is left out."""
    read = [_DIGITS[int(figure)] for figure in figures if figure in "0123456789"]
    return " ".join(read if year else (_YAO if one == "yi1" else one for one in read))


def number(figures: str, *, two: bool = False) -> str:
    """`1205` → yi4 qian1 er4 bai3 ling2 wu3; `two`: 2 alone is 两. Decimals follow a point.

    ValueError for what is no number of at most 16 figures before the point.
    """
    whole, point, decimals = figures.partition(".")
    if not (whole.isascii() and whole.isdigit() and len(whole) <= LONGEST):
        raise ValueError("no number of 1 to 16 figures")
    if point and not (decimals.isascii() and decimals.isdigit()):
        raise ValueError("no figures behind the point")
    if point:
        return " ".join((*_whole(int(whole)), _POINT, digits(decimals, year=True)))
    return _TWO if two and int(whole) == 2 else " ".join(_whole(int(whole)))  # noqa: PLR2004


def _whole(value: int, *, leads: bool = True) -> list[str]:
    """`leads`: nothing stands before, so that 10 to 19 begin with 十 and not 一十."""
    for size, name in _MYRIADS:
        if value >= size:
            high, low = divmod(value, size)
            head = [_TWO] if high == 2 else _whole(high, leads=leads)  # noqa: PLR2004
            return [*([one(name)] if high == 1 else head), name, *_rest(low, size)]
    return _below_ten_thousand(value, leads=leads)


def _rest(value: int, size: int) -> list[str]:
    if value == 0:
        return []
    gap = [_DIGITS[0]] if value < size // 10 else []
    return gap + _whole(value, leads=False)


def _below_ten_thousand(value: int, *, leads: bool) -> list[str]:
    if value == 0:
        return [_DIGITS[0]]
    read: list[str] = []
    gap = False
    for size, name in _PLACES:
        figure, value = divmod(value, size)
        if figure == 0:
            gap = bool(read)
            continue
        if gap:
            read.append(_DIGITS[0])
        gap = False
        if not (figure == 1 and size == 10 and leads and not read):  # noqa: PLR2004
            read.append(_times(figure, size, name))
        if name:
            read.append(name)
    return read


def _times(figure: int, size: int, name: str) -> str:
    """How many of a place: 一百, 两千, but 二百 and 一十."""
    if figure == 2 and size == 1000:  # noqa: PLR2004
        return _TWO
    return one(name) if figure == 1 and size >= 100 else _DIGITS[figure]  # noqa: PLR2004
