"""Monthly figures, month against month and against the declaration (K-10(1))."""

from decimal import Decimal

import pytest

from pipeline.records import field_catalogue as fields
from pipeline.records.period import Month
from pipeline.records.severity import Severity
from tests import build

D = Decimal


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"month_done": D(-1)}, "不能是负数"),
        ({"month_done": D(3001)}, "超过本年累计"),
        ({"since_start": D(2999)}, "少于本年累计"),
        ({"year_done": D("50000.01")}, "超过申报的总投资"),
        ({"physical_rate": D("100.1")}, "应在0至100之间"),
        ({"physical_rate": D(-1)}, "应在0至100之间"),
        ({"started_on": build.day("2027-04-01")}, "尚未到来"),
        ({"finished_on": build.day("2027-04")}, "尚未到来"),
        ({"started_on": build.day("2027-03"), "finished_on": build.day("2027-02")}, "早于实际开工时间"),
    ],
)
def test_figures_that_cannot_be(changes: dict[str, object], words: str) -> None:
    (finding,) = build.found("monthly-impossible", build.declaration(), build.progress(3, **changes))
    assert words in finding.message
    assert (finding.month, finding.severity) == (Month(2027, 3), Severity.ERROR)


@pytest.mark.parametrize(
    "changes",
    [
        {"month_done": D(0), "year_done": D(0)},
        {"month_done": D(3000)},
        {"since_start": D(3000)},
        {"year_done": D(50000)},
        {"physical_rate": D(100)},
        {"finished_on": build.day("2027-03-31"), "started_on": build.day(2027)},
    ],
)
def test_figures_at_the_edge_are_possible(changes: dict[str, object]) -> None:
    assert build.found("monthly-impossible", build.declaration(), build.progress(3, **changes)) == []


@pytest.mark.parametrize(
    ("figures", "doubted"),
    [
        (((1, 500), (2, 800), (4, 700), (5, 850)), 4),  # the lower figure stands out
        (((1, 500), (2, 800), (4, 700)), 4),  # nothing later to tell by
        (((1, 500), (2, 8000), (4, 700), (5, 750)), 2),  # the higher figure stands out
    ],
)
def test_a_fall_is_an_error_of_the_month_that_stands_out(figures: tuple[tuple[int, int], ...], doubted: int) -> None:
    rows = [build.progress(month, year_done=D(done)) for month, done in figures]
    (finding,) = build.found("monthly-falling", *rows[::-1])
    assert finding.month == Month(2027, doubted)
    assert finding.severity is Severity.ERROR


def test_a_month_without_total_is_passed_over() -> None:
    rows = [build.progress(1), build.progress(2, year_done=None), build.progress(3, year_done=D(1000))]
    assert build.found("monthly-falling", *rows) == []


@pytest.mark.parametrize(
    ("second", "findings"), [("2000", 0), ("2000.01", 1), ("500", 0)]
)  # a fall has its own finding
def test_total_is_last_month_plus_this_month(second: str, findings: int) -> None:
    result = build.found("monthly-unsteady", build.progress(1), build.progress(2, year_done=D(second)))
    assert [entry.severity for entry in result] == [Severity.WARNING] * findings


def test_january_starts_from_nothing_and_a_gap_is_not_judged() -> None:
    (finding,) = build.found("monthly-unsteady", build.progress(1, month_done=D(900)))
    assert "上月累计0万元" in finding.message
    assert build.found("monthly-unsteady", build.progress(1), build.progress(3, month_done=D(1))) == []
    assert build.found("monthly-unsteady", build.progress(2, month_done=None)) == []


def test_what_is_paid_after_completion_is_taken_and_asked_about() -> None:
    done = {"finished_on": build.day("2027-03")}
    rows = [
        build.progress(3, **done),
        build.progress(4, month_done=D(0), year_done=D(3000), **done),
        build.progress(5, month_done=D(10), year_done=D(3010)),
    ]
    (finding,) = build.found("monthly-after-completion", *rows)
    assert (finding.month, finding.severity) == (Month(2027, 5), Severity.WARNING)


def test_total_since_the_start_against_the_declaration_is_reported_once() -> None:
    rows = [build.progress(m, since_start=D(10000 + 1000 * m + (5 if m > 1 else 0))) for m in (1, 2, 3)]
    (finding,) = build.found("monthly-against-declaration", build.declaration(), *rows)
    assert (finding.month, finding.field) == (Month(2027, 2), fields.SINCE_START)


def test_total_above_the_declared_total_is_reported_once() -> None:
    rows = [build.progress(m, year_done=D(done)) for m, done in ((1, 40000), (2, 40001), (3, 40002))]
    (finding,) = build.found("monthly-against-declaration", build.declaration(), *rows)
    assert finding.month == Month(2027, 2)
    unknown = build.declaration(invested_before=None)
    assert build.found("monthly-against-declaration", unknown, *rows) == []


@pytest.mark.parametrize(("done", "findings"), [("0.52", 1), ("10", 0), ("0", 0)])
def test_a_tiny_total_looks_like_the_wrong_unit(done: str, findings: int) -> None:
    row = build.progress(3, month_done=None, year_done=D(done))
    assert len(build.found("monthly-magnitude", build.declaration(), row)) == findings
    assert build.found("monthly-magnitude", row) == []
