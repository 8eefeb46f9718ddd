"""Sheets of our forms that a unit confirms as unchanged, and what is said of those that it left as they were."""

from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl.workbook import Workbook

from pipeline.records.period import Period
from pipeline.records.receipt_line import RegisterLine
from pipeline.tables.form_mark import UNCHANGED
from pipeline.tasks.year import read_year
from pipeline.workbooks.form_workbook import HEAD, form_workbook
from pipeline.workspace import Workspace
from tests.form_filling import MARCH, form
from tests.intake import PROJECTS, office, take_one
from tests.office_present import saved_by_office
from tests.sent_forms import (
    confirm,
    filled,
    first_free,
    issued,
    problems,
    sent_as,
    with_problem,
    without_mark,
)

_APRIL = "04-27 09:00"


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    """With a problem in March's report, so that April's form holds it already."""
    workspace = office(tmp_path / "office")
    march = sent_as(issued(workspace, "2027-03"), tmp_path / "三月.xlsx", with_problem("缺用地"))
    assert take_one(workspace, march).line.accepted
    return workspace


def _april(workspace: Workspace, folder: Path, change: Callable[[Workbook], None]) -> RegisterLine:
    path = sent_as(issued(workspace, "2027-04"), folder / "四月.xlsx", change)
    return take_one(workspace, path, _APRIL).line


def _findings(workspace: Workspace, line: RegisterLine) -> list[str]:
    year = read_year(workspace, Period.parse("2027-04"))
    return [each.message for each in year.findings if each.file == line.working]


@pytest.mark.parametrize("month", [MARCH, None], ids=["month", "year"])
def test_only_sheets_that_tell_something_can_be_confirmed(month: object, tmp_path: Path) -> None:
    """Above the head, in a cell that is open; not on what is new each month, not where only names are known."""
    path = tmp_path / "报表.xlsx"
    path.write_bytes(form_workbook(form(MARCH if month else None)))
    asked: list[str] = []

    def look(book: Workbook) -> None:
        asked.extend(sheet.title for sheet in book.worksheets for cell in sheet[HEAD] if cell.value == UNCHANGED)

    sent_as(path, path, look)
    monthly = ["问题台账", "手续台账"]  # the sponsored projects' progress is new each time
    yearly = ["申报台账", "包联项目清单", "工作节点", "责任单位名册", "储备库台账"]
    assert asked == (monthly if month else yearly)


@pytest.mark.parametrize("answer", ["是", " 是。", "√", "“是”"])
def test_a_confirmed_sheet_is_a_report_of_what_was_filled_in(workspace: Workspace, tmp_path: Path, answer: str) -> None:
    line = _april(workspace, tmp_path, lambda book: confirm(book["问题台账"], answer))
    assert (line.accepted, line.ledgers, line.period) == (True, ("problem",), "2027-04")
    assert "问题台账由单位确认没有变化，按下发时填好的内容登记" in line.remarks
    ((file, said),) = problems(workspace)
    assert (said, file) == ("缺用地", line.working.rsplit("/", 1)[-1])


def test_it_is_confirmed_beside_the_months_figures(workspace: Workspace, tmp_path: Path) -> None:
    def change(book: Workbook) -> None:
        filled(book)
        confirm(book["问题台账"])

    line = _april(workspace, tmp_path, change)
    assert (line.ledgers, line.period, line.outcome) == (("progress", "problem"), "2027-04", "按时")
    assert [said for _, said in problems(workspace)] == ["缺用地"]
    assert not [each for each in _findings(workspace, line) if "问题台账" in each]


@pytest.mark.parametrize("answer", ["", "否", "有变化"])
def test_any_other_answer_confirms_nothing(workspace: Workspace, tmp_path: Path, answer: str) -> None:
    line = _april(workspace, tmp_path, lambda book: confirm(book["问题台账"], answer))
    assert "下发的空白台账原样报回" in line.refusal
    assert "列名上方的黄色格选“是”" in line.refusal


def test_a_confirmation_without_the_mark_counts_too(workspace: Workspace, tmp_path: Path) -> None:
    def change(book: Workbook) -> None:
        confirm(book["问题台账"])
        without_mark(book)

    line = _april(workspace, tmp_path, change)
    assert line.ledgers == ("problem",)
    assert "问题台账由单位确认没有变化，按下发时填好的内容登记" in line.remarks


def test_what_was_changed_counts_and_the_contradiction_is_told(workspace: Workspace, tmp_path: Path) -> None:
    def change(book: Workbook) -> None:
        confirm(book["问题台账"])
        sheet = book["问题台账"]
        sheet.cell(first_free(book), 3).value = "缺资金"
        sheet.cell(first_free(book), 2).value = PROJECTS[1]

    line = _april(workspace, tmp_path, change)
    assert "问题台账选了没有变化，内容却与下发时不同，按报来的内容登记" in line.remarks
    assert [said for _, said in problems(workspace)] == ["缺用地", "缺资金"]


@pytest.mark.parametrize("suffix", ["xlsx", "xls"])
def test_after_another_program_saved_it(workspace: Workspace, tmp_path: Path, suffix: str) -> None:
    blank = sent_as(issued(workspace, "2027-04"), tmp_path / "四月.xlsx", lambda book: confirm(book["问题台账"]))
    line = take_one(workspace, saved_by_office(blank, suffix, tmp_path), _APRIL).line
    assert (line.ledgers, line.remarks[0]) == (
        ("problem",),
        "问题台账由单位确认没有变化，按下发时填好的内容登记",
    )


def test_a_sheet_left_aside_is_told_once(workspace: Workspace, tmp_path: Path) -> None:
    """What stands is told on receipt; a sheet that never came is a finding, for the unit to answer."""
    line = _april(workspace, tmp_path, filled)
    assert line.remarks == ("问题台账与下发时一样，没有登记为收到，以前报来的仍然有效",)
    told = [each for each in _findings(workspace, line) if "台账" in each]
    assert told == ["手续台账没有填写"] == [each.message for each in line.findings if "台账" in each.message]


def test_what_came_before_still_stands_though_the_sheet_is_empty_now(workspace: Workspace, tmp_path: Path) -> None:
    """The form went out before the permits came: no row of it is known in it."""
    blank = issued(workspace, "2027-04")

    def with_permit(book: Workbook) -> None:
        filled(book)
        book["手续台账"].cell(HEAD + 3, 2).value = PROJECTS[0]
        book["手续台账"].cell(HEAD + 3, 3).value = "施工许可"

    first = take_one(workspace, sent_as(blank, tmp_path / "一.xlsx", with_permit), _APRIL).line
    assert "procedure" in first.ledgers
    again = take_one(workspace, sent_as(blank, tmp_path / "二.xlsx", with_problem("缺资金")), _APRIL).line
    assert (again.ledgers, again.replaces) == (("progress", "problem"), ())
    assert "手续台账与下发时一样，没有登记为收到，以前报来的仍然有效" in again.remarks
    assert not [each for each in _findings(workspace, again) if "手续台账" in each]
    assert [each.permit for each in read_year(workspace, Period(2027)).ledgers.procedures] == ["施工许可"]


def test_the_months_figures_stand_when_a_form_brings_only_a_problem(workspace: Workspace, tmp_path: Path) -> None:
    """项目月报 left empty is no error while the same month's figures are there, and is one where they are not."""

    def only_problem(book: Workbook) -> None:
        row = first_free(book)
        book["问题台账"].cell(row, 2).value, book["问题台账"].cell(row, 3).value = PROJECTS[1], "缺资金"

    alone = _april(workspace, tmp_path, only_problem)
    assert [each for each in _findings(workspace, alone) if "项目月报" in each] == ["项目月报原样退回，一项都没有填写"]
    assert not [each for each in alone.remarks if "项目月报" in each]
    _april(workspace, tmp_path, filled)
    assert not [each for each in _findings(workspace, alone) if "原样退回" in each]
