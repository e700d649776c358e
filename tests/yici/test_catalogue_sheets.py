"""`yici catalogue export` and `import` as somebody at a keyboard has them."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import load_workbook
from typer.testing import CliRunner, Result

from tests.kiosk.catalogue.sheets.sample import changed, contents, place_of, sample
from yici.command import app

GUIDES = Path(__file__).resolve().parents[1] / "kiosk/catalogue/guides"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return sample(tmp_path)


def yici(folder: Path, *words: object) -> Result:
    said = ["catalogue", *map(str, words), "--catalogue", str(folder)]
    return CliRunner().invoke(app, said)


def test_what_is_exported_changed_and_imported_is_in_the_catalogue(folder: Path, tmp_path: Path):
    file = tmp_path / "lists.xlsx"
    assert yici(folder, "export", file).stdout.strip() == str(file)
    place = place_of(file, "实施清单", "承诺时限（工作日）", "home_record")
    changed(file, {place: 15})
    tried = yici(folder, "import", file, "--trial")
    assert tried.exit_code == 0 and "1 values; would change" in tried.stdout
    done = yici(folder, "import", file)
    assert done.exit_code == 0
    assert f"{place}: home_record.promise_days: 20 → 15" in done.stdout
    assert "promise_days: 15 # working days" in (folder / "life_events/01-moving.yaml").read_text(
        "utf-8"
    )
    assert "0 values; changed: nothing" in yici(folder, "import", file).stdout


def test_one_list_is_exported_by_its_name(folder: Path, tmp_path: Path):
    assert yici(folder, "export", tmp_path / "a.xlsx", "--list", "授权清单").exit_code == 0
    assert load_workbook(tmp_path / "a.xlsx").sheetnames == ["授权清单"]
    done = yici(folder, "export", tmp_path / "csv", "--list", "windows")
    assert done.stdout.strip() == str(tmp_path / "csv/窗口清单.csv")
    unknown = yici(folder, "export", tmp_path / "b.xlsx", "--list", "清单")
    assert unknown.exit_code == 1 and "no list 清单; there are windows" in unknown.stderr
    assert not (tmp_path / "b.xlsx").exists()


def test_cells_that_cannot_be_right_are_said_and_nothing_is_changed(folder: Path, tmp_path: Path):
    file = tmp_path / "lists.xlsx"
    yici(folder, "export", file)
    place = place_of(file, "窗口清单", "事项类型", "move_permit")
    before = contents(folder)
    done = yici(folder, "import", changed(file, {place: "许可"}))
    assert done.exit_code == 1
    assert done.stderr.startswith("Nothing was changed.\n")
    assert f"{place}: 事项类型: 许可 is none of 行政许可、" in done.stderr
    assert contents(folder) == before


def test_a_printed_letter_is_imported_with_its_head(folder: Path, tmp_path: Path):
    (tmp_path / "授权.csv").write_text(
        "事项名称,事项类型,办件类型,服务对象,备注\n登记,,承诺件,,\n", "gb18030"
    )
    head = ("--unit", "房产局", "--site", "样例支行", "--since", "2026-03-01")
    done = yici(folder, "import", tmp_path / "授权.csv", *head)
    assert done.exit_code == 0, done.stderr
    assert (folder / "delegations/branch_housing_20260301.yaml").exists()


def test_a_guide_becomes_a_draft(folder: Path):
    done = yici(folder, "import", GUIDES / "bare.json", "--life-cycle", "project")
    assert done.exit_code == 0, done.stderr
    assert "doubt: no matter is named" in done.stdout
    assert done.stdout.splitlines()[-1].startswith("30 cai_yuan_rong_zi_fu_wu")
    assert list((folder / "life_events").glob("30-*.yaml"))


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("bare.json", "--unit", "公安局"), "A guide (.json) is imported by itself."),
        (("bare.json", "--since", "soon"), "--since soon: write 2026-01-31"),
        (("gone.csv", "--replace"), "These options are for guides (.json)."),
        (("gone.json",), "gone.json: cannot be read"),
        (("gone.csv",), "gone.csv: cannot be read"),
    ],
)
def test_words_that_do_not_go_together_are_refused(folder: Path, words: tuple[str, ...], said: str):
    before = contents(folder)
    done = yici(folder, "import", GUIDES / words[0], *words[1:])
    assert done.exit_code in (1, 2) and said in done.stderr
    assert "Nothing was changed." in done.stderr
    assert contents(folder) == before
