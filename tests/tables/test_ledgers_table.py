"""One sheet to records: layouts, units, months, sections, totals, notes, and what is refused."""

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import Workbook

from pipeline.ledgers.kinds import LEDGER_KINDS
from pipeline.records import field_catalogue as f
from pipeline.records.period import Month
from pipeline.records.progress import Progress
from pipeline.records.score import OnSiteScore
from pipeline.records.settings import OfficeSettings
from pipeline.records.severity import Severity
from pipeline.records.source import Source
from pipeline.tables.reader import read_ledgers
from pipeline.tables.table import Surroundings, read_sheet
from tests.grids_read import read_grids
from tests.ledger_sheets import (
    HEAD,
    UNIT_LINE,
    Row,
    declarations,
    findings,
    only,
    project,
    read_file,
    read_rows,
    write,
)

WARNING, ADVICE = Severity.WARNING, Severity.ADVICE
MONTH_HEAD = ("项目名称", "责任单位", "本月完成投资", "本年累计完成投资", "形象进度")
MONTHLY = "inputs/2027/月报/2027-03/区住建局.xlsx"


HEAD_IN_WAN = (*HEAD[:5], "总投资（万元）", "当年计划投资（万元）")


def _with_total(heading: str) -> tuple[str, ...]:
    return (*HEAD[:5], heading, HEAD[6])


def test_a_record_knows_its_cells(tmp_path: Path) -> None:
    reading = read_rows(tmp_path, [["申报表", UNIT_LINE], HEAD, project("甲项目", "约5000")])
    source = declarations(reading)[0].source
    assert source == Source("inputs/2027/申报/台账.xlsx", "Sheet1", 3)
    assert (source.cell(f.TOTAL_INVESTMENT), source.seen(f.TOTAL_INVESTMENT)) == ("F3", "约5000")
    assert not source.readable(f.TOTAL_INVESTMENT)
    assert source.readable(f.YEAR_PLAN)
    assert source.cell(f.FUND_SOURCE) == "第3行"
    assert not source.has_column(f.FUND_SOURCE)
    assert [(slug, seen.cell) for slug, seen in source.cells.items()] == [
        ("serial", "A3"), ("project_name", "B3"), ("four_class", "C3"), ("owner", "D3"), ("site", "E3"),
        ("total_investment", "F3"), ("year_plan", "G3"),
    ]  # fmt: skip
    finding = only(reading)
    assert (finding.cell, finding.project, finding.field) == ("F3", "甲项目", f.TOTAL_INVESTMENT)


# --- columns ----------------------------------------------------------------------------------------------


def test_unknown_and_near_columns_are_reported_and_never_used(tmp_path: Path) -> None:
    head = (*HEAD, "截止目前完成投资", "入库状态", "资金来源和渠道")
    reading = read_rows(tmp_path, [[UNIT_LINE], head, (*project("甲项目"), 777, "已入库", "自筹")])
    assert declarations(reading)[0].invested_before is None
    assert findings(reading, ADVICE) == [("I2", "列“入库状态”不属于申报台账，没有读取")]
    doubted, near = (finding for finding in reading.findings if finding.severity is WARNING)
    assert (
        doubted.message
        == "列“截止目前完成投资”没有读取，看不出是哪一项投资；本表没有认出“已累计完成投资”（截至上年底）"
    )
    assert '"截止目前完成投资" = "已累计完成投资"' in doubted.action
    assert near.message == "列名“资金来源和渠道”未登记，没有读取；与“资金来源”相近，但不能据此认定"
    assert '"资金来源和渠道" = "资金来源"' in near.action

    confirmed = OfficeSettings(headings={"截止目前完成投资": "已累计完成投资"})
    used = read_rows(tmp_path, [[UNIT_LINE], head, (*project("甲项目"), 777, "已入库", "")], settings=confirmed)
    assert declarations(used)[0].invested_before == 777
    assert [message for _, message in findings(used, WARNING)] == [near.message]


def test_a_near_heading_is_not_suggested_for_a_field_that_the_sheet_has(tmp_path: Path) -> None:
    head = (*HEAD, "实际总投资")
    reading = read_rows(tmp_path, [[UNIT_LINE], head, (*project("甲项目"), 777)])
    assert declarations(reading)[0].total_investment == 50000
    assert all("与“总投资”相近" not in finding.message for finding in reading.findings)


def test_the_same_field_twice_is_not_decided_by_chance(tmp_path: Path) -> None:
    head = (*_with_total("计划总投资"), "项目总投资")
    reading = read_rows(tmp_path, [[UNIT_LINE], head, (*project("甲项目", 5), 6)])
    assert findings(reading) == [
        (cell, "“总投资”列不能使用：有2列都像是“总投资”，无法确定用哪一列") for cell in ("F2", "H2")
    ]
    assert declarations(reading)[0].total_investment is None


@pytest.mark.parametrize(
    ("heading", "figure", "severity"),
    [
        ("项目总投资", 5, ADVICE), ("项目总投资", 6, Severity.ERROR), ("计划总投资", 5, ADVICE), ("计划总投资", 6, WARNING),
        ("项目总投资（元）", 50000, ADVICE), ("项目总投资", None, ADVICE),
    ],
)  # fmt: skip
def test_of_two_columns_of_one_amount_the_figures_are_compared(
    tmp_path: Path, heading: str, figure: object, severity: Severity
) -> None:
    rows = [[], (*HEAD_IN_WAN, heading), (*project("甲项目", 5), figure)]
    reading = read_rows(tmp_path, rows)
    assert declarations(reading)[0].total_investment == 5
    finding = only(reading)
    assert finding.severity is severity
    assert finding.cell == ("H2" if severity is ADVICE else "F3")
    assert (finding.project == "甲项目") == (severity is not ADVICE)


def test_of_several_years_the_ledgers_own_is_read(tmp_path: Path) -> None:
    for head in (
        ("2026年计划投资", "2027年计划投资", "2028年计划投资"),
        ("2028年度投资计划", "2027年度投资计划", "2026年度投资计划"),
    ):
        reading = read_rows(tmp_path, [[UNIT_LINE], (*HEAD[:6], *head), (*project("甲项目")[:6], 1, 2, 3)])
        assert declarations(reading)[0].year_plan == 2
        assert [cell for cell, _ in findings(reading, ADVICE)] == ["G2", "I2"]


def test_years_below_one_heading(tmp_path: Path) -> None:
    upper = (*HEAD[:6], "年度计划投资", "年度计划投资", "年度计划投资")
    merges = [(1, column, 2, column) for column in range(6)] + [(1, 6, 1, 8)]
    lower = (*[None] * 6, "2026年", "2027年", "2028年")
    rows = [[UNIT_LINE], upper, lower, (*project("甲项目")[:6], 1, 2, 3)]
    assert declarations(read_rows(tmp_path, rows, merges))[0].year_plan == 2


def test_a_goal_of_another_year_is_not_suggested(tmp_path: Path) -> None:
    head = (*HEAD, "2027年形象进度", "2028年形象进度")
    reading = read_rows(tmp_path, [[UNIT_LINE], head, (*project("甲项目"), "主体", "完工")])
    assert [cell for cell, _ in findings(reading, WARNING)] == ["H2"]
    assert findings(reading, ADVICE) == [("I2", "列“2028年形象进度”没有读取：列名写的是2028年，本表应为2027年")]


@pytest.mark.parametrize(
    ("heading", "read"),
    [
        ("调整后总投资", "“总投资”按调整前的一列读取"), ("变更后的总投资", "“总投资”按调整前的一列读取"),
        ("调整后年度计划投资", "“当年计划投资”按调整前的一列读取"), ("调整后", "各项数字按其余各列读取"),
    ],
)  # fmt: skip
def test_each_way_to_name_an_adjusted_figure(tmp_path: Path, heading: str, read: str) -> None:
    reading = read_rows(tmp_path, [[UNIT_LINE], (*HEAD, heading), (*project("甲项目"), 6)])
    assert findings(reading, WARNING) == [("H2", f"列“{heading}”没有读取，{read}")]


def test_a_figure_after_an_adjustment_is_named_and_not_read(tmp_path: Path) -> None:
    reading = read_rows(tmp_path, [[UNIT_LINE], (*HEAD, "调整后总投资"), (*project("甲项目", 5), 6)])
    assert declarations(reading)[0].total_investment == 5
    finding = only(reading)
    assert (finding.severity, finding.cell, str(finding.citation)) == (
        WARNING,
        "H2",
        "《重点办法》第七条第（三）项",
    )
    assert finding.message == "列“调整后总投资”没有读取，“总投资”按调整前的一列读取"


@pytest.mark.parametrize(
    "heading",
    [
        "最新总投资", "批复总投资", "核定总投资", "决算总投资", "总投资（批复）", "总投资（初设批复）", "原总投资", "总投资（原）", "调整前总投资",
        "合同总投资",
    ],
)  # fmt: skip
def test_another_version_of_an_amount_is_asked_about_where_it_differs(tmp_path: Path, heading: str) -> None:
    rows = [(*project("甲项目", 5), 6), (*project("乙项目", 7, number=2), 7)]
    reading = read_rows(tmp_path, [[UNIT_LINE], (*HEAD, heading), *rows])
    assert [record.total_investment for record in declarations(reading)] == [5, 7]
    shown = heading.replace("（", "(").replace("）", ")")
    finding = only(reading)
    assert (finding.severity, finding.cell) == (WARNING, "F3")
    assert finding.message == f"“总投资”按列“总投资”读取，与列“{shown}”不同"
    assert finding.seen == f"总投资5万元，{shown}6万元"


@pytest.mark.parametrize("leaves", [("调整前", "调整后"), ("原", "现"), ("批复", "最新")])
def test_an_amount_in_two_versions_alone_is_asked_about_and_the_rest_is_read(
    tmp_path: Path, leaves: tuple[str, str]
) -> None:
    upper, lower = (*HEAD[:5], "总投资", None, HEAD[6]), (*[None] * 5, *leaves, None)
    merges = [*((1, column, 2, column) for column in (*range(5), 7)), (1, 5, 1, 6)]
    row = (*project("甲项目", 5)[:6], 6, 2)
    reading = read_rows(tmp_path, [[UNIT_LINE], upper, lower, row], merges)
    (record,) = declarations(reading)
    assert (record.total_investment, record.year_plan) == (None, Decimal(2))
    assert findings(reading, WARNING) == [
        (cell, f"列名“总投资—{leaf}”未登记，没有读取；与“总投资”相近，但不能据此认定")
        for cell, leaf in zip(("F3", "G3"), leaves, strict=True)
    ]


def test_two_columns_of_names_name_no_project(tmp_path: Path) -> None:
    head = ("项目全称", "工程名称", *HEAD[2:])
    reading = read_rows(tmp_path, [[UNIT_LINE], head, ("甲项目", "甲工程", *project("")[2:])])
    assert reading.records == []
    assert [cell for cell, _ in findings(reading)] == ["A2", "B2"]


@pytest.mark.parametrize(
    ("heading", "reason"),
    [
        ("2026年计划投资", "列名写的是2026年，本表应为2027年"),
        ("至2025年底累计完成投资", "列名写的是2025年，本表应为2026年"),
    ],
)
def test_a_year_in_a_heading_that_contradicts(tmp_path: Path, heading: str, reason: str) -> None:
    head = (*HEAD[:6], heading)
    reading = read_rows(tmp_path, [[UNIT_LINE], head, project("甲项目")])
    ((cell, message),) = findings(reading)
    assert cell == "G2"
    assert message.endswith(reason)
    record = declarations(reading)[0]
    assert (record.year_plan, record.invested_before) == (None, None)


def test_judges_columns_and_their_mean(tmp_path: Path) -> None:
    head = ("项目名称", "责任单位", "评委1", "评委2", "评委甲", "得分", "评委平均分")
    reading = read_rows(
        tmp_path,
        [head, ("甲项目", "区住建局", 90, "８８．５", "优", 89, 89)],
        file="inputs/2027/观摩/评分.xlsx",
    )
    (record,) = reading.records
    assert isinstance(record, OnSiteScore)
    assert record.scores == (Decimal(90), Decimal("88.5"))
    assert findings(reading) == [("E2", "“评委评分”不是规范的数字")]
    assert [cell for cell, _ in findings(reading, ADVICE)] == ["F1", "G1"]


def test_a_single_column_of_scores(tmp_path: Path) -> None:
    rows = [("项目名称", "责任单位", "得分"), ("甲项目", "区住建局", 90)]
    (record,) = read_rows(tmp_path, rows, file="inputs/2027/观摩/评分.xlsx").records
    assert isinstance(record, OnSiteScore)
    assert record.scores == (Decimal(90),)


# --- months and units -------------------------------------------------------------------------------------


def monthly(folder: Path, title: str, head: Row = MONTH_HEAD, file: str = MONTHLY) -> tuple[list[Month], list[str]]:
    rows = [[title], [UNIT_LINE], head, ("甲项目", "区住建局", 100, 300, "封顶")]
    reading = read_rows(folder, rows, file=file)
    months = [record.month for record in reading.records if isinstance(record, Progress)]
    return months, [message for _, message in findings(reading)]


@pytest.mark.parametrize(
    "title",
    [
        "2027年3月项目进展月报", "2027.3", "2027-03", "2027 年 3 月", "项目进展月报", "2027年1-3月", "27年3月", "2027年一季度",
        "3月份进展表", "2027年3月（4月2日更正）", "2027年3月（报送日期：2027年4月2日）", "2027年2、3月",
    ],
)  # fmt: skip
def test_the_month_is_taken_from_title_or_folder(tmp_path: Path, title: str) -> None:
    assert monthly(tmp_path, title) == ([Month(2027, 3)], [])


@pytest.mark.parametrize(
    ("title", "file", "reason"),
    [
        ("2027年4月月报", MONTHLY, "写明的月份不一致：标题为2027年4月，所在文件夹为2027年3月，没有读取"),
        ("4月月报", MONTHLY, "写明的月份不一致：标题为2027年4月，所在文件夹为2027年3月，没有读取"),
        ("2027年1—4月月报", MONTHLY, "写明的月份不一致：标题为2027年4月，所在文件夹为2027年3月，没有读取"),
        ("2027年3月、4月月报", MONTHLY, "标题写了不止一个月份（2027年3月、2027年4月），没有读取"),
        ("月报", "inputs/2027/月报/区住建局.xlsx", "看不出是哪个月的报表，没有读取"),
        ("2026年3月", "inputs/2027/月报/a.xlsx", "表中写的是2026年3月，与所在年度2027年不符，没有读取"),
        ("月报（报送日期：2027年4月2日）", "inputs/2027/月报/a.xlsx", "看不出是哪个月的报表，没有读取"),
    ],
)
def test_an_unclear_month_leaves_the_sheet_unread(tmp_path: Path, title: str, file: str, reason: str) -> None:
    assert monthly(tmp_path, title, file=file) == ([], [reason])


def two_sheets(
    folder: Path, first: str, second: str, names: tuple[str, str] = ("一", "二")
) -> tuple[list[tuple[str, Month]], list[str]]:
    """A workbook in March's folder: one project under each title; months that were read, and what was said."""
    book = Workbook()
    book.remove(book.active)  # type: ignore[arg-type]
    for name, title, called in (("甲项目", first, names[0]), ("乙项目", second, names[1])):
        sheet = book.create_sheet(called)
        for row in ([title], [UNIT_LINE], MONTH_HEAD, (name, "区住建局", 100, 300, "封顶")):
            sheet.append(row)
    path = folder / MONTHLY
    path.parent.mkdir(parents=True)
    book.save(path)
    ledgers = read_ledgers(folder, 2027, [path], OfficeSettings())
    return [(row.project_name, row.month) for row in ledgers.progress], [each.message for each in ledgers.findings]


def test_a_workbook_of_several_months_is_read_whole(tmp_path: Path) -> None:
    months = [("甲项目", Month(2027, 2)), ("乙项目", Month(2027, 3))]
    assert two_sheets(tmp_path, "2027年2月月报", "2027年3月月报") == (months, [])


def test_sheets_named_by_their_months(tmp_path: Path) -> None:
    months = [("甲项目", Month(2027, 2)), ("乙项目", Month(2027, 3))]
    assert two_sheets(tmp_path, "2027年月报", "2027年月报", ("2月", "1-3月")) == (months, [])


def test_a_sheets_name_that_contradicts_its_folder(tmp_path: Path) -> None:
    read, said = two_sheets(tmp_path, "月报", "月报", ("4月", "补充"))
    assert read == [("乙项目", Month(2027, 3))]
    assert said == ["写明的月份不一致：工作表名为2027年4月，所在文件夹为2027年3月，没有读取"]


def test_a_title_goes_before_the_sheets_name(tmp_path: Path) -> None:
    months = [("甲项目", Month(2027, 2)), ("乙项目", Month(2027, 3))]
    assert two_sheets(tmp_path, "2月月报", "3月月报", ("5月", "1月")) == (months, [])


def test_a_sheet_of_another_month_needs_one_of_the_folders_beside_it(tmp_path: Path) -> None:
    read, said = two_sheets(tmp_path, "2027年2月月报", "月报")
    assert (read, said) == (
        [("乙项目", Month(2027, 3))],
        ["写明的月份不一致：标题为2027年2月，所在文件夹为2027年3月，没有读取"],
    )


def test_months_one_under_another_on_a_sheet(tmp_path: Path) -> None:
    rows = [
        ["2027年2月月报"], [UNIT_LINE], MONTH_HEAD, ("甲项目", "区住建局", 100, 300, "封顶"), [],
        ["2027年3月月报"], [UNIT_LINE], MONTH_HEAD, ("甲项目", "区住建局", 200, 500, "封顶"),
        ["2027年3月月报"], MONTH_HEAD, ("乙项目", "区住建局", 10, 20, "封顶"),
    ]  # fmt: skip
    path = tmp_path / MONTHLY
    path.parent.mkdir(parents=True)
    book = Workbook()
    for row in rows:
        book.active.append(tuple(row))  # type: ignore[union-attr]
    book.save(path)
    ledgers = read_ledgers(tmp_path, 2027, [path], OfficeSettings())
    read = [(row.project_name, row.month.month, int(row.month_done or 0)) for row in ledgers.progress]
    assert read == [("甲项目", 2, 100), ("甲项目", 3, 200), ("乙项目", 3, 10)]
    assert [each.message for each in ledgers.findings] == []


@pytest.mark.parametrize("heading", ["4月完成投资", "2027年4月完成投资"])
def test_a_month_in_a_heading_that_contradicts(tmp_path: Path, heading: str) -> None:
    head = (*MONTH_HEAD[:2], heading, *MONTH_HEAD[3:])
    months, errors = monthly(tmp_path, "2027年3月", head)
    assert months == [Month(2027, 3)]
    assert errors == ["“本月完成投资”列不能使用：列名写的是4月，本表为3月"]


def test_months_of_the_heading_that_agree(tmp_path: Path) -> None:
    head = ("项目名称", "责任单位", "3月完成投资", "2027年1-3月累计完成投资", "形象进度")
    assert monthly(tmp_path, "2027年3月", head) == ([Month(2027, 3)], [])


@pytest.mark.parametrize(
    ("title", "name", "unit"),
    [
        ("填报单位（盖章）：区住建局", "台账.xlsx", "区住建局"),
        ("申报表", "区住建局申报台账.xlsx", "区住建局"), ("申报表", "台账.xlsx", ""),
        ("申报单位：区水务局", "区住建局.xlsx", "区水务局"),
    ],
)  # fmt: skip
def test_the_unit_from_title_or_file_name(tmp_path: Path, title: str, name: str, unit: str) -> None:
    reading = read_rows(
        tmp_path, [[title], [UNIT_LINE], HEAD, project("甲项目")],
        file=f"inputs/2027/申报/{name}", units=("区住建局", "住建局"),
    )  # fmt: skip
    assert declarations(reading)[0].lead_unit == unit


# --- rows -------------------------------------------------------------------------------------------------


def test_section_rows_carry_the_class_until_another_part_begins(tmp_path: Path) -> None:
    head = (*HEAD[:2], *HEAD[3:])

    def row(name: str) -> Row:
        return (1, name, "示例公司", "示例园区", 50000, 20000)

    rows = [
        [UNIT_LINE], head, ["一、加快建设项目（共2个）"], row("甲项目"), row("乙项目"),
        ["二、前期储备类"], row("丙项目"), ["三、其他项目"], row("丁项目"),
    ]  # fmt: skip
    merges = [(number, 0, number, 5) for number in (2, 5, 7)]
    reading = read_rows(tmp_path, rows, merges)
    assert [(record.project_name, record.four_class) for record in declarations(reading)] == [
        ("甲项目", "加快建设"), ("乙项目", "加快建设"), ("丙项目", "前期储备"), ("丁项目", None),
    ]  # fmt: skip


def test_totals_are_compared_and_never_taken_for_projects(tmp_path: Path) -> None:
    rows = [
        [UNIT_LINE], HEAD,
        project("甲项目", 10, 1), project("乙项目", 20, 2), (None, "小计", None, None, None, 30, 3),
        project("丙项目", 5, 1), (None, "小 计", None, None, None, 6, 1),
        ("合计（3个）", None, None, None, None, 35, 5),
    ]  # fmt: skip
    reading = read_rows(tmp_path, rows)
    assert [record.project_name for record in declarations(reading)] == ["甲项目", "乙项目", "丙项目"]
    assert findings(reading, WARNING) == [
        ("F7", "合计行的“总投资”与各行之和5万元不符，以各行为准"),
        ("G8", "合计行的“当年计划投资”与各行之和4万元不符，以各行为准"),
    ]


def test_an_unreadable_total_is_left_aside(tmp_path: Path) -> None:
    rows = [[UNIT_LINE], HEAD, project("甲项目", 10, 1), ("合计", None, None, None, None, "约10", 1)]
    assert read_rows(tmp_path, rows).findings == []


def test_repeated_heads_notes_and_blank_rows_are_no_projects(tmp_path: Path) -> None:
    upper = ("序号", "项目名称", "四个一批", "项目业主", "具体选址", "投资情况", None)
    lower = (None, None, None, None, None, "总投资", "当年计划投资")
    rows = [
        [UNIT_LINE], upper, lower, project("甲项目"), [], upper, lower, project("乙项目"), [],
        ["注：1.总投资含外币折合。"], ["填报人：张某甲"], ["本表一式两份，报区重大办"],
    ]  # fmt: skip
    merges = [
        *((top, c, top + 1, c) for top in (1, 5) for c in range(5)), (1, 5, 1, 6), (5, 5, 5, 6), (11, 0, 11, 6),
    ]  # fmt: skip
    reading = read_rows(tmp_path, rows, merges)
    assert [record.project_name for record in declarations(reading)] == ["甲项目", "乙项目"]
    assert reading.findings == []


def test_a_row_without_a_name_is_an_error_and_an_empty_form_row_is_not(tmp_path: Path) -> None:
    rows = [[UNIT_LINE], HEAD, project(None), (2, None, None, None, None, None, None), project("乙项目")]
    reading = read_rows(tmp_path, rows)
    assert [record.project_name for record in declarations(reading)] == ["乙项目"]
    assert findings(reading) == [("B3", "本行没有填“项目名称”，没有读取")]


def test_merged_text_fills_down_and_merged_amounts_are_refused(tmp_path: Path) -> None:
    head = (*HEAD, "责任单位")
    rows = [
        [UNIT_LINE], head, (*project("甲项目", 100), "区住建局"), (*project("乙项目", None), None),
        (*project("丙项目", 7), None),
    ]  # fmt: skip
    reading = read_rows(tmp_path, rows, [(2, 7, 4, 7), (2, 5, 3, 5)])
    records = declarations(reading)
    assert [record.lead_unit for record in records] == ["区住建局"] * 3
    assert [record.total_investment for record in records] == [None, None, 7]
    assert findings(reading) == [(cell, "“总投资”是合并单元格，无法分到各项目") for cell in ("F3", "F4")]


def test_an_amount_merged_together_with_its_project_belongs_to_it(tmp_path: Path) -> None:
    rows = [[UNIT_LINE], HEAD, project("甲项目", 100), (None,) * 7]
    reading = read_rows(tmp_path, rows, [(2, column, 3, column) for column in range(7)])
    assert declarations(reading)[0].total_investment == 100


# --- what is no ledger, and where it lies -----------------------------------------------------------------


def test_a_sheet_that_is_no_ledger(tmp_path: Path) -> None:
    reading = read_rows(tmp_path, [["通讯录"], ["姓名", "手机"], ["张某甲", "略"]])
    assert (reading.kind, only(reading).message) == (None, "认不出这是哪种台账，没有读取")
    assert read_rows(tmp_path, [["封面"]]).findings == []


def test_a_ledger_in_another_folder_is_read_by_its_content(tmp_path: Path) -> None:
    rows = [[UNIT_LINE], HEAD, project("甲项目")]
    reading = read_rows(tmp_path, rows, file="inputs/2027/月报/2027-03/台账.xlsx")
    assert reading.kind is not None
    assert reading.kind.slug == "declaration"
    assert findings(reading, WARNING) == [("", "放在“月报”文件夹，内容是申报台账，已按内容读取")]


def test_a_csv_row_with_a_value_too_many_is_not_read_shifted(tmp_path: Path) -> None:
    path = tmp_path / "台账.csv"
    lines = [
        "单位：万元",
        ",".join(HEAD),
        "1,甲项目,加快建设,示例公司,示例园区,15,000,6,000",
        "2,乙项目,加快建设,示例公司,示例园区,5,1",
    ]
    path.write_text("\n".join(lines), encoding="gb18030")
    reading = read_file(path, "inputs/2027/申报/台账.csv")
    assert [(r.project_name, r.total_investment) for r in declarations(reading)] == [("乙项目", Decimal(5))]
    assert findings(reading) == [("第3行", "本行到第9列，比表头多，各列可能错位，没有读取")]


def test_hidden_rows_are_read_and_named(tmp_path: Path) -> None:
    path = write(tmp_path, [[UNIT_LINE], HEAD, project("甲项目"), project("乙项目")])
    grid = replace(read_grids(path)[0], hidden_rows=frozenset({0, 3}))
    around = Surroundings("inputs/2027/申报/台账.xlsx", 2027, OfficeSettings(), LEDGER_KINDS)
    reading = read_sheet(grid, around)
    assert len(reading.records) == 2
    assert findings(reading, WARNING) == [("", "第4行被隐藏或行高过小，已照常读取")]


def test_a_table_without_its_total_is_not_taken_and_the_column_is_named(tmp_path: Path) -> None:
    index = next(number for number, heading in enumerate(HEAD) if "总投资" in heading)
    rows = [[cell for number, cell in enumerate(row) if number != index] for row in (HEAD, project("甲项目"))]
    reading = read_rows(tmp_path, [[UNIT_LINE], *rows])
    assert reading.records == []
    (finding,) = (each for each in reading.findings if each.code == "missing-column")
    assert finding.severity is Severity.ERROR
    assert "没有认出“总投资”一列" in finding.message
    assert str(finding.citation) == "《重点办法》第八条第（二）项"


def test_a_total_that_is_only_suggested_is_no_missing_column(tmp_path: Path) -> None:
    head = tuple("总投资额度" if "总投资" in heading else heading for heading in HEAD)
    reading = read_rows(tmp_path, [[UNIT_LINE], head, project("甲项目")])
    assert [each.code for each in reading.findings if each.code == "missing-column"] == []
    assert len(reading.records) == 1


def test_an_unknown_column_that_may_be_the_missing_one_is_named(tmp_path: Path) -> None:
    head = tuple("预计总投资" if "总投资" in heading else heading for heading in HEAD)
    reading = read_rows(tmp_path, [[UNIT_LINE], head, project("甲项目")])
    (finding,) = (each for each in reading.findings if each.code == "missing-column")
    assert "“预计总投资”" in finding.action


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("关于报送台账的说明\n", "可见的工作表中没有看到台账"), ("\n,,\n", "工作簿中没有任何内容"), ('{"项目名称": "甲项目"}\n', "内容是JSON数据"),
    ],
)  # fmt: skip
def test_a_file_without_a_ledger_is_empty_only_where_nothing_stands_in_it(tmp_path: Path, text: str, told: str) -> None:
    path = tmp_path / "inputs" / "2027" / "申报" / "台账.csv"
    path.parent.mkdir(parents=True)
    path.write_text(text, "utf-8")
    (finding,) = read_ledgers(tmp_path, 2027, [path], OfficeSettings()).findings
    assert told in finding.message + finding.action


@pytest.mark.parametrize(
    ("title", "sheet", "told"),
    [
        ("2027年3月月报", "2月", "标题为2027年3月，工作表名为2027年2月"), ("3月月报", "2月", ""),
        ("2027年3月月报", "3月", ""), ("2027年3月月报", "1-3月", ""), ("2027年3月月报", "Sheet1", ""), ("重点项目月报", "3月", ""),
    ],
)  # fmt: skip
def test_a_sheet_named_after_another_month_than_its_title_is_not_read(
    tmp_path: Path, title: str, sheet: str, told: str
) -> None:
    path = write(tmp_path, [[title], [UNIT_LINE], MONTH_HEAD, ("甲项目", "区住建局", 1, 2, "基础")])
    grid = replace(read_grids(path)[0], sheet=sheet)
    reading = read_sheet(grid, Surroundings(MONTHLY, 2027, OfficeSettings(), LEDGER_KINDS))
    assert bool(reading.records) is not bool(told)
    assert [told in message for _, message in findings(reading)] == [True] * bool(told)


def test_tables_on_one_sheet_are_not_measured_by_its_name(tmp_path: Path) -> None:
    tables = [
        [[f"2027年{month}月月报"], [UNIT_LINE], MONTH_HEAD, ("甲项目", "区住建局", 1, month, "基础")]
        for month in (2, 3)
    ]
    grid = replace(read_grids(write(tmp_path, [*tables[0], *tables[1]]))[0], sheet="2月")
    around = Surroundings(MONTHLY, 2027, OfficeSettings(), LEDGER_KINDS, several_months=True)
    records = read_sheet(grid, around).records
    assert [record.month for record in records if isinstance(record, Progress)] == [
        Month(2027, 2),
        Month(2027, 3),
    ]
