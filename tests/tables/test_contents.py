"""What a workbook says of its sender and its period, and when that is too little."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.records.unit_names import UnitNames
from pipeline.spreadsheets.grid import BLANK, Cell, Grid
from pipeline.tables.contents import Contents, Stated, contents_of
from pipeline.tables.sender import settle_period, settle_unit
from tests.grids_read import read_grids
from tests.intake import HEAD, row

SAMPLE = Path(__file__).parents[2] / "inputs" / "2027"
UNITS = UnitNames(
    ("区工信局", "区住建局", "区水务局", "东岭镇", "北桥街道办"),
    {"区住房和城乡建设局": "区住建局", "住建局": "区住建局"},
)


def grid(*lines: str, sheet: str = "Sheet1") -> Grid:
    rows = tuple(
        tuple(Cell(text, text) if text else BLANK for text in line.split(","))
        for line in (*lines, HEAD, row(1, "甲项目", unit=""))
    )
    return Grid(sheet, rows)


def said(*grids: Grid) -> tuple[str, str]:
    contents = contents_of(grids, UNITS, {})
    return settle_unit(contents, "", {}, UNITS).value, settle_period(contents, "").value


def test_a_table_that_is_no_ledger_names_no_projects() -> None:
    rows = (
        HEAD,
        row(1, "甲项目", unit="区工信局"),
        "序号,路段名称,长度,责任单位",
        row(1, "示例路", unit="区水务局"),
    )
    cells = tuple(tuple(Cell(text, text) if text else BLANK for text in line.split(",")) for line in rows)
    contents = contents_of([Grid("Sheet1", cells)], UNITS, {})
    assert (contents.projects, contents.in_column) == (("甲项目",), ("区工信局",))


def _unit_of(path: Path) -> str:
    return next(name for name in _directory() if name in path.name)


def _directory() -> list[str]:
    (sheet,) = read_grids(SAMPLE / "名册" / "责任单位名册.xlsx")
    return [cells[1].text for cells in sheet.rows[3:] if len(cells) > 1 and cells[1].text]


def test_the_sample_reports_are_told_as_a_person_would() -> None:
    """Unit and period of every report of a month and of every declaration, from the cells alone."""
    units = UnitNames(_directory())
    files = [
        *(SAMPLE / "月报" / "2027-03").iterdir(),
        *(SAMPLE / "申报").iterdir(),
        *(SAMPLE / "手续").iterdir(),
    ]
    assert len(files) == 42
    for path in files:
        contents = contents_of(read_grids(path), units, {})
        expected = "2027-03" if path.parent.name == "2027-03" else "2027"
        unit, period = settle_unit(contents, "", {}, units), settle_period(contents, "")
        assert (unit.value, period.value) == (_unit_of(path), expected), path.name


@settings(deadline=None)
@given(
    unit=st.sampled_from(UNITS.directory),
    month=st.integers(1, 12),
    spelling=st.sampled_from(["{unit}2027年{month}月月报", "{unit}2027年{month:02}月项目进度表", "填报单位：{unit}　2027.{month}", "填报单位（盖章）：{unit},期间：2027-{month:02}"]),
    filled=st.sampled_from(["", "　填报日期：2027年12月28日", "　填表时间：2028-1-3"]),
)  # fmt: skip
def test_any_spelling_of_unit_and_month(unit: str, month: int, spelling: str, filled: str) -> None:
    assert said(grid(spelling.format(unit=unit, month=month) + filled)) == (unit, f"2027-{month:02}")


@settings(deadline=None)
@given(
    one=st.sampled_from(UNITS.directory),
    other=st.sampled_from(UNITS.directory),
    first=st.integers(1, 12),
    second=st.integers(1, 12),
)
def test_two_sheets_of_two_units_are_no_answer_of_two_months_both_are(
    one: str, other: str, first: int, second: int
) -> None:
    sheets = (
        grid(f"填报单位：{one}　2027年{first}月"),
        grid(f"填报单位：{other}　2027年{second}月", sheet="二"),
    )
    contents = contents_of(sheets, UNITS, {})
    period = settle_period(contents, "")
    assert settle_unit(contents, "", {}, UNITS).value == (one if one == other else "")
    assert [*period.others, period.value] == sorted({f"2027-{first:02}", f"2027-{second:02}"})


def test_the_sheet_or_a_heading_adds_the_month() -> None:
    assert said(grid("区水务局2027年重点项目月报", sheet="3月")) == ("区水务局", "2027-03")
    headed = Grid("Sheet1", tuple(
        tuple(Cell(text.replace("本月完成", "3月完成"), text.replace("本月完成", "3月完成")) for text in line)
        for line in (["区水务局2027年月报"], HEAD.split(","), row(1, "甲项目").split(","))
    ))  # fmt: skip
    assert settle_period(contents_of([headed], UNITS, {}), "").value == "2027-03"
    assert said(grid("区水务局重点项目月报", sheet="3月")) == ("区水务局", "")


def test_hidden_sheets_say_nothing() -> None:
    hidden = Grid("旧", grid("区水务局2027年2月").rows, hidden=True)
    assert said(hidden, grid("区住建局2027年3月")) == ("区住建局", "2027-03")


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("区住建局3月.xlsx", ("区住建局",)),
        ("东岭镇和区水务局.xlsx", ("区水务局", "东岭镇")),
        ("月报.xlsx", ()),
    ],
)
def test_units_in_a_files_name(name: str, found: tuple[str, ...]) -> None:
    assert UNITS.mentioned(name) == found


def test_a_name_within_a_longer_one_does_not_count() -> None:
    assert UnitNames(("东岭镇", "东岭镇水务站")).mentioned("东岭镇水务站月报.xlsx") == ("东岭镇水务站",)


def test_known_units() -> None:
    assert UNITS.known("区 水务局") == "区水务局"
    assert UNITS.known("区重点办") == "区重大办"
    assert UnitNames(("县水务局",), office="县重大办").known("县重点办") == "县重大办"
    assert UNITS.known("水务局") == ""
    assert UNITS.known("区住房和城乡建设局") == "区住建局"
    assert UnitNames().known("某单位") == "某单位"  # without a directory


def test_the_clerks_word_settles_a_contradiction() -> None:
    contents = Contents(("progress",), units=(Stated("区水务局", "标题"), Stated("区住建局", "“责任单位”列")))
    told = settle_unit(contents, "区住建局", {}, UNITS)
    assert told.value == "区住建局"
    assert "前后不一致" in told.remarks[0]
    assert settle_unit(contents, "", {}, UNITS).choices == ("区水务局", "区住建局")


def test_a_mark_for_the_cell_above_names_no_unit_and_no_project() -> None:
    lines = (HEAD, row(1, "甲项目", unit="区水务局"), row(2, "乙项目", unit="同上"), row(3, "〃", unit="〃"))
    rows = tuple(tuple(Cell(text, text) if text else BLANK for text in line.split(",")) for line in lines)
    contents = contents_of([Grid("Sheet1", rows)], UNITS, {})
    assert contents.in_column == ("区水务局",)
    assert contents.projects == ("甲项目", "乙项目")


@pytest.mark.parametrize("text", ["区水务局（牵头）", "牵头单位：区水务局", "区水务局牵头"])
def test_a_unit_beside_its_role_is_that_unit_as_in_reading(text: str) -> None:
    lines = (HEAD, row(1, "甲项目", unit=text))
    rows = tuple(tuple(Cell(each, each) if each else BLANK for each in line.split(",")) for line in lines)
    assert contents_of([Grid("Sheet1", rows)], UNITS, {}).in_column == ("区水务局",)


def test_a_sheet_that_contradicts_its_title_is_asked_about() -> None:
    found = contents_of(
        [grid("区水务局2027年2月重点项目月报", "单位：万元", HEAD, row(1, "甲项目"), sheet="3月")], UNITS, {}
    )
    assert {each.value for each in found.months} == {"2027-02", "2027-03"}
    assert "不止一个" in settle_period(found, "").unclear


def test_a_day_in_brackets_is_not_the_period() -> None:
    assert said(grid("区住建局2027年重点项目（2026年12月开工）3月月报")) == ("区住建局", "2027-03")
    assert said(grid("区住建局2027年重点项目月报（2026年12月开工）", sheet="3月")) == ("区住建局", "2027-03")


def test_an_empty_place_for_the_unit_is_not_filled_by_the_line_below() -> None:
    lines = ("2027年3月重点项目月报", "填报单位：", "各责任单位。每月28日前")
    contents = contents_of([grid(*lines)], UnitNames(), {})  # without a directory any name is one
    assert contents.units == ()
