"""A month as it goes: blank form, filled in with mistakes, received late, corrected, received again."""

import shutil
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner, Result
from openpyxl.worksheet.worksheet import Worksheet

from pipeline.cli import main, register_commands
from pipeline.records.period import Period
from pipeline.registers.register import Register
from pipeline.tasks.year import read_year
from pipeline.workspace import Workspace

REPOSITORY = Path(__file__).parents[2]
UNIT = "区水务局"


@pytest.fixture(autouse=True)
def _a_year_later(monkeypatch: pytest.MonkeyPatch) -> None:
    """The year of the reports is over, whatever the machine's clock says."""
    monkeypatch.setattr(register_commands, "_now", lambda: datetime(2028, 1, 31, 12, 0))  # noqa: DTZ001 - local


def gongwen(root: Path, *args: str) -> Result:
    return CliRunner().invoke(main, [*args, "-C", str(root)])


def _cell(sheet: Worksheet, row: int, label: str) -> tuple[int, int]:
    """Row and column of a field by its heading, which may carry stars and a unit."""
    headings = {
        str(cell.value).strip("*").split("\n")[0]: cell for line in sheet["A1:Z8"] for cell in line if cell.value
    }
    return row, int(headings[label].column)


def _filled(blank: Path, target: Path, mistakes: bool) -> Path:
    book = openpyxl.load_workbook(blank)
    sheet = book["项目月报"]
    rows = [cell.row for cell in sheet["A"] if cell.value is not None and str(cell.value).isdecimal()]
    for row in rows:
        before = next(cell.value for cell in sheet[row] if "月底" in str(sheet.cell(rows[0] - 2, cell.column).value))
        told: dict[str, str | float] = {
            "本月计划投资": 10,
            "本月完成投资": 10,
            "本年累计完成投资": float(str(before or 0)) + 10,
            "形象进度": "主体施工",
        }
        for label, value in told.items():
            sheet.cell(*_cell(sheet, row, label)).value = value
    if mistakes:
        sheet.cell(*_cell(sheet, rows[1], "本月完成投资")).value = "约10"
        sheet.cell(*_cell(sheet, rows[2], "本年累计完成投资")).value = None
    sponsored = book["包联项目清单"]
    for cell in sponsored["A"]:
        if cell.value is not None and str(cell.value).isdecimal():
            sponsored.cell(*_cell(sponsored, cell.row, "项目进展")).value = "正在施工"
            sponsored.cell(*_cell(sponsored, cell.row, "需区领导推动的事项")).value = "无"
    book.save(target)
    return target


def test_form_mistakes_correction(tmp_path: Path) -> None:
    if "forms" not in main.list_commands(main.make_context("gongwen", ["kinds"])):
        pytest.skip("this version makes no blank forms")
    root, mail = tmp_path / "office", tmp_path / "mail"
    for folder in ("inputs", "templates"):
        shutil.copytree(REPOSITORY / folder, root / folder)
    shutil.rmtree(root / "inputs/2027/报送登记")
    mail.mkdir()
    assert gongwen(root, "forms", "2027-03", "--unit", UNIT).exit_code == 0
    blank = next((root / "outputs").rglob(f"{UNIT}*.xlsx"))

    untouched = gongwen(root, "receive", str(blank), "--at", "2027-03-20 10:00")
    assert untouched.exit_code == 2
    assert "空白台账原样报回" in untouched.output
    first = gongwen(root, "receive", str(_filled(blank, mail / "一.xlsx", True)), "--at", "2027-03-29 10:00")
    assert "迟报（期限2027年3月28日）" in first.output
    second = gongwen(root, "receive", str(_filled(blank, mail / "二.xlsx", False)), "--at", "2027-03-31 10:00")
    assert "已改2条，仍有0条，新出现0条" in second.output

    lines = Register.open(Workspace.open(root)).lines()
    assert [line.report_kind for line in lines] == ["月报", "月报", "月报"]
    assert (lines[0].accepted, lines[1].replaces, lines[2].replaces) == (False, (), (2,))
    assert lines[2].findings == ()
    year = read_year(Workspace.open(root), Period.parse("2027-03"))
    (late,) = [each for each in year.findings if each.rule == "monthly-report" and each.unit == UNIT and each.month]
    assert "2027年3月29日10:00收到，迟1天" in late.message
    assert [each for each in year.findings if each.file == lines[2].working] == []
    assert gongwen(root, "register", "--verify").exit_code == 0
