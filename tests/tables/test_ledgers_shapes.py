"""The shapes in which tables arrive: sections, totals, packages, several tables, cards, notes."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from pipeline.records.severity import Severity
from pipeline.spreadsheets.shape_words import is_total
from pipeline.spreadsheets.unit_words import half_width
from tests.ledger_sheets import HEAD, UNIT_LINE, Area, Row, declarations, findings, only, project, read_rows

WARNING, ADVICE = Severity.WARNING, Severity.ADVICE
PLAIN_HEAD = (*HEAD[:2], *HEAD[3:])  # without the class


def plain(name: object, total: object = 10, plan: object = 1, number: object = 1) -> Row:
    """A row below ``PLAIN_HEAD``."""
    return (number, name, "示例公司", "示例园区", total, plan)


def names(folder: Path, rows: Sequence[Row], merges: Sequence[Area] = ()) -> list[tuple[str, str | None]]:
    """(name, class) of each project; nothing may be found wrong."""
    reading = read_rows(folder, rows, merges)
    assert reading.findings == [], [finding.sentence for finding in reading.findings]
    return [(record.project_name, record.four_class) for record in declarations(reading)]


# --- sections ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "stated",
    [
        "一、加快建设（项目共计：2个；总投资：30万元；2027年计划投资：3万元。）", "（一）加快建设类项目", "加快建设项目（2个）",
        "一、加快建设(共2项)", "加快建设：2个，总投资0.003亿元", "第一部分：加快建设",
    ],
)  # fmt: skip
def test_a_section_carries_the_class_and_its_totals_agree(tmp_path: Path, stated: str) -> None:
    rows = [[UNIT_LINE], PLAIN_HEAD, [stated], plain("甲项目", 20, 2), plain("乙项目")]
    for merges in ([], [(2, 0, 2, 5)]):
        assert names(tmp_path, rows, merges) == [("甲项目", "加快建设"), ("乙项目", "加快建设")]


def test_a_sections_totals_that_do_not_agree_are_reported(tmp_path: Path) -> None:
    stated = "一、加快建设（项目共计：3个；总投资：31万元；2027年计划投资：3万元。）"
    rows = [
        [UNIT_LINE],
        PLAIN_HEAD,
        [stated],
        plain("甲项目", 20, 2),
        plain("乙项目"),
        ["二、前期储备（1个）"],
        plain("丙项目"),
    ]
    reading = read_rows(tmp_path, rows)
    assert len(declarations(reading)) == 3
    assert findings(reading, WARNING) == [
        ("第3行", "分类行的“总投资”与各行之和30万元不符，以各行为准"),
        ("第3行", "分类行写明3个项目，读到2个，以各行为准"),
    ]


def test_sections_within_sections(tmp_path: Path) -> None:
    rows = [
        [UNIT_LINE], PLAIN_HEAD, ["一、加快建设（3个）"], ["（一）工业（2个）"], plain("甲"), plain("乙"), ["（二）能源"], plain("丙"),
        ["二、前期储备"], plain("丁"),
    ]  # fmt: skip
    reading = read_rows(tmp_path, rows)
    assert [(r.project_name, r.four_class, r.sector) for r in declarations(reading)] == [
        ("甲", "加快建设", "工业"), ("乙", "加快建设", "工业"), ("丙", "加快建设", "能源"), ("丁", "前期储备", None),
    ]  # fmt: skip
    assert reading.findings == []


def test_the_number_of_a_section_in_the_serial_column(tmp_path: Path) -> None:
    rows = [
        [UNIT_LINE], PLAIN_HEAD, ("一", "加快建设", None, None, 30, 3), plain("甲", 20, 2, 1), plain("乙", 10, 1, 2),
        ("二", "其他类", None, None, 10, 1), plain("丙", 10, 1, 1),
    ]  # fmt: skip
    assert names(tmp_path, rows) == [("甲", "加快建设"), ("乙", "加快建设"), ("丙", None)]


def test_what_only_looks_like_a_section_is_a_project(tmp_path: Path) -> None:
    head = ("序号", "项目名称", "项目业主", "具体选址", "总投资", "当年计划投资")
    rows = [
        [UNIT_LINE], head, ("一", "甲项目", None, None, 10, 1), ("二", "城市综合体项目", "示例公司", None, 20, 2),
        ("三", "产业园（3个标段）", None, None, 5, 1), ("四", "工业", "示例公司", "东园", 5, 1),
    ]  # fmt: skip
    reading = read_rows(tmp_path, rows)
    assert [r.project_name for r in declarations(reading)] == [
        "甲项目",
        "城市综合体项目",
        "产业园（3个标段）",
        "工业",
    ]


def test_the_cells_own_class_goes_before_the_sections(tmp_path: Path) -> None:
    rows = [
        [UNIT_LINE],
        HEAD,
        ["一、前期储备"],
        project("甲"),
        (2, "乙", None, "示例公司", "示例园区", 10, 1),
    ]
    assert names(tmp_path, rows) == [("甲", "加快建设"), ("乙", "前期储备")]


# --- totals -----------------------------------------------------------------------------------------------


def test_totals_of_every_level_in_every_place(tmp_path: Path) -> None:
    rows = [
        [UNIT_LINE], PLAIN_HEAD,
        (None, "总合计", None, None, 100, 10), (None, "其中：新建", None, None, 40, 4),
        ["一、加快建设"], (2, "小计", None, None, 30, 3), plain("甲", 20, 2, 1), plain("乙", 10, 1, 2),
        ["二、竣工投产"], (1, "小计", None, None, 70, 7), plain("丙", 70, 7, 1),
    ]  # fmt: skip
    assert [name for name, _ in names(tmp_path, rows)] == ["甲", "乙", "丙"]
    counted = [[UNIT_LINE], PLAIN_HEAD, plain("甲"), plain("乙"), ("共2个项目", None, None, None, 20, 2)]
    assert [name for name, _ in names(tmp_path, counted)] == ["甲", "乙"]
    trailing = [
        [UNIT_LINE], PLAIN_HEAD,
        plain("甲", 20, 2, 1), plain("乙", 10, 1, 2), ("小计", "2个", None, None, 30, 3), plain("丙", 70, 7, 1),
        (1, "小  计", None, None, 70, 7), ("合计（3个项目）", None, None, None, 100, 10), plain("丁", 5, 1, 1),
        ("合计", None, None, None, 5, 1), (4, "总 合 计", None, None, 105, 11),
    ]  # fmt: skip
    assert [name for name, _ in names(tmp_path, trailing)] == ["甲", "乙", "丙", "丁"]


def test_a_total_above_its_rows_that_is_wrong(tmp_path: Path) -> None:
    rows = [
        [UNIT_LINE],
        PLAIN_HEAD,
        ("合计（3个）", None, None, None, 99, 3),
        plain("甲", 20, 2),
        plain("乙"),
    ]
    assert findings(read_rows(tmp_path, rows), WARNING) == [
        ("E3", "合计行的“总投资”与各行之和30万元不符，以各行为准"),
        ("第3行", "合计行写明3个项目，读到2个，以各行为准"),
    ]


@pytest.mark.parametrize("label", ["汇总", "全区汇总", "汇总（万元）", "合计", "共2个项目"])
def test_the_label_of_a_total(tmp_path: Path, label: str) -> None:
    rows = [
        [UNIT_LINE],
        PLAIN_HEAD,
        plain("甲项目", 20, 2),
        plain("乙项目", 10, 1, 2),
        (None, label, None, None, 30, 3),
    ]
    assert [name for name, _ in names(tmp_path, rows)] == ["甲项目", "乙项目"]
    assert is_total([half_width(label)])


# --- one table under another ------------------------------------------------------------------------------


def test_tables_of_two_senders_with_one_head(tmp_path: Path) -> None:
    rows = [
        ["填报单位：示例镇"], [UNIT_LINE], PLAIN_HEAD, plain("甲项目"),
        ["填报单位：示例局"], [UNIT_LINE], PLAIN_HEAD, plain("乙项目"), plain("丙项目"),
    ]  # fmt: skip
    reading = read_rows(tmp_path, rows)
    assert [(r.project_name, r.lead_unit) for r in declarations(reading)] == [
        ("甲项目", "示例镇"), ("乙项目", "示例局"), ("丙项目", "示例局"),
    ]  # fmt: skip


def test_tables_of_two_money_units_with_one_head(tmp_path: Path) -> None:
    rows = [[UNIT_LINE], PLAIN_HEAD, plain("甲项目", 20), ["单位：亿元"], PLAIN_HEAD, plain("乙项目", 3)]
    reading = read_rows(tmp_path, rows)
    assert [r.total_investment for r in declarations(reading)] == [20, 30000]


def test_a_head_repeated_on_the_next_page_begins_no_table(tmp_path: Path) -> None:
    page: list[Row] = [["示例区申报表"], ["填报单位：示例镇", None, None, UNIT_LINE], PLAIN_HEAD]
    rows = [*page, plain("甲项目", 20), *page, plain("乙项目", 10, 1, 2), ("合计", None, None, None, 30, 2)]
    reading = read_rows(tmp_path, rows)
    assert [(r.project_name, r.lead_unit) for r in declarations(reading)] == [
        ("甲项目", "示例镇"),
        ("乙项目", "示例镇"),
    ]
    assert reading.findings == []


# --- packages ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "parts",
    [
        ((1.1, "一标段"), (1.2, "二标段")), (("1-1", "一标段"), ("1-2", "二标段")), (("（1）", "一标段"), ("（2）", "二标段")),
        ((None, "其中：一标段"), (None, "二标段")), (("①", "一标段"), ("②", "二标段")), ((None, "（1）一标段"), (None, "（2）二标段")),
    ],
)  # fmt: skip
def test_a_package_counts_once_and_says_so(tmp_path: Path, parts: Sequence[tuple[object, str]]) -> None:
    rows = [
        [UNIT_LINE], PLAIN_HEAD, plain("道路打包项目", 30, 3, 1), *(plain(name, 15, 1.5, number) for number, name in parts),
        plain("乙项目", 10, 1, 2), ("合计", None, None, None, 40, 4),
    ]  # fmt: skip
    reading = read_rows(tmp_path, rows)
    assert [r.project_name for r in declarations(reading)] == ["道路打包项目", "乙项目"]
    assert only(reading).message == "“道路打包项目”含子项目，按1个项目计，其2个子项目（第4—5行）不另计"


def test_a_package_whose_parts_do_not_add_up(tmp_path: Path) -> None:
    rows = [
        [UNIT_LINE],
        PLAIN_HEAD,
        plain("打包项目", 30, 3, 1),
        plain("一", 15, 1, "1.1"),
        plain("二", 14, 2, "1.2"),
    ]
    assert findings(read_rows(tmp_path, rows), WARNING) == [
        ("E3", "打包项目的“总投资”与子项目之和29万元不符，以打包项目为准")
    ]


def test_a_package_without_amounts_leaves_the_count_to_its_parts(tmp_path: Path) -> None:
    rows = [
        [UNIT_LINE],
        PLAIN_HEAD,
        plain("打包项目", None, None, 1),
        plain("一", 15, 1, 1.1),
        plain("二", 14, 2, 1.2),
    ]
    reading = read_rows(tmp_path, rows)
    assert [r.project_name for r in declarations(reading)] == ["一", "二"]
    assert findings(reading, ADVICE) == [
        ("第3行", "“打包项目”没有金额，其2个子项目（第4—5行）各按1个项目计，打包项目本身不另计")
    ]


def test_names_that_all_begin_with_a_number_are_no_package(tmp_path: Path) -> None:
    head = PLAIN_HEAD[1:]
    rows = [[UNIT_LINE], head, plain("（1）甲项目")[1:], plain("（2）乙项目")[1:]]
    assert [name for name, _ in names(tmp_path, rows)] == ["（1）甲项目", "（2）乙项目"]


# --- tables of something else -----------------------------------------------------------------------------


@pytest.mark.parametrize("gap", [[], [[]], [[], ["附表 道路明细表"]]])
def test_a_foreign_table_below_a_ledger_is_not_read_as_projects(tmp_path: Path, gap: list[Row]) -> None:
    foreign: list[Row] = [
        ("序号", "路段", "起点", "终点", "长度"),
        (1, "示例路", "东", "西", 12),
        (2, "样例路", "南", "北", 9),
    ]
    reading = read_rows(tmp_path, [[UNIT_LINE], PLAIN_HEAD, plain("甲项目"), plain("乙项目"), *gap, *foreign])
    assert [record.project_name for record in declarations(reading)] == ["甲项目", "乙项目"]
    at = 5 + len(gap)
    assert findings(reading, Severity.ERROR) == [(f"第{at}行", f"第{at}行像另一张表的表头，它以下各行没有读取")]


def test_a_repeated_head_is_no_foreign_table(tmp_path: Path) -> None:
    rows = [[UNIT_LINE], PLAIN_HEAD, plain("甲项目"), [], PLAIN_HEAD, plain("乙项目")]
    assert names(tmp_path, rows) == [("甲项目", None), ("乙项目", None)]


@pytest.mark.parametrize("text", ["累计", "计", "Total", "Σ", "2个项目", "合计", "全区汇总"])
def test_labels_of_totals(text: str) -> None:
    assert is_total([text])


@pytest.mark.parametrize("text", ["累计投资项目", "计量院项目", "设计", "Total Energy项目"])
def test_names_that_hold_such_a_word_are_none(text: str) -> None:
    assert not is_total([text])
