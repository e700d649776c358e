"""How lists look on a sheet, read from `config/sheets/`: names, headings, words for codes."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import Annotated, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from kiosk.catalogue.yaml_source import Source

Model = TypeVar("Model", bound=BaseModel)
WORDS, LISTS = "words.yaml", "lists.yaml"


class SheetsError(Exception):
    """Spreadsheets cannot be taken in or made; one line for each thing that is wrong."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


class _Layout(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class ColumnLayout(_Layout):
    """One column: `key` is the program's name for it, `width` in characters."""

    key: str
    heading: Annotated[str, Field(min_length=1)]
    width: Annotated[int, Field(ge=4, le=120)]
    needed: bool = False
    filled: bool = False


class ListLayout(_Layout):
    """One list: the name of its sheet (and of its CSV file), its printed title, its columns."""

    sheet: Annotated[str, Field(min_length=1, max_length=31, pattern=r"^[^\[\]:*?/\\']+$")]
    title: str
    columns: Annotated[tuple[ColumnLayout, ...], Field(min_length=1, max_length=100)]

    @cached_property
    def by_heading(self) -> Mapping[str, ColumnLayout]:
        """The columns by their headings as they are compared."""
        return {comparable(column.heading): column for column in self.columns}


class _Lists(_Layout):
    lists: Mapping[str, ListLayout]


class Words(_Layout):
    """What stands in cells: `missing` for a fact that no department has given yet."""

    missing: Annotated[str, Field(min_length=1)]
    tables: Mapping[str, Mapping[str, str]]


class Layouts(_Layout):
    """Every list by its key, and the words."""

    lists: Mapping[str, ListLayout]
    words: Words


def load_layouts(folder: Path) -> Layouts:
    """Read `lists.yaml` and `words.yaml`. Raises SheetsError with file, line and key."""
    problems: list[str] = []
    lists = _read(folder / LISTS, _Lists, problems)
    words = _read(folder / WORDS, Words, problems)
    if lists is None or words is None:
        raise SheetsError(problems)
    problems += _twice(folder, lists, words)
    if problems:
        raise SheetsError(problems)
    return Layouts(lists=lists.lists, words=words)


def comparable(heading: str) -> str:
    """A heading without blanks, its marks and digits in their plain form: （主项） as (主项)."""
    return "".join(unicodedata.normalize("NFKC", heading).split())


def _read(file: Path, model: type[Model], problems: list[str]) -> Model | None:
    source = Source(file)
    problems.extend(source.problems)
    if source.tree is None:
        return None
    try:
        return model.model_validate(source.tree)
    except ValidationError as error:
        problems.extend(source.wrong(error))
        return None


def _twice(folder: Path, lists: _Lists, words: Words) -> list[str]:
    found = []
    for name, layout in lists.lists.items():
        if len(layout.by_heading) < len(layout.columns):
            found.append(f"{folder / LISTS}: lists.{name}: a heading is given twice")
    sheets = [layout.sheet for layout in lists.lists.values()]
    if len(set(sheets)) < len(sheets):
        found.append(f"{folder / LISTS}: the name of a sheet is given twice")
    for name, table in words.tables.items():
        if len(set(table.values())) < len(table):
            found.append(f"{folder / WORDS}: tables.{name}: a word is given twice")
    return found
