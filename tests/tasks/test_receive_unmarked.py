"""Forms of ours whose mark (表式版本) the sender removed: known by their layout, judged by what they say."""

from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from openpyxl.workbook import Workbook

from pipeline.records.period import Period
from pipeline.records.severity import Severity
from pipeline.registers.handed_out import RECORD
from pipeline.tables.form_mark import FormMark, form_of
from pipeline.tasks.year import read_year
from pipeline.workbooks.form_workbook import form_workbook
from pipeline.workspace import Workspace
from tests.build import UNIT as BUILT
from tests.form_filling import form, known
from tests.grids_read import read_grids
from tests.intake import UNIT, ledger_files, take_one, verified
from tests.office_present import saved_by_office
from tests.sent_forms import (
    delete_rows,
    filled,
    issued,
    mark_row,
    problems,
    sent_as,
    with_problem,
    without_mark,
)

_KNOWN_BY_CONTENT = "已按版式和内容认出"


def _refused(workspace: Workspace, sent: Path, when: str = "03-27 09:30") -> bool:
    before = ledger_files(workspace)
    line = take_one(workspace, sent, when).line
    assert line.unit == UNIT
    return _KNOWN_BY_CONTENT in line.refusal and ledger_files(workspace) == before


def _without_rows(count: int) -> Callable[[Workbook], None]:
    """The mark's row of every ledger deleted, and those above it up to so many."""

    def change(book: Workbook) -> None:
        rows = {sheet.title: mark_row(sheet) for sheet in book.worksheets[1:]}
        without_mark(book)
        for name, row in rows.items():
            delete_rows(book[name], row - count + 1, count)

    return change


@pytest.mark.parametrize("period", ["2027", "2027-03"])
def test_an_untouched_form_without_its_mark_is_no_report(workspace: Workspace, tmp_path: Path, period: str) -> None:
    blank = issued(workspace, period)
    assert _refused(workspace, sent_as(blank, tmp_path / "空.xlsx", without_mark))
    assert _refused(workspace, sent_as(blank, tmp_path / "删行.xlsx", _without_rows(1)))
    assert verified(workspace)


def test_with_the_last_report_filled_in_it_is_still_known(workspace: Workspace, tmp_path: Path) -> None:
    march = sent_as(issued(workspace, "2027-03"), tmp_path / "三月.xlsx", with_problem("缺用地"))
    assert take_one(workspace, march).line.accepted
    april = issued(workspace, "2027-04")
    assert _refused(workspace, sent_as(april, tmp_path / "四月.xlsx", without_mark), "04-27 09:00")
    assert [said for _, said in problems(workspace)] == ["缺用地"]


def test_it_is_known_after_the_ledgers_and_the_form_have_changed(workspace: Workspace, tmp_path: Path) -> None:
    """What was handed out is on record, whatever a correction and another ``gongwen forms`` did since."""
    march = issued(workspace, "2027-03")
    take_one(workspace, sent_as(march, tmp_path / "三月.xlsx", with_problem("缺用地")))
    old = sent_as(issued(workspace, "2027-04"), tmp_path / "四月.xlsx", without_mark)
    take_one(workspace, sent_as(march, tmp_path / "改.xlsx", with_problem("缺资金")), "04-02 09:00")
    new = sent_as(issued(workspace, "2027-04"), tmp_path / "四月新.xlsx", without_mark)
    assert old.read_bytes() != new.read_bytes()
    assert _refused(workspace, old, "04-27 09:00")
    assert _refused(workspace, new, "04-27 09:00")


def test_without_the_record_it_is_compared_with_what_is_known_now(workspace: Workspace, tmp_path: Path) -> None:
    take_one(workspace, sent_as(issued(workspace, "2027-03"), tmp_path / "三月.xlsx", with_problem("缺用地")))
    sent = sent_as(issued(workspace, "2027-04"), tmp_path / "四月.xlsx", without_mark)
    (workspace.outputs / RECORD).unlink()
    assert _refused(workspace, sent, "04-27 09:00")


def test_filled_in_without_its_mark_it_is_a_report_and_that_is_said(workspace: Workspace, tmp_path: Path) -> None:
    take_one(workspace, sent_as(issued(workspace, "2027-03"), tmp_path / "三月.xlsx", with_problem("缺用地")))

    def change(book: Workbook) -> None:
        filled(book)
        without_mark(book)

    line = take_one(
        workspace, sent_as(issued(workspace, "2027-04"), tmp_path / "四月.xlsx", change), "04-27 09:00"
    ).line
    assert (line.accepted, line.ledgers, line.outcome) == (True, ("progress",), "按时")
    assert [said for _, said in problems(workspace)] == ["缺用地"]
    year = read_year(workspace, Period.parse("2027-04"))
    (said,) = [each for each in year.findings if each.code == "form-mark-missing"]
    assert (said.severity, said.file) == (Severity.ADVICE, line.working)
    assert said.message.startswith("项目月报、问题台账、手续台账是下发的台账，但“表式版本”一行被删去或改动")
    told = [each.message for each in year.findings if each.file == line.working]
    assert not [each for each in told if "认不出" in each or "不属于" in each or "文件夹" in each], told


def test_one_emptied_sheet_is_judged_by_content_too(workspace: Workspace, tmp_path: Path) -> None:
    take_one(workspace, sent_as(issued(workspace, "2027-03"), tmp_path / "三月.xlsx", with_problem("缺用地")))

    def change(book: Workbook) -> None:
        filled(book)
        delete_rows(book["问题台账"], mark_row(book["问题台账"]), 1)

    sent = sent_as(issued(workspace, "2027-04"), tmp_path / "四月.xlsx", change)
    assert take_one(workspace, sent, "04-27 09:00").line.ledgers == ("progress",)


@pytest.mark.parametrize(
    ("count", "recognised"),
    [(1, True), (2, True), (4, False)],
    ids=["mark", "instruction too", "all above the head"],
)
def test_the_layout_tells_what_the_mark_told(tmp_path: Path, count: int, recognised: bool) -> None:
    path = tmp_path / "报表.xlsx"
    path.write_bytes(form_workbook(form()))
    whole = [form_of(grid) for grid in read_grids(path)]
    sent_as(path, path, _without_rows(count))
    notes, *found = [form_of(grid) for grid in read_grids(path)]
    assert notes == FormMark(1, "2027-03", BUILT, (), removed=True)
    assert found == [
        FormMark(1, "2027-03", BUILT, each.ledgers, removed=True) if each and recognised else None for each in whole[1:]
    ]


def test_a_table_of_the_units_own_is_no_form(tmp_path: Path) -> None:
    """Stars for required columns and an example row are common; ours say more."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.title = "项目月报"
    for row in (
        ["2027年3月项目月报"], ["填报单位：区住建局"], ["序号", "*项目名称", "*本年累计完成投资（万元）", "形象进度"],
        ["示例", "某项目", 100, "基础"], [1, known().declared[0].project_name, 200, "主体"],
    ):  # fmt: skip
        sheet.append(row)
    book.save(tmp_path / "自制.xlsx")
    assert [form_of(grid) for grid in read_grids(tmp_path / "自制.xlsx")] == [None]


@pytest.mark.parametrize("suffix", ["xlsx", "xls"])
def test_after_another_program_saved_it(workspace: Workspace, tmp_path: Path, suffix: str) -> None:
    sent = sent_as(issued(workspace, "2027-03"), tmp_path / "报表.xlsx", without_mark)
    assert _refused(workspace, saved_by_office(sent, suffix, tmp_path))
