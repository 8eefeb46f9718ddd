"""Heads, several tables on a sheet, repeated pages, notes and cards."""

import sys
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

import pytest

from pipeline.ledgers.kinds import LEDGER_KINDS
from pipeline.records.field_catalogue import REMARK, SERIAL
from pipeline.records.pairing import Sponsorship
from pipeline.records.period import Month, PartialDay, Span
from pipeline.records.problem import Problem
from pipeline.records.progress import Progress
from pipeline.records.settings import OfficeSettings
from pipeline.records.severity import Severity
from pipeline.spreadsheets.unit_words import half_width
from pipeline.tables.head import HEAD_SIGNS
from pipeline.tables.heading_words import SUBJECT_SIGNS, WRITTEN
from tests.ledger_sheets import HEAD, UNIT_LINE, Area, Row, declarations, findings, only, project, read_rows

WARNING, ADVICE = Severity.WARNING, Severity.ADVICE
PLAIN_HEAD = (*HEAD[1:2], *HEAD[3:])  # without number and class


def plain(name: object) -> Row:
    """A row below ``PLAIN_HEAD``."""
    return (name, "示例公司", "示例园区", 10, 1)


def names(folder: Path, rows: Sequence[Row]) -> list[str]:
    """The projects' names; nothing may be found wrong."""
    reading = read_rows(folder, rows)
    assert reading.findings == [], [finding.sentence for finding in reading.findings]
    return [record.project_name for record in declarations(reading)]


# --- heads and columns ------------------------------------------------------------------------------------


def test_start_and_finish_in_two_columns(tmp_path: Path) -> None:
    for start, finish in (("计划开工年", "计划完工年"), ("起", "止"), ("开工", "竣工"), ("起始年", "终止年")):
        upper = (*HEAD, "建设年限", None)
        lower = (None,) * 7 + (start, finish)
        rows = [[UNIT_LINE], upper, lower, (*project("甲"), 2026, "2028年10月")]
        merges = [*((1, column, 2, column) for column in range(7)), (1, 7, 1, 8)]
        reading = read_rows(tmp_path, rows, merges)
        assert declarations(reading)[0].span == Span(PartialDay(2026), PartialDay(2028, 10))
        assert reading.findings == []


def test_content_and_scale_in_two_columns_are_joined(tmp_path: Path) -> None:
    rows: list[Row] = [
        [UNIT_LINE],
        (*HEAD, "建设规模", "建设内容"),
        (*project("甲"), "3公里", "道路"),
        (*project("乙"), None, "桥"),
    ]
    reading = read_rows(tmp_path, rows)
    assert [r.content for r in declarations(reading)] == ["3公里；道路", "桥"]
    assert only(reading).message == "“建设规模”、“建设内容”2列合并读作“主要建设内容和规模”"
    named = read_rows(
        tmp_path, [[UNIT_LINE], (*HEAD, "建设规模", "主要建设内容和规模"), (*project("甲"), "3公里", "道路")]
    )
    assert declarations(named)[0].content == "道路"
    assert [f.severity for f in named.findings] == [ADVICE]


@pytest.mark.parametrize("line", ["[万元]", "【万元】", "（单位：万元、亩）", "单位:万元 亩", "计量单位：万元"])
def test_the_unit_line_in_any_form(tmp_path: Path, line: str) -> None:
    rows: list[Row] = [["重点项目申报表"], [None, None, line], [], HEAD, project("甲")]
    reading = read_rows(tmp_path, rows)
    assert (len(reading.records), reading.findings) == (1, [])


def test_units_in_a_row_of_their_own_below_the_head(tmp_path: Path) -> None:
    rows: list[Row] = [HEAD, (None,) * 5 + ("亿元", "万元"), project("甲", 5, 300)]
    reading = read_rows(tmp_path, rows)
    assert [(r.total_investment, r.year_plan) for r in declarations(reading)] == [(Decimal(50000), Decimal(300))]
    assert reading.findings == []


def test_three_rows_of_head(tmp_path: Path) -> None:
    rows: list[Row] = [
        ["2027年3月月报"], ("项目名称", "责任单位", "投资情况（万元）", None, None, "形象进度"),
        (None, None, "完成投资", None, "自开工累计完成投资", None), (None, None, "本月", "本年累计", None, None),
        ("甲", "区住建局", 1, 2, 3, "封顶"),
    ]  # fmt: skip
    merges = [(1, 0, 3, 0), (1, 1, 3, 1), (1, 2, 1, 4), (2, 2, 2, 3), (2, 4, 3, 4), (1, 5, 3, 5)]
    reading = read_rows(tmp_path, rows, merges, file="inputs/2027/月报/2027-03/a.xlsx")
    (record,) = reading.records
    assert isinstance(record, Progress)
    assert (record.month_done, record.year_done, record.since_start) == tuple(map(Decimal, (1, 2, 3)))
    assert reading.findings == []


def test_the_name_is_read_from_the_column_of_that_name(tmp_path: Path) -> None:
    rows = [
        [UNIT_LINE],
        ("工程名称", *HEAD[1:]),
        (None, *project("甲项目")[1:]),
        ("乙工程", *project(None)[1:]),
    ]
    reading = read_rows(tmp_path, rows)
    assert [r.project_name for r in declarations(reading)] == ["甲项目"]
    assert findings(reading) == [("B4", "本行没有填“项目名称”，没有读取")]


def test_a_column_whose_heading_names_several_things_is_known_by_its_content(tmp_path: Path) -> None:
    head = ("序号", "项目名称", "项目类别", *HEAD[3:])

    def row(name: str, kind: str | None) -> Row:
        return (1, name, kind, "示例公司", "示例园区", 10, 1)

    rows: list[Row] = [
        [UNIT_LINE],
        head,
        ["一、加快建设"],
        row("甲", "工业"),
        row("乙", "城建"),
        row("丙", None),
    ]
    reading = read_rows(tmp_path, rows)
    assert [r.four_class for r in declarations(reading)] == ["加快建设"] * 3
    assert only(reading).message == "列“项目类别”的内容都不是“四个一批”的选项，没有读取"
    rows[3] = row("甲", "加快")
    assert findings(read_rows(tmp_path, rows)) == [
        (cell, "“四个一批”应为促进开工、加快建设、竣工投产、前期储备之一") for cell in ("C4", "C5")
    ]


# --- several tables, repeated heads, notes ----------------------------------------------------------------


def test_two_ledgers_one_under_another(tmp_path: Path) -> None:
    problems = ("序号", "项目名称", "存在问题", "问题类型", "处理层级", "解决方式", "解决时限")
    rows: list[Row] = [
        ["附件1", None], ["2027年重点项目申报表"], [UNIT_LINE], HEAD, project("甲", 10, 1), ("合计", None, None, None, None, 10, 1),
        ["注：含外币。"], [], ["附件2 2027年问题台账"], problems, (1, "甲", "缺地", "土地", "区重大办", "协调", "2027-05-01"),
        (2, "乙", "缺钱", "资金", "工作小组", "协调", "2027-06-01"),
    ]  # fmt: skip
    reading = read_rows(tmp_path, rows)
    assert [kind.slug for kind in reading.kinds] == ["declaration", "problem"]
    assert [type(record).__name__ for record in reading.records] == ["Declaration", "Problem", "Problem"]
    last = reading.records[-1]
    assert isinstance(last, Problem)
    assert (last.project_name, last.source.row) == ("乙", 12)
    assert findings(reading, WARNING) == [("", "放在“申报”文件夹，内容是问题台账，已按内容读取")]


def test_each_table_has_its_own_month_and_unit(tmp_path: Path) -> None:
    head = ("项目名称", "责任单位", "本月完成投资", "本年累计完成投资", "形象进度")
    wider = (*head, "存在问题")
    rows: list[Row] = [
        ["2027年2月月报", None, "单位：亿元"], head, ("甲", "区住建局", 1, 2, "封顶"),
        [], ["2027年3月月报", None, "单位：万元"], wider, ("甲", "区住建局", 1, 3, "封顶", "缺地"),
    ]  # fmt: skip
    reading = read_rows(tmp_path, rows, file="inputs/2027/月报/a.xlsx")
    told = [(r.month, r.year_done) for r in reading.records if isinstance(r, Progress)]
    assert told == [(Month(2027, 2), Decimal(20000)), (Month(2027, 3), Decimal(3))]
    assert reading.findings == []


def test_the_head_and_title_repeated_on_each_page(tmp_path: Path) -> None:
    page = [["2027年重点项目申报表"], [UNIT_LINE], HEAD]
    rows: list[Row] = [
        *page,
        project("甲", 10, 1, 1),
        [],
        *page,
        project("乙", 10, 1, 2),
        *page,
        project("丙", 10, 1, 3),
        ["填报人：张某甲"],
    ]
    assert names(tmp_path, rows) == ["甲", "乙", "丙"]
    first_column = [[row[1] if len(row) > 2 else row[0], *row[2:]] if row else [] for row in rows]
    assert names(tmp_path, first_column) == ["甲", "乙", "丙"]


def test_column_numbers_and_notes_over_several_rows(tmp_path: Path) -> None:
    rows: list[Row] = [
        [UNIT_LINE], PLAIN_HEAD, ("甲", "乙", 1, 2, 3), plain("甲项目"), plain("乙项目"), [],
        ["注：1.总投资含外币折合。"], ["2.数据截至上月末。"], ["3.本表一式两份"], ["填报人：张某甲", None, "审核人：李某乙"], ["单位负责人（签字）：", None, "填表人："],
    ]  # fmt: skip
    assert names(tmp_path, rows) == ["甲项目", "乙项目"]
    for numbers in ((1, 2, 3, 4, 5), ("栏次", 1, 2, 3, 4), ("（1）", "（2）", "（3）", "（4）", "（5）")):
        rows[2] = numbers
        assert names(tmp_path, rows) == ["甲项目", "乙项目"], numbers


@pytest.mark.parametrize(
    ("above", "sheet", "said"),
    [
        (["2028年重点项目申报表", UNIT_LINE], "2027年", "标题写的是2028年"),
        (["2027年重点项目申报表", UNIT_LINE], "2028年", "工作表名写的是2028年"),
        (["2028年度重点项目申报表", UNIT_LINE], "2028年度", "标题、工作表名写的是2028年"),
        (["2028年申报表", UNIT_LINE], "2026年申报", "标题写的是2028年，工作表名写的是2026年"),
        (["2027年重点项目申报表", "单位：万元（2028年度）"], "申报", "标题写的是2028年"),
        (["2027年重点项目申报表", UNIT_LINE], "2027年", ""),
        (["2027年重点项目申报表", UNIT_LINE], "2026年续建项目", ""),
        (["2026年完成情况和2027年计划", UNIT_LINE], "申报", ""),
    ],
)
def test_a_place_that_states_another_year_is_named(above: list[str], sheet: str, said: str, tmp_path: Path) -> None:
    rows = [*([text] for text in above), HEAD, project("甲")]
    expected = [("", f"{said}，所在年度为2027年，已按2027年读取")] if said else []
    reading = read_rows(tmp_path, rows, sheet=sheet)
    assert findings(reading, WARNING) == expected
    assert len(reading.records) == 1


@pytest.mark.parametrize(
    ("label", "role"),
    [
        ("2028年合计", "合计行"),
        ("合计（2028年）", "合计行"),
        ("一、2028年加快建设项目", "分类行"),
        ("一、2027年加快建设项目", ""),
        ("一、2026年结转项目", ""),
        ("一、2028年计划开工项目", ""),
        ("2027年合计", ""),
        ("合计", ""),
    ],
)
def test_a_total_or_a_section_of_another_year_is_named(label: str, role: str, tmp_path: Path) -> None:
    line: Row = [None, label] if not label.startswith("一") else [label]
    if "合计" in label:
        line = [None, label, None, None, None, 50000, 20000]
    rows = [["2027年重点项目申报表"], [UNIT_LINE], HEAD, project("甲"), line]
    if label.startswith("一"):
        rows = [*rows[:3], line, rows[3]]
    said = [each for each in read_rows(tmp_path, rows).findings if each.code == "other-year"]
    assert [(each.message, each.seen) for each in said] == (
        [(f"{role}写的是2028年，本表为2027年，已按2027年读取", half_width(label))] if role else []
    )


def test_another_year_in_the_title_is_reported(tmp_path: Path) -> None:
    rows = [["2026年重点项目申报表"], [UNIT_LINE], HEAD, project("甲")]
    assert findings(read_rows(tmp_path, rows), WARNING) == [("", "标题写的是2026年，所在年度为2027年，已按2027年读取")]
    for title in (
        "2027年重点项目申报表",
        "2026年完成情况及2027年计划",
        "申报表（填报日期：2026年9月1日）",
        "截至2026年底情况",
    ):
        assert read_rows(tmp_path, [[title], [UNIT_LINE], HEAD, project("甲")]).findings == []


# --- people -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "stated",
    [
        "张某甲、李某乙",
        "张某甲，李某乙",
        "张某甲,李某乙",
        "张某甲 李某乙",
        "张某甲\n李某乙",
        "张某甲；李某乙",
    ],
)
def test_several_leaders_in_one_cell(tmp_path: Path, stated: str) -> None:
    head = ("项目名称", "包联领导", "建设任务", "总投资（万元）", "责任单位")
    reading = read_rows(tmp_path, [head, ("甲", stated, "开工", 9000, "区住建局")], file="inputs/2027/包联/a.xlsx")
    (record,) = reading.records
    assert isinstance(record, Sponsorship)
    assert record.leaders == ("张某甲", "李某乙")


# --- cards ------------------------------------------------------------------------------------------------


def _card(name: str, total: object) -> list[Row]:
    return [
        ["重点项目情况卡", None, None, None], ["项目名称", name, "项目业主", "示例公司"], ["具体选址", "东园", "总投资（亿元）", total],
        ["当年计划投资（万元）", 300, "四个一批", "加快建设"], ["主要建设内容和规模", "道路3公里", None, None], ["资金来源", "自筹", "责任单位", "区住建局"],
    ]  # fmt: skip


def test_a_card_is_one_project(tmp_path: Path) -> None:
    for merges in ([], [(0, 0, 0, 3), (4, 1, 4, 3)]):
        reading = read_rows(tmp_path, _card("甲项目", 1.5), merges)
        (record,) = declarations(reading)
        assert (record.project_name, record.owner, record.total_investment) == (
            "甲项目",
            "示例公司",
            Decimal(15000),
        )
        assert (record.year_plan, record.content, record.lead_unit) == (Decimal(300), "道路3公里", "区住建局")
        assert record.source.cell_of("total_investment") == "D3" if hasattr(record.source, "cell_of") else True
        assert reading.findings == []


def test_cards_one_under_another_and_a_flaw_in_one(tmp_path: Path) -> None:
    rows = [*_card("甲项目", 1.5), [], *_card("乙项目", "约2")]
    reading = read_rows(tmp_path, rows)
    assert [(r.project_name, r.total_investment) for r in declarations(reading)] == [
        ("甲项目", 15000),
        ("乙项目", None),
    ]
    assert findings(reading) == [("D10", "“总投资”不是规范的数字")]


def test_a_card_with_merged_labels(tmp_path: Path) -> None:
    """Label in A:C, value in D:J, as forms are laid out."""
    rows: list[list[object]] = [["项目卡片（单位：万元）"]]
    merges: list[Area] = [(0, 0, 0, 9)]
    pairs = (
        ("项目名称", "甲项目"),
        ("建设单位", "示例公司"),
        ("建设地点", "东园"),
        ("总投资", 500),
        ("本年计划投资", 50),
        ("资金来源", "自筹"),
    )
    for number, (label, value) in enumerate(pairs, start=1):
        rows.append([label, None, None, value])
        merges += [(number, 0, number, 2), (number, 3, number, 9)]
    reading = read_rows(tmp_path, rows, merges)
    (record,) = declarations(reading)
    assert (record.project_name, record.site, record.total_investment, record.year_plan) == (
        "甲项目",
        "东园",
        Decimal(500),
        Decimal(50),
    )
    assert reading.findings == []


def test_a_card_is_found_by_any_way_to_write_its_subject() -> None:
    """Only cells with one of a few characters are asked whether they name the subject of a card or begin a table."""
    subjects = {kind.subject for kind in LEDGER_KINDS}
    ways = [word for subject in subjects for word in (subject.label, *subject.synonyms)]
    ways += [pattern.pattern for field, pattern in WRITTEN if field in subjects]
    assert all(map(SUBJECT_SIGNS.search, ways))
    ways += [half_width(word) for field in (SERIAL, REMARK) for word in (field.label, *field.synonyms)]
    assert all(map(HEAD_SIGNS.search, ways))


def test_the_signs_of_a_subject_are_known_in_any_width() -> None:
    signs = {sign for sign in map(chr, range(sys.maxunicode + 1)) if set(half_width(sign)) & set("名称位门")}
    assert signs > set("名称位门")
    assert all(map(SUBJECT_SIGNS.search, signs))


def test_a_column_of_anybody_s_beside_the_name_makes_no_card(tmp_path: Path) -> None:
    """The name's heading has a value beside it then, as on a card; all the other labels stand in the same row."""
    head = (HEAD[0], HEAD[1], "项目代码", *HEAD[2:])
    rows = [[UNIT_LINE], head, *((*project(f"{n}号楼")[:2], f"2027-{n}", *project("")[2:]) for n in range(5))]
    reading = read_rows(tmp_path, rows)
    assert [record.project_name for record in declarations(reading)] == [f"{n}号楼" for n in range(5)]
    assert only(reading).message == "列“项目代码”不属于申报台账，没有读取"


def test_a_card_whose_subject_the_office_confirmed(tmp_path: Path) -> None:
    rows = [
        ("示例区项目情况", None, None, None),
        ("工程", "示例项目", "项目业主", "示例公司"),
        ("总投资（万元）", 50000, "当年计划投资（万元）", 20000),
        ("具体选址", "示例园区", "四个一批", "加快建设"),
    ]
    assert not read_rows(tmp_path, rows).records
    confirmed = OfficeSettings(headings={"工程": "项目名称"})
    (declared,) = declarations(read_rows(tmp_path, rows, settings=confirmed))
    assert declared.project_name == "示例项目"


def test_an_amount_whose_heading_states_a_percentage(tmp_path: Path) -> None:
    """Below a parent heading too: a finding for the column, no figure, and no crash."""
    head = ((*HEAD[:5], "投资情况", None), (*[None] * 5, "总投资（%）", "当年计划投资"))
    merges = [*((1, column, 2, column) for column in range(5)), (1, 5, 1, 6)]
    reading = read_rows(tmp_path, [[UNIT_LINE], *head, project("甲项目", 35, 20000)], merges)
    (row,) = declarations(reading)
    assert (row.total_investment, row.year_plan) == (None, Decimal(20000))
    assert any("列名写明的单位是%，“总投资”应为金额" in message for _, message in findings(reading))
