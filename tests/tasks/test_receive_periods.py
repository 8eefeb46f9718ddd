"""Files of several months and of ranges of months, and the line that each month has in the register."""

from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from pipeline.records.period import Month, Period
from pipeline.registers.register import Register
from pipeline.tasks.desk import Told
from pipeline.tasks.year import read_year
from pipeline.workspace import Workspace
from tests.intake import HEAD, PROJECTS, UNIT, report, row, take, take_one

UNIT_LINE = "单位：万元"


def months_book(path: Path, *months: tuple[int, str], stacked: bool = False) -> Path:
    """A workbook with a table for each month, whose two projects have done that much in it."""
    book = Workbook()
    book.remove(book.active)  # type: ignore[arg-type]
    for month, done in months:
        sheet = book.worksheets[0] if stacked and book.worksheets else book.create_sheet(f"{month}月")
        sheet.append([f"{UNIT}2027年{month}月重点项目月报"])
        sheet.append(HEAD.split(","))
        for number, name in enumerate(PROJECTS, 1):
            sheet.append([int(cell) if cell.isdecimal() else cell for cell in row(number, name, done).split(",")])
        sheet.append([])
    book.save(path)
    return path


def done(workspace: Workspace) -> dict[str, list[int]]:
    """What all reports together say was done in each month."""
    found: dict[str, list[int]] = {}
    for each in read_year(workspace, Period(2027)).ledgers.progress:
        found.setdefault(str(each.month), []).append(int(each.month_done or 0))
    return found


@pytest.mark.parametrize(
    "title", ["2027年1-3月", "2027年1—3月份", "2027年1至3月", "2027年一季度", "2027.1-3", "2027年前三个月"]
)
def test_a_range_of_months_never_takes_the_place_of_the_first(workspace: Workspace, mail: Path, title: str) -> None:
    january = take_one(workspace, report(mail, "1.csv", title=f"{UNIT}2027年1月月报"), "01-27 09:00").line
    march = take_one(workspace, report(mail, "3.csv", title=f"{UNIT}{title}重点项目月报")).line
    assert (january.period, march.period, march.replaces) == ("2027-01", "2027-03", ())
    assert "/2027-03/" in march.working


@pytest.mark.parametrize("stacked", [False, True])
def test_each_month_of_a_workbook_has_its_line_and_counts_once(workspace: Workspace, mail: Path, stacked: bool) -> None:
    sent = months_book(mail / "月报.xlsx", (2, "100"), (3, "200"), stacked=stacked)
    february, march = (received.line for received in take(workspace, sent))
    assert (february.period, march.period) == ("2027-02", "2027-03")
    assert (february.outcome, march.outcome) == ("迟报", "按时")
    assert february.archived == march.archived
    assert february.working != march.working
    assert done(workspace) == {"2027-02": [100, 100], "2027-03": [200, 200]}
    assert february.findings == ()
    assert not Register.open(workspace).verify()


def test_a_month_of_it_is_corrected_by_a_workbook_of_its_own(workspace: Workspace, mail: Path) -> None:
    take(workspace, months_book(mail / "月报.xlsx", (2, "100"), (3, "200")))
    corrected = take_one(workspace, report(mail, title=f"{UNIT}2027年2月月报"), "03-28 09:00").line
    assert (corrected.period, corrected.replaces) == ("2027-02", (1,))
    assert done(workspace) == {"2027-02": [100, 100], "2027-03": [200, 200]}


def test_the_growing_workbook_takes_the_place_of_the_earlier(workspace: Workspace, mail: Path) -> None:
    take(workspace, months_book(mail / "一.xlsx", (1, "100")), when="01-27 09:00")
    take(workspace, months_book(mail / "二.xlsx", (1, "100"), (2, "200")), when="02-27 09:00")
    received = take(workspace, months_book(mail / "三.xlsx", (1, "110"), (2, "200"), (3, "300")), when="03-27 09:00")
    assert [(each.line.period, each.line.replaces) for each in received] == [
        ("2027-01", (2,)), ("2027-02", (3,)), ("2027-03", ()),
    ]  # fmt: skip
    assert [each.corrects for each in received] == [True, True, False]
    assert done(workspace) == {"2027-01": [110, 110], "2027-02": [200, 200], "2027-03": [300, 300]}


def test_the_clerk_may_register_one_month_of_it(workspace: Workspace, mail: Path) -> None:
    sent = months_book(mail / "月报.xlsx", (2, "100"), (3, "200"))
    line = take_one(workspace, sent, told=Told(period="2027-03")).line
    assert (line.period, line.remarks) == ("2027-03", ("表中另有2027-02的表，按所给的期间只登记2027-03",))
    assert done(workspace) == {"2027-03": [200, 200]}
    refused = take_one(workspace, sent, told=Told(period="2027-05")).line
    assert "表中写明的期间是2027-02、2027-03" in refused.refusal


def test_sheets_without_a_month_go_with_the_last(workspace: Workspace, mail: Path) -> None:
    sent = months_book(mail / "月报.xlsx", (2, "100"), (3, "200"))
    book = load_workbook(sent)
    problems = book.create_sheet("问题台账")
    for line in (
        ["2027年问题台账"],
        ["项目名称", "责任单位", "问题描述", "问题类型", "解决措施", "提出时间", "问题状态"],
        [PROJECTS[0], UNIT, "缺电", "配套", "架线", "2027-03-02", "未解决"],
    ):
        problems.append(line)
    book.save(sent)
    february, march = (received.line for received in take(workspace, sent))
    assert (february.ledgers, march.ledgers) == (("progress",), ("progress", "problem"))
    assert len(read_year(workspace, Period(2027)).ledgers.problems) == 1


def test_a_month_added_by_hand_is_not_read_and_that_is_said(workspace: Workspace, mail: Path) -> None:
    line = take_one(workspace, months_book(mail / "月报.xlsx", (3, "200"))).line
    months_book(workspace.root / line.working, (2, "100"), (3, "200"))
    assert done(workspace) == {"2027-03": [200, 200]}
    said = [each.message for each in read_year(workspace, Period(2027)).findings if each.rule == "unreported"]
    assert said == ["工作副本是2027-03的报表，被人改过，其中2027-02的表没有读取"]


def test_a_table_that_names_no_month_beside_two_is_a_question(workspace: Workspace, mail: Path) -> None:
    sent = months_book(mail / "月报.xlsx", (2, "100"), (3, "200"))
    book = load_workbook(sent)
    book.copy_worksheet(book.worksheets[1]).title = "补充"
    book["补充"]["A1"] = "重点项目月报"
    book.save(sent)
    line = take_one(workspace, sent).line
    assert "表中的月份不止一个" in line.refusal


def test_a_month_is_the_month_of_its_row(workspace: Workspace, mail: Path) -> None:
    take(workspace, months_book(mail / "月报.xlsx", (2, "100"), (3, "200")))
    rows = read_year(workspace, Period(2027)).ledgers.progress
    assert {(each.month, each.source.file.split("/")[3]) for each in rows} == {
        (Month(2027, 2), "2027-02"), (Month(2027, 3), "2027-03"),
    }  # fmt: skip


@pytest.mark.parametrize("title", ["2027年一季度季报", "2027年第一季度重点项目建设情况", "2027年上半年项目总结"])
@pytest.mark.parametrize("period", ["", "2027-03"])
def test_a_longer_report_is_no_month_s_whatever_the_clerk_says(
    workspace: Workspace, mail: Path, title: str, period: str
) -> None:
    """K-16 beside K-10(1)."""
    line = take_one(workspace, report(mail, title=f"{UNIT}{title}"), told=Told(period=period)).line
    assert "不是月报，没有登记为月报" in line.refusal
    assert (line.working, line.report_kind) == ("", "")


@pytest.mark.parametrize("period", ["", "2027-03"])
def test_a_month_in_a_heading_makes_no_year_s_report_a_month_s(workspace: Workspace, mail: Path, period: str) -> None:
    """K-16: a year's report has the months of its last column, too."""
    path = mail / "汇报.csv"
    rows = "\n".join(row(number, each) for number, each in enumerate(PROJECTS, 1))
    heads = HEAD.replace("本月完成投资", "3月完成投资")
    assert heads != HEAD
    path.write_text(f"{UNIT}2027年全年重点项目工作情况汇报\n{heads}\n{rows}\n", "utf-8-sig")
    line = take_one(workspace, path, told=Told(period=period)).line
    assert "标题写明是年度报告，不是月报" in line.refusal or "不是月报，没有登记为月报" in line.refusal
