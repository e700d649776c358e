"""Which record a row stands for: by the column that names it, else by code, else by its name."""

from __future__ import annotations

import difflib
from collections.abc import Mapping, Sequence

from kiosk.catalogue.model import Catalogue
from kiosk.catalogue.sheets.columns import Item
from kiosk.catalogue.sheets.lists import LISTS
from kiosk.catalogue.sheets.recognise import SheetRow
from kiosk.catalogue.sheets.rows import matter_items

WITHOUT_LETTERS = "implementation"  # the list on which every matter stands, in its file's order
OF_SCOPE = {
    "event": "life_events",
    "matter": WITHOUT_LETTERS,
    "letter": WITHOUT_LETTERS,
    "material": "materials",
    "element": "elements",
}


class UnmatchedError(Exception):
    """No record, or more than one, can be meant by a row."""


class Matching:
    """All records of a catalogue by what rows call them."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._items: Mapping[str, Mapping[str, Item]] = {
            key: {item.id: item for item in LISTS[key].items(catalogue)}
            for key in set(OF_SCOPE.values())
        }
        self._matters = list(matter_items(catalogue))
        self._units = {slug: unit.name.zh for slug, unit in catalogue.units.items()}

    def item(self, key: str, row: SheetRow, unit: str = "") -> Item:
        """The record that a row of the list `key` stands for. Raises UnmatchedError.

        `unit` is whose matter it is, where more than the row says so.
        """
        scope = LISTS[key].scope
        known = self._items[OF_SCOPE[scope]]
        identity = row.text("id").strip()
        if identity:
            if identity not in known:
                near = difflib.get_close_matches(identity, known, n=1)
                advice = f"; is it {near[0]}?" if near else "; new records are written in YAML"
                raise UnmatchedError(f"{_at(row, 'id')}: unknown: {identity[:60]}{advice}")
            return known[identity]
        if scope not in ("matter", "letter"):
            raise UnmatchedError(f"{_at(row, 'id')}: is empty; it names the record")
        return self._matter(row, unit)

    def _matter(self, row: SheetRow, unit: str) -> Item:
        name = (row.text("name") or row.text("matter_name")).strip()
        code = row.text("catalogue_code").strip()
        found = [i for i in self._matters if code and i.matter.catalogue_code == code]
        if len(found) != 1:
            named = [i for i in (found or self._matters) if i.matter.name.zh == name]
            found = named or found
        if len(found) > 1:
            found = self._of_units(found, row, unit) or found
        column = "name" if "name" in row.cells else "matter_name"
        if not found:
            near = difflib.get_close_matches(name, [i.matter.name.zh for i in self._matters], n=1)
            advice = f"; is it {near[0]}?" if near else "; new matters are written in YAML"
            raise UnmatchedError(f"{_at(row, column)}: no matter {name[:60]}{advice}")
        if len(found) > 1:
            either = " or ".join(item.id for item in found)
            raise UnmatchedError(
                f"{_at(row, column)}: {name[:60]} can be {either}; write which as its identifier"
            )
        return found[0]

    def _of_units(self, found: Sequence[Item], row: SheetRow, unit: str) -> list[Item]:
        said = row.text("units")
        return [
            item
            for item in found
            if unit in item.matter.units
            or any(self._units.get(slug, slug) in said for slug in item.matter.units)
        ]


def _at(row: SheetRow, key: str) -> str:
    return row.cells[key].place if key in row.cells else row.place
