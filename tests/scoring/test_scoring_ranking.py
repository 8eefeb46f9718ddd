"""Deductions, conversion, withheld units, ranks, commendations and missed plans (B-13, K-20, K-21)."""

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction

import pytest

from pipeline.facts.basis import Basis
from pipeline.records.finding import Finding
from pipeline.records.settings import AssessmentSettings
from pipeline.scoring.missed import MissedInvestment, MissedMilestone, MissedProgress
from pipeline.scoring.ranking import assess
from pipeline.scoring.unit_score import UnitScore, converted
from tests.papers.assessment_year import DECEMBER, JULY, declared, error, received, reported, unit_entry, year

INVESTMENT_ONLY = {"固定资产投资": Decimal(1)}


def scored(*done: str, **settings: object) -> Basis:
    """A unit for each figure, named by its letter, whose score is that percentage of a plan of 100万元."""
    chosen = AssessmentSettings(**{"weights": INVESTMENT_ONLY, **settings})  # type: ignore[arg-type]
    names = "甲乙丙丁戊"[: len(done)]
    records = [
        record
        for name, figure in zip(names, done, strict=True)
        for record in (declared(f"{name}厂", name, plan="100"), reported(f"{name}厂", figure))
    ]
    return year(*records, assessment=chosen)


def only(basis: Basis) -> UnitScore:
    (ranked,) = assess(basis, DECEMBER).ranked
    return ranked.score


def ranks(basis: Basis) -> list[tuple[int, str]]:
    return [(each.rank, each.score.unit) for each in assess(basis, DECEMBER).ranked]


def test_equal_totals_share_a_rank_and_the_next_is_skipped() -> None:
    assert ranks(scored("90", "95", "90", "80")) == [(1, "乙"), (2, "甲"), (2, "丙"), (4, "丁")]


def test_two_at_the_top() -> None:
    assert ranks(scored("90", "90", "80")) == [(1, "甲"), (1, "乙"), (3, "丙")]


def test_totals_that_print_alike_tie() -> None:
    assert ranks(scored("90.001", "90.002")) == [(1, "甲"), (1, "乙")]


def reports(late: int, missing: int) -> Iterable[object]:
    """Twelve monthly reports of 甲局: the first ones a day late, the last ones missing."""
    for month in range(1, 13 - missing):
        yield received("甲局", month, "29" if month <= late else "28")


@pytest.mark.parametrize(
    ("late_points", "missing_points", "deducted", "total"),
    [("0", "0", "0.00", "100.00"), ("0.5", "2", "2.50", "97.50"), ("60", "60", "120.00", "0.00")],
)
def test_late_and_missing_reports_cost_what_the_office_set(
    late_points: str, missing_points: str, deducted: str, total: str
) -> None:
    settings = AssessmentSettings(late_deduction=Decimal(late_points), missing_deduction=Decimal(missing_points))
    basis = year(declared("厂"), reported("厂"), *reports(late=1, missing=1), assessment=settings)
    score = only(basis)
    assert [(each.outcome, each.count) for each in score.deductions] == [("迟报", 1), ("缺报", 1)]
    assert (str(score.weighted), str(score.deducted), str(score.total)) == ("100.00", deducted, total)


def test_a_punctual_unit_has_no_deductions() -> None:
    basis = year(declared("厂"), reported("厂"), *reports(late=0, missing=0))
    assert only(basis).deductions == ()
    assert len(only(basis).deliveries) == 12


@pytest.mark.parametrize(
    ("total", "points"),
    [
        ("80", "0.00"),
        ("80.05", "0.01"),  # 0.005 goes up
        ("79.95", "-0.01"),  # and down, away from zero
        ("92.34", "1.23"),
        ("130", "5.00"),
        ("130.01", "5.00"),
        ("29.9", "-5.00"),
        ("0", "-5.00"),
    ],
)
def test_conversion_stays_within_the_cap(total: str, points: str) -> None:
    assert str(converted(Decimal(total), AssessmentSettings())) == points


@pytest.mark.parametrize(
    "finding",
    [error("progress", "乙厂", month=12), error("procedure", "乙厂"), error("score", "乙厂")],
)
def test_an_error_that_touches_the_score_withholds_it(finding: Finding) -> None:
    records = [
        declared("甲厂", "甲"),
        reported("甲厂"),
        declared("乙厂", "乙"),
        reported("乙厂"),
        received("乙", 1, "30"),
    ]
    ranking = assess(year(*records, findings=[finding]), DECEMBER)
    assert [each.score.unit for each in ranking.ranked] == ["甲"]
    (withheld,) = ranking.withheld
    assert (withheld.unit, len(withheld.reasons)) == ("乙", 1)
    assert finding.message in withheld.reasons[0]
    assert withheld.findings == (finding,)
    assert len(withheld.deliveries) == 12
    assert ranking.place("乙") is None


def test_a_missing_report_withholds_the_score() -> None:
    ranking = assess(year(declared("甲厂", "甲"), reported("甲厂", month=11)), DECEMBER)
    assert [each.reasons for each in ranking.withheld] == [("“甲厂”未报2027年12月进度",)]


def test_a_unit_whose_declarations_are_all_wrong_is_withheld() -> None:
    basis = year(declared("甲厂", "甲"), reported("甲厂"), findings=[error("declaration", "甲厂")])
    assert [each.reasons for each in assess(basis, DECEMBER).withheld] == [("申报项目均有错误，未列入年度计划",)]


def test_a_project_with_a_wrong_declaration_is_left_out_of_the_score() -> None:
    basis = year(declared("好厂"), reported("好厂"), declared("坏厂"), findings=[error("declaration", "坏厂")])
    assert [each.declaration.project_name for each in only(basis).projects] == ["好厂"]


def test_a_unit_with_nothing_to_score_is_withheld() -> None:
    records = (declared("储备", four_class="前期储备", plan="0"), reported("储备", None, rate=None))
    assert [each.reasons for each in assess(year(*records), DECEMBER).withheld] == [("没有可计分的内容",)]


def test_the_directory_gives_the_unit_its_name_and_spelling_joins_it() -> None:
    basis = year(
        declared("一", "甲 局"),
        declared("二", "甲局"),
        reported("一"),
        reported("二"),
        unit_entry("甲局", None, None),
    )
    assert (only(basis).unit, len(only(basis).projects)) == ("甲局", 2)
    assert assess(basis, DECEMBER).place("甲　局") is not None


def test_a_declaration_without_a_unit_is_nobodys() -> None:
    basis = year(declared("一", ""), declared("二"), reported("二"))
    ranking = assess(basis, DECEMBER)
    assert (len(ranking.ranked), ranking.withheld) == (1, ())


def by_rate(**settings: object) -> Basis:
    """Units scored by 形象进度 alone; 己, the best of all, missed its investment."""
    records: list[object] = []
    for name, rate in zip("甲乙丙丁戊", ("95", "95", "90", "90", "85"), strict=True):
        records += [declared(f"{name}厂", name), reported(f"{name}厂", rate=rate)]
    records += [declared("己厂", "己"), reported("己厂", "999.99", rate="100")]
    chosen = {"weights": {"形象进度": Decimal(1)}, "physical_enough": Decimal(85), **settings}
    return year(*records, assessment=AssessmentSettings(**chosen))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("count", "minimum", "proposed"),
    [
        (1, "85", "甲乙"),
        (2, "85", "甲乙"),
        (3, "85", "甲乙丙丁"),
        (5, "85", "甲乙丙丁戊"),
        (9, "85.01", "甲乙丙丁"),
        (0, "85", ""),
        (3, "100", ""),
    ],
)
def test_commendation_takes_the_first_and_all_that_tie_at_the_border(count: int, minimum: str, proposed: str) -> None:
    ranking = assess(by_rate(commended=count, commended_minimum=Decimal(minimum)), DECEMBER)
    assert "".join(each.score.unit for each in ranking.commended) == proposed


def test_who_missed_a_plan_owes_a_statement_however_high_the_score() -> None:
    ranking = assess(by_rate(), DECEMBER)
    assert ranking.ranked[0].score.unit == "己"
    assert [each.score.unit for each in ranking.owing] == ["己"]


def test_missed_plans_by_kind() -> None:
    basis = year(
        declared("未开工", four_class="促进开工", span=("2027-09", "2029"), plan="0"),
        declared("未复工", plan="0"),
        declared("未竣工", four_class="竣工投产", span=("2025", "2027-06"), plan="500"),
        declared("已完成", plan="500"),
        *(
            reported(name, done)
            for name, done in [("未开工", "0"), ("未复工", "0"), ("未竣工", "499.99"), ("已完成", "500")]
        ),
    )
    score = only(basis)
    missed = [
        (each.milestone.verb, each.months_late)
        if isinstance(each, MissedMilestone)
        else (each.planned, each.actual, each.gap)
        for each in score.missed
        if not isinstance(each, MissedProgress)
    ]
    gap = Decimal("0.01")
    assert missed == [("开工", 3), ("复工", 0), ("竣工", 6), (500, Decimal("499.99"), gap)]
    assert [each.declaration.project_name for each in score.missed_projects] == ["未开工", "未复工", "未竣工"]


@pytest.mark.parametrize(
    ("rate", "enough", "missed"), [("99.99", "100", True), ("100", "100", False), ("101", "100", False),
    ("94.9", "95", True), ("95", "95", False), (None, "100", False)],
)  # fmt: skip
def test_the_physical_target_of_the_year_is_a_plan(rate: str | None, enough: str, missed: bool) -> None:
    """K-8(2)5: an early project's work is all of its task."""
    for four_class in ("加快建设", "前期储备"):
        basis = year(
            declared("厂", four_class=four_class, plan="500"),
            reported("厂", "500", rate=rate),
            assessment=AssessmentSettings(physical_enough=Decimal(enough)),
        )
        found = only(basis).missed
        assert bool(found) is missed
        if missed:
            assert isinstance(found[0], MissedProgress)
            assert found[0].gap == 100 - Decimal(str(rate))


def test_what_is_finished_has_reached_its_target() -> None:
    project = declared("厂", four_class="竣工投产", span=("2025", "2027-06"), plan="500")
    assert only(year(project, reported("厂", "500", rate="98", finished="2027-06"))).missed == ()


def test_in_july_the_plan_missed_is_that_of_seven_months() -> None:
    basis = year(declared("厂", plan="1200"), reported("厂", "600", month=7, rate="50"))
    (missed,) = assess(basis, JULY).ranked[0].score.missed
    assert isinstance(missed, MissedInvestment)
    assert (missed.planned, missed.gap) == (Fraction(700), Fraction(100))
