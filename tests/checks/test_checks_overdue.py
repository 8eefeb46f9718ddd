"""Problems and permits past their deadline, and states that contradict dates."""

from datetime import date, timedelta
from typing import Any

import pytest

from pipeline.facts.basis import Basis
from pipeline.facts.soundness import Soundness
from pipeline.ledgers.kinds import KIND_OF
from pipeline.papers.briefing import facts_of
from pipeline.records.period import Month
from pipeline.records.settings import OfficeSettings
from pipeline.records.severity import Severity
from pipeline.regulation.ledger_duties import LEDGER_DUTIES
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


_DUE = date(2027, 6, 30)


@pytest.mark.parametrize(("days", "late"), [(-1, False), (0, False), (1, True)])
def test_a_record_is_overdue_from_the_day_after_its_due_day(days: int, late: bool) -> None:
    day, due = _DUE + timedelta(days), build.day(_DUE.isoformat())
    problem, permit = build.problem(deadline=due), build.procedure(due=due)
    assert (problem.overdue_on(day), permit.overdue_on(day)) == (late, late)
    assert permit.due_by(day) == (days >= 0)  # due on the day itself, overdue only after it


@pytest.mark.parametrize(("days", "still"), [(-1, True), (0, False), (1, False)])
def test_a_record_is_open_until_the_day_on_which_it_was_settled(days: int, still: bool) -> None:
    day, settled = _DUE + timedelta(days), build.day(_DUE.isoformat())
    past = build.day("2027-05")
    problem = build.problem(deadline=past, solved_on=settled, state="已解决")
    permit = build.procedure(due=past, done=settled, state="已办结")
    assert (problem.open_on(day), problem.overdue_on(day)) == (still, still)
    assert (permit.done_on(day), permit.overdue_on(day)) == (not still, still)


@pytest.mark.parametrize(("days", "known"), [(-1, False), (0, True), (1, True)])
def test_a_problem_is_open_from_the_day_on_which_it_was_raised(days: int, known: bool) -> None:
    problem = build.problem(raised_on=build.day(_DUE.isoformat()))
    assert problem.open_on(_DUE + timedelta(days)) is known


@pytest.mark.parametrize(
    ("month", "overdue"), [(6, False), (7, True), (8, False)]
)  # due on 30 June, settled on 10 August
def test_the_rule_and_the_briefing_of_a_past_month_say_the_same(month: int, overdue: bool) -> None:
    due, settled = build.day("2027-06-30"), build.day("2027-08-10")
    records = (
        build.declaration(),
        build.problem(deadline=due, solved_on=settled, state="已解决", level="领导小组"),
        build.procedure(due=due, done=settled, state="已办结"),
    )
    end = Month(2027, month).last_day
    assert [len(build.found(rule, *records, as_of=end)) for rule in ("problem-overdue", "permit-overdue")] == [
        overdue
    ] * 2
    basis = Basis(build.ledgers(*records), OfficeSettings(), Soundness())
    context: dict[str, Any] = dict(facts_of(basis, Month(2027, month)))
    assert ["已逾期" in row["解决时限"] for row in context["需领导协调"]] == {6: [False], 7: [True], 8: []}[month]
    assert len(context["逾期手续"]) == overdue


def test_what_was_settled_later_is_not_asked_for_again() -> None:
    due, settled = build.day("2027-06-30"), build.day("2027-08-10")
    as_of = date(2027, 7, 31)
    (problem,) = build.found("problem-overdue", build.problem(deadline=due, solved_on=settled), as_of=as_of)
    (permit,) = build.found("permit-overdue", build.procedure(due=due, done=settled), as_of=as_of)
    assert "截至2027年7月31日未解决" in problem.message
    assert "截至2027年7月31日未办结" in permit.message
    assert "已于2027年8月10日" in problem.action
    assert "已于2027年8月10日" in permit.action


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


def test_an_overdue_permit_cites_the_unit_s_help_with_procedures() -> None:
    """K-6(5), not K-15, which speaks of institutions."""
    (finding,) = build.found("permit-overdue", build.procedure(due=build.day("2027-06-29")))
    assert finding.citation is not None
    assert finding.citation.code == "K-6(5)"
    cited = {each.code for each in KIND_OF["procedure"].citations}
    cited |= {each.code for duty in LEDGER_DUTIES if duty.ledger == "procedure" for each in duty.citations}
    assert cited == {"B-7", "K-6(5)", "K-20(3)"}


@pytest.mark.parametrize(
    ("changes", "reminded"),
    [
        ({"four_class": "促进开工"}, True),
        ({"four_class": "加快建设"}, True),
        ({"four_class": "前期储备"}, True),
        ({"four_class": None}, True),
        ({"four_class": "竣工投产"}, False),
    ],
)
def test_a_key_project_without_any_permit_is_reminded_of(changes: dict[str, object], reminded: bool) -> None:
    """K-6(5); of which projects stands in decisions.py."""
    row = build.declaration(project_name="另一项目", **changes)
    found = build.found("permits-known", row, build.procedure())
    assert [(each.project, each.severity, each.citation and each.citation.code) for each in found] == [
        ("另一项目", Severity.WARNING, "K-6(5)")
    ] * reminded
    assert build.found("permits-known", row, build.procedure(project_name="另一项目", state="不需办理")) == []
    done = build.progress(6, project_name="另一项目", finished_on=build.day("2027-06"))
    assert build.found("permits-known", row, done, build.procedure()) == []


def test_where_no_permit_was_received_at_all_that_is_said_once() -> None:
    """K-6(5)."""
    rows = [build.declaration(project_name=name) for name in ("甲项目", "乙项目")]
    (finding,) = build.found("permits-known", *rows)
    assert finding.projects == ("甲项目", "乙项目")
    assert build.found("permits-known", build.declaration(four_class="竣工投产")) == []
