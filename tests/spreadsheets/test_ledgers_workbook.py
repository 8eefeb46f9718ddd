"""Files to grids: real workbooks of every accepted kind, and those that must be refused with a sentence."""

import io
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
import xlwt

from pipeline.records.limits import DEFAULT_LIMITS, ReadingLimits
from pipeline.records.settings import OfficeSettings
from pipeline.records.severity import Severity
from pipeline.spreadsheets.grid import Cell, Grid, address, column_letters
from pipeline.spreadsheets.ledger_paths import ledger_paths
from pipeline.spreadsheets.refusals import UnreadableFile
from pipeline.tables.reader import read_ledgers
from tests.grids_read import read_grids
from tests.ledger_sheets import HEAD, UNIT_LINE, project, write

SHEET = "xl/worksheets/sheet1.xml"
STRINGS = "xl/sharedStrings.xml"
Change = Callable[[bytes], bytes]


def rebuilt(source: Path, target: Path, changes: dict[str, Change], extra: dict[str, bytes] | None = None) -> Path:
    """A package with some parts changed and others added."""
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, changes.get(name, bytes)(old.read(name)))
        for name, data in (extra or {}).items():
            new.writestr(name, data)
    return target


def put(before: bytes, after: bytes) -> Change:
    def change(data: bytes) -> bytes:
        assert before in data
        return data.replace(before, after, 1)

    return change


def plain(tmp_path: Path) -> Path:
    return write(tmp_path, [[UNIT_LINE], HEAD, project("甲项目", 50000.25)])


def texts(grid: Grid) -> list[list[str]]:
    return [[cell.text for cell in row] for row in grid.rows]


# --- what is read -----------------------------------------------------------------------------------------


def test_values_of_a_workbook_keep_their_type_and_exact_figure(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet("台账")
    day, moment = (
        book.add_format({"num_format": "yyyy-mm-dd"}),
        book.add_format({"num_format": "yyyy-mm-dd hh:mm"}),
    )
    percent, own = book.add_format({"num_format": "0%"}), book.add_format({"num_format": '0.0%"完成"'})
    sheet.write_row(0, 0, [" 文字 ", 0.1 + 0.2, 12345678.9, 0, -3, True, False])
    sheet.write_datetime(1, 0, datetime(2027, 3, 1), day)  # noqa: DTZ001 - Excel knows no zone
    sheet.write_datetime(1, 1, datetime(2027, 3, 28, 17, 5), moment)  # noqa: DTZ001 - Excel knows no zone
    sheet.write_number(1, 2, 0.85, percent)
    sheet.write_number(1, 3, 0.5, own)
    sheet.merge_range(2, 0, 3, 1, "合并")
    book.close()
    (grid,) = read_grids(path)
    assert grid.sheet == "台账"
    first, second = grid.rows[0], grid.rows[1]
    assert [cell.value for cell in first] == [
        "文字",
        Decimal("0.3"),
        Decimal("12345678.9"),
        0,
        -3,
        True,
        False,
    ]
    assert [cell.text for cell in first] == ["文字", "0.3", "12345678.9", "0", "-3", "是", "否"]
    assert (second[0].text, second[1].text) == ("2027-03-01", "2027-03-28 17:05")
    assert second[1].value == datetime(2027, 3, 28, 17, 5)  # noqa: DTZ001 - Excel knows no zone
    assert [cell.percent_format for cell in second[:4]] == [False, False, True, False]
    assert second[3].value == "50%完成"  # judged as the same words would be if they were typed
    assert [(m.top, m.left, m.bottom, m.right) for m in grid.merges] == [(2, 0, 3, 1)]
    assert grid.at(0, 0).text == "文字"
    assert grid.at(99, 0).blank
    assert grid.at(0, 99).blank


def test_errors_and_formulas_without_a_result_are_flaws_not_blanks(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (["#REF!", "=1+1", "好"], ["#DIV/0!", 5, ""]):
        sheet.append(row)
    book.save(path)
    (grid,) = read_grids(path)
    reference, formula, good = grid.rows[0]
    assert (reference.text, reference.flaw) == ("#REF!", "单元格是错误值#REF!")
    assert formula.flaw == "公式没有保存计算结果，请用WPS表格打开并保存一次"
    assert not formula.blank
    assert good == Cell("好", "好")
    assert grid.rows[1][0].flaw
    assert not grid.rows[1][1].flaw


def test_a_formula_with_its_stored_result_is_that_result(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet()
    sheet.write_formula(0, 0, "=1+1", None, 2)
    sheet.write_formula(0, 1, '=""&"甲"', None, "甲")
    book.close()
    assert texts(read_grids(path)[0]) == [["2", "甲"]]


def test_hidden_rows_and_sheets_are_marked(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    book = xlsxwriter.Workbook(path)
    shown, hidden, deep = (book.add_worksheet(name) for name in ("台账", "旧", "更旧"))
    shown.write_column(0, 0, ["甲", "乙", "丙"])
    shown.set_row(1, None, None, {"hidden": True})
    hidden.write(0, 0, "甲")
    hidden.hide()
    deep.very_hidden()
    book.close()
    grids = read_grids(path)
    assert [(grid.sheet, grid.hidden) for grid in grids] == [("台账", False), ("旧", True), ("更旧", True)]
    assert grids[0].hidden_rows == {1}


def xls(path: Path) -> Path:
    book = xlwt.Workbook()
    sheet = book.add_sheet("台账")
    for number, row in enumerate([[UNIT_LINE], HEAD, project("甲项目", 50000.25)]):
        for column, value in enumerate(row):
            sheet.write(number, column, value)
    sheet.write(3, 0, date(2027, 3, 1), xlwt.easyxf(num_format_str="yyyy-mm-dd"))
    book.save(str(path))
    return path


@pytest.mark.parametrize("name", ["台账.xls", "台账.et", "改名.xlsx"])
def test_an_old_workbook_is_known_by_its_content(tmp_path: Path, name: str) -> None:
    (grid,) = read_grids(xls(tmp_path / name))
    assert grid.rows[2][5].value == Decimal("50000.25")
    assert grid.rows[3][0].text == "2027-03-01"


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8", "utf-8-sig", "utf-16"])
def test_a_csv_in_any_usual_encoding(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "台账.csv"
    path.write_text('项目名称,总投资\r\n"甲,乙项目"," 1,200 "\r\n,\r\n', encoding=encoding)
    (grid,) = read_grids(path)
    assert grid.sheet == "台账"
    assert texts(grid) == [["项目名称", "总投资"], ["甲,乙项目", "1,200"], ["", ""]]
    assert grid.delimited


# --- what is refused --------------------------------------------------------------------------------------

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def refusal(path: Path, limits: ReadingLimits = DEFAULT_LIMITS) -> str:
    """The code with which a file is refused."""
    with pytest.raises(UnreadableFile) as refused:
        read_grids(path, limits)
    assert "，请" in str(refused.value)
    return refused.value.code


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("a.xlsx", b"", "empty"), ("a.xls", b"<html><table><tr><td>1</td></tr></table>", "is-html"),
        ("a.xlsx", b"%PDF-1.7", "is-pdf"), ("a.xls", "项目名称\t总投资".encode("gb18030"), "is-text"),
        ("a.xlsx", b"PK\x03\x04junk", "truncated"), ("a.xls", _OLE + b"\0" * 2040, "compound-header"),
        ("a.csv", b"\x81", "csv-encoding"), ("a.csv", b"a,\0", "csv-control"),
        ("a.csv", '甲,"乙\n丙,丁\n'.encode(), "csv-quote"), ("~$a.xlsx", b"lock", "lock-file"),
        ("a.xlsx", b"\x89PNG\r\n", "is-picture"), ("a.xls", b"\x01\x02\x03", "not-a-spreadsheet"),
    ],
)  # fmt: skip
def test_what_is_no_workbook_is_refused_with_what_to_do(tmp_path: Path, name: str, data: bytes, code: str) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    assert refusal(path) == code


def test_damaged_packages(tmp_path: Path) -> None:
    path = plain(tmp_path)
    whole = path.read_bytes()
    flipped = bytearray(whole)
    flipped[whole.index(b"xl/worksheets/sheet1.xml") + 40] ^= 0xFF
    document = io.BytesIO()
    with zipfile.ZipFile(document, "w") as package:
        package.writestr("word/document.xml", "<w/>")
    for data, code in (
        (whole[: len(whole) * 7 // 10], "truncated"),
        (bytes(flipped), "checksum"),
        (document.getvalue(), "is-word"),
    ):
        path.write_bytes(data)
        assert refusal(path) == code


@pytest.mark.parametrize(
    ("part", "change", "code"),
    [
        (SHEET, put(b"<worksheet", b'<!DOCTYPE x [<!ENTITY a "b">]><worksheet'), "document-type"),
        (SHEET, lambda data: data.decode().replace("<worksheet", "<!DOCTYPE x><worksheet").encode("utf-16"), "document-type"),
        (SHEET, put(b'r="A1"', b'r="XFD1048576"'), "cell-order"),
        (SHEET, put(b"</row>", b"</roww>"), "xml"),
        (STRINGS, put(b'uniqueCount="', b'uniqueCount="4'), "string-count-lie"),
        ("xl/workbook.xml", put(b"schemas.openxmlformats.org/spreadsheetml/2006/main", b"purl.oclc.org/ooxml/x"), "strict-ooxml"),
        ("xl/_rels/workbook.xml.rels", put(b"worksheets/sheet1.xml", b"worksheets/none.xml"), "missing-part"),
    ],
    ids=["dtd", "dtd-utf16", "far-cell", "ill-formed", "count-lie", "strict", "missing-part"],
)  # fmt: skip
def test_packages_that_lie(tmp_path: Path, part: str, change: Change, code: str) -> None:
    assert refusal(rebuilt(plain(tmp_path), tmp_path / "b.xlsx", {part: change})) == code


def test_an_old_workbook_cut_short(tmp_path: Path) -> None:
    path = xls(tmp_path / "a.xls")
    path.write_bytes(path.read_bytes()[:-100])
    assert refusal(path) == "truncated"


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_two_parts_of_one_name(tmp_path: Path) -> None:
    path = rebuilt(plain(tmp_path), tmp_path / "b.xlsx", {}, {SHEET: b"<worksheet/>"})
    assert refusal(path) == "duplicate-part"


@pytest.mark.parametrize(
    ("limit", "code"),
    [
        ({"file_megabytes": 0}, "file-too-large"), ({"parts": 3}, "too-many-parts"),
        ({"inflated_megabytes": 0}, "part-too-large"), ({"part_megabytes": 0}, "part-too-large"),
        ({"cells": 10}, "too-many-cells"), ({"rows": 1}, "sheet-extent"), ({"columns": 3}, "sheet-extent"),
        ({"area": 10}, "sheet-extent"), ({"cell_characters": 3}, "cell-too-long"), ({"text_millions": 0}, "too-much-text"),
    ],
    ids=str,
)  # fmt: skip
def test_each_limit_holds_and_can_be_raised(tmp_path: Path, limit: dict[str, int], code: str) -> None:
    path = plain(tmp_path)
    if code == "sheet-extent":
        path = write(tmp_path, [[*range(12)] for _ in range(12)])
    found = refusal(path, replace(DEFAULT_LIMITS, **limit))
    assert found == code or (limit == {"rows": 1} and found == "too-many-rows")
    assert read_grids(path)


def test_text_that_many_cells_repeat_is_counted_before_it_is_copied(tmp_path: Path) -> None:
    assert refusal(write(tmp_path, [["字" * 32_000] * 100 for _ in range(20)])) == "too-much-text"


def test_encrypted_packages(tmp_path: Path) -> None:
    path = plain(tmp_path)
    data = bytearray(path.read_bytes())
    at = data.index(b"PK\x01\x02")  # the flag of the first member's directory entry
    data[at + 8] |= 1
    path.write_bytes(bytes(data))
    assert refusal(path) == "encrypted"


# --- a year's folder --------------------------------------------------------------------------------------


def test_a_folder_is_read_in_order_and_bad_files_are_named(tmp_path: Path) -> None:
    folder = tmp_path / "inputs/2027/申报"
    folder.mkdir(parents=True)
    write(folder, [[UNIT_LINE], HEAD, project("甲项目")], name="区住建局.xlsx")
    (folder / "坏.xlsx").write_bytes(b"%PDF")
    (folder / "扫描件.pdf").write_bytes(b"%PDF")
    (folder / "~$区住建局.xlsx").write_bytes(b"lock")
    (folder / "说明.txt").write_text("说明", encoding="utf-8")
    names = tmp_path / "inputs/2027/名册"
    names.mkdir()
    write(names, [("单位名称", "分管领导", "责任科室", "联络员"), ("区住建局", "张某甲", "项目科", "李某乙")])
    paths = ledger_paths(tmp_path / "inputs/2027")
    assert [path.name for path in paths] == [
        "台账.xlsx",
        "~$区住建局.xlsx",
        "区住建局.xlsx",
        "坏.xlsx",
        "扫描件.pdf",
        "说明.txt",
    ]

    steps: list[int] = []
    ledgers = read_ledgers(tmp_path, 2027, list(reversed(paths)), OfficeSettings(), lambda: steps.append(1))
    assert len(steps) == 6
    assert [record.lead_unit for record in ledgers.declarations] == ["区住建局"]  # from the file's name
    assert [(finding.file, finding.message, finding.action) for finding in ledgers.findings] == [
        (
            "inputs/2027/申报/~$区住建局.xlsx",
            "这是打开台账时产生的临时文件，没有读取",
            "请关闭正在编辑的台账，报送台账本身",
        ),
        ("inputs/2027/申报/坏.xlsx", "内容是PDF，不是电子表格，没有读取", "请以xlsx格式报送台账"),
        ("inputs/2027/申报/扫描件.pdf", "不是电子表格，没有读取", "请以xlsx、xls或csv格式报送"),
        ("inputs/2027/申报/说明.txt", "不是电子表格，没有读取", "请以xlsx、xls或csv格式报送"),
    ]
    assert [file.rows for file in ledgers.files] == [1, 0, 1, 0, 0, 0]
    assert [file.ledgers for file in ledgers.files] == [("unit",), (), ("declaration",), (), (), ()]


def test_a_hidden_sheet_is_named_and_not_read(tmp_path: Path) -> None:
    path = tmp_path / "inputs/2027/申报/a.xlsx"
    path.parent.mkdir(parents=True)
    book = xlsxwriter.Workbook(path)
    for name, project_name in (("台账", "甲项目"), ("旧", "乙项目")):
        sheet = book.add_worksheet(name)
        for number, row in enumerate([[UNIT_LINE], HEAD, project(project_name)]):
            sheet.write_row(number, 0, row)
    sheet.hide()
    book.add_worksheet("空").hide()
    book.close()
    ledgers = read_ledgers(tmp_path, 2027, [path], OfficeSettings())
    assert [record.project_name for record in ledgers.declarations] == ["甲项目"]
    assert [(f.severity, f.sheet, f.message) for f in ledgers.findings] == [
        (Severity.WARNING, "旧", "工作表被隐藏，没有读取")
    ]


def test_addresses() -> None:
    assert [column_letters(number) for number in (0, 25, 26, 701, 702, 16383)] == [
        "A",
        "Z",
        "AA",
        "ZZ",
        "AAA",
        "XFD",
    ]
    assert address(6, 2) == "C7"
