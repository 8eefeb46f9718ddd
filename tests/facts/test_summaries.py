"""Totals, rates and rankings: each figure once, parts that add up, nobody first who only ties."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.facts import summaries
from pipeline.facts.basis import Basis
from pipeline.facts.soundness import Soundness
from pipeline.facts.summaries import Rate, Standing, State
from pipeline.records.field_catalogue import SECTORS
from pipeline.records.finding import Finding
from pipeline.records.money import Figure
from pipeline.records.period import Month
from pipeline.records.project import Declaration
from pipeline.records.settings import OfficeSettings
from pipeline.records.severity import Severity
from tests import build

MARCH = Month(build.YEAR, 3)
_NOTHING = Figure(Decimal(0))


def basis(*records: object, findings: tuple[Finding, ...] = ()) -> Basis:
    ledgers = build.ledgers(*records, findings=findings)
    return Basis(ledgers, OfficeSettings(), Soundness.of(findings, ledgers))


def named(name: str, **changes: object) -> Declaration:
    return build.declaration(project_name=name, **changes)


def reported(year_done: object, plan: object = 20000, state: State = State.REPORTED, sector: str = "工业") -> Standing:
    project = build.declaration(year_plan=Decimal(str(plan)), sector=sector)
    done = Decimal(str(year_done)) if state is State.REPORTED else None
    return Standing(project, state, None, None, done, done)


def rates(*percents: int | None) -> list[Rate]:
    """Groups at the given rates; None: a group whose figure is not known."""
    return [
        summaries.rate_of(f"{number}号", [reported(value or 0, 100, State.MISSING if value is None else State.REPORTED)], MARCH)
        for number, value in enumerate(percents)
    ]  # fmt: skip


# --- sums -------------------------------------------------------------------------------------------------


def test_sums_by_class_in_the_articles_order() -> None:
    projects = [
        named("甲", four_class="竣工投产", total_investment=Decimal(10049), year_plan=Decimal(1)),
        named("乙", four_class="促进开工", total_investment=Decimal(10049), year_plan=None, invested_before=None),
        named("丙", four_class="竣工投产", total_investment=None, year_plan=Decimal(2)),
        named("丁", four_class=None, total_investment=Decimal(1), year_plan=Decimal(4)),
    ]
    found = summaries.by_class(projects)
    assert [(group.name, group.count, int(group.total.wan), int(group.plan.wan)) for group in found.groups] == [
        ("促进开工", 1, 10049, 0), ("竣工投产", 2, 10049, 3), ("未报", 1, 1, 4),
    ]  # fmt: skip
    assert (found.whole.name, found.whole.count) == ("合计", 4)
    assert [f.wan for f in (found.whole.total, found.whole.before, found.whole.plan)] == [20099, 30000, 7]
    assert found.whole.total.yi == Decimal("2.01")
    assert [group.total.yi for group in found.groups] == [Decimal("1.00"), Decimal("1.00"), Decimal("0.00")]
    assert found.group("竣工投产").projects == (projects[0], projects[2])
    assert (found.group("前期储备").count, found.group("前期储备").total) == (0, _NOTHING)


amounts = st.decimals(min_value=0, max_value=10**6, places=2)


@given(st.lists(st.tuples(st.sampled_from([*SECTORS, None]), amounts, amounts), max_size=25))
def test_every_project_is_in_exactly_one_group_and_parts_add_up(
    rows: list[tuple[str | None, Decimal, Decimal]],
) -> None:
    projects = [
        named(f"{number}", sector=sector, total_investment=total, year_plan=plan)
        for number, (sector, total, plan) in enumerate(rows)
    ]
    found = summaries.by_sector(projects)
    assert sorted(p.project_name for g in found.groups for p in g.projects) == sorted(p.project_name for p in projects)
    for figure in ("total", "before", "plan"):
        whole = getattr(found.whole, figure)
        assert sum(getattr(group, figure).wan for group in found.groups) == whole.wan
    assert all(group.count for group in found.groups)


def test_units_stand_in_the_order_of_the_ledgers_and_are_spelt_one_way() -> None:
    listed = basis(
        named("甲", lead_unit="区水务局"), named("乙", lead_unit="区 工信局"), named("丙", lead_unit="区水务局"),
        build.unit(name="区工信局"),
    )  # fmt: skip
    found = summaries.by_unit(listed)
    assert [(group.name, group.count) for group in found.groups] == [("区水务局", 2), ("区工信局", 1)]


def test_new_continuing_and_early_projects() -> None:
    projects = [
        named("甲", span=build.years(2027, 2028)), named("乙", span=build.years("2026-12", 2028)),
        named("丙", span=None), named("丁", span=build.years(2026, 2028), four_class="前期储备"),
    ]  # fmt: skip
    found = summaries.by_age(projects, 2027)
    assert [(g.name, [p.project_name for p in g.projects]) for g in found.groups] == [
        ("新建", ["甲", "丙"]), ("续建", ["乙"]), ("前期", ["丁"]),
    ]  # fmt: skip


# --- one project's standing -------------------------------------------------------------------------------


def standing(*rows: object, findings: tuple[Finding, ...] = (), **changes: object) -> Standing:
    project = build.declaration(**changes)
    return summaries.standing_of(basis(project, *rows, findings=findings), project, MARCH)


def test_a_reported_project() -> None:
    found = standing(build.progress(2), build.progress(3))
    assert (found.month_plan, found.month_done, found.year_done) == (
        Decimal(1000),
        Decimal(1000),
        Decimal(3000),
    )
    assert found.state is State.REPORTED
    assert found.rate == Decimal("15.0")


def test_a_project_without_report_or_without_figure_is_missing_not_zero() -> None:
    assert standing(build.progress(2)) == Standing(build.declaration(), State.MISSING)
    found = standing(build.progress(3, year_done=None))
    assert (found.state, found.year_done, found.rate) == (State.MISSING, None, None)
    early = standing(build.progress(3, year_done=None, month_done=None), four_class="前期储备")
    assert (early.state, early.rate) == (State.REPORTED, None)


def test_a_finished_project_stands_on_its_last_report() -> None:
    found = standing(build.progress(2, finished_on=build.day("2027-02-20")))
    assert (found.month_plan, found.month_done, found.year_done) == (None, Decimal(0), Decimal(2000))
    assert found.state is State.REPORTED


def test_a_project_whose_figures_are_in_doubt() -> None:
    wrong = Finding(Severity.ERROR, "r", "m", "a", project=build.PROJECT, ledger="progress", month=MARCH)
    doubted = standing(build.progress(3), findings=(wrong,))
    assert (doubted.state, doubted.year_done, doubted.rate) == (State.UNVERIFIED, None, None)
    assert standing(build.progress(3), year_plan=None).rate is None


# --- rates ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("month", "expected"), [(1, "8.3"), (2, "16.7"), (6, "50.0"), (12, "100.0")])
def test_time_elapsed(month: int, expected: str) -> None:
    assert str(summaries.time_elapsed(Month(2027, month))) == expected


def test_a_rate_compares_only_what_is_known() -> None:
    rate = summaries.rate_of("工业", [reported(500, 1000), reported(0, 3000, State.MISSING)], MARCH)
    assert (rate.count, rate.plan.wan, rate.year_done.wan) == (2, Decimal(4000), Decimal(500))
    assert (rate.rate, rate.gap, rate.complete, rate.unknown) == (
        Decimal("50.0"),
        Decimal("25.0"),
        False,
        None,
    )


@pytest.mark.parametrize(
    ("states", "unknown"),
    [
        ((), None), ((State.MISSING,), State.MISSING), ((State.MISSING, State.UNVERIFIED), State.UNVERIFIED),
        ((State.REPORTED, State.MISSING), None),
    ],
)  # fmt: skip
def test_why_nothing_is_known(states: tuple[State, ...], unknown: State | None) -> None:
    rate = summaries.rate_of("工业", [reported(0, 100, state) for state in states], MARCH)
    assert rate.unknown is unknown
    if State.REPORTED not in states:
        assert (rate.rate, rate.gap) == (None, None)


def test_rates_by_group_add_up_to_the_whole() -> None:
    standings = [reported(10049, 20000), reported(10049, 20000, sector="能源"), reported(0, 0, sector="能源")]
    found = summaries.rates_by(standings, summaries.sector_of, SECTORS, MARCH)
    assert [(group.name, group.count) for group in found.groups] == [("工业", 1), ("能源", 2)]
    assert found.whole.year_done.yi == Decimal("2.01")
    assert [group.year_done.yi for group in found.groups] == [Decimal("1.00"), Decimal("1.00")]
    assert found.whole.rate == Decimal("50.2")
    assert summaries.rates_by([], summaries.sector_of, SECTORS, MARCH).whole.rate is None


# --- rankings ---------------------------------------------------------------------------------------------


def test_equals_share_a_place_and_the_unknown_have_none() -> None:
    found = summaries.ranking(rates(30, 50, None, 50, 10))
    assert [(entry.place, entry.rate.name) for entry in found] == [
        (1, "1号"),
        (1, "3号"),
        (3, "0号"),
        (4, "4号"),
    ]


def test_what_is_printed_equal_is_equal() -> None:
    close = [summaries.rate_of(name, [reported(done, 30000)], MARCH) for name, done in (("甲", 10000), ("乙", 10001))]
    assert [entry.place for entry in summaries.ranking(close)] == [1, 1]


def _ends(wanted: int, *percents: int) -> tuple[list[str], list[str]]:
    best, last = summaries.ends_of(summaries.ranking(rates(*percents)), wanted)
    return [str(e.rate.rate) for e in best], [str(e.rate.rate) for e in last]


def test_the_ends_of_a_ranking() -> None:
    assert _ends(2, 50, 40, 30, 20, 10) == (["50.0", "40.0"], ["10.0", "20.0"])
    assert _ends(3, 50, 40, 30) == (["50.0"], ["30.0"])  # never more than half
    assert _ends(1, 50, 50, 40, 10, 10) == (["50.0", "50.0"], ["10.0", "10.0"])  # a tie is taken in whole
    assert _ends(2, 50, 30, 30, 30, 10) == (["50.0"], ["10.0"])  # a tie across both ends belongs to neither
    assert _ends(0, 50, 40) == ([], [])
    assert _ends(2, 50, 50, 50) == ([], [])
    assert _ends(2) == ([], [])


@given(st.lists(st.integers(0, 12), max_size=12), st.integers(0, 5))
def test_best_and_slowest_never_overlap(percents: list[int], wanted: int) -> None:
    best, last = summaries.ends_of(summaries.ranking(rates(*percents)), wanted)
    assert not {entry.rate.name for entry in best} & {entry.rate.name for entry in last}
    assert bool(best) == bool(last)
    if best:
        assert min(e.rate.rate or 0 for e in best) > max(e.rate.rate or 0 for e in last)
