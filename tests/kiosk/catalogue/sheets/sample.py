"""A small catalogue for spreadsheets: two life events, five matters, one letter."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import Cell

from kiosk.catalogue.load import load_catalogue
from kiosk.catalogue.model import Catalogue
from kiosk.catalogue.sheets.export import export
from kiosk.catalogue.sheets.importing import Imported, import_sheets
from kiosk.catalogue.sheets.layout import Layouts, load_layouts
from kiosk.catalogue.sheets.letters import LetterHead
from tests.harness.walk import ROOT

LAYOUTS: Layouts = load_layouts(ROOT / "config/sheets")

FILES = {
    "units/all.yaml": """\
# Who handles matters.
units:
  - { slug: police, name: { zh: 公安局, en: Police } }
  - { slug: housing, name: { zh: 房产局, en: Housing Bureau }, phone: 0700-1234567 }
""",
    "service_points/all.yaml": """\
service_points:
  - { slug: branch, name: { zh: 样例支行, en: Sample branch } }
  - { slug: hall, name: { zh: 样例大厅, en: Sample hall } }
""",
    "regions.yaml": 'regions:\n  "430000000000": {zh: 湖南省, en: Hunan Province}\n',
    "elements/10-all.yaml": """\
elements:
  - slug: applicant_name
    name: { zh: 姓名, en: Name }
    question: { zh: 您叫什么名字？, en: What is your name? }
    kind: chinese
  - slug: phone
    name: { zh: 电话, en: Phone }
    question: { zh: 电话是多少？, en: Which number? }
    kind: digits
""",
    "delegations/branch.yaml": """\
# The first letter.
delegations:
  - slug: branch_police
    site: branch
    unit: police
    since: 2026-01-01
    matters: [move_permit] # one so far
""",
    "life_events/01-moving.yaml": """\
# 搬家. Doubts: none.
slug: moving
number: 1
name: { zh: 搬家, en: Moving home }
summary: { zh: 户口和房子, en: Household and home }
icon: home
life_cycle: person
lead_units: [police]
guide:
  conditions:
    - { zh: 在本市有房, en: You own a home here }
    - { zh: 年满十八岁, en: You are 18 }
  way: { zh: 在这里办, en: Handled here }
  limit_days: 5  # as published
matters:
  - slug: move_permit
    annex: T01-01
    name: { zh: 迁移证, en: Permit to move }
    units: [police]
    handling: apply
    type: "07"
    catalogue_code: 000709110002
    trips: 0
    elements: [applicant_name, phone]
  # the one that takes long
  - slug: home_record
    name: { zh: 登记, en: Record of the home }
    units:
      - housing
      - police
    handling: book
    promise_days: 20 # working days
    visit: { zh: 要本人到场, en: Come in person }
    elements: [applicant_name]
  - slug: home_tax
    name: { zh: 契税, en: Deed tax }
    units: [housing]
    handling: inform
materials:
  - slug: id_card
    name: { zh: 身份证, en: ID card }
    matters: [move_permit, home_record]
    exemption: submit
    copies: 1
""",
    "life_events/02-parking.yaml": """\
slug: parking
number: 2
name: { zh: 停车, en: Parking }
summary: { zh: 车位, en: A place to park }
icon: car
life_cycle: person
lead_units: [police]
guide: { way: { zh: 在这里办, en: Handled here }, consult_phone: 0700-7654321 }
service_points: [hall]
matters:
  - slug: parking_record
    name: { zh: 登记, en: Record }
    units: [police]
    handling: apply
    trips: 1
  - slug: parking_fine
    name: { zh: 罚款, en: Fine }
    units: [police]
    handling: inform
    instant: true
    visit: { zh: 要当面处理, en: In person }
""",
}


def sample(folder: Path) -> Path:
    """Write the catalogue; its folder."""
    for name, text in FILES.items():
        file = folder / "catalogue" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")
    return folder / "catalogue"


def contents(folder: Path) -> dict[str, bytes]:
    """Every file of a catalogue, byte for byte."""
    return {
        str(file.relative_to(folder)): file.read_bytes()
        for file in sorted(folder.rglob("*"))
        if file.is_file()
    }


def exported(folder: Path, file: Path) -> Path:
    """The catalogue as a workbook."""
    export(load_catalogue(folder), LAYOUTS, file)
    return file


def changed(file: Path, cells: Mapping[str, object]) -> Path:
    """A workbook with cells changed: `{"实施清单!D2": "新名称"}`."""
    book = load_workbook(file)
    for place, value in cells.items():
        sheet, _, cell = place.partition("!")
        book[sheet][cell] = value
    book.save(file)
    return file


def edit(file: Path, change: Callable[[Workbook], object]) -> Path:
    """A workbook after anything was done to it."""
    book = load_workbook(file)
    change(book)
    book.save(file)
    return file


def place_of(file: Path, sheet: str, heading: str, identity: str) -> str:
    """Where the cell of a record stands: `实施清单!D3`."""
    rows = load_workbook(file)[sheet].iter_rows()
    head = next(rows)
    column = next(c.column_letter for c in head if c.value == heading)
    for row in rows:
        if identity in [cell.value for cell in row]:
            first: Cell = row[0]
            return f"{sheet}!{column}{first.row}"
    raise AssertionError(f"{sheet} has no row of {identity}")


def rows_to_workbook(file: Path, sheet: str, rows: Iterable[Sequence[object]]) -> Path:
    """A workbook as somebody writes it by hand."""
    book = Workbook()
    book.remove(book.worksheets[0])
    page = book.create_sheet(sheet)
    for row in rows:
        page.append(list(row))
    book.save(file)
    return file


def take_in(folder: Path, *files: Path, **said: str) -> Imported:
    """Import files; `said` is what a letter's list does not say."""
    return import_sheets(files, folder, LAYOUTS, LetterHead(said))


def catalogue_of(folder: Path) -> Catalogue:
    """The catalogue as it is now."""
    return load_catalogue(folder)
