"""What the words in a unit's cells state, read from real sheets: open years, days not come, what to write instead."""

from decimal import Decimal
from pathlib import Path

import pytest

from pipeline.records.pairing import Sponsorship
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


_WORDS_HEAD = (
    "项目名称",
    "责任单位",
    "四个一批",
    "项目业主",
    "具体选址",
    "总投资（万元）",
    "责任人",
    "计划开工时间",
    "计划竣工时间",
)


def _declared(
    name: object,
    *,
    unit: object = "区住建局",
    total: object = 50000,
    start: object = "2026年3月",
    **words: object,
) -> Row:
    return (
        name, unit, words.get("four_class", "加快建设"), words.get("owner", "甲公司"), "东园", total, words.get("person", "张某甲"), start, "2028年"
    )  # fmt: skip


@pytest.mark.parametrize("mark", ["同上", "同 上", "（同上）", "同前", "〃", "″", '"', "''", "”"])
def test_words_are_taken_over_from_the_row_above(tmp_path: Path, mark: str) -> None:
    rows = [
        _WORDS_HEAD, _declared("甲项目"), ("小计",), _declared("乙项目", unit=mark, four_class=mark, owner=mark, person=mark),
        _declared("丙项目", unit=mark, owner="丙公司"),
    ]  # fmt: skip
    reading = read_rows(tmp_path, rows)
    read = [(row.lead_unit, row.four_class, row.owner, row.person) for row in declarations(reading)]
    assert read == [
        ("区住建局", "加快建设", "甲公司", "张某甲"), ("区住建局", "加快建设", "甲公司", "张某甲"), ("区住建局", "加快建设", "丙公司", "张某甲"),
    ]  # fmt: skip
    told = [(finding.severity, finding.cell, finding.message) for finding in reading.findings]
    assert told == [
        (Severity.WARNING, "B4", "“责任单位”B4、B5写的是“同上”一类，按上一行的内容读取"),
        (Severity.WARNING, "C4", "“四个一批”C4写的是“同上”一类，按上一行的内容读取"),
        (Severity.WARNING, "D4", "“项目业主”D4写的是“同上”一类，按上一行的内容读取"),
        (Severity.WARNING, "G4", "“责任人”G4写的是“同上”一类，按上一行的内容读取"),
    ]  # fmt: skip


def test_amounts_days_and_names_are_not_taken_over(tmp_path: Path) -> None:
    rows = [
        _WORDS_HEAD,
        _declared("甲项目"),
        _declared("乙项目", total="同上", start="〃"),
        _declared("同上"),
    ]
    reading = read_rows(tmp_path, rows)
    told = {finding.cell: (finding.message, finding.action) for finding in reading.findings}
    assert told == {
        "F3": ("“总投资”不能用“同上”代替", "请核对后改填总投资（万元），如1200或1200.5"),
        "H3": ("“计划开工时间”不能用“〃”代替", "请核对后改填计划开工时间，如2027年3月6日或2027-03-06"),
        "A4": ("“项目名称”不能用“同上”代替，本行没有读取", "请核对后改填项目名称"),
    }
    assert [row.project_name for row in declarations(reading)] == ["甲项目", "乙项目"]
    assert declarations(reading)[1].total_investment is None


@pytest.mark.parametrize("above", ["同上", None])
def test_where_nothing_stands_above_nothing_is_taken_over(tmp_path: Path, above: object) -> None:
    rows = [_WORDS_HEAD, _declared("甲项目", owner=above), _declared("乙项目", owner="同上")]
    reading = read_rows(tmp_path, rows)
    assert [row.owner for row in declarations(reading)] == [None, None]
    message = "“项目业主”写的是“同上”，上方没有可以沿用的内容"
    assert [(finding.cell, finding.message) for finding in reading.findings] == [
        (cell, message) for cell in (("D2", "D3") if above else ("D3",))
    ]


def test_a_word_that_only_contains_the_mark_stays(tmp_path: Path) -> None:
    rows = [_WORDS_HEAD, _declared("甲项目"), _declared("乙项目", owner="同上海公司")]
    reading = read_rows(tmp_path, rows)
    assert reading.findings == []
    assert declarations(reading)[1].owner == "同上海公司"


@pytest.mark.parametrize(("length", "read"), [(99, True), (100, True), (101, False), (32_767, False)])
def test_a_text_longer_than_any_name_is_no_name(tmp_path: Path, length: int, read: bool) -> None:
    rows = [_WORDS_HEAD, _declared("长" * length), _declared("乙项目")]
    reading = read_rows(tmp_path, rows)
    assert len(declarations(reading)) == 1 + read
    if not read:
        finding = only(reading)
        why = "超过100字，不像名称" if length == 101 else "太长，不能使用"
        assert (finding.cell, finding.message) == (
            "A2",
            f"“项目名称”写了{length}字，{why}，本行没有读取",
        )
        assert len(finding.sentence) < 300


@pytest.mark.parametrize(
    ("written", "leaders", "aside"),
    [
        ("赵某甲（1—6月）、孙某丙（7—12月）", ("赵某甲", "孙某丙"), "“1—6月”、“7—12月”"), ("赵某甲(1、2月) 孙某丙", ("赵某甲", "孙某丙"), "“1、2月”"),
        ("赵某甲\n（副区长）", ("赵某甲",), "“副区长”"), ("赵某甲、孙某丙", ("赵某甲", "孙某丙"), ""), ("（赵某甲）", ("（赵某甲）",), ""),
    ],
)  # fmt: skip
def test_brackets_beside_a_leader_are_no_part_of_the_name(
    tmp_path: Path, written: str, leaders: tuple[str, ...], aside: str
) -> None:
    head = ("项目名称", "包联领导", "责任单位", "建设任务", "责任地区", "总投资（万元）")
    rows = [head, ("甲项目", written, "区住建局", "建成一期", "东岭镇", 50000)]
    reading = read_rows(tmp_path, rows, file="inputs/2027/包联/清单.xlsx")
    (record,) = reading.records
    assert isinstance(record, Sponsorship)
    assert record.leaders == leaders
    told = [(finding.cell, finding.severity, finding.message) for finding in reading.findings]
    message = f"“包联领导”括号中的{aside}没有使用，读作{'、'.join(leaders)}"
    assert told == ([("B2", Severity.WARNING, message)] if aside else [])
