"""What stands in a cell for a value, and what value a changed cell means.

A cell that cannot be right is refused with what to write instead; nothing is mended in silence.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

from openpyxl.utils.datetime import from_excel

from kiosk.catalogue.sheets.grid import Cell, CellKind
from kiosk.catalogue.sheets.names import Names

FULL_WIDTH = re.compile(r"[\uff10-\uff19\uff21-\uff3a\uff41-\uff5a\u3000]")
ISO_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
ANY_DAY = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?")
SERIAL_DAYS = range(20_000, 80_000)  # 1954 to 2119; spreadsheets count days from 1900


class MisreadError(Exception):
    """What is wrong with a cell, and what to write."""


class Form(Protocol):
    """One way of writing a value in a cell."""

    def show(self, value: Any, names: Names) -> str:
        """The text of the cell; the value is never None."""

    def read(self, cell: Cell, names: Names) -> object:
        """The value of a cell that is not empty. Raises MisreadError."""


def clean(cell: Cell, *, code: bool = False) -> str:
    """The text of a cell that must hold text: no blanks at its ends, no full-width digits."""
    text = cell.text
    if cell.kind is CellKind.NUMBER:
        raise MisreadError(f"is a number; format the cell as text and write {text} again")
    if cell.kind is CellKind.DATE:
        raise MisreadError("was turned into a date; format the cell as text and write it again")
    plain = unicodedata.normalize("NFKC", text) if code else FULL_WIDTH.sub(_plain, text)
    if plain.strip() != text.strip():
        raise MisreadError(f"has full-width characters; write {plain.strip()}")
    if text != text.strip():
        raise MisreadError(f"begins or ends with a blank; write {text.strip()}")
    if any(unicodedata.category(character) in ("Cc", "Cs", "Cn") for character in text):
        raise MisreadError("has a line break or a character that cannot be printed; take it out")
    return text


def _plain(found: re.Match[str]) -> str:
    return unicodedata.normalize("NFKC", found.group())


@dataclass(frozen=True)
class Words:
    """A text in Chinese or English."""

    def show(self, value: Any, names: Names) -> str:  # noqa: ARG002
        """As it is."""
        return str(value)

    def read(self, cell: Cell, names: Names) -> object:  # noqa: ARG002
        """As it is, if it is clean."""
        return clean(cell)


@dataclass(frozen=True)
class Code:
    """A code, a phone, a condition: plain characters that no spreadsheet may count with."""

    def show(self, value: Any, names: Names) -> str:  # noqa: ARG002
        """As it is."""
        return str(value)

    def read(self, cell: Cell, names: Names) -> object:  # noqa: ARG002
        """As it is, if every character is plain."""
        return clean(cell, code=True)


@dataclass(frozen=True)
class Count:
    """A whole number."""

    def show(self, value: Any, names: Names) -> str:  # noqa: ARG002
        """Its digits."""
        return str(value)

    def read(self, cell: Cell, names: Names) -> object:  # noqa: ARG002
        """The number of a cell with a number or with plain digits."""
        text = cell.text if cell.kind is CellKind.NUMBER else clean(cell, code=True)
        if not re.fullmatch(r"[0-9]{1,6}", text):
            raise MisreadError(f"{text[:20]} is no whole number")
        return int(text)


@dataclass(frozen=True)
class Day:
    """A date: 2026-01-31, or a cell with a date."""

    def show(self, value: Any, names: Names) -> str:  # noqa: ARG002
        """2026-01-31."""
        return str(value)

    def read(self, cell: Cell, names: Names) -> object:  # noqa: ARG002
        """The day. A number is refused with the day that it would be."""
        if cell.kind is CellKind.NUMBER:
            raise MisreadError(_serial(cell.text))
        text = cell.text if cell.kind is CellKind.DATE else clean(cell, code=True)
        try:
            return date.fromisoformat(text if ISO_DAY.fullmatch(text) else "")
        except ValueError:
            found = ANY_DAY.fullmatch(text)
            if found is None:
                raise MisreadError(f"{text[:20]} is no date; write 2026-01-31") from None
            year, month, day = (int(part) for part in found.groups())
            raise MisreadError(f"write the date as {year}-{month:02}-{day:02}") from None


def _serial(text: str) -> str:
    if text.isascii() and text.isdigit() and len(text) == len("46023") and int(text) in SERIAL_DAYS:
        day = from_excel(int(text))
        return f"{text} is how a spreadsheet counts a day; write {day:%Y-%m-%d}"
    return f"{text[:20]} is a number; write a date like 2026-01-31"


@dataclass(frozen=True)
class Word:
    """One of a few values, each with its word: 行政许可 for 01. `table` is in words.yaml."""

    table: str

    def show(self, value: Any, names: Names) -> str:
        """The word; the code itself where the table has none."""
        code = _code(value)
        return names.words.tables[self.table].get(code, code)

    def read(self, cell: Cell, names: Names) -> object:
        """The value whose word it is."""
        text = clean(cell)
        table = names.words.tables[self.table]
        for code, word in table.items():
            if word == text:
                return code == "true" if code in ("true", "false") else code
        raise MisreadError(f"{text[:40]} is none of {'、'.join(table.values())}")


def _code(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


@dataclass(frozen=True)
class Named:
    """Records of another kind by their names, one a line or with 、 between; `kind`: `units`."""

    kind: str
    many: bool = True

    def show(self, value: Any, names: Names) -> str:
        """Names, one a line."""
        slugs: Sequence[str] = value if self.many else [value]
        return "\n".join(names.name(self.kind, slug) for slug in slugs)

    def read(self, cell: Cell, names: Names) -> object:
        """Slugs."""
        if cell.kind is not CellKind.TEXT:
            clean(cell)
        parts = re.split(r"[\n、;；]", cell.text)
        found = [self._slug(Cell(part, cell.kind, cell.place), names) for part in parts]
        if not self.many:
            if len(found) > 1:
                raise MisreadError(f"has {len(found)} names; one must stand here")
            return found[0]
        if len(set(found)) < len(found):
            raise MisreadError("has a name twice")
        return found

    def _slug(self, cell: Cell, names: Names) -> str:
        name = clean(cell)
        slugs = names.slugs(self.kind, name)
        if not slugs:
            near = names.nearest(self.kind, name)
            advice = f"; is it {near}?" if near else f"; add it to {self.kind}/ first"
            raise MisreadError(f"unknown: {name[:60]}{advice}")
        if len(slugs) > 1:
            raise MisreadError(f"{name} can be {' or '.join(slugs)}; write which")
        return slugs[0]


@dataclass(frozen=True)
class Lines:
    """A list of texts, one a line. Lines can be changed here, but not added or taken away."""

    def show(self, value: Any, names: Names) -> str:  # noqa: ARG002
        """The Chinese of each."""
        return "\n".join(text.zh for text in value)

    def read(self, cell: Cell, names: Names) -> object:  # noqa: ARG002
        """The lines."""
        return [clean(Cell(line, cell.kind, cell.place)) for line in cell.text.split("\n")]
