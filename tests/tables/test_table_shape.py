"""Tables found where a person sees them, on sheets that are about anything."""

import re
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.spreadsheets.grid import BLANK, Cell, Grid, Merge
from pipeline.spreadsheets.unit_words import bracketed_unit, named_units, stated_units, whole_unit
from pipeline.tables.row_roles import RowRole
from pipeline.tables.table_shape import Shape, tables_in


def cell(value: object) -> Cell:
    if value is None or value == "":
        return BLANK
    if isinstance(value, int):
        return Cell(str(value), Decimal(value))
    if isinstance(value, date):
        return Cell(value.isoformat(), value)
    return Cell(str(value), str(value))


def grid(*rows: tuple[object, ...], merges: tuple[tuple[int, int, int, int], ...] = ()) -> Grid:
    return Grid("表", tuple(tuple(map(cell, row)) for row in rows), tuple(Merge(*each) for each in merges))


def spans(shapes: list[Shape]) -> list[tuple[tuple[int, int], tuple[int, ...]]]:
    """Head rows and data rows of each table, 0-based."""
    return [((s.top, s.below - 1), s.rows(RowRole.DATA, RowRole.NUMBERED)) for s in shapes]


def test_titles_stamp_head_total_and_notes_are_told_apart() -> None:
    (table,) = tables_in(
        grid(
            ("示例区绿化养护统计表",),
            ("填报单位：示例镇", None, None, "单位：万元"),
            ("序号", "路段", "面积（亩）", "费用"),
            ("一、城区",),
            (1, "示例路", 12, 30),
            (2, "示例街", 8, 20),
            (None, "合计", 20, 50),
            ("注：面积按年末数。",),
            ("2.费用含税。",),
            merges=((0, 0, 0, 3), (3, 0, 3, 3)),
        )
    )
    assert (table.top, table.depth, table.titles) == (2, 1, (0, 1))
    assert table.rows(RowRole.DATA) == (4, 5)
    assert table.rows(RowRole.SECTION) == (3,)
    assert table.rows(RowRole.TOTAL) == (6,)
    assert table.rows(RowRole.NOTE) == (7, 8)


def test_a_merged_head_of_two_rows() -> None:
    (table,) = tables_in(
        grid(
            ("序号", "名称", "投资", None, "备注"),
            (None, None, "总额", "当年", None),
            (1, "甲", 10, 5, None),
            merges=((0, 0, 1, 0), (0, 1, 1, 1), (0, 2, 0, 3), (0, 4, 1, 4)),
        )
    )
    assert (table.top, table.depth, table.rows(RowRole.DATA)) == (0, 2, (2,))


def test_a_head_of_two_rows_without_merged_cells() -> None:
    (table,) = tables_in(
        grid(
            ("序号", "名称", "投资", None, "备注"),
            (None, None, "总额", "当年", None),
            (1, "甲", 10, 5, None),
            (2, "乙", 20, 5, None),
        )
    )
    assert (table.top, table.depth, table.rows(RowRole.DATA)) == (0, 2, (2, 3))


def test_years_head_a_statistical_table() -> None:
    (table,) = tables_in(grid(("指标：人口(万人)",), ("地区", 2023, 2022), ("示例市", 12, 11), ("示例县", 3, 3)))
    assert spans([table]) == [((1, 1), (2, 3))]


def test_months_written_as_six_figures_head_a_table() -> None:
    sheet = grid(("项目名称", "责任单位", 202701, 202702, 202703), ("甲", "示例局", 1, 2, 3), ("乙", "示例镇", 4, 5, 6))
    (shape,) = tables_in(sheet)
    assert (shape.top, shape.depth, shape.rows(RowRole.DATA)) == (0, 1, (1, 2))


def test_a_month_without_figures_and_an_item_beside_its_category_are_data() -> None:
    months = grid(("月份", "产值", "税收", "用工"), ("2027年1月", 1, 2, 3), ("2027年2月",), ("2027年3月", 4, 5, 6))
    assert tables_in(months)[0].rows(RowRole.DATA) == (1, 2, 3)
    items = grid(
        ("系统", "功能", "负责人", "进度"), ("办公", "收文", "张某甲", "完成"), (None, "发文"), ("财务", "报账", "李某乙", "完成"),
        merges=((1, 0, 2, 0),),
    )  # fmt: skip
    assert tables_in(items)[0].rows(RowRole.DATA) == (1, 2, 3)
    named = grid(("月份", "产值", "税收", "用工"), ("工业",), ("2027年1月", 1, 2, 3))
    assert tables_in(named)[0].rows(RowRole.SECTION) == (1,)


def test_the_row_of_units_and_the_row_of_column_numbers_belong_to_the_head() -> None:
    (table,) = tables_in(
        grid(
            ("指标", "产值", "人数"),
            ("频度", "月", "月"),
            ("单位", "亿元", "人"),
            ("2027-01", 5, 70),
            ("2027-02", 6, 71),
        )
    )
    assert spans([table]) == [((0, 2), (3, 4))]
    (table,) = tables_in(grid(("名称", "产值", "人数"), ("甲", "1", "2"), ("示例厂", 5, 70)))
    assert spans([table]) == [((0, 0), (1, 2))]  # two numbers alone don't make a row of column numbers
    (table,) = tables_in(grid(("名称", "产值", "人数", "户数"), ("甲", 1, 2, 3), ("示例厂", 5, 70, 6)))
    assert spans([table]) == [((0, 1), (2,))]


def test_tables_below_one_another_with_and_without_titles() -> None:
    shapes = tables_in(
        grid(
            ("序号", "路段", "费用"),
            (1, "示例路", 30),
            (None, None, None),
            ("序号", "河段", "长度"),
            (1, "示例河", 3),
            ("表三 桥梁",),
            ("序号", "桥名", "跨度"),
            (1, "示例桥", 40),
            merges=((5, 0, 5, 2),),
        )
    )
    assert spans(shapes) == [((0, 0), (1,)), ((3, 3), (4,)), ((6, 6), (7,))]
    assert shapes[2].titles == (5,)


def test_tables_beside_one_another() -> None:
    apart = tables_in(
        grid(
            ("指标", "一季度", None, None, None),
            ("产值", 5, None, "指标", "二季度"),
            ("人数", 7, None, "产值", 6),
        )
    )
    assert [(s.left, s.right, s.top) for s in apart] == [(0, 1, 0), (3, 4, 1)]
    touching = tables_in(grid(("序号", "工作", "序号", "类型"), (1, "甲", 1, "一"), (2, "乙", None, None)))
    assert [(s.left, s.right, s.rows(RowRole.DATA, RowRole.NUMBERED)) for s in touching] == [
        (0, 1, (1, 2)),
        (2, 3, (1,)),
    ]


def test_a_blank_column_within_a_table_does_not_cut_it() -> None:
    shapes = tables_in(grid(("序号", "名称", None, "费用", "人数"), (1, "甲", None, 5, 7), (2, "乙", None, 6, 8)))
    assert [(s.left, s.right) for s in shapes] == [(0, 4)]


def test_blank_rows_and_repeated_heads_do_not_end_a_table() -> None:
    (table,) = tables_in(
        grid(
            ("编号", "区域", "排序"),
            ("Z-1", "东", 1),
            (),
            ("Z-2", "西", 2),
            ("编号", "区域", "排序"),
            ("Z-3", "北", 3),
        )
    )
    assert table.rows(RowRole.DATA) == (1, 3, 5)
    assert table.rows(RowRole.HEAD) == (4,)


def test_an_empty_form_is_a_head_without_data() -> None:
    (table,) = tables_in(grid(("报销清单",), ("导出时间：",), ("序号", "单据编号", "金额（元）")))
    assert (table.top, table.depth, table.lines) == (2, 1, ())


def test_values_without_a_head() -> None:
    (table,) = tables_in(grid((1, 2, 3), (4, 5, 6)))
    assert (table.depth, table.rows(RowRole.DATA)) == (0, (0, 1))
    assert tables_in(grid(("只有一句话",))) == []
    assert tables_in(Grid("空", ())) == []


def test_a_cell_merged_downwards_counts_to_the_data() -> None:
    sheet = grid(("时段", "工作内容"), ("上午", None), (), ("下午", None), merges=((1, 0, 2, 0), (3, 0, 5, 0)))
    (table,) = tables_in(sheet)
    assert table.data_span(sheet.merges) == (1, 5)


@pytest.mark.parametrize(
    ("heading", "unit"),
    [
        ("总投资（万元）", "万元"), ("面积/亩", "亩"), ("成本/(元/亩)", "元/亩"), ("比重(%)", "%"),
        ("消费量(万吨标准煤)", "万吨标准煤"), ("用电量(亿千瓦小时)", "亿千瓦小时"), ("人数[万人]", "万人"),
        ("人口数(抽样调查)(人)", "人"), ("指数(上年同期=100)", ""), ("投资(不含农户)", ""), ("项目", ""),
    ],
)  # fmt: skip
def test_units_in_headings(heading: str, unit: str) -> None:
    assert bracketed_unit(heading) == unit


def test_units_elsewhere() -> None:
    assert stated_units("金额单位：人民币万元") == ("万元",)
    assert stated_units("填报单位：元山镇") == ()
    assert stated_units("指标：地区生产总值(亿元)") == ("亿元",)
    assert (whole_unit("元/人"), whole_unit("-"), whole_unit("全国")) == ("元/人", "", "")
    assert named_units(["煤炭(万吨)", "天然气(亿立方米)", "电力"], 3) == ("万吨", "亿立方米")
    assert named_units(["煤炭(万吨)", "天然气", "电力"], 3) == ()


WORDS = st.sampled_from(["示例", "城东", "园区", "道路", "河道", "学校", "水厂", "桥梁"])
NAMES = st.sampled_from(
    ["名称", "地点", "面积", "费用", "人数", "进度", "负责科室", "开工日期", "类型", "长度（公里）"]
)


@dataclass
class Layout:
    """Rows as they are put together, with what a person would say of them."""

    rows: list[tuple[object, ...]] = field(default_factory=list)
    merges: list[Merge] = field(default_factory=list)
    heads: list[tuple[int, int]] = field(default_factory=list)
    data: list[tuple[int, ...]] = field(default_factory=list)
    totals: list[tuple[int, ...]] = field(default_factory=list)
    notes: list[tuple[int, ...]] = field(default_factory=list)

    def add(self, *values: object) -> int:
        self.rows.append(values)
        return len(self.rows) - 1

    def merge(self, top: int, left: int, bottom: int, right: int) -> None:
        self.merges.append(Merge(top, left, bottom, right))


def _head(layout: Layout, draw: st.DrawFn, names: list[str]) -> None:
    width = len(names) + 1
    grouped = draw(st.booleans()) and len(names) >= 4
    if not grouped:
        top = layout.add("序号", *names)
        layout.heads.append((top, top))
        return
    top = layout.add("序号", *names[:-2], "情况", None)
    layout.add(None, *[None] * (len(names) - 2), *names[-2:])
    if draw(st.booleans()):
        for column in range(width - 2):
            layout.merge(top, column, top + 1, column)
        layout.merge(top, width - 2, top, width - 1)
    layout.heads.append((top, top + 1))


def _rows(layout: Layout, draw: st.DrawFn, width: int) -> None:
    numeric = draw(st.lists(st.booleans(), min_size=width - 1, max_size=width - 1))
    data: list[int] = []
    sections = draw(st.booleans())
    for number in range(1, draw(st.integers(1, 6)) + 1):
        if number > 1 and draw(st.integers(0, 9)) == 0:
            layout.add()
        if sections and draw(st.integers(0, 2)) == 0:
            row = layout.add(f"{'一二三四五六'[number - 1]}、{draw(WORDS)}（共{number}项）")
            if width > 4 or draw(st.booleans()):
                layout.merge(row, 0, row, width - 1)
        values = [draw(st.integers(0, 10**6)) if each else draw(WORDS) + draw(WORDS) for each in numeric]
        data.append(layout.add(number, *values))
    layout.data.append(tuple(data))
    has_total = draw(st.booleans())
    layout.totals.append((layout.add("合计", *[None] * (width - 2), 100),) if has_total else ())
    notes = draw(st.integers(0, 2))
    layout.notes.append(
        tuple(layout.add(("注：" if n == 0 else f"{n + 1}.") + draw(WORDS) + "按年末数。") for n in range(notes))
    )


@st.composite
def layouts(draw: st.DrawFn) -> Layout:
    layout = Layout()
    for number in range(draw(st.integers(1, 3))):
        names = draw(st.lists(NAMES, min_size=3, max_size=7, unique=True))
        if number:
            layout.add()
        if draw(st.booleans()):
            title = layout.add(f"{draw(WORDS)}情况表")
            layout.merge(title, 0, title, len(names))
        if draw(st.booleans()):
            layout.add("填报单位：示例镇", *[None] * (len(names) - 1), "单位：万元")
        _head(layout, draw, names)
        _rows(layout, draw, len(names) + 1)
    return layout


@settings(max_examples=2000, deadline=None)
@given(layouts())
def test_any_layout_is_seen_as_it_was_made(layout: Layout) -> None:
    sheet = Grid("表", tuple(tuple(map(cell, row)) for row in layout.rows), tuple(layout.merges))
    shapes = tables_in(sheet)
    assert [(s.top, s.below - 1) for s in shapes] == layout.heads
    assert [s.rows(RowRole.DATA) for s in shapes] == layout.data
    assert [s.rows(RowRole.TOTAL) for s in shapes] == layout.totals
    assert [s.rows(RowRole.NOTE) for s in shapes] == layout.notes


@settings(max_examples=300, deadline=None)
@given(
    st.lists(
        st.lists(
            st.one_of(
                st.none(),
                st.integers(-9, 2030),
                st.text(max_size=6),
                st.sampled_from(["序号", "合计", "注：", "单位", "甲"]),
            ),
            max_size=5,
        ),
        max_size=12,
    ),
    st.lists(st.tuples(*[st.integers(0, 6)] * 4), max_size=3),
)
def test_any_sheet_is_looked_at_without_fail(rows: list[list[object]], merges: list[tuple[int, int, int, int]]) -> None:
    sheet = grid(*map(tuple, rows), merges=tuple((min(a, c), min(b, d), max(a, c), max(b, d)) for a, b, c, d in merges))
    for shape in tables_in(sheet):
        below = [line.number for line in shape.lines]
        assert below == sorted(set(below))
        assert all(row >= shape.below for row in below)
        assert re.fullmatch("[01234]", str(shape.depth))
