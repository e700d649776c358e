"""Numbers that are names of something, said digit by digit. The words themselves are phrases.

Amounts stay figures: the voice reads those (`kiosk/access/speech`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

ID_GROUPS = (6, 4, 4, 4)  # area, year, month and day, serial (GB 11643-1999)
MOBILE_GROUPS = (3, 4, 4)
GROUPS_BY_LENGTH: Mapping[int, tuple[int, ...]] = {
    sum(groups): groups for groups in (ID_GROUPS, MOBILE_GROUPS)
}
GROUP = 4
GROUP_FROM = 6  # shorter numbers are said in one breath


@dataclass(frozen=True)
class Numerals:
    """`digits`: ten words, 幺 for 1. `apart` stands between two of them, `pause` between groups."""

    digits: Sequence[str]
    apart: str
    pause: str

    def spelled(self, text: str) -> str:
        """One character after another; what is no digit stays as it is."""
        return self.apart.join(
            self.digits[int(character)] if "0" <= character <= "9" else character
            for character in text
        )

    def in_groups(self, number: str) -> str:
        """With pauses: an identity number as 6-4-4-4, a mobile one as 3-4-4, others by four."""
        lengths = GROUPS_BY_LENGTH.get(len(number))
        if lengths is None:
            size = GROUP if len(number) >= GROUP_FROM else max(1, len(number))
            lengths = (size,) * -(-len(number) // size)
        parts, at = [], 0
        for length in lengths:
            parts.append(self.spelled(number[at : at + length]))
            at += length
        return self.pause.join(parts)
