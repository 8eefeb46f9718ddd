"""The figures in the issued documents are those of the ledgers, recomputed without the pipeline.

Prose prints 亿元, each figure rounded half up on its own; tables print exact 万元.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from pathlib import Path

import pandas as pd
import pytest
from docx import Document
from docx.table import _Cell

from tests.independent_ledgers import CLASSES, SECTORS, UNCOUNTED, UNITS, Declared, Reported, listed, reported

_AMOUNT = r"([\d.]+)(亿元|万元)"
_CENT = Decimal("0.01")
Printed = tuple[str, str]  # digits and unit
Row = list[str]


@cache
def _document(path: Path) -> tuple[str, tuple[tuple[Row, ...], ...]]:
    """All paragraphs outside tables as one text, and every table with merged cells once."""
    document = Document(str(path))
    tables = tuple(
        tuple([cell.text.strip() for cell in _single(row.cells)] for row in table.rows) for table in document.tables
    )
    return "\n".join(paragraph.text for paragraph in document.paragraphs), tables


def _single(cells: Iterable[_Cell]) -> list[_Cell]:
    kept: list[_Cell] = []
    for cell in cells:
        if not kept or cell._tc is not kept[-1]._tc:
            kept.append(cell)
    return kept


def _only(folder: Path, pattern: str) -> Path:
    (path,) = folder.glob(pattern)
    return path


def _plan(workspace: Path) -> tuple[str, tuple[tuple[Row, ...], ...]]:
    return _document(_only(workspace / "outputs" / "2027" / "计划", "*.docx"))


def _briefing(workspace: Path, month: int) -> tuple[str, tuple[tuple[Row, ...], ...]]:
    return _document(_only(workspace / "outputs" / "2027" / "简报", f"*第{month}期*.docx"))


def _table(tables: Sequence[Sequence[Row]], *headings: str) -> Sequence[Row]:
    (found,) = (t for t in tables if {*headings} <= {re.sub(r"\s", "", cell) for cell in t[0]})
    return found


def _yi(wan: Decimal) -> Decimal:
    return (wan / 10000).quantize(_CENT, rounding=ROUND_HALF_UP)


def _wan(value: Decimal) -> str:
    """As a table prints it."""
    return f"{value.normalize():f}"


def _exactly(printed: Printed, wan: Decimal) -> None:
    digits, unit = printed
    assert Decimal(digits) == (_yi(wan) if unit == "亿元" else wan)


def _groups(rows: pd.DataFrame, key: str, order: Sequence[str]) -> list[tuple[str, int, dict[str, Decimal]]]:
    """Name, count and sums of each group that has projects."""
    found = dict(iter(rows.groupby(key)))
    amounts = [column for column in rows.columns if column in ("total", "before", "plan", "month_done", "year_done")]
    return [
        (name, len(found[name]), {amount: sum(found[name][amount], Decimal(0)) for amount in amounts})
        for name in order
        if name in found
    ]


def _frame(month: int | None = None) -> pd.DataFrame:
    progress: dict[str, Reported] = reported(month) if month else {}
    rows = []
    for project in listed():
        row: dict[str, object] = dict(vars(project))
        if month:
            row |= vars(progress[project.name])
        rows.append(row)
    return pd.DataFrame(rows)


def _total(rows: pd.DataFrame, amount: str) -> Decimal:
    return sum(rows[amount], Decimal(0))


def _groupings() -> tuple[tuple[str, tuple[str, ...]], ...]:
    return ("four_class", CLASSES), ("sector", SECTORS)


def test_sample_lists_what_it_should() -> None:
    assert len(listed()) == 66
    assert {project.unit for project in listed()} == {*UNITS}
    assert {project.four_class for project in listed()} == {*CLASSES}
    assert {project.sector for project in listed()} == {*SECTORS}


def test_plan_states_the_whole(issued_year: Path) -> None:
    text, _ = _plan(issued_year)
    rows = _frame()
    found = re.search(
        rf"共安排重点项目(\d+)项，总投资{_AMOUNT}，截至上年底已累计完成投资{_AMOUNT}，当年计划投资{_AMOUNT}",
        text,
    )
    assert found
    count, *printed = found.groups()
    assert int(count) == len(rows)
    for index, amount in enumerate(("total", "before", "plan")):
        _exactly((printed[2 * index], printed[2 * index + 1]), _total(rows, amount))


@pytest.mark.parametrize(("key", "order"), _groupings())
def test_plan_states_each_group(issued_year: Path, key: str, order: tuple[str, ...]) -> None:
    text, _ = _plan(issued_year)
    groups = _groups(_frame(), key, order)
    found = [re.search(rf"{name}项目(\d+)项，总投资{_AMOUNT}，当年计划投资{_AMOUNT}", text) for name, _, _ in groups]
    matches = [each.groups() for each in found if each]
    assert [int(each[0]) for each in matches] == [count for _, count, _ in groups]
    for each, (_, _, sums) in zip(matches, groups, strict=True):
        _exactly((each[1], each[2]), sums["total"])
        _exactly((each[3], each[4]), sums["plan"])


def test_plan_annex_lists_every_project_exactly(issued_year: Path) -> None:
    table = _table(_plan(issued_year)[1], "项目业主", "资金来源")
    found = {row[1]: [*row[6:9], row[11]] for row in table if row[0].isdecimal()}
    assert found == {
        project.name: [*map(_wan, (project.total, project.before, project.plan)), project.unit] for project in listed()
    }


def test_plan_annex_sums(issued_year: Path) -> None:
    table = _table(_plan(issued_year)[1], "项目业主", "资金来源")
    found = {row[0].lstrip("一二三四、"): row[1:4] for row in table[1:] if not row[0].isdecimal()}
    rows = _frame()
    expected: dict[str, list[str]] = {}

    def state(label: str, count: int, sums: Callable[[str], Decimal]) -> None:
        expected[f"{label}（{count}项）"] = [_wan(sums(amount)) for amount in ("total", "before", "plan")]

    for four_class, count, sums in _groups(rows, "four_class", CLASSES):
        state(four_class, count, sums.__getitem__)
        for sector, number, part in _groups(rows[rows["four_class"] == four_class], "sector", SECTORS):
            state(f"小计：{four_class}—{sector}", number, part.__getitem__)
    state("合计", len(rows), lambda amount: _total(rows, amount))
    assert found == expected


def test_plan_sums_by_unit(issued_year: Path) -> None:
    table = _table(_plan(issued_year)[1], "责任单位", "促进开工", "总投资")
    rows = _frame()
    expected = {}
    for unit, count, sums in _groups(rows, "unit", UNITS):
        of_unit = rows[rows["unit"] == unit]
        counts = [str(int((of_unit["four_class"] == name).sum())) for name in CLASSES]
        expected[unit] = [str(count), *counts, *(_wan(sums[a]) for a in ("total", "before", "plan"))]
    assert {row[1]: row[2:] for row in table if row[0].isdecimal()} == expected
    counts = [str(int((rows["four_class"] == name).sum())) for name in CLASSES]
    totals = [_wan(_total(rows, amount)) for amount in ("total", "before", "plan")]
    assert table[-1][1:] == [str(len(rows)), *counts, *totals]


@pytest.mark.parametrize("month", range(1, 13))
def test_briefing_states_the_whole(issued_year: Path, month: int) -> None:
    text, _ = _briefing(issued_year, month)
    rows = _frame(month)
    found = re.search(
        rf"共安排重点项目(\d+)项，总投资{_AMOUNT}，当年计划投资{_AMOUNT}。{month}月份完成投资{_AMOUNT}；"
        rf"截至{month}月底，本年累计完成投资{_AMOUNT}，(?:已报送且数据无误的(\d+)个项目)?完成其?年度计划的([\d.]+)%",
        text,
    )
    assert found
    count, *printed, known, rate = found.groups()
    sound = rows[rows["known"]]
    assert int(known or len(rows)) == len(sound)
    assert int(count) == len(rows)
    for index, amount in enumerate(("total", "plan", "month_done", "year_done")):
        _exactly((printed[2 * index], printed[2 * index + 1]), _total(rows, amount))
    share = _total(rows, "year_done") * 100 / _total(sound, "plan")
    assert Decimal(rate) == share.quantize(Decimal("0.1"), rounding=ROUND_HALF_UP)


@pytest.mark.parametrize("month", range(1, 13))
@pytest.mark.parametrize(("key", "order"), _groupings())
def test_briefing_states_each_group(issued_year: Path, month: int, key: str, order: tuple[str, ...]) -> None:
    text, _ = _briefing(issued_year, month)
    groups = _groups(_frame(month), key, order)
    found = [
        re.search(rf"{name}项目(\d+)项，当年计划投资{_AMOUNT}，本年累计完成{_AMOUNT}", text) for name, _, _ in groups
    ]
    matches = [each.groups() for each in found if each]
    assert [int(each[0]) for each in matches] == [count for _, count, _ in groups]
    for each, (_, _, sums) in zip(matches, groups, strict=True):
        _exactly((each[1], each[2]), sums["plan"])
        _exactly((each[3], each[4]), sums["year_done"])


@pytest.mark.parametrize("month", range(1, 13))
def test_briefing_sums_by_unit(issued_year: Path, month: int) -> None:
    table = _table(_briefing(issued_year, month)[1], "名次", "责任单位")
    rows = _frame(month)
    silent = {unit for unit in UNITS if not rows[rows["unit"] == unit]["known"].any()}
    assert {row[1]: row[2:5] for row in table[1:-1] if row[1] not in silent} == {
        unit: [str(count), _wan(sums["plan"]), _wan(sums["year_done"])]
        for unit, count, sums in _groups(rows, "unit", UNITS)
        if unit not in silent
    }
    assert {row[1]: row[4] for row in table[1:-1] if row[1] in silent} == {
        unit: {"西河镇": "未报", "北桥街道办": "待核"}[unit] for unit in silent
    }
    assert table[-1][1:4] == [str(len(rows)), _wan(_total(rows, "plan")), _wan(_total(rows, "year_done"))]


def _shown(project: Declared, month: int) -> list[str]:
    """The project's row as it ought to be; what is not counted says so."""
    progress = reported(month)[project.name]
    amounts = [_wan(progress.month_done), _wan(progress.year_done)]
    if UNCOUNTED.get(month) in (project.unit, project.name):
        amounts = ["未报" if month == 4 else "待核"] * 2
    return [project.unit, _wan(project.total), _wan(project.plan), *amounts]


@pytest.mark.parametrize("month", range(1, 13))
def test_briefing_annex(issued_year: Path, month: int) -> None:
    table = _table(_briefing(issued_year, month)[1], "形象进度", "存在问题")
    rows = _frame(month)
    by_name = {row[1]: row for row in table if row[0].isdecimal()}
    assert {*by_name} == {project.name for project in listed()}
    for project in listed():
        row = by_name[project.name]
        assert [row[2], *row[4:8]] == _shown(project, month)
    for four_class, count, sums in _groups(rows, "four_class", CLASSES):
        (row,) = (each for each in table if each[0].endswith(f"、{four_class}（{count}项）"))
        assert row[1:4] == [_wan(sums[amount]) for amount in ("plan", "month_done", "year_done")]
    totals = ("total", "plan", "month_done", "year_done")
    assert table[-1][:5] == [f"合计（{len(rows)}项）", *(_wan(_total(rows, amount)) for amount in totals)]
