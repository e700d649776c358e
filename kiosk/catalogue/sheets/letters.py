"""Letters of delegation (授权委托书): which matters a letter names, and letters that are new.

The list of a letter as it is printed (附件4) names the matters alone; unit, site and day are then
given beside the file. A letter's rows are all of it: a matter without a row is not delegated.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from kiosk.catalogue.model import Delegation, Handling, Provenance
from kiosk.catalogue.sheets.columns import Column, Item
from kiosk.catalogue.sheets.edits import Edit, Target
from kiosk.catalogue.sheets.forms import MisreadError
from kiosk.catalogue.sheets.grid import Cell, CellKind
from kiosk.catalogue.sheets.lists import LISTS
from kiosk.catalogue.sheets.matching import Matching, UnmatchedError
from kiosk.catalogue.sheets.reading import Reading
from kiosk.catalogue.sheets.recognise import Sheet, SheetRow
from kiosk.catalogue.sheets.yaml_values import flow

HEAD = ("unit", "site", "since")  # what tells one letter from another
LONGEST_SLUG = 40


@dataclass(frozen=True)
class LetterHead:
    """What a printed list does not say: by the keys of the columns, as written in a cell."""

    said: Mapping[str, str] = field(default_factory=dict)

    def cell(self, key: str) -> Cell:
        """The value as a cell; its place is the option of the command."""
        return Cell(self.said.get(key, ""), CellKind.TEXT, f"--{key}")


@dataclass
class _Letter:
    """The rows of one letter; `known` is the one in the catalogue."""

    known: Delegation | None
    values: Mapping[str, object]
    place: str
    matters: dict[str, str] = field(default_factory=dict)  # slug: place
    rows: list[tuple[SheetRow, Item]] = field(default_factory=list)


class Letters:
    """Gathers the rows of all letters, then says what becomes of them."""

    def __init__(self, reading: Reading, matching: Matching, head: LetterHead) -> None:
        self._reading = reading
        self._matching = matching
        self._head = head
        self._letters: dict[tuple[str, ...], _Letter] = {}

    def row(self, sheet: Sheet, row: SheetRow) -> None:
        """Take in one matter of one letter."""
        problems = self._reading.problems
        letter = self._letter(sheet, row)
        if letter is None:
            return
        try:
            item = self._matching.item(sheet.key, row, self._unit(letter))
        except UnmatchedError as error:
            problems.append(str(error))
            return
        if item.id in letter.matters:
            problems.append(f"{row.place}: {item.id} stands in {letter.matters[item.id]} too")
            return
        letter.matters[item.id] = row.place
        if letter.known is not None:
            slugs = {**item.slugs, "letter": letter.known.slug}
            item = Item(item.id, {**item.records, "letter": letter.known}, slugs)
            self._reading.row(sheet, row, item)
        else:
            self._matter_cells(sheet, row, item)
        letter.rows.append((row, item))

    def _matter_cells(self, sheet: Sheet, row: SheetRow, item: Item) -> None:
        """The cells of a row of a new letter that speak of its matter."""
        columns = LISTS[sheet.key].columns
        mine = {k: cell for k, cell in row.cells.items() if columns[k].scope != "letter"}
        self._reading.row(sheet, SheetRow(row.place, mine), item)

    def _letter(self, sheet: Sheet, row: SheetRow) -> _Letter | None:
        known = self._reading.catalogue.delegations
        slug = row.text("letter").strip()
        if slug:
            if slug not in known:
                place = row.cells["letter"].place
                self._reading.problems.append(f"{place}: no letter {slug[:60]}; leave it empty")
                return None
            letter = known[slug]
            values = {"unit": letter.unit}
            return self._letters.setdefault((slug,), _Letter(letter, values, row.place))
        said = self._values(sheet, row)
        if said is None:
            return None
        key = tuple(str(said[name]) for name in HEAD)
        same = next((x for x in known.values() if (x.unit, x.site, str(x.since)) == key), None)
        if same is not None:
            return self._letters.setdefault((same.slug,), _Letter(same, said, row.place))
        return self._letters.setdefault(key, _Letter(None, said, row.place))

    def _values(self, sheet: Sheet, row: SheetRow) -> Mapping[str, object] | None:
        """Unit, site and days of a row, or of the options of the command."""
        values: dict[str, object] = {}
        missing = False
        for key in (*HEAD, "until", "document"):
            column: Column = LISTS["letters"].columns[key]
            cell = row.cells.get(key)
            if cell is None or not cell.text:
                cell = self._head.cell(key)
            if not cell.text:
                if key in HEAD:
                    missing = True
                    place = row.cells[key].place if key in row.cells else sheet.name
                    self._say(f"{place}: no {key} is given; fill the column, or say --{key}")
                continue
            try:
                values[key] = column.form.read(cell, self._reading.names)
            except MisreadError as error:
                missing = True
                self._say(f"{cell.place}: {error}")
        return None if missing else values

    def _say(self, problem: str) -> None:
        """What is wrong with a letter's head is wrong with each of its rows, and said once."""
        if problem not in self._reading.problems:
            self._reading.problems.append(problem)

    def _unit(self, letter: _Letter) -> str:
        """The unit that delegates, by the cells that were read."""
        if letter.known is None:
            return str(letter.values["unit"])
        edit = self._reading.edits.get(Target("letter", letter.known.slug, ("unit",)))
        return str(edit.value) if edit else letter.known.unit

    def _check(self, row: SheetRow, item: Item, unit: str) -> None:
        if unit not in item.matter.units:
            name = self._reading.names.name
            units = "、".join(name("units", slug) for slug in item.matter.units)
            self._reading.problems.append(
                f"{_at(row)}: {item.id} is a matter of {units}; "
                f"{name('units', unit)} cannot delegate it"
            )
        elif item.matter.handling is Handling.INFORM:
            self._reading.notes.append(
                f"{row.place}: {item.id} is only told of, so the letter changes nothing yet"
            )

    def finish(self) -> Mapping[str, str]:
        """Edits of known letters go to the reading; new letters come back as files by name."""
        files: dict[str, str] = {}
        taken = set(self._reading.catalogue.delegations)
        for letter in self._letters.values():
            for row, item in letter.rows:
                self._check(row, item, self._unit(letter))
            if letter.known is not None:
                self._change(letter.known, letter)
            else:
                slug = _slug(letter.values, taken)
                taken.add(slug)
                files[f"delegations/{slug}.yaml"] = _file(slug, letter.values, letter.matters)
        return files

    def _change(self, known: Delegation, letter: _Letter) -> None:
        kept = [slug for slug in known.matters if slug in letter.matters]
        matters = kept + [slug for slug in letter.matters if slug not in known.matters]
        if set(matters) != set(known.matters):
            target = Target("letter", known.slug, ("matters",))
            before, after = "、".join(known.matters), "、".join(matters)
            self._reading.edits.add(Edit(target, matters, letter.place, before, after))


def _at(row: SheetRow) -> str:
    cell = row.cells.get("unit")
    return cell.place if cell else row.place


def _slug(values: Mapping[str, object], taken: set[str]) -> str:
    since = values["since"]
    day = f"{since:%Y%m%d}" if isinstance(since, date) else ""
    parts = [str(values["site"]), str(values["unit"])]
    room = LONGEST_SLUG - len(day) - len("__99")
    stem = re.sub("_+", "_", "_".join(parts))[:room].rstrip("_")
    slug, number = f"{stem}_{day}", 1
    while slug in taken:
        number += 1
        slug = f"{stem}_{day}_{number}"
    return slug


def _file(slug: str, values: Mapping[str, object], matters: Mapping[str, str]) -> str:
    record: dict[str, object] = {"slug": slug}
    if "document" in values:  # a letter with a number is a document of the government
        record["provenance"] = Provenance.SEED.value
        record["source"] = values["document"]
    record |= {k: values[k] for k in ("site", "unit", "since", "until", "document") if k in values}
    record["matters"] = list(matters)
    lines = [f"{key}: {flow(value)}" for key, value in record.items()]
    return "# 授权委托书\ndelegations:\n  - " + "\n    ".join(lines) + "\n"
