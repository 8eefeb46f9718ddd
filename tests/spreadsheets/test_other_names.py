"""Files whose names promise no spreadsheet: what they hold is told truly, and they are not read."""

from pathlib import Path

import pytest
import xlwt

from pipeline.spreadsheets.other_names import refused_by_name
from tests.raw_workbook import package, workbook

_WORKBOOK = workbook('<row r="1"><c r="A1"><v>1</v></c></row>')
_SAVE = "请用WPS打开后另存为新的xlsx再报送"


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("a.xlsx.download", "以“.download”结尾"), ("a.xlsx.tmp", "以“.tmp”结尾"), ("a.wps", "以“.wps”结尾"), ("a.doc", "以“.doc”结尾"),
        ("3月月报", "不以“.xlsx”结尾"), ("a.", "不以“.xlsx”结尾"), ("a.二〇二七年三月重点项目月报表", "不以“.xlsx”结尾"),
    ],
)  # fmt: skip
def test_a_workbook_under_another_name(tmp_path: Path, name: str, told: str) -> None:
    path = tmp_path / name
    path.write_bytes(_WORKBOOK)
    assert str(refused_by_name(path)) == f"内容是xlsx工作簿，文件名却{told}，{_SAVE}"


def test_an_old_workbook_under_another_name(tmp_path: Path) -> None:
    book = xlwt.Workbook()
    book.add_sheet("台账").write(0, 0, "甲")
    book.save(str(tmp_path / "a.bak"))
    assert str(refused_by_name(tmp_path / "a.bak")) == f"内容是xls工作簿，文件名却以“.bak”结尾，{_SAVE}"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "not-a-table"), (b"%PDF-1.7", "not-a-table"), ("甲".encode(), "not-a-table"), (b"PK\3\4", "not-a-table"),
        (package({"word/document.xml": b"<x/>"}), "is-word"), (package({"xl/workbook.bin": b""}), "is-xlsb"),
        (package({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet"}, 0), "is-ods"), (package({"ppt/presentation.xml": b""}), "is-slides"),
    ],
)  # fmt: skip
def test_other_contents(tmp_path: Path, content: bytes, code: str) -> None:
    path = tmp_path / "a.dat"
    path.write_bytes(content)
    assert refused_by_name(path).code == code


def test_a_long_file_is_looked_at_from_both_ends(tmp_path: Path) -> None:
    path = tmp_path / "a.tmp"
    path.write_bytes(package({"xl/media/a.bin": bytes(300_000), "xl/workbook.xml": b"<x/>"}, 0))
    assert refused_by_name(path).code == "named-otherwise"


def test_what_cannot_be_opened(tmp_path: Path) -> None:
    assert refused_by_name(tmp_path / "nichts.wps").code == "not-a-table"
