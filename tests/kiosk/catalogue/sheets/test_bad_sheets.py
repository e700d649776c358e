"""Whatever is wrong with a spreadsheet is named with its cell, and nothing is changed."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from kiosk.catalogue.sheets import archive
from kiosk.catalogue.sheets.csv_files import read_csv
from kiosk.catalogue.sheets.layout import SheetsError
from kiosk.catalogue.sheets.staging import Staged, StagingError, staged
from kiosk.catalogue.sheets.xlsx_reader import read_workbook
from tests.kiosk.catalogue.sheets.sample import (
    catalogue_of,
    changed,
    contents,
    edit,
    exported,
    place_of,
    rows_to_workbook,
    sample,
    take_in,
)

WINDOWS = ("序号", "单位名称", "事项编码", "事项名称", "事项类型", "办件类型", "服务对象", "备注")


@contextmanager
def refused(folder: Path, *said: str) -> Iterator[None]:
    """Every line is said, in this order and no other, and no file is touched."""
    before = contents(folder)
    with pytest.raises(SheetsError) as error:
        yield
    for line, problem in zip(said, error.value.problems, strict=True):
        assert line in problem
    assert contents(folder) == before


@pytest.mark.parametrize(
    ("sheet", "heading", "identity", "value", "said"),
    [
        (
            "实施清单",
            "承诺时限（工作日）",
            "home_record",
            "１５",
            "has full-width characters; write 15",
        ),
        ("实施清单", "承诺时限（工作日）", "home_record", "soon", "soon is no whole number"),
        ("实施清单", "承诺时限（工作日）", "home_record", 2.5, "2.5 is no whole number"),
        (
            "实施清单",
            "承诺时限（工作日）",
            "home_record",
            900,
            "promise_days: Input should be less",
        ),
        ("实施清单", "事项名称", "home_record", "登记 ", "begins or ends with a blank; write 登记"),
        ("实施清单", "事项名称", "home_record", "登记\n表", "has a line break"),
        ("实施清单", "事项名称", "home_record", None, "may not be empty"),
        ("实施清单", "事项名称", "home_record", '="登"&"记"', "is a formula; put its value"),
        ("实施清单", "事项名称", "home_record", 7, "is a number; format the cell as text"),
        ("实施清单", "事项编码", "move_permit", 709110002, "is a number; format the cell as text"),
        ("实施清单", "事项编码", "move_permit", "７09110002000", "write 709110002000"),
        ("实施清单", "事项编码", "move_permit", "709", "catalogue_code: String should match"),
        ("实施清单", "事项编码", "move_permit", date(2026, 1, 2), "was turned into a date"),
        ("实施清单", "事项类型", "move_permit", "许可", "许可 is none of 行政许可、"),
        ("实施清单", "责任单位", "move_permit", "公案局", "unknown: 公案局; is it 公安局?"),
        ("实施清单", "责任单位", "move_permit", "公安局\n公安局", "has a name twice"),
        ("实施清单", "事项标识", "move_permit", "move_permits", "is it move_permit?"),
        ("实施清单", "适用条件", "home_tax", "answers.x ==", "home_tax.when: "),
        (
            "实施清单",
            "申请材料",
            "home_tax",
            "户口簿",
            "cannot be changed here; change it on the list",
        ),
        ("实施清单", "办件类型", "move_permit", None, "may not be empty; it would be False"),
        ("一件事清单", "受理条件", "moving", "在本市有房", "has 1 lines instead of 2"),
        ("材料清单", "免提交方式", "moving.id_card", "口头", "口头 is none of"),
        ("负面清单", "不进驻原因（必填）", "parking_fine", None, "may not be empty"),
        ("授权清单", "起始日期", "branch_police", 46023, "write 2026-01-01"),
        ("授权清单", "起始日期", "branch_police", "2026年1月5日", "as 2026-01-05"),
        ("授权清单", "起始日期", "branch_police", "soon", "soon is no date"),
        ("授权清单", "截止日期", "branch_police", date(2025, 1, 1), "until: lies before since"),
        ("授权清单", "委托单位", "branch_police", "房产局", "房产局 cannot delegate it"),
    ],
)
def test_a_cell_that_cannot_be_right_is_named(  # noqa: PLR0917  one line is one case
    tmp_path: Path, sheet: str, heading: str, identity: str, value: object, said: str
):
    folder = sample(tmp_path)
    file = exported(folder, tmp_path / "all.xlsx")
    place = place_of(file, sheet, heading, identity)
    changed(file, {place: value})
    before = contents(folder)
    with pytest.raises(SheetsError) as error:
        take_in(folder, file)
    (problem,) = error.value.problems
    assert place in problem and said in problem
    assert contents(folder) == before


def test_everything_that_is_wrong_is_said_at_once(tmp_path: Path):
    folder = sample(tmp_path)
    file = exported(folder, tmp_path / "all.xlsx")
    changed(file, {"实施清单!P2": "１", "实施清单!P3": "two", "窗口清单!E2": "许可"})
    with refused(folder, "窗口清单!E2", "实施清单!P2", "实施清单!P3"):
        take_in(folder, file)


def test_one_value_cannot_be_two(tmp_path: Path):
    folder = sample(tmp_path)
    file = exported(folder, tmp_path / "all.xlsx")
    one = place_of(file, "窗口清单", "事项类型", "move_permit")
    two = place_of(file, "实施清单", "事项类型", "move_permit")
    changed(file, {one: "行政许可", two: "行政给付"})
    with refused(folder, f"{two}: move_permit.type is 行政给付 here, but 行政许可 in {one}"):
        take_in(folder, file)


def test_a_changed_value_may_stand_unchanged_on_another_list(tmp_path: Path):
    folder = sample(tmp_path)
    file = exported(folder, tmp_path / "all.xlsx")
    changed(file, {place_of(file, "窗口清单", "事项类型", "move_permit"): "行政许可"})
    take_in(folder, file)
    assert catalogue_of(folder).matter("move_permit").type == "01"


def test_a_record_twice_on_a_list_is_named(tmp_path: Path):
    folder = sample(tmp_path)
    file = edit(
        exported(folder, tmp_path / "all.xlsx"),
        lambda book: book["一件事清单"].append(["moving", 1, "搬家"]),
    )
    with refused(folder, "一件事清单!A4: moving stands in 一件事清单!A2 too"):
        take_in(folder, file)


def test_a_name_that_two_matters_have_is_refused_with_both(tmp_path: Path):
    folder = sample(tmp_path)
    row = (1, None, None, "登记", None, "承诺件", None, None)
    file = rows_to_workbook(tmp_path / "l.xlsx", "窗口清单", [WINDOWS, row])
    with refused(folder, "窗口清单!D2: 登记 can be home_record or parking_record"):
        take_in(folder, file)


def test_a_name_that_two_matters_have_is_known_by_its_unit(tmp_path: Path):
    folder = sample(tmp_path)
    row = (1, "房产局\n公安局", None, "登记", "行政确认", "承诺件", None, "要本人到场")
    file = rows_to_workbook(tmp_path / "l.xlsx", "窗口清单", [WINDOWS, row])
    with refused(folder, "can be home_record or parking_record"):
        take_in(folder, file)  # both are of the police as well
    row = (1, "房产局", None, "登记", "行政确认", "承诺件", None, "要本人到场")
    take_in(folder, rows_to_workbook(tmp_path / "l.xlsx", "窗口清单", [WINDOWS, row]))
    assert catalogue_of(folder).matter("home_record").units == ("housing",)


def test_an_unknown_matter_is_named_with_the_nearest(tmp_path: Path):
    folder = sample(tmp_path)
    row = (1, "公安局", None, "迁移证明", None, "承诺件", None, None)
    file = rows_to_workbook(tmp_path / "l.xlsx", "窗口清单", [WINDOWS, row])
    with refused(folder, "窗口清单!D2: no matter 迁移证明; is it 迁移证?"):
        take_in(folder, file)


def test_headings_may_stand_below_a_title_and_be_spaced(tmp_path: Path):
    folder = sample(tmp_path)
    heads = (
        "序号",
        "单位名称",
        "事项 编码",
        "事项名称 ",
        "事项类型",
        "办件类型",
        "服务对象",
        "备 注",
    )
    row = (1, "公安局", "000709110002", "迁移证", "行政确认", "即办件", "自然人", None)
    rows = [("附件 1",), (), heads, row]
    take_in(folder, rows_to_workbook(tmp_path / "l.xlsx", "Sheet1", rows))
    matter = catalogue_of(folder).matter("move_permit")
    assert matter.instant and matter.applicant == "1"


def test_headings_that_are_missing_unknown_or_double_are_named(tmp_path: Path):
    folder = sample(tmp_path)
    heads = (
        "序号",
        "单位名称",
        "事项名称",
        "事项名称",
        "事项类型",
        "办件类型",
        "服务对象",
        "备注",
        "密级",
    )
    file = rows_to_workbook(tmp_path / "l.xlsx", "甲", [heads, (1,)])
    with refused(
        folder, "甲!D1: the column 事项名称 is here twice", "甲!I1: 窗口清单 has no column 密级",
        "甲!J1: 窗口清单 needs the column 事项编码",
    ):  # fmt: skip
        take_in(folder, file)


def test_a_sheet_that_is_no_list_is_named(tmp_path: Path):
    folder = sample(tmp_path)
    file = rows_to_workbook(tmp_path / "l.xlsx", "甲", [("姓名", "电话"), ("张三", "1")])
    with refused(folder, "甲!A1: no headings of any list; there are 窗口清单、"):
        take_in(folder, file)


def test_a_cell_beside_the_columns_is_named(tmp_path: Path):
    folder = sample(tmp_path)
    file = changed(exported(folder, tmp_path / "all.xlsx"), {"窗口清单!L2": "?"})
    with refused(folder, "窗口清单!L2: stands in a column without a heading"):
        take_in(folder, file)


def test_merged_cells_and_hidden_sheets_are_named(tmp_path: Path):
    folder = sample(tmp_path)

    def spoil(book: Workbook) -> None:
        book["窗口清单"].merge_cells("B2:B3")
        book["负面清单"].sheet_state = "hidden"

    file = edit(exported(folder, tmp_path / "all.xlsx"), spoil)
    with refused(folder, "窗口清单!B2: cells B2:B3 are merged", "负面清单: is hidden"):
        take_in(folder, file)


def test_one_merged_range_over_the_whole_sheet_is_refused_at_once(tmp_path: Path):
    folder = sample(tmp_path)
    file = exported(folder, tmp_path / "all.xlsx")
    merge = b'<mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells>'
    rewrite(file, "xl/worksheets/sheet1.xml", b"</sheetData>", b"</sheetData>" + merge)
    with refused(folder, "窗口清单!A1: cells A1:XFD1048576 are merged"):
        take_in(folder, file)


def test_a_matter_that_is_only_told_of_cannot_be_on_the_list_of_windows(tmp_path: Path):
    folder = sample(tmp_path)
    file = exported(folder, tmp_path / "all.xlsx")
    place = place_of(file, "实施清单", "终端办理方式", "move_permit")
    row = place_of(file, "窗口清单", "序号", "move_permit")
    with refused(folder, f"{row}: move_permit is told of and not taken in, by {place}"):
        take_in(folder, changed(file, {place: "告知"}))


def rewrite(file: Path, part: str, old: bytes, new: bytes) -> None:
    """Change the bytes of one part of a workbook."""
    with zipfile.ZipFile(file) as book:
        parts = {info.filename: book.read(info) for info in book.infolist()}
    parts[part] = parts[part].replace(old, new)
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as book:
        for name, content in parts.items():
            book.writestr(name, content)


def zipped(**parts: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as book:
        for name, content in parts.items():
            book.writestr(name.replace("__", "/").replace("_xml", ".xml"), content)
    return stream.getvalue()


def as_workbook(**parts: bytes) -> bytes:
    kinds = {"[Content_Types]_xml": b"<Types/>", "xl__workbook_xml": b"<workbook/>"}
    return zipped(**{**kinds, **parts})


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("old.xls", archive.OLE + bytes(600), "is an old .xls or has a password"),
        ("a.xlsx", b"", "is no .xlsx workbook"),
        ("a.xlsx", b"PK\x03\x04 and then nothing", "is no .xlsx workbook"),
        ("a.xlsx", zipped(word__document_xml=b"<document/>"), "is a ZIP file, but no .xlsx"),
        ("a.xlsx", as_workbook(**{"xl__vbaProject.bin": b"x"}), "has macros; save it as .xlsx"),
        ("a.xlsx", as_workbook(), "is broken"),
        (
            "a.xlsx",
            as_workbook(xl__sharedStrings_xml=b'<!DOCTYPE a [<!ENTITY b "c">]><sst/>'),
            "is XML of a kind that no workbook has",
        ),
        (
            "a.xlsx",
            as_workbook(xl__styles_xml="<!DOCTYPE a><styles/>".encode("utf-16")),
            "is XML of a kind that no workbook has",
        ),
        ("a.csv", b"\xff\xfe\x00\xd8", "is no text in UTF-16"),
        ("a.csv", b"\xe5\xba\x8f,\xff\xff\n", "line 1: is no text in UTF-8 or GB18030"),
        ("a.csv", '序号,"单位'.encode(), "no CSV: unexpected end of data"),
        ("a.csv", b"", "a.csv: is empty"),
    ],
)
def test_a_file_that_is_no_spreadsheet_is_named(
    tmp_path: Path, name: str, content: bytes, said: str
):
    folder = sample(tmp_path)
    (tmp_path / name).write_bytes(content)
    with refused(folder, said):
        take_in(folder, tmp_path / name)


def test_a_file_that_is_not_there_is_named(tmp_path: Path):
    folder = sample(tmp_path)
    with refused(folder, "gone.xlsx: cannot be read: No such file"):
        take_in(folder, tmp_path / "gone.xlsx")


def test_a_workbook_that_unpacks_to_more_than_it_may_is_not_unpacked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    folder = sample(tmp_path)
    (tmp_path / "bomb.xlsx").write_bytes(as_workbook(xl__sharedStrings_xml=b" " * 3_000_000))
    monkeypatch.setattr(archive, "LARGEST_UNPACKED", 2_000_000)
    with refused(folder, "bomb.xlsx: unpacks to more than 2000000 bytes"):
        take_in(folder, tmp_path / "bomb.xlsx")


def test_a_part_that_is_larger_than_it_says_is_not_believed(tmp_path: Path):
    folder = sample(tmp_path)
    content = bytearray(as_workbook(xl__sharedStrings_xml=b" " * 3_000_000))
    at = content.rfind(b"PK\x01\x02")  # the directory's last entry; its size stands at byte 24
    content[at + 24 : at + 28] = struct.pack("<I", 10)
    (tmp_path / "bomb.xlsx").write_bytes(bytes(content))
    with refused(folder, "bomb.xlsx: is no .xlsx workbook"):
        take_in(folder, tmp_path / "bomb.xlsx")


def test_rows_and_columns_have_an_end(tmp_path: Path):
    folder = sample(tmp_path)
    file = changed(exported(folder, tmp_path / "all.xlsx"), {"窗口清单!XFD2": "x"})
    with refused(folder, "窗口清单!A2: the sheet has too many rows or columns"):
        take_in(folder, file)
    file = changed(exported(folder, tmp_path / "all.xlsx"), {"窗口清单!A1048576": "x"})
    with refused(folder, "窗口清单!A1048576: the sheet has too many rows or columns"):
        take_in(folder, file)


def test_rows_beyond_what_a_sheet_says_of_its_size_are_read(tmp_path: Path):
    folder = sample(tmp_path)
    file = exported(folder, tmp_path / "all.xlsx")
    place = place_of(file, "窗口清单", "备注", "parking_record")
    changed(file, {place: "要本人到场"})
    size = load_workbook(file)["窗口清单"].dimensions.encode()
    rewrite(file, "xl/worksheets/sheet1.xml", b'ref="' + size + b'"', b'ref="A1:B2"')
    take_in(folder, file)
    visit = catalogue_of(folder).matter("parking_record").visit
    assert visit and visit.zh == "要本人到场"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", "\t"])
def test_csv_is_read_as_spreadsheets_write_it(tmp_path: Path, encoding: str, delimiter: str):
    folder = sample(tmp_path)
    row = ("1", "公安局", "000709110002", "迁移证", "行政许可", "即办件", "", "")
    text = "\r\n".join(delimiter.join(line) for line in (WINDOWS, row))
    (tmp_path / "清单.csv").write_bytes(text.encode(encoding))
    take_in(folder, tmp_path / "清单.csv")
    assert catalogue_of(folder).matter("move_permit").type == "01"


def test_files_that_change_meanwhile_are_left_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    folder = sample(tmp_path)
    file = exported(folder, tmp_path / "all.xlsx")
    changed(file, {place_of(file, "一件事清单", "承诺时限（工作日）", "moving"): 7})
    event = folder / "life_events/01-moving.yaml"
    load = Staged.load

    def loaded_while_somebody_writes(self: Staged) -> object:
        event.write_text(event.read_text("utf-8") + "# mine\n", "utf-8")
        return load(self)

    monkeypatch.setattr(Staged, "load", loaded_while_somebody_writes)
    with pytest.raises(SheetsError, match="was changed meanwhile; try again"):
        take_in(folder, file)
    assert event.read_text("utf-8").endswith("# mine\n")


def test_when_one_file_cannot_be_written_the_others_are_put_back(tmp_path: Path):
    folder = sample(tmp_path)
    with staged(folder) as copy:
        copy.write("units/all.yaml", copy.read("units/all.yaml") + "# more\n")
        copy.write("layouts/new.yaml", "layouts: []\n")
        (folder / "layouts").write_text("a file where a folder is to be", "utf-8")
        before = contents(folder)
        with pytest.raises(StagingError, match="layouts: cannot be written"):
            copy.commit()
    assert contents(folder) == before


CELLS = st.one_of(
    st.none(),
    st.sampled_from(
        ["迁移证", "登记", "公安局", "move_permit", "=1+1", "１", "即办件", "2026-01-01"]
    ),
    st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=8),
    st.integers(),
    st.floats(allow_nan=False, allow_infinity=False),
    st.booleans(),
    st.dates(),
)


@settings(max_examples=40, deadline=None)
@given(rows=st.lists(st.lists(CELLS, max_size=10), max_size=5), letters=st.booleans())
def test_any_cells_are_taken_in_or_named(
    rows: list[list[object]], letters: bool, tmp_path_factory: pytest.TempPathFactory
):
    tmp_path = tmp_path_factory.mktemp("any")
    folder = sample(tmp_path)
    heads = (
        "事项名称",
        "事项类型",
        "办件类型",
        "服务对象",
        "备注",
        "委托单位",
        "受托网点",
        "起始日期",
    )
    book = rows_to_workbook(tmp_path / "l.xlsx", "甲", [heads if letters else WINDOWS, *rows])
    before = contents(folder)
    try:
        done = take_in(folder, book)
    except SheetsError as error:
        assert error.problems
        assert all(problem.startswith("甲!") for problem in error.problems)
        assert contents(folder) == before
    else:
        assert bool(done.files) == (contents(folder) != before)
        catalogue_of(folder)


@settings(max_examples=150, deadline=None)
@given(content=st.binary(max_size=300), start=st.sampled_from([b"", b"PK\x03\x04", archive.OLE]))
def test_any_bytes_are_read_or_refused(content: bytes, start: bytes):
    for read in (read_workbook, read_csv):
        try:
            read("any", start + content)
        except SheetsError as error:
            assert error.problems


BOOK = io.BytesIO()
_book = Workbook()
_book.active.append(list(WINDOWS))
_book.active.append([1, "公安局", date(2026, 1, 1)])
_book.save(BOOK)


@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_any_damage_to_a_part_of_a_workbook_is_read_or_refused(data: st.DataObject):
    with zipfile.ZipFile(BOOK) as book:
        parts = {info.filename: bytearray(book.read(info)) for info in book.infolist()}
    part = parts[data.draw(st.sampled_from(sorted(parts)))]
    at = data.draw(st.integers(0, len(part)))
    length = data.draw(st.sampled_from([0, 1, 5, 60]))
    part[at : at + length] = data.draw(
        st.one_of(st.binary(max_size=6), st.sampled_from([b"-1", b"1e999", b"x", b'" r="']))
    )
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as book:
        for name, content in parts.items():
            book.writestr(name, bytes(content))
    try:
        read_workbook("any", stream.getvalue())
    except SheetsError as error:
        assert error.problems
