"""What counts as started, resumed, finished, due, reached or doubtful (K-8(1), K-20(3))."""

from decimal import Decimal
from fractions import Fraction

import pytest

from pipeline.facts.basis import Basis
from pipeline.records import field_catalogue as fields
from pipeline.records.period import Month
from pipeline.scoring.evidence import Milestone, ProjectEvidence, evidence_of, milestone_of
from tests.papers.assessment_year import (
    DECEMBER,
    JULY,
    day,
    declared,
    error,
    permit,
    reported,
    unreadable,
    visited,
    year,
)


def milestone(basis: Basis, month: Month = DECEMBER) -> Milestone:
    found = milestone_of(basis, basis.listed[0], month)
    assert found is not None
    return found


def evidence(basis: Basis, month: Month = DECEMBER) -> ProjectEvidence:
    return evidence_of(basis, basis.listed[0], month)


STARTING = declared("厂", four_class="促进开工", span=("2027-09", "2029"))
FINISHING = declared("厂", four_class="竣工投产", span=("2025", "2027-06"))


@pytest.mark.parametrize(
    ("row", "done"),
    [
        (reported("厂", "0", started="2027-09"), True),
        (reported("厂", "0", started="2027-01-01"), True),
        (reported("厂", "0", started="2026-12-31"), False),  # not within the year
        (reported("厂", "0", started="2028-01"), False),
        (reported("厂", "0"), False),
        (reported("厂", "0.01"), True),  # investment stands for a start that gives no day
        (reported("厂", None, since_start="0.01"), True),
        (reported("厂", "0", since_start="0"), False),
    ],
)
def test_a_start_is_a_day_within_the_year_or_investment(row: object, done: bool) -> None:
    assert milestone(year(STARTING, row)).done is done


def test_a_start_reported_only_for_a_later_time_has_not_happened() -> None:
    basis = year(STARTING, reported("厂", "0", month=7, started="2027-08-01"))
    assert not milestone(basis, JULY).done


def test_a_start_reported_once_stands_and_a_later_report_corrects_it() -> None:
    rows = (reported("厂", "0", month=9, started="2027-09"), reported("厂", "0", month=12))
    assert milestone(year(STARTING, *rows)).on == day("2027-09")
    corrected = (rows[0], reported("厂", "0", month=10, started="2027-10-08"), rows[1])
    assert milestone(year(STARTING, *corrected)).on == day("2027-10-08")


def test_a_row_with_an_error_is_not_heard() -> None:
    rows = (reported("厂", "0", month=9, started="2027-09"), reported("厂", "0", month=12))
    assert not milestone(year(STARTING, *rows, findings=[error("progress", "厂", month=9)])).done


@pytest.mark.parametrize(("month", "due"), [(8, False), (9, True), (12, True)])
def test_a_start_is_due_at_the_end_of_its_planned_month(month: int, due: bool) -> None:
    assert milestone(year(STARTING), Month(2027, month)).due is due


def test_in_december_the_class_itself_makes_it_due() -> None:
    late = declared("厂", four_class="促进开工", span=("2028-03", "2029"))
    assert not milestone(year(late), JULY).due
    assert milestone(year(late)).due


def test_without_a_planned_time_it_is_due_at_once() -> None:
    assert milestone(year(declared("厂", four_class="促进开工", span=None)), JULY).due


def test_done_ahead_of_its_time_counts() -> None:
    ahead = milestone(year(STARTING, reported("厂", "0", month=7, started="2027-06")), JULY)
    assert (ahead.due, ahead.done, ahead.counts) == (False, True, True)
    waiting = milestone(year(STARTING, reported("厂", "0", month=7)), JULY)
    assert (waiting.due, waiting.done, waiting.counts) == (False, False, False)


@pytest.mark.parametrize(
    ("row", "done"),
    [
        (reported("厂", "1"), True),
        (reported("厂", "0"), False),
        (reported("厂", "0", started="2027-03"), False),  # a day alone resumes nothing
        (reported("厂", None, since_start="500"), False),  # earlier years' money neither
    ],
)
def test_resumption_is_investment_this_year(row: object, done: bool) -> None:
    found = milestone(year(declared("厂", span=("2026", "2028")), row))
    assert (found.verb, found.due, found.done) == ("复工", True, done)


def test_accelerated_projects_that_start_in_the_year_are_asked_for_the_start() -> None:
    found = milestone(year(declared("厂", span=("2027-03", "2028"))), JULY)
    assert (found.verb, found.planned) == ("开工", day("2027-03"))


def test_accelerated_projects_without_years_are_asked_for_resumption() -> None:
    assert milestone(year(declared("厂", span=None))).verb == "复工"


@pytest.mark.parametrize(
    ("finished", "month", "done"),
    [
        ("2027-06-30", 7, True),
        ("2027-07-31", 7, True),
        ("2027-08-01", 7, False),
        ("2026-12-31", 12, False),
        ("2028-01-01", 12, False),
        (None, 12, False),  # investment finishes nothing
    ],
)
def test_a_finish_is_a_day_within_the_year(finished: str | None, month: int, done: bool) -> None:
    basis = year(FINISHING, reported("厂", "9999", month=month, finished=finished))
    assert milestone(basis, Month(2027, month)).done is done


def test_a_reserve_project_is_asked_for_nothing() -> None:
    basis = year(declared("厂", four_class="前期储备"))
    assert milestone_of(basis, basis.listed[0], DECEMBER) is None


def test_a_finished_project_stands_on_its_last_report() -> None:
    last = reported("厂", "1000", month=8, finished="2027-08-10")
    assert evidence(year(FINISHING, last)).standing is last
    assert evidence(year(FINISHING, last)).doubts == ()
    unfinished = evidence(year(FINISHING, reported("厂", "1000", month=8)))
    assert unfinished.standing is None
    assert [each.sentence for each in unfinished.doubts] == ["“厂”未报2027年12月进度"]


def test_the_plan_to_date_is_a_twelfth_for_each_month() -> None:
    basis = year(declared("厂", plan="1000"))
    assert evidence(basis, JULY).plan_to_date == Fraction(7000, 12)
    assert evidence(basis).plan_to_date == 1000


def test_the_rate_counts_to_one_hundred() -> None:
    basis = year(declared("厂"), reported("厂", rate="105"))
    assert evidence(basis).physical_rate == 100


@pytest.mark.parametrize(
    ("one", "due", "done"),
    [
        (permit("厂", "不需办理"), 0, 0),
        (permit("厂", "未启动", "2027-07-31"), 1, 0),
        (permit("厂", "办理中", "2027-08-01"), 0, 0),
        (permit("厂", "已办结", "2027-09", "2027-07-31"), 1, 1),  # ahead of its time
        (permit("厂", "已办结", "2027-06", "2027-08-01"), 1, 0),  # not yet in July
        (permit("厂", "已办结", "2027-09", "2027-08-01"), 0, 0),
        (permit("厂", "已办结", None), 1, 1),
        (permit("厂", "办理中", None), 0, 0),  # undated: due by December
    ],
)
def test_permits_due_by_the_end_of_july(one: object, due: int, done: int) -> None:
    tally = evidence(year(declared("厂"), one), JULY).permits
    assert (tally.due, tally.done) == (due, done)


def test_an_undated_permit_is_due_in_december() -> None:
    assert evidence(year(declared("厂"), permit("厂", "办理中", None))).permits.due == 1


def test_on_site_scores_are_averaged_over_the_judges_and_count_from_july() -> None:
    basis = year(declared("厂"), visited("厂", "80", "90", "91"))
    assert evidence(basis, JULY).on_site == Fraction(261, 3)
    assert evidence(basis, Month(2027, 6)).on_site is None


@pytest.mark.parametrize(
    ("records", "found", "said"),
    [
        ([], [], "“厂”未报2027年12月进度"),
        ([reported("厂")], [error("progress", "厂", month=12)], "“厂”2027年12月进度有误：累计数小于上月"),
        ([reported("厂", None)], [], "“厂”本年累计完成投资未报"),
        ([reported("厂", None, source=unreadable(fields.YEAR_DONE))], [], "“厂”本年累计完成投资无法识别"),
        (
            [reported("厂", rate=None, source=unreadable(fields.PHYSICAL_RATE))],
            [],
            "“厂”形象进度完成率无法识别",
        ),
        ([reported("厂")], [error("procedure", "厂", "“厂”的手续状态不明")], "“厂”的手续状态不明"),
        ([reported("厂")], [error("procedure", "厂", "状态不明")], "“厂”手续台账有误：状态不明"),
        ([reported("厂")], [error("score", "厂", "分数无法识别")], "“厂”观摩评分有误：分数无法识别"),
    ],
)
def test_what_can_not_be_relied_on_is_a_doubt(records: list[object], found: list[object], said: str) -> None:
    basis = year(declared("厂"), *records, findings=found)  # type: ignore[arg-type]
    assert [each.sentence for each in evidence(basis).doubts] == [said]


def test_an_unreadable_start_is_a_doubt_only_where_it_decides() -> None:
    dim = unreadable(fields.STARTED_ON)
    unclear = year(STARTING, reported("厂", "0", source=dim))
    assert [each.sentence for each in evidence(unclear).doubts] == ["“厂”的实际开工时间无法识别"]
    invested = year(STARTING, reported("厂", "5", source=dim))
    assert evidence(invested).doubts == ()
    unfinished = year(FINISHING, reported("厂", "5", source=unreadable(fields.FINISHED_ON)))
    assert [each.sentence for each in evidence(unfinished).doubts] == ["“厂”的实际竣工时间无法识别"]


def test_a_rate_that_is_not_reported_is_no_doubt() -> None:
    found = evidence(year(declared("厂"), reported("厂", rate=None)))
    assert (found.doubts, found.physical_rate) == ((), None)


def test_a_reserve_project_may_report_no_figures() -> None:
    basis = year(declared("厂", four_class="前期储备", plan=None), reported("厂", None, rate=None))
    assert (evidence(basis).doubts, evidence(basis).year_plan) == ((), Decimal(0))


def test_errors_of_earlier_months_are_no_doubt_about_december() -> None:
    basis = year(declared("厂"), reported("厂"), reported("厂", month=3), findings=[error("progress", "厂", month=3)])
    assert evidence(basis).doubts == ()
