"""Deadlines and deliveries (B-11, K-10(1), K-20(1)), and what a report leaves out."""

from dataclasses import replace
from datetime import date

import pytest

from pipeline.calendar.deadlines import deliveries, report_deadline
from pipeline.checks.runner import run_rules
from pipeline.facts.case import Case
from pipeline.records.period import Month
from pipeline.records.project import DeclaredChange
from pipeline.records.settings import OfficeSettings
from pipeline.records.severity import Severity
from tests import build

DECEMBER = Month(2027, 12)


@pytest.mark.parametrize(
    ("kind", "month", "day"),
    [
        ("上半月报", Month(2027, 2), date(2027, 2, 15)),
        ("下半月报", Month(2027, 2), date(2027, 2, 28)),
        ("下半月报", Month(2028, 2), date(2028, 2, 29)),
        ("下半月报", Month(2027, 1), date(2027, 1, 30)),
        ("下半月报", Month(2027, 4), date(2027, 4, 30)),
        ("月报", Month(2027, 2), date(2027, 2, 28)),
        ("月报", Month(2028, 2), date(2028, 2, 28)),
        ("月报", Month(2027, 12), date(2027, 12, 28)),
    ],
)
def test_deadlines(kind: str, month: Month, day: date) -> None:
    assert report_deadline(kind, month) == day


def test_an_unknown_report_has_no_deadline() -> None:
    with pytest.raises(ValueError, match="旬报"):
        report_deadline("旬报", Month(2027, 1))


@pytest.mark.parametrize(
    ("received", "outcome"),
    [("2027-03-28 00:00", "按时"), ("2027-03-28 23:59", "按时"), ("2027-03-29 00:00", "迟报"), (None, "")],
)
def test_the_last_day_and_one_minute_after(received: str | None, outcome: str) -> None:
    judged = build.ledgers(build.declaration(), build.receipt("月报", 3, received))
    outcomes = [entry.outcome for entry in deliveries(judged, DECEMBER) if entry.month == Month(2027, 3)]
    assert outcomes == ([outcome] if outcome else [])  # without a time nothing is known


def test_the_earliest_receipt_counts() -> None:
    receipts = [build.receipt("月报", 1, f"2027-0{n}-2{n} 09:00") for n in (3, 1, 2)]
    (first,) = deliveries(build.ledgers(build.declaration(), *receipts), Month(2027, 1))
    assert first.received_at == receipts[1].received_at
    assert first.outcome == "按时"


def test_without_a_register_nothing_is_known() -> None:
    assert deliveries(build.ledgers(build.declaration()), DECEMBER) == ()


def test_half_monthly_reports_are_owed_by_units_with_sponsored_projects() -> None:
    records = [
        build.declaration(), build.declaration(project_name="另一项目", lead_unit="区水务局"), build.sponsorship(),
        build.receipt("月报", 1, "2027-01-28 10:00"), build.declaration(project_name="无主项目", lead_unit=""),
    ]  # fmt: skip
    found = deliveries(build.ledgers(*records), Month(2027, 1))
    assert [(entry.unit, entry.report_kind, entry.outcome) for entry in found] == [
        ("区工信局", "上半月报", "缺报"), ("区工信局", "下半月报", "缺报"), ("区工信局", "月报", "按时"),
        ("区水务局", "月报", "缺报"),
    ]  # fmt: skip


def test_only_months_that_are_over_are_judged() -> None:
    records = [build.declaration(), build.receipt("月报", 1, "2027-01-29 08:05")]
    assert build.found("monthly-report", *records, as_of=date(2027, 1, 30)) == []
    (finding,) = build.found("monthly-report", *records, as_of=date(2027, 2, 27))
    assert finding.severity is Severity.WARNING
    assert "2027年1月29日08:05收到，迟1天" in finding.message
    assert finding.file == "inputs/2027/receipt.xlsx"
    late, missing = sorted(
        build.found("monthly-report", *records, as_of=date(2027, 2, 28)),
        key=lambda entry: entry.month or DECEMBER,
    )
    assert late == finding
    assert (missing.place, missing.month, missing.unit) == ("", Month(2027, 2), build.UNIT)


def test_half_monthly_lateness_cites_its_own_article() -> None:
    records = [build.declaration(), build.sponsorship(), build.receipt("上半月报", 1, "2027-01-16 00:00")]
    result = build.found("half-monthly-report", *records, as_of=date(2027, 1, 31))
    assert sorted("收到，迟1天" in entry.message for entry in result) == [False, True]
    assert {entry.citation.code for entry in result if entry.citation} == {"B-11"}


def test_a_unit_without_report_and_a_project_left_out() -> None:
    records = [
        build.declaration(), build.declaration(project_name="第二项目"),
        build.declaration(project_name="第三项目", lead_unit="区水务局"), build.progress(1),
    ]  # fmt: skip
    result = build.found("monthly-left-out", *records, as_of=date(2027, 3, 31))
    assert [(entry.unit, entry.project) for entry in result] == [("区工信局", "第二项目"), ("区水务局", "")]
    assert {entry.month for entry in result} == {Month(2027, 1)}  # nobody reported for the other months


def test_a_completed_project_owes_no_further_report() -> None:
    other = build.declaration(project_name="第二项目")
    records = [
        build.declaration(), other, build.progress(1, finished_on=build.day("2027-01-20")),
        *(build.progress(m, project_name="第二项目") for m in (1, 2)),
    ]  # fmt: skip
    assert build.found("monthly-left-out", *records) == []


def test_our_own_register_says_nothing_of_the_time_before_it() -> None:
    """A register that began in March with a monthly report makes no report of January missing, nor a half-monthly."""
    registered = build.receipt("月报", 3, "2027-03-29 08:00", line=1)
    other = build.declaration(project_name="另一项目", lead_unit="区水务局")
    ledgers = build.ledgers(build.declaration(), other, build.sponsorship(), registered)
    assert [(each.unit, each.month.month, each.report_kind, each.outcome) for each in deliveries(ledgers, Month(2027, 4))] == [
        ("区工信局", 3, "月报", "迟报"), ("区工信局", 4, "月报", "缺报"), ("区水务局", 3, "月报", "缺报"), ("区水务局", 4, "月报", "缺报"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("by_hand", "message"), [("2027-03-28 10:00", "按较早的2027年3月28日10:00计"), ("2027-03-29 18:00", "")]
)
def test_two_registers_are_held_together(by_hand: str, message: str) -> None:
    """The earlier arrival counts; only another day is a contradiction."""
    records = [
        build.declaration(), build.receipt("月报", 3, by_hand), build.receipt("月报", 3, "2027-04-02 08:00", line=2),
        build.receipt("月报", 3, "2027-03-29 08:00", line=1),
    ]  # fmt: skip
    found = build.found("receipt-contradiction", *records)
    assert [message in each.message for each in found] == ([True] if message else [])


@pytest.mark.parametrize(("arrived", "owed"), [(date(2027, 4, 30), 1), (date(2027, 5, 1), 0)])
def test_no_report_is_owed_for_months_before_the_plan_was_changed(arrived: date, owed: int) -> None:
    new = build.declaration(project_name="新增项目", row=4)
    change = DeclaredChange(new.source, new.project_name, build.UNIT, 9, arrived, dropped=False)
    ledgers = replace(build.ledgers(build.declaration(), new, build.progress(4)), changes=(change,))
    found = run_rules(Case(ledgers, OfficeSettings(), date(2027, 4, 30)))
    assert [each.project for each in found if each.rule == "monthly-left-out"] == ["新增项目"] * owed
