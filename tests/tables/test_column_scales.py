"""Fractions among percentages and ten-point scores among scores out of 100 are asked about, from their column."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.ledgers.row import Column
from pipeline.records import field_catalogue as f
from pipeline.records.progress import Progress
from pipeline.records.severity import Severity
from pipeline.spreadsheets.grid import Cell
from pipeline.tables.column_scales import doubts_of
from tests.example_counts import PROPERTY
from tests.ledger_sheets import read_rows

MONTHLY = "inputs/2027/月报/2027-03/区住建局.xlsx"
SCORES = "inputs/2027/观摩/评分.xlsx"
_HEAD = (
    "项目名称",
    "责任单位",
    "本月完成投资（万元）",
    "本年累计完成投资（万元）",
    "形象进度",
    "形象进度完成率",
)


def _doubted(folder: Path, rates: list[object]) -> list[str]:
    rows = [
        _HEAD,
        *((f"第{number}项目", "区住建局", 9, 9, "施工", rate) for number, rate in enumerate(rates)),
    ]
    reading = read_rows(folder, rows, file=MONTHLY)
    assert {finding.severity for finding in reading.findings} <= {Severity.WARNING}
    assert all("像是把百分比填成了小数" in finding.message for finding in reading.findings)
    return [finding.cell for finding in reading.findings]


@pytest.mark.parametrize(
    ("rates", "doubted"),
    [
        ([0.85, 1, 0.5, "0.6"], ["F2", "F3", "F4", "F5"]), (["0.85", "85"], ["F2"]), ([85, 1], []), ([85, 1, "0.5"], ["F3", "F4"]),
        ([1], ["F2"]), ([1, 0], ["F2"]), ([0, 0], []), (["1%", "85%"], []), (["0.5%"], []), (["1%", 1], ["F3"]), ([1.01, 1], []), ([None, "—", 0.99], ["F4"]),
        ([100, 0.99, 1.01], ["F3"]), ([0.85, 1.2, 0.5], ["F2", "F3", "F4"]), ([0.85, 2, 2.01], ["F2"]), ([0.85, 2, 0.9, 2.01], ["F2", "F3", "F4"]),
        (["0.85", "1.2%"], ["F2"]),
    ],
)  # fmt: skip
def test_fractions_are_noticed_from_their_column(tmp_path: Path, rates: list[object], doubted: list[str]) -> None:
    assert _doubted(tmp_path, rates) == doubted


def test_a_doubted_rate_is_read_as_it_stands(tmp_path: Path) -> None:
    reading = read_rows(tmp_path, [_HEAD, ("甲项目", "区住建局", 9, 9, "施工", "0.85")], file=MONTHLY)
    (record,) = reading.records
    assert isinstance(record, Progress)
    assert str(record.physical_rate) == "0.85"
    (finding,) = reading.findings
    assert (finding.message, finding.project) == (
        "“形象进度完成率”为0.85，按0.85%读取，像是把百分比填成了小数",
        "甲项目",
    )


@pytest.mark.parametrize(
    ("scores", "doubted"),
    [
        ([(84, 86), (8.5, 90)], ["C3"]), ([(84, 86), (10, 10.5)], ["C3"]), ([(84, 86), (0, 90)], []), ([(50, 50), (10, 50)], []),
        ([(51, 0), (10, 11)], ["C3"]), ([(9, 9.5), (8, 0)], ["C2"]), ([(9, 10.5)], []),
    ],
)  # fmt: skip
def test_scores_on_another_scale_than_their_sheet(
    tmp_path: Path, scores: list[tuple[float, float]], doubted: list[str]
) -> None:
    head = ("项目名称", "责任单位", "评委1", "评委2")
    rows = [head, *((f"第{number}项目", "区住建局", *pair) for number, pair in enumerate(scores))]
    reading = read_rows(tmp_path, rows, file=SCORES)
    assert [finding.cell for finding in reading.findings] == doubted
    assert all("像是按10分制填写" in finding.message for finding in reading.findings)


@PROPERTY
@given(st.lists(st.integers(2, 100), min_size=1, max_size=8))
def test_whole_rates_above_one_are_never_doubted(rates: list[int]) -> None:
    rows = [[Cell(str(rate), str(rate))] for rate in rates]
    assert list(doubts_of(rows, range(len(rows)), [Column(0, f.PHYSICAL_RATE, "形象进度完成率")])) == []
