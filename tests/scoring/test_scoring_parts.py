"""Parts, weights and the rounding that keeps printed parts to their printed total (K-20(3))."""

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.facts.basis import Basis
from pipeline.records.period import Month
from pipeline.records.settings import SCORE_PARTS, AssessmentSettings
from pipeline.scoring.evidence import evidence_of
from pipeline.scoring.parts import Part, parts_of, weighted_total
from pipeline.scoring.rounding import carried, percentages, rounded
from tests.papers.assessment_year import DECEMBER, declared, permit, reported, visited, year

EVEN = AssessmentSettings().weights


def parts(basis: Basis, weights: Mapping[str, Decimal] = EVEN, month: Month = DECEMBER) -> Mapping[str, Part]:
    projects = [evidence_of(basis, row, month) for row in basis.listed]
    return {part.name: part for part in parts_of(projects, weights)}


def full_year() -> Basis:
    return year(
        declared("一", plan="1000"),
        declared("二", plan="3000", four_class="竣工投产", span=("2025", "2027")),
        declared("三", plan="0", four_class="前期储备"),
        reported("一", "900", rate="90"),
        reported("二", "2100", rate="75"),
        reported("三", "0", rate=None),
        permit("一", "已办结"),
        permit("一", "办理中"),
        permit("二", "已办结"),
        permit("二", "不需办理"),
        visited("一", "80", "90"),
        visited("二", "70"),
    )


def test_each_part_by_its_own_measure() -> None:
    scores = {name: part.score for name, part in parts(full_year()).items()}
    assert scores == {
        "开复工竣工": 50,  # one resumed, one not finished
        "固定资产投资": 75,  # 3,000 of 4,000万元
        "手续办结": Fraction(200, 3),  # two of three
        "形象进度": Fraction(165, 2),
        "现场观摩": Fraction(155, 2),  # mean of the projects' means
    }


def test_an_even_split_is_a_fifth_each() -> None:
    found = parts(full_year())
    assert [part.weight for part in found.values()] == [Decimal("20.0")] * 5
    # 50 + 75 + 66.666… + 82.5 + 77.5 = 351.666…, a fifth of it
    assert weighted_total(list(found.values())) == Decimal("70.33")


def test_uneven_weights_are_relative() -> None:
    weights = dict(zip(SCORE_PARTS, map(Decimal, (3, 2, 0, 0, 0)), strict=True))
    found = parts(full_year(), weights)
    assert [part.weight for part in found.values()] == [Decimal("60.0"), Decimal("40.0"), None, None, None]
    assert weighted_total(list(found.values())) == Decimal("60.00")
    assert found["手续办结"].score is None


def test_a_part_without_a_weight_in_the_settings_drops_out() -> None:
    found = parts(full_year(), {"固定资产投资": Decimal(1)})
    assert [name for name, part in found.items() if part.score is not None] == ["固定资产投资"]
    assert found["固定资产投资"].weight == Decimal("100.0")


def test_parts_with_nothing_to_score_share_out_their_weight() -> None:
    basis = year(declared("一", plan="1000"), reported("一", "500", rate=None))
    found = parts(basis)
    assert [(name, part.weight) for name, part in found.items() if part.weight is not None] == [
        ("开复工竣工", Decimal("50.0")),
        ("固定资产投资", Decimal("50.0")),
    ]
    assert weighted_total(list(found.values())) == Decimal("75.00")


def test_investment_beyond_the_plan_scores_one_hundred() -> None:
    assert parts(year(declared("一"), reported("一", "5000")))["固定资产投资"].score == 100


def test_a_project_over_its_plan_makes_up_for_another_of_the_unit() -> None:
    basis = year(declared("一"), declared("二"), reported("一", "1500"), reported("二", "500"))
    assert parts(basis)["固定资产投资"].score == 100


def test_before_december_the_plan_counts_by_elapsed_months() -> None:
    basis = year(declared("一", plan="1200"), reported("一", "350", month=6))
    assert parts(basis, month=Month(2027, 6))["固定资产投资"].score == Fraction(350, 6)


def test_three_thirds_make_one_hundred() -> None:
    assert percentages([Decimal(1)] * 3) == (Decimal("33.4"), Decimal("33.3"), Decimal("33.3"))


def test_the_part_closest_to_going_the_other_way_carries_the_remainder() -> None:
    # 0.6 + 0.6 + 0.7 = 1.9 → 2; rounded parts make 3, and 0.6 gained most
    assert carried([Fraction(6, 10), Fraction(6, 10), Fraction(7, 10)], 0) == tuple(map(Decimal, (0, 1, 1)))
    assert carried([Fraction(4, 10), Fraction(45, 100), Fraction(2, 10)], 0) == tuple(map(Decimal, (0, 1, 0)))


@pytest.mark.parametrize(("value", "expected"), [("0.004999", "0.00"), ("0.005", "0.01"), ("66.665", "66.67")])
def test_half_goes_up(value: str, expected: str) -> None:
    assert str(rounded(Fraction(value), 2)) == expected


def test_an_exact_half_of_thirds_is_not_lost() -> None:
    assert rounded(Fraction(1, 3) * Fraction("0.015"), 2) == Decimal("0.01")


POINTS = st.fractions(min_value=0, max_value=100, max_denominator=500)


@given(st.lists(POINTS, min_size=1, max_size=8), st.integers(0, 2))
def test_carried_parts_add_up_and_stay_near(values: list[Fraction], places: int) -> None:
    shown = carried(values, places)
    step = Fraction(1, 10**places)
    assert sum(shown) == rounded(sum(values, Fraction(0)), places)
    assert all(abs(Fraction(value) - exact) < step for value, exact in zip(shown, values, strict=True))
    assert min(shown) >= 0


@given(st.lists(st.integers(1, 999).map(Decimal), min_size=1, max_size=5))
def test_effective_weights_make_exactly_one_hundred(weights: list[Decimal]) -> None:
    assert sum(percentages(weights)) == Decimal("100.0")


@given(st.lists(st.integers(0, 40), min_size=5, max_size=5), st.integers(0, 4000), st.integers(0, 100))
def test_weighted_parts_make_exactly_the_total(weights: list[int], done: int, rate: int) -> None:
    basis = year(
        declared("一", plan="3000"),
        reported("一", str(done), rate=str(rate)),
        permit("一", "已办结"),
        permit("一", "办理中"),
        permit("一", "未启动"),
        visited("一", "81", "82", "86"),
    )
    relative = dict(zip(SCORE_PARTS, map(Decimal, weights), strict=True))
    found = [part for part in parts(basis, relative).values() if part.score is not None]
    exact = sum((Fraction(relative[part.name]) * (part.score or 0) for part in found), Fraction(0))
    if found:
        assert sum(part.weight or 0 for part in found) == Decimal("100.0")
        assert weighted_total(found) == rounded(exact / sum(weights), 2)
    else:
        assert not any(weights)
