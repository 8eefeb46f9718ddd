"""How problems and permits stand on a given day (B-8, B-10, K-14)."""

from collections.abc import Iterable
from datetime import date

from pipeline.documents.wording import due_date
from pipeline.records.problem import Problem, Procedure


def open_problems(problems: Iterable[Problem], day: date) -> list[Problem]:
    """Raised by ``day`` and not solved by then, in order of deadline."""
    found = [
        problem
        for problem in problems
        if (problem.raised_on is None or problem.raised_on.earliest <= day) and not _solved(problem, day)
    ]
    return sorted(found, key=lambda problem: due_date(problem.deadline))


def _solved(problem: Problem, day: date) -> bool:
    if problem.solved_on:
        return problem.solved_on.latest <= day
    return problem.state == "已解决"


def permit_done(permit: Procedure, day: date) -> bool:
    """Finished by ``day``; a permit marked 已办结 without its date counts as finished."""
    return permit.done.latest <= day if permit.done else permit.state == "已办结"


def needed_permits(permits: Iterable[Procedure]) -> list[Procedure]:
    """All but 不需办理, in order of deadline."""
    return sorted((p for p in permits if p.state != "不需办理"), key=lambda permit: due_date(permit.due))
