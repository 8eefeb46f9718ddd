"""From month to month: totals that fall or change, projects that vanish, appear or are renamed, one project twice."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from pipeline.checks import continuity
from pipeline.checks.likeness import likeness, same_but_for_form
from pipeline.checks.runner import run_rules
from pipeline.facts.case import Case
from pipeline.records import field_catalogue as fields
from pipeline.records.finding import Finding
from pipeline.records.period import Month
from pipeline.records.progress import Progress
from pipeline.records.renames import renamed
from pipeline.records.settings import OfficeSettings
from pipeline.records.severity import Severity
from pipeline.records.source import Seen
from tests import build
from tests.ledger_sheets import Row, findings, read_rows

D = Decimal
OLD, NEW = "示例产业园项目", "示例智造产业园项目"


def _months(name: str, months: range, **changes: object) -> list[object]:
    return [build.progress(month, project_name=name, **changes) for month in months]


# Totals


def test_a_total_since_the_start_that_falls_alone_is_an_error() -> None:
    rows = [build.progress(m, since_start=D(total)) for m, total in ((1, 11000), (2, 10500), (3, 13000))]
    (finding,) = build.found("monthly-falling", *rows)
    assert (finding.field, finding.severity) == (fields.SINCE_START, Severity.ERROR)
    assert "2027年2月开工以来累计完成10,500万元，少于2027年1月的11,000万元" in finding.message


def test_one_fall_of_both_totals_is_said_once() -> None:
    rows = [build.progress(m, year_done=D(done), since_start=D(10000 + done)) for m, done in ((1, 900), (2, 500))]
    (finding,) = build.found("monthly-falling", *rows)
    assert finding.field is fields.YEAR_DONE


@pytest.mark.parametrize(
    ("rates", "month", "words", "action"),
    [
        (("94", "1"), 2, "完成率为1%，2027年1月为94%，完成率不应下降，像是百分数写成了小数", "100%（填100）"),
        (
            ("30", "0.945"),
            2,
            "0.945%，2027年1月为30%，完成率不应下降，像是百分数写成了小数",
            "94.5%（填94.5）",
        ),
        (("94", "1.01"), 2, "完成率为1.01%，2027年1月为94%，完成率不应下降", "改正有误的一处"),
        (("94", "93.9"), 2, "完成率为93.9%，2027年1月为94%", "改正有误的一处"),
        (("94", "0"), 2, "完成率为0%，2027年1月为94%", "改正有误的一处"),
        (("20", "80", "25", "30"), 2, "完成率为80%，2027年3月为25%", "改正有误的一处"),
    ],
)
def test_a_rate_that_falls_is_an_error(rates: tuple[str, ...], month: int, words: str, action: str) -> None:
    rows = [build.progress(m, physical_rate=D(rate)) for m, rate in enumerate(rates, 1)]
    (finding,) = build.found("monthly-rate-falling", *rows[::-1])
    assert (finding.field, finding.severity) == (fields.PHYSICAL_RATE, Severity.ERROR)
    assert finding.month == Month(2027, month)
    assert words in finding.message
    assert ("小数" in finding.message) == ("填" in finding.action)
    assert action in finding.action


@pytest.mark.parametrize("rates", [("94", "94"), ("94", "94.1"), ("0.5", "0.5"), ("94", None, "94"), ("0", "1")])
def test_a_rate_that_stands_or_grows_is_none(rates: tuple[str | None, ...]) -> None:
    rows = [build.progress(m, physical_rate=D(rate) if rate else None) for m, rate in enumerate(rates, 1)]
    assert build.found("monthly-rate-falling", *rows) == []


def test_a_rate_is_followed_through_a_rename() -> None:
    rows = [
        build.progress(1, project_name=OLD, physical_rate=D(94)),
        build.progress(2, project_name=NEW, physical_rate=D(1)),
    ]
    year = renamed(build.ledgers(*rows), {OLD: NEW})
    found = run_rules(Case(year, OfficeSettings(), date(2027, 2, 28)), (continuity.RATE_FALLING,))
    assert [finding.project for finding in found] == [NEW]


def test_a_total_that_a_report_repeats_is_held_against_the_declaration_and_then_the_month_before() -> None:
    rows = [
        build.progress(m, total_investment=D(total), year_plan=D(20000))
        for m, total in ((1, 50000), (2, 56000), (3, 56000), (4, 50000))
    ]
    first, second = build.found("monthly-totals-changed", build.declaration(), *rows)
    assert (first.month, second.month) == (rows[1].month, rows[3].month)
    assert first.citation is not None
    assert (first.citation.code, first.severity) == ("K-7(3)", Severity.WARNING)
    assert "的总投资2027年1月为50,000万元，2027年2月月报为56,000万元" in first.message
    (straight,) = build.found("monthly-totals-changed", build.declaration(), rows[1])
    assert "总投资申报时为50,000万元" in straight.message
    assert "月报不改变计划，文书仍按申报台账的数字计算" in straight.action
    assert "批准后由责任单位重报整张申报台账，代替原来的一份" in straight.action
    assert build.found("monthly-totals-changed", *rows[1:3]) == []


def test_totals_that_a_report_repeats_are_read_and_an_unreadable_one_withholds_nothing(
    tmp_path: Path,
) -> None:
    head = ("项目名称", "责任单位", "总投资", "当年计划投资", "本月完成投资", "本年累计完成投资")
    rows: list[Row] = [
        ("单位：万元",), head, ("甲项目", "区工信局", 50000, 20000, 100, 300), ("乙项目", "区工信局", "约3亿", None, 1, 2),
    ]  # fmt: skip
    reading = read_rows(tmp_path, rows, file="inputs/2027/月报/2027-03/月报.xlsx")
    first, second = (row for row in reading.records if isinstance(row, Progress))
    assert (first.total_investment, first.year_plan) == (D(50000), D(20000))
    assert (second.total_investment, second.year_plan, second.year_done) == (None, None, D(2))
    assert findings(reading) == []
    assert [cell for cell, _ in findings(reading, Severity.WARNING)] == ["C4"]


def test_a_total_that_jumps_as_a_slip_of_unit_is_said_once_and_by_its_cause() -> None:
    for factor in (D(100), D(10000), 1 / D(100), 1 / D(10000)):
        rows = [
            build.progress(1),
            build.progress(2, total_investment=50000 * factor, year_plan=20000 * factor),
            build.progress(3, total_investment=D(50000), year_plan=D(20000)),
        ]
        assert build.found("monthly-totals-changed", build.declaration(), *rows) == []
        (finding,) = build.found("monthly-magnitude", build.declaration(), *rows)
        times = "100倍" if factor in (100, 1 / D(100)) else "1万倍"
        assert ("总投资和当年计划投资两项" in finding.message, times in finding.message) == (True, True)


# A unit's total over all its projects


def _found_falls(*rows: object) -> list[str]:
    found = build.found("monthly-unit-falling", *rows, as_of=date(2027, 4, 30))
    return [finding.message for finding in found]


def _said_beside(rule: str, *rows: object) -> list[bool]:
    found = build.found(rule, *rows, as_of=date(2027, 4, 30))
    return ["全单位本年累计完成投资合计由" in finding.message for finding in found]


def test_a_units_total_that_falls_because_a_project_went_elsewhere_is_named() -> None:
    stay, gone = _months("甲项目", range(1, 4)), _months("乙项目", range(1, 3), year_done=D(5000))
    moved = build.progress(3, project_name="乙项目", lead_unit="区水务局", year_done=D(5000))
    (message,) = _found_falls(*stay, *gone, moved)
    assert message == (
        "区工信局2027年3月月报的本年累计完成投资合计由2027年2月的7,000万元减为3,000万元：“乙项目”改由区水务局报送"
    )
    (message,) = _found_falls(
        *stay,
        *_months("丙项目", range(1, 2), year_done=D(9000)),
        *_months("丙项目", range(3, 4), year_done=D(9000)),
    )
    assert message.endswith("“丙项目”没有列出")


def test_a_fall_that_another_finding_explains_is_said_there() -> None:
    declared = [build.declaration(project_name=name, row=row) for row, name in enumerate(("甲项目", "乙项目"), 3)]
    rows = [*_months("甲项目", range(1, 4)), *_months("乙项目", range(1, 3), year_done=D(5000))]
    assert _found_falls(*declared, *rows) == []
    assert _said_beside("monthly-left-out", *declared, *rows) == [True]
    assert _found_falls(*rows) == []
    assert _said_beside("monthly-vanished", *rows) == [True]


def test_a_completed_project_a_falling_figure_or_growth_elsewhere_is_no_fall_of_the_unit() -> None:
    stay = _months("甲项目", range(1, 4))
    finished = build.progress(2, project_name="乙项目", year_done=D(5000), finished_on=build.day("2027-02-20"))
    assert _found_falls(*stay, finished) == []
    falling = [build.progress(m, project_name="甲项目", year_done=D(done)) for m, done in ((1, 900), (2, 500))]
    assert _found_falls(*falling) == []
    grown = [build.progress(m, project_name="甲项目", year_done=D(done)) for m, done in ((1, 900), (2, 5000))]
    away = [build.progress(m, project_name="乙项目", year_done=D(800)) for m in (1, 3)]
    assert _found_falls(*grown, *away) == []


# Vanished and new


def test_an_undeclared_project_that_drops_out_is_named_once_at_its_last_row() -> None:
    others = _months("另一项目", range(1, 6))
    (finding,) = build.found("monthly-vanished", *_months("养老院项目", range(1, 3)), *others)
    assert finding.message == (
        "“养老院项目”2027年2月报过，区工信局2027年3月的月报不再列出，"
        "全单位本年累计完成投资合计由2027年2月的4,000万元减为3,000万元"
    )
    assert finding.month is not None
    assert finding.month.month == 2


def test_completed_declared_and_altogether_silent_are_not_vanished() -> None:
    others = _months("另一项目", range(1, 6))
    done = _months("养老院项目", range(1, 3), finished_on=build.day("2027-02-20"))
    assert build.found("monthly-vanished", *done, *others) == []
    declared = build.declaration(project_name="养老院项目")  # a gap of a declared project is monthly-left-out
    assert build.found("monthly-vanished", declared, *_months("养老院项目", range(1, 3)), *others) == []
    assert build.found("monthly-vanished", *_months("养老院项目", range(1, 3))) == []  # the unit sent nothing


def test_a_project_new_in_the_course_of_the_year_where_nothing_was_declared() -> None:
    rows = [*_months("另一项目", range(1, 4)), *_months("养老院项目", range(3, 4))]
    (finding,) = build.found("monthly-appeared", *rows)
    assert (finding.project, finding.citation and finding.citation.code) == ("养老院项目", "K-7(3)")
    # Where there are declarations, an undeclared name is an error of its own.
    assert build.found("monthly-appeared", build.declaration(project_name="另一项目"), *rows) == []


# Renames


def _renamed(*records: object) -> list[Finding]:
    return build.found("monthly-renamed", *records)


def test_a_vanished_and_a_new_name_that_are_alike_are_proposed_ready_to_confirm() -> None:
    rows = [*_months(OLD, range(1, 3)), *_months(NEW, range(3, 6)), *_months("另一项目", range(1, 6))]
    (finding,) = _renamed(build.declaration(), *rows)
    assert (finding.project, finding.severity) == (NEW, Severity.WARNING)
    assert finding.month is not None
    assert finding.month.month == 3
    assert f'gongwen rename "{OLD}" "{NEW}"' in finding.action
    assert f'"{OLD}" = "{NEW}"' in finding.action
    assert build.found("monthly-vanished", *rows) == build.found("monthly-appeared", *rows) == []


def test_figures_that_carry_on_make_a_looser_likeness_enough() -> None:
    old, new = "东岭物流园项目", "东岭冷链仓储物流中心项目"
    assert 0.5 <= likeness(old, new) < 0.75
    carried = [*_months(old, range(1, 3)), *_months(new, range(3, 4))]
    assert len(_renamed(*carried)) == 1
    other = [*_months(old, range(1, 3)), *_months(new, range(3, 4), year_done=D(8000))]
    assert _renamed(*other) == []


@pytest.mark.parametrize(
    "records",
    [
        [build.declaration(), *_months(OLD, range(1, 3)), *_months("示例产业园项日", range(3, 5))],
        [*_months(OLD, range(1, 5)), *_months(NEW, range(3, 5))],  # both go on
        [*_months(OLD, range(1, 3), finished_on=build.day("2027-02-20")), *_months(NEW, range(3, 5))],
        [*_months(OLD, range(1, 3)), *_months(NEW, range(3, 5), lead_unit="区水务局")],  # another unit's
        [*_months("园区一期项目", range(1, 3)), *_months("园区二期项目", range(3, 5))],
        [*_months(OLD, range(1, 3)), *_months("养老院项目", range(3, 5), year_done=D(9000))],
        [
            *_months(OLD, range(1, 3)), *_months(NEW, range(3, 5)), build.declaration(project_name=NEW),
            build.declaration(project_name=OLD),
        ],
    ],
    ids=["misspelt", "both-go-on", "completed", "other-unit", "phases", "unlike", "both-declared"],
)  # fmt: skip
def test_what_is_no_rename(records: list[object]) -> None:
    assert _renamed(*records) == []


def test_each_name_is_proposed_once_with_its_likeliest_partner() -> None:
    rows = [
        *_months("东岭镇敬老院改造项目", range(1, 3)), *_months("东岭镇幼儿园改造项目", range(1, 3), row=4),
        *_months("东岭镇敬老院改扩建项目", range(3, 5)), *_months("东岭镇幼儿园改扩建项目", range(3, 5), row=4),
    ]  # fmt: skip
    assert [finding.message.split("，")[1] for finding in _renamed(*rows)] == [
        "“东岭镇敬老院改造项目”不再报送",
        "“东岭镇幼儿园改造项目”不再报送",
    ]


# One project from two units


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("示例产业园项目", "示例产业园建设工程"),
        ("示例产业园项目", "示例产业园​项目"),  # a zero-width space
        ("5G基站项目", "５Ｇ基站　项目"),
        ("10千伏线路项目", "1O千伏线路项目"),
        ("日新小区改造项目", "曰新小区改造项目"),
        ("A区道路项目", "А区道路项目"),  # a Cyrillic letter
        ("示例（北区）管网项目", "示例北区管网项目"),
    ],
)
def test_names_that_only_look_different(one: str, other: str) -> None:
    assert same_but_for_form(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("园区一期项目", "园区二期项目"),
        ("滨河通道项目", "滨河通道项目一期"),
        ("滨河通道（南段）工程", "滨河通道工程"),
        ("1号路项目", "2号路项目"),
        ("东区管网项目", "西区管网项目"),
        ("3号楼", "13号楼"),
    ],
)
def test_names_told_apart_by_a_number_or_a_direction_are_not_alike(one: str, other: str) -> None:
    assert likeness(one, other) == 0


def test_one_project_declared_by_two_units_under_one_name_names_both() -> None:
    rows = [build.declaration(), build.declaration(row=4, lead_unit="区水务局")]
    first, second = build.found("duplicate-declaration", *rows)
    assert "另见区水务局的inputs/2027/declaration.xlsx" in first.message
    assert "另见区工信局的inputs/2027/declaration.xlsx" in second.message
    assert "列为协办单位" in first.action


def test_one_project_declared_by_two_units_under_alike_names_names_both() -> None:
    other = build.declaration(row=4, project_name=NEW, lead_unit="区水务局")
    first, second = build.found("alike-declaration", build.declaration(), other)
    assert first.message.startswith(f"区工信局的“{OLD}”与区水务局的“{NEW}”（inputs/2027/declaration.xlsx")
    assert (second.project, second.severity) == (NEW, Severity.WARNING)


@pytest.mark.parametrize(
    "changes",
    [
        {"project_name": "西河镇中心小学项目", "total_investment": D(8000), "owner": "西河镇"},
        {"project_name": "东岭镇中心小学二期项目", "lead_unit": "东岭镇"},  # the unit's own
        {"project_name": "东岭镇养老服务中心项目", "total_investment": D(8000)},
    ],
)
def test_alike_names_alone_do_not_make_one_project_of_two(changes: dict[str, object]) -> None:
    one = build.declaration(project_name="东岭镇中心小学项目", lead_unit="东岭镇", owner="东岭镇")
    other = build.declaration(row=4, **{"lead_unit": "西河镇", **changes})
    assert build.found("alike-declaration", one, other) == []


def test_one_project_reported_by_two_units_without_a_declaration() -> None:
    one = build.progress(1, project_name="环城路建设项目")
    other = build.progress(2, project_name="环城路工程", lead_unit="区住建局", row=4)
    assert {entry.unit for entry in build.found("alike-progress", one, other)} == {build.UNIT, "区住建局"}


def test_an_undeclared_name_near_another_units_names_that_unit() -> None:
    row = build.progress(1, project_name="示例产业园项日", lead_unit="区水务局")
    (finding,) = build.found("undeclared-progress", build.declaration(), row)
    assert "是否为区工信局申报的“示例产业园项目”" in finding.action


@pytest.mark.parametrize(
    ("february", "march", "told"),
    [("2027-02-06", "2027-02-06", 0), ("2027-02", "2027-02-06", 0), ("2027-02-06", "2027-02-07", 1)],
)
def test_a_day_that_changes_between_reports_is_told(february: str, march: str, told: int) -> None:
    rows = (
        build.progress(2, started_on=build.day(february)),
        build.progress(3, started_on=build.day(march)),
    )
    assert len(build.found("monthly-day-changed", build.declaration(), *rows)) == told


@pytest.mark.parametrize(
    ("seen", "readable", "told"),
    [("未开工", True, 1), ("", True, 0), ("—", True, 0), ("无", True, 0), ("未明", False, 0)],
)
def test_a_day_that_is_taken_back_is_asked_about(seen: str, readable: bool, told: int) -> None:
    later = build.progress(4)
    cells = {**later.source.cells, fields.STARTED_ON.slug: Seen("H3", seen, readable)}
    later = replace(later, source=replace(later.source, cells=cells))
    rows = [build.progress(3, started_on=build.day("2027-03-06")), later]
    found = build.found("monthly-day-withdrawn", build.declaration(), *rows)
    assert [finding.message for finding in found] == [
        f"“{build.PROJECT}”的实际开工时间，2027年3月月报为2027年3月6日，2027年4月月报为“未开工”"
    ] * told
