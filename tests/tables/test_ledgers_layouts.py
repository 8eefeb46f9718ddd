"""One content in many layouts, and the money unit wherever a unit wrote it."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.ledgers.kinds import LEDGER_KINDS
from pipeline.records import field_catalogue as f
from pipeline.records.settings import OfficeSettings
from pipeline.records.severity import Severity
from pipeline.tables.table import Surroundings, read_sheet
from tests.example_counts import tries
from tests.grids_read import read_grids
from tests.ledger_sheets import (
    DECLARED,
    HEAD,
    UNIT_LINE,
    YEAR,
    Area,
    Row,
    declarations,
    findings,
    only,
    project,
    read_rows,
    write,
)

WARNING = Severity.WARNING


# --- one content, many layouts ----------------------------------------------------------------------------

_KEYS = ("name", "four_class", "owner", "site", "total", "plan")
_WORDS = {
    "name": ("项目名称", "项目全称"), "four_class": ("四个一批", "四个一批类别"), "owner": ("项目业主", "业主单位"),
    "site": ("具体选址", "建设\n地点"), "total": ("总投资", "计划总投资", "投资情况>总投资"),
    "plan": ("当年计划投资", "2027年计划投资", "投资情况>年度计划投资"),
}  # fmt: skip
_CONTENT = (
    {"name": "甲项目", "four_class": "加快建设", "owner": "甲公司", "site": "东园", "total": 50000, "plan": 20000},
    {"name": "乙项目", "four_class": "竣工投产", "owner": "乙公司", "site": "西园", "total": 12345.67, "plan": 0.5},
)  # fmt: skip


@st.composite
def layouts(draw: st.DrawFn) -> tuple[list[Row], list[Area]]:
    """The same two projects in a form that some unit might have made up."""
    keys = draw(st.permutations(_KEYS))
    # A group's leaves stand side by side, as a merged parent needs.
    keys = [key for key in keys if key != "plan"]
    keys.insert(keys.index("total") + 1, "plan")
    words = {key: draw(st.sampled_from(_WORDS[key])) for key in keys}
    unit = draw(st.sampled_from(("万元", "亿元")))
    in_heading = draw(st.booleans())
    rows: list[Row] = [
        [title] for title in draw(st.sampled_from(((), ("申报表",), ("附件1", "2027年申报表")))) if title
    ]
    if not in_heading:
        rows.append([None] * (len(keys) - 1) + [f"单位：{unit}"])
    suffix = {key: f"（{unit}）" if in_heading and key in ("total", "plan") else "" for key in keys}
    top, two_rows = len(rows), any(">" in word for word in words.values())
    upper: list[object] = []
    lower: list[object] = []
    merges: list[Area] = []
    for column, key in enumerate(keys):
        parent, _, leaf = words[key].rpartition(">")
        upper.append(parent or leaf + suffix[key])
        lower.append(leaf + suffix[key] if parent else None)
        if two_rows and not parent:
            merges.append((top, column, top + 1, column))
    both = [column for column, key in enumerate(keys) if ">" in words[key]]
    if len(both) == 2:
        merges.append((top, both[0], top, both[1]))
    rows += [upper, lower] if two_rows else [upper]
    scale = 10000 if unit == "亿元" else 1
    for entry in _CONTENT:
        rows.append([_money(entry[key], scale) if key in ("total", "plan") else entry[key] for key in keys])
    if draw(st.booleans()):
        total: list[object] = [
            _money(sum(float(str(e[key])) for e in _CONTENT), scale) if key in ("total", "plan") else None
            for key in keys
        ]
        total[keys.index("name")] = "合  计"
        rows.append(total)
    if draw(st.booleans()):
        rows += [[], ["注：总投资含外币折合。"], ["填报人：张某甲", None, "审核人：李某乙"]]
    return rows, merges


def _money(value: object, scale: int) -> object:
    return float(Decimal(str(value)) / scale)


@settings(max_examples=tries(2000), deadline=None)
@given(layouts())
def test_every_layout_gives_the_same_records(layout: tuple[list[Row], list[Area]]) -> None:
    with TemporaryDirectory() as folder:
        reading = read_rows(Path(folder), *layout)
    found = [
        (r.project_name, r.four_class, r.owner, r.site, r.total_investment, r.year_plan) for r in declarations(reading)
    ]
    assert found == [
        ("甲项目", "加快建设", "甲公司", "东园", Decimal(50000), Decimal(20000)),
        ("乙项目", "竣工投产", "乙公司", "西园", Decimal("12345.67"), Decimal("0.5")),
    ]
    assert reading.findings == []


# --- units ------------------------------------------------------------------------------------------------


def amounts(folder: Path, rows: Sequence[Row]) -> list[Decimal | None]:
    return [record.total_investment for record in declarations(read_rows(folder, rows))]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("单位：亿元", 50000), ("金额单位: 亿元、亩", 50000), ("重点项目申报表（亿元）", 50000), ("（单位：亿元）", 50000),
        ("单位：人民币元", Decimal("0.0005")),
    ],
)  # fmt: skip
def test_the_unit_above_the_head_holds_for_all_amounts(tmp_path: Path, line: str, expected: Decimal) -> None:
    reading = read_rows(tmp_path, [[line], HEAD, project("甲项目", 5, 1)])
    assert declarations(reading)[0].total_investment == expected
    assert reading.findings == []


def test_the_beginning_of_a_units_name_is_no_money_unit(tmp_path: Path) -> None:
    reading = read_rows(tmp_path, [["填报单位：元山镇", "单位：万元"], HEAD, project("甲项目", 5)])
    assert declarations(reading)[0].total_investment == 5
    assert declarations(reading)[0].lead_unit == "元山镇"


def _with_total(heading: str) -> tuple[str, ...]:
    return (*HEAD[:5], heading, HEAD[6])


def test_heading_and_unit_line_that_contradict_leave_the_column_unread(tmp_path: Path) -> None:
    reading = read_rows(tmp_path, [[UNIT_LINE], _with_total("总投资（亿元）"), project("甲项目", 5)])
    assert findings(reading) == [("F2", "“总投资”列不能使用：列名写明亿元，表头上方写明万元，两者矛盾")]
    record = declarations(reading)[0]
    assert record.total_investment is None
    assert not record.source.readable(f.TOTAL_INVESTMENT)
    assert record.year_plan == 20000


def test_two_units_above_the_head_contradict(tmp_path: Path) -> None:
    rows = [["申报表（亿元）"], [UNIT_LINE], HEAD, project("甲项目")]
    reading = read_rows(tmp_path, rows)
    assert [message for _, message in findings(reading)] == [
        f"“{label}”列不能使用：表头上方写明了不止一个单位（亿元、万元），看不出这一列用哪一个"
        for label in ("总投资", "当年计划投资")
    ]
    assert declarations(reading)[0].total_investment is None


@pytest.mark.parametrize(
    ("line", "wan"),
    [
        (("单位：千元",), Decimal("0.5")), (("单位:百万 元",), Decimal(500)), (("单位：", "亿元"), Decimal(50000)), (("单位：亩、万元",), Decimal(5)),
        (("单位：万美元",), Decimal("35.5")), (("（亿）",), Decimal(50000)),
    ],
)  # fmt: skip
def test_the_unit_line_counts_whatever_unit_it_names(tmp_path: Path, line: Row, wan: Decimal) -> None:
    settings = OfficeSettings(exchange_rates={"美元": Decimal("7.1")})
    reading = read_rows(tmp_path, [line, HEAD, project("甲项目", 5, 5)], settings=settings)
    assert findings(reading) == []
    record = declarations(reading)[0]
    assert (record.total_investment, record.year_plan) == (wan, wan)


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("单位：千块", "表头上方写明的单位“千块”不认识"),
        ("单位：万美元", "表头上方写明的外币“美元”没有登记折算汇率"),
        ("单位：万元、亿元", "表头上方写明了不止一个单位（万元、亿元），看不出这一列用哪一个"),
    ],
)
def test_a_unit_line_that_cannot_be_used_leaves_the_amounts_unread(tmp_path: Path, line: str, reason: str) -> None:
    reading = read_rows(tmp_path, [[line], HEAD, project("甲项目", 5, 5)])
    assert findings(reading) == [
        ("F2", f"“总投资”列不能使用：{reason}"), ("G2", f"“当年计划投资”列不能使用：{reason}"),
    ]  # fmt: skip
    record = declarations(reading)[0]
    assert (record.total_investment, record.year_plan) == (None, None)


def test_a_unit_in_a_note_below_the_table_counts_where_none_stands_above(tmp_path: Path) -> None:
    note = ["注：金额单位为亿元"]
    reading = read_rows(tmp_path, [HEAD, project("甲项目", 5, 2), note])
    assert reading.findings == []
    assert declarations(reading)[0].total_investment == 50000
    above = read_rows(tmp_path, [[UNIT_LINE], HEAD, project("甲项目", 5, 2), note])
    assert declarations(above)[0].total_investment == 5
    unknown = read_rows(tmp_path, [HEAD, project("甲项目", 5, 2), ["注：金额单位为毛"]])
    assert findings(unknown)[0] == ("F1", "“总投资”列不能使用：表下说明写明的单位“毛”不认识")


def test_a_unit_in_the_sheets_name_counts_where_none_is_stated_besides(tmp_path: Path) -> None:
    grid = read_grids(write(tmp_path, [HEAD, project("甲项目", 5, 2)]))[0]
    reading = read_sheet(
        replace(grid, sheet="申报表（千元）"), Surroundings(DECLARED, YEAR, OfficeSettings(), LEDGER_KINDS)
    )
    assert reading.findings == []
    assert declarations(reading)[0].total_investment == Decimal("0.5")


def test_headings_may_each_name_one_of_the_lines_units(tmp_path: Path) -> None:
    head = (*HEAD[:5], "总投资：亿元", "当年计划投资（万）")
    reading = read_rows(tmp_path, [["单位：万元、亿元"], head, project("甲项目", 5, 5)])
    assert findings(reading) == []
    record = declarations(reading)[0]
    assert (record.total_investment, record.year_plan) == (Decimal(50000), Decimal(5))


def test_parent_and_leaf_that_contradict(tmp_path: Path) -> None:
    upper = ("序号", "项目名称", "四个一批", "项目业主", "具体选址", "投资情况（亿元）", None)
    lower = (None, None, None, None, None, "总投资（万元）", "当年计划投资")
    merges = [*((0, c, 1, c) for c in range(5)), (0, 5, 0, 6)]
    reading = read_rows(tmp_path, [upper, lower, project("甲项目", 5, 2)], merges)
    assert findings(reading) == [("F2", "“总投资”列不能使用：列名上下两级写明的单位亿元、万元互相矛盾")]
    assert declarations(reading)[0].year_plan == 20000


def test_a_unit_in_every_cell_needs_no_unit_elsewhere(tmp_path: Path) -> None:
    reading = read_rows(tmp_path, [HEAD, project("甲项目", "13600万元", "0.5亿元")])
    record = declarations(reading)[0]
    assert (record.total_investment, record.year_plan) == (Decimal(13600), Decimal(5000))
    assert reading.findings == []


def test_one_bare_number_leans_on_the_default_and_says_so(tmp_path: Path) -> None:
    rows = [HEAD, project("甲项目", "13600万元", "1万元"), project("乙项目", 2, "2万元")]
    reading = read_rows(tmp_path, rows, settings=OfficeSettings(default_unit="亿元"))
    assert [record.total_investment for record in declarations(reading)] == [13600, 20000]
    finding = only(reading)
    assert finding.severity is WARNING
    assert finding.message == "总投资没有写明金额单位，按office.toml的默认单位亿元读取"


def test_a_cell_that_states_another_unit_goes_first_and_is_reported(tmp_path: Path) -> None:
    reading = read_rows(tmp_path, [[UNIT_LINE], HEAD, project("甲项目", "1.36亿元")])
    assert declarations(reading)[0].total_investment == 13600
    assert findings(reading, WARNING) == [("F3", "“总投资”单元格写明亿元，与本列单位万元不同，已按单元格所写单位读取")]


@pytest.mark.parametrize(("stated", "expected"), [(-5, -5), ("－1,200", -1200), ("１２．５", Decimal("12.5"))])
def test_negative_and_full_width_amounts_are_read(tmp_path: Path, stated: object, expected: Decimal) -> None:
    assert amounts(tmp_path, [[UNIT_LINE], HEAD, project("甲项目", stated)]) == [expected]


def test_foreign_money_at_the_offices_rate(tmp_path: Path) -> None:
    rows = [[UNIT_LINE], HEAD, project("甲项目", "100万美元")]
    rated = read_rows(tmp_path, rows, settings=OfficeSettings(exchange_rates={"美元": Decimal(7)}))
    assert declarations(rated)[0].total_investment == 700
    assert findings(read_rows(tmp_path, rows)) == [("F3", "“总投资”外币“美元”没有登记折算汇率")]
