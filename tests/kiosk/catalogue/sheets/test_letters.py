"""Letters of delegation taken in from their lists: new ones, longer ones, shorter ones."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook

from kiosk.catalogue.sheets.layout import SheetsError
from kiosk.catalogue.where import Authority
from tests.kiosk.catalogue.sheets.sample import (
    catalogue_of,
    contents,
    edit,
    exported,
    rows_to_workbook,
    sample,
    take_in,
)

HEADS = ("事项名称", "事项类型", "办件类型", "服务对象", "备注")
HEAD = {"unit": "房产局", "site": "样例支行", "since": "2026-03-01"}


def letter(tmp_path: Path, *rows: tuple[object, ...]) -> Path:
    return rows_to_workbook(tmp_path / "letter.xlsx", "Sheet1", [("授权清单",), HEADS, *rows])


def test_a_printed_list_becomes_a_letter_of_its_own(tmp_path: Path):
    folder = sample(tmp_path)
    file = letter(tmp_path, ("登记", None, "承诺件", None, None))
    done = take_in(folder, file, **HEAD, document="汨房函〔2026〕1号")
    assert done.files == (folder / "delegations/branch_housing_20260301.yaml",)
    assert done.files[0].read_text("utf-8") == (
        "# 授权委托书\n"
        "delegations:\n"
        "  - slug: branch_housing_20260301\n"
        "    provenance: seed\n"
        "    source: 汨房函〔2026〕1号\n"
        "    site: branch\n"
        "    unit: housing\n"
        "    since: 2026-03-01\n"
        "    document: 汨房函〔2026〕1号\n"
        "    matters: [home_record]\n"
    )
    catalogue = catalogue_of(folder)
    matter = catalogue.matter("home_record")
    assert Authority(catalogue, "branch", date(2026, 3, 1)).absence(matter) is None


def test_the_same_letter_again_changes_nothing(tmp_path: Path):
    folder = sample(tmp_path)
    file = letter(tmp_path, ("登记", None, "承诺件", None, None))
    take_in(folder, file, **HEAD)
    before = contents(folder)
    assert take_in(folder, file, **HEAD).changes == ()
    assert contents(folder) == before


def test_a_letter_without_unit_site_or_day_is_named(tmp_path: Path):
    folder = sample(tmp_path)
    before = contents(folder)
    with pytest.raises(SheetsError) as error:
        take_in(folder, letter(tmp_path, ("登记", None, "承诺件", None, None)), unit="房产局")
    assert error.value.problems == [
        "Sheet1: no site is given; fill the column, or say --site",
        "Sheet1: no since is given; fill the column, or say --since",
    ]
    assert contents(folder) == before


def test_an_option_that_cannot_be_read_is_named(tmp_path: Path):
    folder = sample(tmp_path)
    file = letter(tmp_path, ("登记", None, "承诺件", None, None))
    with pytest.raises(SheetsError, match="--site: unknown: 分行"):
        take_in(folder, file, **{**HEAD, "site": "分行"})


def test_a_unit_can_delegate_its_own_matters_alone(tmp_path: Path):
    folder = sample(tmp_path)
    file = letter(tmp_path, ("迁移证", "行政确认", "承诺件", None, None))
    with pytest.raises(SheetsError) as error:
        take_in(folder, file, **HEAD)
    (problem,) = error.value.problems
    assert "move_permit is a matter of 公安局; 房产局 cannot delegate it" in problem


def test_a_name_that_two_matters_have_is_refused_with_both(tmp_path: Path):
    folder = sample(tmp_path)
    file = letter(tmp_path, ("登记", None, "承诺件", None, None))
    with pytest.raises(SheetsError, match="登记 can be home_record or parking_record"):
        take_in(folder, file, **{**HEAD, "unit": "公安局"})


def test_what_a_letter_remarks_is_said_not_to_be_kept(tmp_path: Path):
    folder = sample(tmp_path)
    done = take_in(folder, letter(tmp_path, ("契税", None, "承诺件", None, "仅周一")), **HEAD)
    assert done.notes == (
        "Sheet1!E3: 备注: the catalogue does not keep it",
        "Sheet1!A3: home_tax is only told of, so the letter changes nothing yet",
    )


def test_rows_added_to_a_letter_and_taken_off_change_its_matters(tmp_path: Path):
    folder = sample(tmp_path)
    file = exported(folder, tmp_path / "all.xlsx")

    def replace(book):
        row = [cell.value for cell in book["授权清单"][2]]
        row[0], row[1], row[-1] = "登记", None, "parking_record"
        book["授权清单"].append(row)
        book["授权清单"].delete_rows(2)

    done = take_in(folder, edit(file, replace))
    assert done.changes == ("授权清单!A2: branch_police.matters: move_permit → parking_record",)
    text = (folder / "delegations/branch.yaml").read_text("utf-8")
    assert "matters: [parking_record] # one so far" in text


def test_a_letter_without_any_row_stays(tmp_path: Path):
    folder = sample(tmp_path)
    file = exported(folder, tmp_path / "all.xlsx")
    before = contents(folder)
    take_in(folder, edit(file, lambda book: book["授权清单"].delete_rows(2)))
    assert contents(folder) == before


def test_two_letters_of_one_day_have_names_of_their_own(tmp_path: Path):
    folder = sample(tmp_path)
    heads = (*HEADS, "委托单位", "受托网点", "起始日期")
    rows = [
        ("契税", None, "承诺件", None, None, "房产局", "样例支行", "2026-03-01"),
        ("契税", None, "承诺件", None, None, "房产局", "样例大厅", "2026-03-01"),
    ]
    file = rows_to_workbook(tmp_path / "l.xlsx", "授权清单", [heads, *rows])
    done = take_in(folder, file)
    assert len(done.files) == 2
    book = load_workbook(exported(folder, tmp_path / "all.xlsx"))
    assert [c.value for c in book["授权清单"]["G"]][1:] == ["样例支行", "样例支行", "样例大厅"]
