"""Sums from month to month: deductions (核减), months that hold others, projects that two units report (K-10(1))."""

from decimal import Decimal
from pathlib import Path

import pytest

from pipeline.records import field_catalogue as fields
from pipeline.records.period import Month
from pipeline.records.progress import Progress
from pipeline.records.severity import Severity
from tests import build
from tests.ledger_sheets import Row, findings, read_rows

D = Decimal
_MONTHLY = (
    "monthly-impossible", "monthly-falling", "monthly-reduction", "required-reduction-reason", "monthly-unsteady",
    "monthly-magnitude", "monthly-merged", "monthly-against-declaration",
)  # fmt: skip


def said(*records: object) -> list[tuple[str, str]]:
    """Rule and message of everything that is said of monthly figures."""
    return [(rule, each.message) for rule in _MONTHLY for each in build.found(rule, *records)]


def march(year_done: str, **changes: object) -> tuple[object, ...]:
    """January and February with 1,000万元 each, and March as given."""
    row = build.progress(3, **{"month_done": D(200), "year_done": D(year_done), **changes})
    return build.declaration(), build.progress(1), build.progress(2), row


_REASON = {"reduction": D(300), "reduction_reason": "核减2月多报的设备款"}


def test_a_deduction_with_its_reason_lowers_the_sums_and_is_no_error() -> None:
    before = {"since_start": D(12000)}
    rows = (
        build.declaration(),
        build.progress(1, since_start=D(11000)),
        build.progress(2, **before),
        build.progress(3, month_done=D(200), year_done=D(1900), since_start=D(11900), **_REASON),
        build.progress(4, month_done=D(1000), year_done=D(2900), since_start=D(12900)),
    )
    assert said(*rows) == []


@pytest.mark.parametrize(("year_done", "error"), [("1899", True), ("1900", False), ("1901", True)])
def test_the_sum_is_last_month_plus_this_month_less_the_deduction(year_done: str, error: bool) -> None:
    result = build.found("monthly-reduction", *march(year_done, **_REASON))
    assert [each.severity for each in result] == [Severity.ERROR] * error
    assert ["加本月200万元减核减额300万元" in each.message for each in result] == [True] * error


@pytest.mark.parametrize(("year_done", "falls"), [("1699", True), ("1700", False), ("1701", False)])
def test_a_sum_that_falls_by_more_than_the_deduction_is_an_error(year_done: str, falls: bool) -> None:
    result = build.found("monthly-falling", *march(year_done, month_done=D(0), **_REASON))
    assert ["的2,000万元减核减额300万元" in each.message for each in result] == [True] * falls


def test_a_fall_without_a_deduction_says_how_one_is_reported() -> None:
    (finding,) = build.found("monthly-falling", *march("1900"))
    assert "在“核减额”一列填300（万元，填正数），并在“核减原因”一列写明原因" in finding.action  # 2,000 + 200 − 1,900


def test_a_negative_month_says_how_a_deduction_is_reported() -> None:
    (finding,) = build.found("monthly-impossible", *march("1700", month_done=D(-300)))
    assert "本月完成投资填当月实际完成数" in finding.action
    assert "在“核减额”一列填300（万元，填正数）" in finding.action


def test_a_negative_deduction_is_an_error_and_takes_nothing_off() -> None:
    rows = march("2200", reduction=D(-300), reduction_reason="多报")
    (finding,) = build.found("monthly-impossible", *rows)
    assert finding.field is fields.REDUCTION
    assert finding.action.endswith("请填正数，如300")
    assert [rule for rule, _ in said(*rows)] == ["monthly-impossible"]


@pytest.mark.parametrize(("reason", "findings"), [(None, 1), ("", 1), ("核减2月多报数", 0)])
def test_a_deduction_gives_its_reason(reason: str | None, findings: int) -> None:
    result = build.found("required-reduction-reason", *march("1900", reduction=D(300), reduction_reason=reason))
    assert [(each.severity, each.field) for each in result] == [(Severity.ERROR, fields.REDUCTION_REASON)] * findings
    assert all(each.citation is not None and each.citation.code == "K-10(1)" for each in result)
    assert build.found("required-reduction-reason", *march("2200", reduction=D(0))) == []


def test_a_deduction_of_earlier_years_in_january_leaves_this_year_alone() -> None:
    rows = build.progress(1, since_start=D(10700), **_REASON), build.progress(2, since_start=D(11700))
    assert said(build.declaration(), *rows) == []


@pytest.mark.parametrize(("month_done", "error"), [("1099", False), ("1100", False), ("1101", True)])
def test_a_month_may_be_greater_than_the_sum_by_what_was_taken_off(month_done: str, error: bool) -> None:
    row = build.progress(2, month_done=D(month_done), year_done=D(800), **_REASON)
    result = build.found("monthly-impossible", row)
    assert ["超过本年累计800万元加核减额300万元" in each.message for each in result] == [True] * error


def test_deduction_and_reason_are_read_from_a_units_own_columns(tmp_path: Path) -> None:
    head = ("项目名称", "责任单位", "本月完成投资", "本年累计完成投资", "本月核减额", "核减说明")
    rows: list[Row] = [("单位：亿元",), head, ("甲项目", "区工信局", 0.02, 0.19, 0.03, "核减2月多报数")]
    reading = read_rows(tmp_path, rows, file="inputs/2027/月报/2027-03/月报.xlsx")
    (row,) = (each for each in reading.records if isinstance(each, Progress))
    assert (row.reduction, row.reduction_reason, row.taken_off) == (D(300), "核减2月多报数", D(300))
    assert findings(reading) == []


# A month inside the next one


def test_a_month_that_holds_all_since_an_earlier_report_is_asked_about() -> None:
    rows = build.declaration(), build.progress(1), build.progress(3, month_done=D(2000))
    (finding,) = build.found("monthly-merged", *rows)
    assert (finding.field, finding.severity, finding.month) == (
        fields.MONTH_DONE,
        Severity.WARNING,
        Month(2027, 3),
    )
    assert "本月完成2,000万元，等于本年累计由1月的1,000万元增加到3,000万元的全部，没有收到2月的数字" in finding.message
    assert "只填3月当月数，2月的完成数请补报当月月报" in finding.action


@pytest.mark.parametrize(
    "month_done", ["0", "1000", "1999", "2001"]
)  # of the 2,000 that February and March added together
def test_a_month_that_is_not_all_of_it_is_not(month_done: str) -> None:
    rows = build.declaration(), build.progress(1), build.progress(3, month_done=D(month_done))
    assert build.found("monthly-merged", *rows) == []


def test_several_months_before_the_first_report_of_a_project_under_way() -> None:
    row = build.progress(4, month_done=D(4000))
    (finding,) = build.found("monthly-merged", build.declaration(), row)
    assert "没有收到1月、2月、3月的数字" in finding.message
    starting = build.declaration(span=build.years(2027, 2028), four_class="促进开工")
    assert build.found("monthly-merged", starting, row) == []  # it may have begun in April
    assert build.found("monthly-merged", build.declaration(), build.progress(1)) == []


def test_a_sum_that_is_less_than_an_earlier_report_and_the_month_is_doubted() -> None:
    rows = build.progress(1), build.progress(3, month_done=D(2500))
    (finding,) = build.found("monthly-unsteady", *rows)
    assert "本年累计3,000万元，少于2027年1月累计1,000万元加本月2,500万元" in finding.message


def test_a_month_that_nobody_reported_is_missing_like_any_other() -> None:
    rows = build.declaration(), build.progress(1), build.progress(3), build.unit()
    missing = build.found("monthly-left-out", *rows)
    assert [(each.month, "没有收到" in each.message) for each in missing] == [(Month(2027, 2), True)]
    assert build.found("monthly-left-out", *rows[:2]) == []  # nothing is known of the months after the last report


# One project, one month, two reports


def test_a_project_reported_twice_in_a_month_is_not_compared_with_itself() -> None:
    rows = (
        build.declaration(),
        build.progress(2),
        build.progress(3, year_done=D(2700), month_done=D(700)),
        build.progress(3, year_done=D(1500), month_done=D(500), lead_unit="区住建局", row=4),
        build.progress(4, year_done=D(4000)),
    )
    assert said(*rows) == []
    assert len(build.found("duplicate-progress", *rows)) == 2


def test_a_deduction_of_a_month_between_counts_though_it_states_no_sum() -> None:
    rows = (
        build.progress(1, year_done=D(1000)),
        build.progress(2, month_done=None, year_done=None, reduction=D(100), reduction_reason="多报"),
        build.progress(3, month_done=D(0), year_done=D(800)),
    )
    (found,) = build.found("monthly-falling", build.declaration(), *rows)
    assert "减核减额100万元" in found.message
    assert "一列填100（万元" in found.action
