"""What rows ask for: each cell that no longer says what the catalogue says is an edit."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kiosk.catalogue.model import Catalogue, Handling, Text
from kiosk.catalogue.sheets.columns import Column, Item, Role, value_at
from kiosk.catalogue.sheets.edits import Edit, Edits, Target
from kiosk.catalogue.sheets.english import untranslated
from kiosk.catalogue.sheets.forms import Lines, MisreadError
from kiosk.catalogue.sheets.grid import Cell, CellKind
from kiosk.catalogue.sheets.layout import ColumnLayout
from kiosk.catalogue.sheets.lists import LISTS
from kiosk.catalogue.sheets.names import Names
from kiosk.catalogue.sheets.recognise import Sheet, SheetRow
from kiosk.catalogue.sheets.yaml_edit import ABSENT


class Reading:
    """Reads rows against a catalogue into `edits`, and says what is wrong or not kept."""

    def __init__(self, catalogue: Catalogue, names: Names, problems: list[str]) -> None:
        self.catalogue = catalogue
        self.names = names
        self.problems = problems
        self.notes: list[str] = []
        self.edits = Edits(problems)

    def row(self, sheet: Sheet, row: SheetRow, item: Item) -> None:
        """Take in every changed cell of a row."""
        for layout in sheet.layout.columns:
            cell = row.cells.get(layout.key)
            if cell is not None:
                column = LISTS[sheet.key].columns[layout.key]
                try:
                    for edit in self._edits_of(column, layout, cell, item):
                        self.edits.add(edit)
                except MisreadError as error:
                    self.problems.append(f"{cell.place}: {layout.heading}: {error}")

    def _edits_of(
        self, column: Column, layout: ColumnLayout, cell: Cell, item: Item
    ) -> Iterator[Edit]:
        if column.role in (Role.IDENTITY, Role.COUNTED):
            return
        current = column.text(item, self.catalogue, self.names)
        if cell.text == current and cell.kind is not CellKind.FORMULA:
            return
        if cell.kind in (CellKind.FORMULA, CellKind.OTHER):
            what = "a formula" if cell.kind is CellKind.FORMULA else "no text, number or date"
            raise MisreadError(f"is {what}; put its value in the cell")
        missing = cell.text in ("", self.names.words.missing)
        if missing and (not current or current == self.names.words.missing):
            if layout.filled and not cell.text:
                raise MisreadError(f"may not be empty; write {self.names.words.missing} if need be")
            return
        if column.role is Role.SHOWN:
            if not missing:
                raise MisreadError(
                    f"is {current[:40] or 'empty'} and cannot be changed here; {column.remedy}"
                )
        elif column.role is Role.UNKEPT:
            self.notes.append(f"{cell.place}: {layout.heading}: the catalogue does not keep it")
        elif missing and layout.filled:
            raise MisreadError("may not be empty")
        else:
            yield from self._carried(column, cell, item, missing=missing)

    def _carried(self, column: Column, cell: Cell, item: Item, *, missing: bool) -> Iterator[Edit]:
        slug = item.slugs[column.scope]
        before = column.text(item, self.catalogue, self.names)
        if missing:
            path = column.path[:-1] if column.whole else column.path
            yield Edit(Target(column.scope, slug, path), ABSENT, cell.place, before)
            return
        value = column.form.read(cell, self.names)
        if isinstance(column.form, Lines) and isinstance(value, list):
            texts = value_at(item.records[column.scope], column.path)
            yield from self._lines(Target(column.scope, slug, column.path), texts, value, cell)
            return
        yield Edit(Target(column.scope, slug, column.path), value, cell.place, before, cell.text)

    def _lines(
        self, target: Target, texts: Sequence[Text], lines: Sequence[str], cell: Cell
    ) -> Iterator[Edit]:
        if len(lines) != len(texts):
            raise MisreadError(
                f"has {len(lines)} lines instead of {len(texts)}; "
                "lines are added and taken away in the YAML file"
            )
        for number, (text, line) in enumerate(zip(texts, lines, strict=True)):
            if line != text.zh:
                path = (*target.path, number, "zh")
                place = Target(target.scope, target.slug, path)
                yield Edit(place, line, cell.place, text.zh, line)

    def membership(self, sheet: Sheet, row: SheetRow, item: Item) -> None:
        """Standing on a list says something too: not here at all, or without any visit."""
        target = Target("matter", item.id, ())
        place = row.place
        if sheet.key == "negative" and item.matter.handling is not Handling.INFORM:
            path = Target("matter", item.id, ("handling",))
            inform = Handling.INFORM.value
            self.edits.add(Edit(path, inform, place, item.matter.handling.value, inform))
        elif sheet.key == "online" and item.matter.trips != 0:
            before = "" if item.matter.trips is None else str(item.matter.trips)
            self.edits.add(Edit(Target("matter", target.slug, ("trips",)), 0, place, before, "0"))

    def on_two_lists(self, sheet: Sheet, row: SheetRow, item: Item) -> None:
        """A matter on the list of windows must be one that is taken there."""
        if sheet.key != "windows":
            return
        edit = self.edits.get(Target("matter", item.id, ("handling",)))
        handling = edit.value if edit else item.matter.handling.value
        if handling == Handling.INFORM.value:
            where = f", by {edit.place}" if edit else ""
            self.problems.append(
                f"{row.place}: {item.id} is told of and not taken in{where}; take the row off, "
                "or say on the implementation list how it is handled"
            )

    def add_english(self) -> None:
        """A text that is new gets English that says it is missing; a changed one is named."""
        for edit in self.edits:
            target = edit.target
            if target.path[-1:] != ("zh",):
                continue
            other = Target(target.scope, target.slug, (*target.path[:-1], "en"))
            if self.edits.get(other) is not None:
                continue
            if edit.before in ("", self.names.words.missing):
                said = untranslated(str(edit.value))
                self.edits.add(Edit(other, said, edit.place, "", said))
            self.notes.append(f"{edit.place}: {target}: look at the English text too")
