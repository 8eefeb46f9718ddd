"""Thresholds, sane ranges and how amounts fit one another, at their edges."""

from decimal import Decimal

import pytest

from pipeline.checks.thresholds import unmatched_exceptions
from pipeline.records.settings import OfficeSettings
from pipeline.records.severity import Severity
from tests import build


@pytest.mark.parametrize(
    ("total", "findings"),
    [("9999", 1), ("9999.995", 1), ("9999.9999", 1), ("10000", 0), ("10000.00", 0), ("10001", 0)],
)
def test_key_project_threshold_on_unrounded_values(total: str, findings: int) -> None:
    row = build.declaration(total_investment=Decimal(total), invested_before=Decimal(0), year_plan=Decimal(5000))
    result = build.found("key-threshold", row)
    assert len(result) == findings
    assert all(entry.severity is Severity.ERROR for entry in result)


def test_a_project_below_the_threshold_is_listed_where_the_office_states_why() -> None:
    row = build.declaration(total_investment=Decimal(9000), invested_before=Decimal(0), year_plan=Decimal(5000))
    settings = OfficeSettings(exceptions={f" {row.project_name}": "区委常委会纪要"})
    assert build.found("key-threshold", row, settings=settings) == []


def test_of_a_year_without_declarations_no_exception_is_said_to_be_unmatched() -> None:
    settings = OfficeSettings(exceptions={build.PROJECT: "纪要"})
    assert list(unmatched_exceptions(build.case(build.sponsorship(), settings=settings))) == []
    assert (
        len(list(unmatched_exceptions(build.case(build.declaration(project_name="另一项目"), settings=settings)))) == 1
    )


def test_an_exception_that_names_no_declared_project_is_said() -> None:
    row = build.declaration()
    names = (f"{row.project_name}一", "从未申报的", row.project_name)
    settings = OfficeSettings(exceptions=dict.fromkeys(names, "纪要"))
    first, second = unmatched_exceptions(build.case(row, settings=settings))
    assert first.severity is Severity.ADVICE
    assert f"是否应为“{row.project_name}”" in first.action
    assert "“从未申报的”" in second.message


@pytest.mark.parametrize(
    ("sector", "least"),
    [
        ("工业", 10000),
        ("能源", 10000),
        ("基础设施", 5000),
        ("商贸流通", 5000),
        ("农牧林水", 3000),
        ("社会事业", 3000),
    ],
)
def test_sponsored_threshold_of_each_sector(sector: str, least: int) -> None:
    for total, findings in ((least - Decimal("0.001"), 1), (Decimal(least), 0), (Decimal(least + 1), 0)):
        row = build.sponsorship(sector=sector, total_investment=total, year_plan=Decimal(100))
        result = build.found("sponsored-threshold", row)
        assert len(result) == findings
        assert all(entry.severity is Severity.ERROR for entry in result)


def test_sponsored_threshold_takes_the_declared_sector_where_the_list_has_none() -> None:
    row = build.sponsorship(sector=None, total_investment=Decimal(4000))
    assert build.found("sponsored-threshold", row) == []
    (finding,) = build.found("sponsored-threshold", row, build.declaration(sector="商贸流通"))
    assert "4,000万元，低于5,000万元" in finding.message


@pytest.mark.parametrize(
    ("total", "findings"),
    [("99.99", 1), ("100", 0), ("5000000", 0), ("5000000.01", 1), ("0", 1), ("-1", 0)],
)
def test_total_investment_in_a_sane_range(total: str, findings: int) -> None:
    amount = Decimal(total)
    result = build.found("declared-range", build.declaration(total_investment=amount))
    result += build.found("sponsored-range", build.sponsorship(total_investment=amount))
    assert len(result) == 2 * findings
    assert all("像是万元与亿元弄混" in entry.message for entry in result)


def test_negative_amounts() -> None:
    (finding,) = build.found("declared-negative", build.declaration(year_plan=Decimal(-1)))
    assert "当年计划投资为-1万元" in finding.message
    (finding,) = build.found("sponsored-negative", build.sponsorship(total_investment=Decimal("-0.5")))
    assert finding.severity is Severity.ERROR


@pytest.mark.parametrize(("plan", "findings"), [("9.9", 1), ("10", 0), ("0", 0)])
def test_a_tiny_plan_looks_like_the_wrong_unit(plan: str, findings: int) -> None:
    result = build.found("declared-magnitude", build.declaration(year_plan=Decimal(plan)))
    result += build.found("sponsored-magnitude", build.sponsorship(year_plan=Decimal(plan)))
    assert [entry.severity for entry in result] == [Severity.WARNING] * 2 * findings


@pytest.mark.parametrize(("plan", "findings"), [("40000", 0), ("40000.01", 1)])
def test_done_and_planned_stay_within_the_total(plan: str, findings: int) -> None:
    assert len(build.found("declared-within-total", build.declaration(year_plan=Decimal(plan)))) == findings


def test_unknown_amounts_are_not_compared() -> None:
    row = build.declaration(invested_before=None, year_plan=Decimal(999999))
    assert build.found("declared-within-total", row) == []
    assert build.found("sponsored-within-total", build.sponsorship(total_investment=None)) == []


@pytest.mark.parametrize(("plan", "findings"), [("50000", 0), ("50001", 1)])
def test_sponsored_plan_stays_within_the_total(plan: str, findings: int) -> None:
    assert len(build.found("sponsored-within-total", build.sponsorship(year_plan=Decimal(plan)))) == findings


@pytest.mark.parametrize(("four_class", "findings"), [("加快建设", 1), ("竣工投产", 1), ("前期储备", 0), (None, 0)])
def test_a_year_without_plan_is_for_preliminary_projects(four_class: str | None, findings: int) -> None:
    row = build.declaration(four_class=four_class, year_plan=Decimal(0))
    assert len(build.found("declared-plan-stated", row)) == findings
