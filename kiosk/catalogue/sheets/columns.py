"""What a column shows of a record, and which value of which record a changed cell changes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, cast

from kiosk.catalogue.model import Catalogue, Element, LifeEvent, Material, Matter, Record
from kiosk.catalogue.sheets.forms import Code, Form, Words
from kiosk.catalogue.sheets.names import Names
from kiosk.catalogue.yaml_source import Key


@dataclass(frozen=True)
class Item:
    """One row of a list: a record with those around it, by scope.

    `records` has, for a matter, `matter` and `event`. `id` stands in the column of that key.
    """

    id: str
    records: Mapping[str, Record]
    slugs: Mapping[str, str]

    @property
    def event(self) -> LifeEvent:
        """The life event; KeyError on a list that has none."""
        return cast(LifeEvent, self.records["event"])

    @property
    def matter(self) -> Matter:
        """The matter; KeyError on a list that has none."""
        return cast(Matter, self.records["matter"])

    @property
    def material(self) -> Material:
        """The material; KeyError on a list that has none."""
        return cast(Material, self.records["material"])

    @property
    def element(self) -> Element:
        """The data element; KeyError on a list that has none."""
        return cast(Element, self.records["element"])


class Role(StrEnum):
    """What happens to a cell that was changed."""

    CARRIED = "carried"  # it changes the value
    SHOWN = "shown"  # refused: it stands here for reading, and is changed elsewhere
    IDENTITY = "identity"  # names the record; not a value
    COUNTED = "counted"  # rows are numbered anew
    UNKEPT = "unkept"  # the catalogue has no place for it, and says so


WORDS = Words()
Show = Callable[[Item, Catalogue, Names], str]


@dataclass(frozen=True)
class Column:
    """One column of a list.

    CARRIED: `path` leads from the record of `scope` to the value. What is emptied is taken away;
    with `whole`, the text (or fee) around it too. SHOWN: `show` gives the cell, and `remedy` says
    where it is changed.
    """

    role: Role
    scope: str = ""
    path: Key = ()
    form: Form = WORDS
    whole: bool = False
    show: Show | None = None
    remedy: str = ""

    def text(self, item: Item, catalogue: Catalogue, names: Names) -> str:
        """What stands in the cell."""
        if self.role is Role.IDENTITY:
            return item.id
        if self.show is not None:
            return self.show(item, catalogue, names)
        if self.role is not Role.CARRIED:
            return ""
        value = value_at(item.records[self.scope], self.path)
        return "" if value is None or value == () else self.form.show(value, names)


def value_at(record: Record, path: Key) -> Any:
    """The value at the end of a path; None where a part of the way is absent."""
    value: Any = record
    for part in path:
        if value is None:
            return None
        value = value[part] if isinstance(part, int) else getattr(value, part)
    return value


def text(scope: str, *path: str) -> Column:
    """The Chinese of a text."""
    return Column(Role.CARRIED, scope, (*path, "zh"), WORDS, whole=True)


def english(scope: str, *path: str) -> Column:
    """The English of a text."""
    return Column(Role.CARRIED, scope, (*path, "en"), WORDS)


def code(scope: str, *path: str) -> Column:
    """A code, phone or condition."""
    return Column(Role.CARRIED, scope, path, Code())


def value(scope: str, form: Form, *path: str) -> Column:
    """Any other value."""
    return Column(Role.CARRIED, scope, path, form)


def shown(show: Show, remedy: str) -> Column:
    """A cell for reading."""
    return Column(Role.SHOWN, show=show, remedy=remedy)
