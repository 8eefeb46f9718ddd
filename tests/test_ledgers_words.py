"""What the words in a unit's cells state, read from real sheets: open years, days not come, what to write instead."""

from decimal import Decimal
from pathlib import Path

import pytest

from pipeline.records.period import PartialDay
from pipeline.records.progress import Progress
from pipeline.records.severity import Severity
from tests.ledger_sheets import HEAD, Row, declarations, only, project, read_rows

MONTHLY = "inputs/2027/月报/2027-03/区住建局.xlsx"

_OPEN_HEAD = ("项目名称", "四个一批", "项目业主", "具体选址", "总投资（万元）", "建设年限")


@pytest.mark.parametrize("years", ["待定", "另定", "未定", "—", None])
def test_a_prepared_project_may_leave_its_years_open(tmp_path: Path, years: str | None) -> None:
    reading = read_rows(tmp_path, [_OPEN_HEAD, ("甲项目", "前期储备", "甲公司", "东园", 50000, years)])
    assert reading.findings == []
    assert declarations(reading)[0].span is None


def test_other_projects_owe_their_years(tmp_path: Path) -> None:
    reading = read_rows(tmp_path, [_OPEN_HEAD, ("甲项目", "加快建设", "甲公司", "东园", 50000, "待定")])
    finding = only(reading)
    assert (finding.cell, finding.message) == ("F2", "“建设年限”看不出起止时间")
    assert finding.action == "请核对后改填建设年限，如2026年3月至2028年10月"


def test_the_two_days_of_a_prepared_project_may_be_open(tmp_path: Path) -> None:
    head = (*_OPEN_HEAD[:5], "计划开工时间", "计划竣工时间")
    rows = [head, ("甲项目", "前期储备", "甲公司", "东园", 50000, "2028年", "待定")]
    reading = read_rows(tmp_path, rows)
    assert reading.findings == []
    assert declarations(reading)[0].span is None


_REPORT_HEAD = (
    "项目名称",
    "责任单位",
    "本月完成投资（万元）",
    "本年累计完成投资（万元）",
    "形象进度",
    "实际开工时间",
    "实际竣工时间",
)


def _report(started: object, finished: object = None) -> Row:
    return ("甲项目", "区住建局", 900, 900, "基础施工", started, finished)


def test_what_has_not_begun_needs_no_day(tmp_path: Path) -> None:
    reading = read_rows(tmp_path, [_REPORT_HEAD, _report("未开工", "尚未竣工")], file=MONTHLY)
    assert reading.findings == []
    (record,) = reading.records
    assert isinstance(record, Progress)
    assert (record.started_on, record.finished_on, record.year_done) == (None, None, Decimal(900))


@pytest.mark.parametrize("started", ["已开工", "3/6/2027"])
def test_a_day_that_cannot_be_read_shows_what_to_write(tmp_path: Path, started: str) -> None:
    finding = only(read_rows(tmp_path, [_REPORT_HEAD, _report(started)], file=MONTHLY))
    assert (finding.cell, finding.message, finding.severity) == (
        "F2",
        "“实际开工时间”不是规范的日期",
        Severity.ERROR,
    )
    assert finding.action == "请核对后改填实际开工时间，如2027年3月6日或2027-03-06"


def test_a_time_of_day_is_told_and_the_day_is_read(tmp_path: Path) -> None:
    reading = read_rows(tmp_path, [_REPORT_HEAD, _report("2027-03-05T16:00:00Z")], file=MONTHLY)
    finding = only(reading)
    assert (finding.severity, finding.message) == (
        Severity.WARNING, "“实际开工时间”带有时刻16:00，按2027年3月5日读取；如由系统导出，可能差了一天",
    )  # fmt: skip
    (record,) = reading.records
    assert isinstance(record, Progress)
    assert record.started_on == PartialDay(2027, 3, 5)


def test_an_amount_shows_its_columns_unit_in_what_to_write(tmp_path: Path) -> None:
    head = (*HEAD[:5], "总投资（亿元）", HEAD[6])
    finding = only(read_rows(tmp_path, [head, project("甲项目", "约5", None)]))
    assert finding.action == "请核对后改填总投资（亿元），如1200或1200.5"
