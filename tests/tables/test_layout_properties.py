"""Any layout reads back to the records that it was made from, and nothing in an honest sheet is found wrong."""

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.ledgers.kinds import LEDGER_KINDS
from pipeline.records.settings import OfficeSettings
from pipeline.tables.table import SheetReading, Surroundings, read_sheet
from tests.example_counts import COUNT, PROPERTY
from tests.grids_read import read_grids
from tests.layout_files import SHAPES, write_sheet
from tests.layout_maker import Sheet, any_layout, make_sheet, told_of
from tests.ledger_sheets import DECLARED, YEAR, declarations

AROUND = Surroundings(DECLARED, YEAR, OfficeSettings(), LEDGER_KINDS)


def _check(reading: SheetReading, sheet: Sheet) -> None:
    told = [finding.sentence for finding in reading.findings if finding.code != "merged-cells"]
    assert told == []
    assert [told_of(record) for record in declarations(reading)] == sheet.told


@PROPERTY
@given(st.integers(0, 10**9), st.integers(0, 10**9))
def test_any_layout_reads_back(shape: int, content: int) -> None:
    sheet = make_sheet(any_layout(shape), content)
    _check(read_sheet(sheet.grid(), AROUND), sheet)


@settings(max_examples=max(20, COUNT // 20), deadline=None)
@given(st.integers(0, 10**9), st.integers(0, 10**9), st.sampled_from((".xlsx", ".xls")))
def test_real_files_read_back_as_the_sheets_in_memory_do(shape: int, content: int, suffix: str) -> None:
    sheet = make_sheet(any_layout(shape), content)
    with TemporaryDirectory() as folder:
        grid = read_grids(write_sheet(sheet, Path(folder) / f"台账{suffix}"))[0]
    _check(read_sheet(grid, AROUND), sheet)


def test_two_hundred_honest_ledgers_in_thirty_shapes(tmp_path: Path) -> None:
    """None is refused and nothing in them is found wrong."""
    assert len(SHAPES) == 30
    read = 0
    for number in range(210):
        suffix, layout = SHAPES[number % len(SHAPES)]
        sheet = make_sheet(layout, number)
        grid = read_grids(write_sheet(sheet, tmp_path / f"台账{number}{suffix}"))[0]
        _check(read_sheet(grid, AROUND), sheet)
        read += len(sheet.told)
    assert read > 600


@pytest.mark.parametrize(
    "name",
    [
        "加快建设示范项目", "合计测算系统", "一、二期工程", "（一）号路改造", "说明展示中心", "其中山公园", "工业项目", "1.5公里道路", "小计量站",
        "注塑厂", "备注册地块", "第一部分厂院", "加快建设", "项目名称牌坊", "示例12个", "综合体（3个）", "能源", "审核中心", "打包项目", "2",
    ],
)  # fmt: skip
def test_a_project_is_a_project_whatever_its_name_resembles(name: str) -> None:
    for seed in range(20):
        sheet = make_sheet(any_layout(seed), seed, name)
        reading = read_sheet(sheet.grid(), AROUND)
        assert [told_of(record) for record in declarations(reading)] == sheet.told, seed
