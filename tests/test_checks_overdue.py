"""Problems and permits past their deadline, and states that contradict dates."""

from datetime import date

import pytest

from pipeline.records.severity import Severity
from tests import build


@pytest.mark.parametrize(
    ("deadline", "findings"),
    [("2027-06-29", 1), ("2027-06-30", 0), ("2027-06", 0), ("2027-05", 1), ("2027", 0)],
)
def test_overdue_from_the_day_after(deadline: str, findings: int) -> None:
    day = build.day(deadline)
    problems = build.found("problem-overdue", build.problem(deadline=day), as_of=date(2027, 6, 30))
    permits = build.found("permit-overdue", build.procedure(due=day), as_of=date(2027, 6, 30))
    assert [entry.severity for entry in problems + permits] == [Severity.WARNING] * 2 * findings


@pytest.mark.parametrize(
    ("level", "words"),
    [
        ("工作小组", "提请区重大办协调"),
        ("区重大办", "提请领导小组协调"),
        ("领导小组", "抓紧解决"),
        (None, "抓紧解决"),
    ],
)
def test_what_cannot_be_solved_goes_one_level_up(level: str | None, words: str) -> None:
    row = build.problem(level=level, deadline=build.day("2027-03"))
    (finding,) = build.found("problem-overdue", row)
    assert words in finding.action


def test_a_closed_matter_is_never_overdue() -> None:
    past = build.day("2027-01")
    solved = build.problem(deadline=past, state="已解决", solved_on=build.day("2027-03"))
    doubtful = build.problem(deadline=past, solved_on=build.day("2027-03"))
    assert build.found("problem-overdue", solved, doubtful) == []
    closed = [build.procedure(due=past, state=state) for state in ("已办结", "不需办理")]
    assert build.found("permit-overdue", *closed, build.procedure(due=past, done=past)) == []


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"state": "已解决"}, "没有写解决时间"),
        ({"state": "推进中", "solved_on": build.day("2027-03")}, "状态却是推进中"),
        ({"state": "已解决", "solved_on": build.day("2027-01")}, "早于提出时间"),
        ({"state": "已解决", "solved_on": build.day("2027-02")}, ""),
    ],
)
def test_problem_states(changes: dict[str, object], words: str) -> None:
    result = build.found("problem-states", build.problem(**changes))
    assert [words in entry.message for entry in result] == ([True] if words else [])


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"state": "已办结"}, "没有写实际办结时间"),
        ({"state": "办理中", "done": build.day("2027-03")}, "状态却是办理中"),
        ({"state": "已办结", "done": build.day("2027-03")}, ""),
    ],
)
def test_permit_states(changes: dict[str, object], words: str) -> None:
    result = build.found("permit-states", build.procedure(**changes))
    assert [words in entry.message for entry in result] == ([True] if words else [])
