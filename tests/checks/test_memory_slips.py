"""元, 万元 and 亿元 mixed up: how many slips are named, and how many honest years are suspected."""

import re
from collections import Counter
from collections.abc import Sequence
from decimal import Decimal
from functools import cache

import pytest

from pipeline.checks import amounts, magnitude, monthly_figures
from pipeline.checks.rule import Rule
from pipeline.checks.runner import run_rules
from pipeline.records import field_catalogue as fields
from pipeline.records.finding import Finding
from pipeline.records.severity import Severity
from tests import build
from tests.example_counts import LONG
from tests.honest_years import HUNDREDFOLD, Record, Spoilt, honest_year, with_slip

D = Decimal
_RULES = (
    magnitude.DECLARED, magnitude.SPONSORED, magnitude.MONTHLY, amounts.RANGE, amounts.RANGE_SPONSORED,
)  # fmt: skip
# What is off by so little that no factor is named contradicts its whole, and that is said by these.
_CONTRADICTIONS = (amounts.WITHIN_TOTAL, amounts.WITHIN_TOTAL_SPONSORED, monthly_figures.IMPOSSIBLE)
_YEARS = 500 if LONG else 100


def suspected(rows: Sequence[Record], rules: tuple[Rule, ...] = _RULES) -> tuple[Finding, ...]:
    """What the rules about slips of unit, and only these, find."""
    return run_rules(build.case(*rows), rules)


@cache
def _honest(seed: int, rules: tuple[Rule, ...] = _RULES) -> frozenset[Finding]:
    return frozenset(suspected(honest_year(seed).sent, rules))


def _told(spoilt: Spoilt, seed: int, rules: tuple[Rule, ...] = _RULES) -> tuple[int, int]:
    """How many new findings point at a row or column that slipped, and how many elsewhere."""
    rows = {(file, row) for file, row, _ in spoilt.touched}
    columns = {(file, field) for file, _, slipped in spoilt.touched for field in slipped}
    right = wrong = 0
    for finding in suspected(spoilt.rows, rules):
        number = re.search(r"\d+", finding.cell)
        at_row = number is not None and (finding.file, int(number[0])) in rows
        at_column = number is None and (finding.file, finding.field) in columns
        if finding not in _honest(seed, rules):
            right += at_row or at_column
            wrong += not (at_row or at_column)
    return right, wrong


def test_slips_of_unit_are_named_and_honest_years_are_left_alone() -> None:
    """The acceptance: at least 99 % of the slips, at most 1 % of the honest years; and hardly a wrong row."""
    false = [seed for seed in range(_YEARS) if _honest(seed)]
    missed, astray = Counter[str](), 0
    for seed in range(_YEARS):
        spoilt = with_slip(honest_year(seed), seed)
        right, wrong = _told(spoilt, seed)
        missed[spoilt.kind] += not right
        astray += wrong
    rows = sum(len(honest_year(seed).sent) for seed in range(_YEARS))
    print(f"missed of {_YEARS} slips: {+missed}; false: {len(false)} honest years ({rows} rows); astray: {astray}")
    assert missed.total() <= 0.01 * _YEARS, missed
    assert len(false) <= 0.01 * _YEARS, false
    assert astray <= 0.01 * _YEARS


def test_hundredfold_slips_are_named_where_a_month_before_or_a_total_tells() -> None:
    """A hundredfold is within what honest plans differ by, so that a plan or a first figure can hide one.

    Where the slip shows by less than tenfold no factor is named, but the contradiction is an error.
    """
    cumulative = {fields.YEAR_DONE, fields.SINCE_START}
    named = {True: Counter[bool](), False: Counter[bool]()}
    for seed in range(_YEARS // 2):
        spoilt = with_slip(honest_year(seed), seed, HUNDREDFOLD)
        right, _ = _told(spoilt, seed, (*_RULES, *_CONTRADICTIONS))
        named[bool(spoilt.touched[0][2] & cumulative)][right > 0] += 1
    print(f"hundredfold, cumulative: {named[True]}; others: {named[False]}")
    assert named[True][True] >= 0.95 * named[True].total()
    assert named[False][True] >= 0.6 * named[False].total()


@pytest.mark.parametrize(
    ("month", "changes", "field", "words"),
    [
        (3, {"year_done": D(30_000_000)}, fields.YEAR_DONE, "偏大约1万倍，像是万元与亿元或元弄混"),
        (3, {"year_done": D("0.3")}, fields.YEAR_DONE, "偏小约1万倍"),
        (3, {"month_done": D("0.1")}, fields.MONTH_DONE, "偏小约1万倍"),
        (3, {"month_plan": D(100_000_000_000)}, fields.MONTH_PLAN, "偏大约1亿倍，像是亿元与元弄混"),
        (3, {"since_start": D(1_300_000)}, fields.SINCE_START, "偏大约100倍，像是小数点写错"),
    ],
)
def test_the_cell_that_slipped_is_named_and_what_it_should_be(
    month: int, changes: dict[str, object], field: object, words: str
) -> None:
    before = [build.progress(each, since_start=D(10000 + 1000 * each)) for each in range(1, month)]
    row = build.progress(month, **{"since_start": D(13000), **changes})
    (finding,) = build.found("monthly-magnitude", build.declaration(), *before, row)
    assert (finding.field, finding.severity) == (field, Severity.WARNING)
    assert words in finding.message
    assert "请核对是否应为" in finding.action


@pytest.mark.parametrize(
    ("plan", "words"),
    [
        (50_001, ""),  # greater than the total, as ``declared-within-total`` says
        (499_999, ""),
        (500_000, "约100倍"),
        (500_001, "约100倍"),
        (4_999_999, "约100倍"),
        (5_000_000, "约1万倍"),
        (5_000_001, "约1万倍"),
    ],
)
def test_a_factor_is_named_only_where_the_figure_is_off_by_about_that_factor(plan: int, words: str) -> None:
    row = build.declaration(year_plan=D(plan))  # of a total of 50,000万元
    result = build.found("declared-magnitude", row)
    assert [words in finding.message for finding in result] == ([True] if words else [])
    assert build.found("declared-within-total", row)


@pytest.mark.parametrize(
    ("plan", "words"),
    [("49999999999", "不相称"), ("50000000000", "偏大约1亿倍"), ("50000000001", "偏大约1亿倍")],
)
def test_a_hundred_million_is_named_only_where_the_figure_is_off_by_about_that(plan: str, words: str) -> None:
    (finding,) = build.found(
        "monthly-magnitude",
        build.declaration(),
        build.progress(1, month_plan=D(plan), month_done=None, year_done=None),
    )
    assert words in finding.message
    assert ("倍" in finding.message) == ("倍" in words)


@pytest.mark.parametrize(
    "changes",
    [
        {"month_done": D("3000.4")},  # above the year's figure
        {"since_start": D("2999.9")},  # below the year's figure
        {"year_done": D(50_001)},  # above the declared total
    ],
)
def test_a_slight_contradiction_is_no_slip(changes: dict[str, object]) -> None:
    rows = build.declaration(), build.progress(3, **{"month_plan": D(3000), **changes})
    assert build.found("monthly-magnitude", *rows) == []
    assert len(build.found("monthly-impossible", *rows)) == 1


@pytest.mark.parametrize(("spent", "findings"), [(24_999, 0), (25_000, 0), (25_001, 1)])
def test_half_of_the_total_spent_before_the_start_is_doubted_without_a_factor(spent: int, findings: int) -> None:
    row = build.declaration(span=build.years(2027, 2029), invested_before=D(spent), year_plan=D(1000))
    result = build.found("declared-magnitude", row)
    assert [(each.field, "倍" in each.message + each.action) for each in result] == [
        (fields.INVESTED_BEFORE, False)
    ] * findings
    unknown = build.declaration(span=None, invested_before=D(spent), year_plan=D(1000))
    assert build.found("declared-magnitude", unknown) == []


def test_of_two_slips_that_explain_a_figure_the_likelier_is_named() -> None:
    (finding,) = build.found("declared-magnitude", build.declaration(year_plan=D(4), total_investment=D(40_000)))
    assert "偏小约1万倍" in finding.message  # 4亿元 written in 万元; 400万元 would be possible too
    assert "是否应为40,000万元" in finding.action


def test_a_figure_of_nothing_takes_no_part_in_a_slip() -> None:
    row = build.declaration(total_investment=D(0), invested_before=D("0.05"), year_plan=D("0.05"))
    (finding,) = build.found("declared-magnitude", row)  # of the total that is 0 ``declared-range`` speaks
    assert "本行各项金额，当年计划投资0.05万元与通常的最小数10万元不相称" in finding.message


def test_a_whole_row_is_one_finding() -> None:
    row = build.progress(2, month_plan=D("0.1"), month_done=D("0.1"), year_done=D("0.2"), since_start=D("1.2"))
    (finding,) = build.found("monthly-magnitude", build.declaration(), row)
    assert "本行各项金额" in finding.message
    assert finding.cell == "第3行"
    assert finding.action == "请核对金额单位和小数点，有误的改正后重新报送"


def test_a_whole_column_is_one_finding_that_touches_all_its_projects() -> None:
    declared = [build.declaration(project_name=f"项目{n}", row=n) for n in range(3, 8)]
    rows = [build.progress(1, project_name=f"项目{n}", row=n, month_plan=D("0.1")) for n in range(3, 8)]
    (finding,) = build.found("monthly-magnitude", *declared, *rows)
    assert (finding.cell, finding.field) == ("", fields.MONTH_PLAN)
    assert finding.projects == tuple(f"项目{n}" for n in range(3, 8))
    assert "一列有5个项目" in finding.message


@pytest.mark.parametrize(
    ("slipped", "sound", "columns"), [(2, 0, 0), (3, 0, 1), (4, 0, 1), (3, 2, 1), (3, 3, 0), (4, 3, 1)]
)
def test_a_column_is_three_rows_and_more_than_half_of_those_that_state_it(
    slipped: int, sound: int, columns: int
) -> None:
    numbers = range(3, 3 + slipped + sound)
    declared = [build.declaration(project_name=f"项目{n}", row=n) for n in numbers]
    rows = [
        build.progress(1, project_name=f"项目{n}", row=n, month_plan=D("0.1") if n < 3 + slipped else D(1000))
        for n in numbers
    ]
    silent = build.progress(1, project_name="没有计划的项目", row=20, month_plan=D(0))
    result = build.found("monthly-magnitude", *declared, *rows, silent)
    assert [finding.cell == "" for finding in result] == ([True] if columns else [False] * slipped)


def test_the_month_after_a_slip_is_not_suspected() -> None:
    rows = [build.progress(1), build.progress(2, year_done=D(20_000_000)), build.progress(3)]
    (finding,) = build.found("monthly-magnitude", build.declaration(), *rows)
    assert finding.month is not None
    assert finding.month.month == 2


def test_an_undeclared_project_is_held_against_the_others_of_the_month() -> None:
    rows = [build.progress(5, project_name=f"项目{n}", row=n, year_done=D(1000 * n)) for n in range(3, 9)]
    small = build.progress(5, project_name="其他", row=9, month_plan=None, month_done=D("0.2"), year_done=D("0.5"))
    result = build.found("monthly-magnitude", *rows, small)
    assert {entry.project for entry in result} == {"其他"}
    assert "当月各项目的中位数" in result[0].message


def test_a_corrected_cumulative_figure_and_a_start_from_nothing_are_no_slips() -> None:
    rows = [
        build.progress(1, month_done=D(0), year_done=D(0)),
        build.progress(2, month_done=D(5000), year_done=D(5000)),
        build.progress(3, month_done=D(10), year_done=D(3600)),  # corrected by 28 %
    ]
    assert build.found("monthly-magnitude", build.declaration(), *rows) == []


def test_a_sponsored_project_beside_its_declaration() -> None:
    (finding,) = build.found(
        "sponsored-magnitude",
        build.declaration(),
        build.sponsorship(year_plan=D(200), total_investment=D(50000)),
    )
    assert "申报的当年计划投资20,000万元" in finding.message
    assert "是否应为20,000万元" in finding.action
