"""What goes to a spreadsheet comes back: unchanged byte for byte, changed as that one value."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
import yaml
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from kiosk.catalogue.sheets.columns import Role
from kiosk.catalogue.sheets.export import export
from kiosk.catalogue.sheets.forms import Count, Words
from kiosk.catalogue.sheets.lists import LISTS
from kiosk.catalogue.sheets.tables import tables
from kiosk.catalogue.sheets.yaml_edit import comments
from kiosk.catalogue.sheets.yaml_values import LOADER
from tests.harness.walk import ROOT
from tests.kiosk.catalogue.sheets.sample import (
    LAYOUTS,
    catalogue_of,
    changed,
    contents,
    exported,
    place_of,
    sample,
    take_in,
)


def test_a_workbook_that_was_not_changed_changes_nothing(tmp_path: Path):
    folder = tmp_path / "shipped"
    shutil.copytree(ROOT / "config/catalogue", folder)
    before = contents(folder)
    done = take_in(folder, exported(folder, tmp_path / "all.xlsx"))
    assert done.changes == () and done.files == ()
    assert contents(folder) == before


def test_csv_files_that_were_not_changed_change_nothing(tmp_path: Path):
    folder = tmp_path / "shipped"
    shutil.copytree(ROOT / "config/catalogue", folder)
    before = contents(folder)
    files = export(catalogue_of(folder), LAYOUTS, tmp_path / "csv")
    assert len(files) == len(LAYOUTS.lists)
    assert take_in(folder, *files).changes == ()
    assert contents(folder) == before


def test_a_changed_cell_changes_one_line_of_one_file(tmp_path: Path):
    folder = sample(tmp_path)
    before = (folder / "life_events/01-moving.yaml").read_text("utf-8")
    file = exported(folder, tmp_path / "all.xlsx")
    place = place_of(file, "实施清单", "承诺时限（工作日）", "home_record")
    done = take_in(folder, changed(file, {place: 15}))
    assert done.changes == (f"{place}: home_record.promise_days: 20 → 15",)
    after = (folder / "life_events/01-moving.yaml").read_text("utf-8")
    assert after == before.replace("promise_days: 20 #", "promise_days: 15 #")


def test_a_value_that_was_missing_is_put_in(tmp_path: Path):
    folder = sample(tmp_path)
    file = exported(folder, tmp_path / "all.xlsx")
    place = place_of(file, "实施清单", "法定时限（工作日）", "move_permit")
    take_in(folder, changed(file, {place: 30}))
    text = (folder / "life_events/01-moving.yaml").read_text("utf-8")
    assert "    catalogue_code: 000709110002\n    legal_days: 30\n    trips: 0\n" in text


def test_a_new_text_gets_english_that_says_it_is_missing(tmp_path: Path):
    folder = sample(tmp_path)
    file = exported(folder, tmp_path / "all.xlsx")
    place = place_of(file, "负面清单", "不进驻原因（必填）", "home_tax")
    done = take_in(folder, changed(file, {place: "到税务大厅办"}))
    visit = catalogue_of(folder).matter("home_tax").visit
    assert visit and visit.zh == "到税务大厅办"
    assert visit.en == "To be translated: dao shui wu da ting ban"
    assert done.notes == (f"{place}: home_tax.visit.zh: look at the English text too",)


def test_a_cell_that_was_emptied_takes_the_value_away(tmp_path: Path):
    folder = sample(tmp_path)
    file = exported(folder, tmp_path / "all.xlsx")
    cells = {
        place_of(file, "实施清单", "承诺时限（工作日）", "home_record"): None,
        place_of(file, "实施清单", "到场或不进驻说明", "home_record"): None,
    }
    take_in(folder, changed(file, cells))
    matter = catalogue_of(folder).matter("home_record")
    assert matter.promise_days is None and matter.visit is None
    assert "# working days" in (folder / "life_events/01-moving.yaml").read_text("utf-8")


def test_units_are_written_by_their_names(tmp_path: Path):
    folder = sample(tmp_path)
    file = exported(folder, tmp_path / "all.xlsx")
    place = place_of(file, "窗口清单", "单位名称", "move_permit")
    take_in(folder, changed(file, {place: "房产局、公安局"}))
    assert catalogue_of(folder).matter("move_permit").units == ("housing", "police")


def test_one_line_of_a_list_of_texts_is_changed(tmp_path: Path):
    folder = sample(tmp_path)
    file = exported(folder, tmp_path / "all.xlsx")
    place = place_of(file, "一件事清单", "受理条件", "moving")
    take_in(folder, changed(file, {place: "在本市有房\n年满二十岁"}))
    conditions = catalogue_of(folder).life_event("moving").guide.conditions
    assert [text.zh for text in conditions] == ["在本市有房", "年满二十岁"]


def test_a_matter_put_on_the_negative_list_is_told_of_from_now_on(tmp_path: Path):
    folder = sample(tmp_path)
    file = exported(folder, tmp_path / "list.xlsx")
    book = load_workbook(file)
    for name in book.sheetnames:
        if name != "负面清单":
            del book[name]
    book["负面清单"].append([3, "公安局", None, "迁移证", "行政确认", None, None, "要当面核对"])
    book.save(file)
    take_in(folder, file)
    matter = catalogue_of(folder).matter("move_permit")
    assert matter.handling == "inform"
    assert matter.visit and matter.visit.zh == "要当面核对"


def test_a_matter_put_on_the_online_list_needs_no_visit(tmp_path: Path):
    folder = sample(tmp_path)
    file = exported(folder, tmp_path / "list.xlsx")
    book = load_workbook(file)
    for name in book.sheetnames:
        if name != "全程网办清单":
            del book[name]
    book["全程网办清单"].append(
        [2, "公安局", None, None, "登记", None, None, None, "parking_record"]
    )
    book.save(file)
    take_in(folder, file)
    assert catalogue_of(folder).matter("parking_record").trips == 0


def test_a_trial_says_what_would_change_and_changes_nothing(tmp_path: Path):
    from kiosk.catalogue.sheets.importing import import_sheets  # noqa: PLC0415

    folder = sample(tmp_path)
    before = contents(folder)
    file = exported(folder, tmp_path / "all.xlsx")
    changed(file, {place_of(file, "一件事清单", "承诺时限（工作日）", "moving"): 7})
    done = import_sheets([file], folder, LAYOUTS, trial=True)
    assert len(done.changes) == 1 and done.files == (folder / "life_events/01-moving.yaml",)
    assert contents(folder) == before


def test_the_sheet_is_ready_to_be_printed(tmp_path: Path):
    book = load_workbook(exported(sample(tmp_path), tmp_path / "all.xlsx"))
    sheet = book["窗口清单"]
    assert [cell.value for cell in sheet[1]][:8] == [
        "序号", "单位名称", "事项编码", "事项名称", "事项类型", "办件类型", "服务对象", "备注",
    ]  # fmt: skip
    assert sheet.freeze_panes == "A2" and sheet.print_title_rows == "$1:$1"
    assert sheet["C2"].value == "000709110002" and sheet["C2"].number_format == "@"
    assert sheet["D2"].alignment.wrap_text


def editable() -> list[tuple[str, str, bool]]:
    """Every column of texts and numbers that can be changed: list, heading, whether a number."""
    found = []
    for key, layout in LAYOUTS.lists.items():
        for column in layout.columns:
            what = LISTS[key].columns[column.key]
            free = isinstance(what.form, Words | Count) and column.key != "source"
            # Figures of the reductions and fees are given together or not at all.
            if what.role is Role.CARRIED and free and not {"reductions", "fee"} & set(what.path):
                found.append((key, column.key, isinstance(what.form, Count)))
    return found


CHINESE = st.text(
    st.sampled_from("办事窗口登记一二3A，。#:-'\"&={}[]|>%@`* "), min_size=1, max_size=20
)


@settings(
    max_examples=20,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    phases=(Phase.reuse, Phase.generate),  # to make a failure smaller takes minutes here
)
@given(data=st.data())
def test_changed_cells_and_nothing_else_come_back(
    data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
):
    tmp_path = tmp_path_factory.mktemp("trip")
    folder = sample(tmp_path)
    before = tables(catalogue_of(folder), LAYOUTS)
    wanted: dict[tuple[str, str, str], str] = {}
    cells: dict[str, object] = {}
    file = exported(folder, tmp_path / "all.xlsx")
    picked = data.draw(st.lists(st.sampled_from(editable()), min_size=1, max_size=3, unique=True))
    for key, column, number in picked:
        table = before[key]
        english = LISTS[key].columns[column].path[-1:] == ("en",)
        # English stands only beside Chinese.
        rows = [row for row in table.rows if row.cells[column] or not english]
        if not rows:
            continue
        row = data.draw(st.sampled_from(rows))
        value = data.draw(st.integers(1, 20)) if number else data.draw(CHINESE).strip("= ") or "空"
        heading = next(c.heading for c in table.layout.columns if c.key == column)
        cells[place_of(file, table.layout.sheet, heading, row.item.id)] = value
        wanted[key, row.item.id, column] = str(value)
    targets = {(LISTS[k].columns[c].scope, i, LISTS[k].columns[c].path) for k, i, c in wanted}
    if len(targets) < len(wanted):
        return  # one value by two cells; that they may not differ is another test
    commented = {
        name: list(comments(text := content.decode(), yaml.compose(text, LOADER)))
        for name, content in contents(folder).items()
    }
    take_in(folder, changed(file, cells))
    after = tables(catalogue_of(folder), LAYOUTS)
    for (key, identity, column), text in wanted.items():
        assert {r.item.id: r.cells[column] for r in after[key].rows}[identity] == text
    for name, content in contents(folder).items():
        text = content.decode()
        assert list(comments(text, yaml.compose(text, LOADER))) == commented[name]
    again = exported(folder, tmp_path / "again.xlsx")
    written = contents(folder)
    assert take_in(folder, again).changes == ()
    assert contents(folder) == written
