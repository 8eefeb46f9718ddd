"""A project's problems and permits in the order in which papers list them (B-8, B-10, K-14)."""

from collections.abc import Iterable
from datetime import date

from pipeline.papers.phrases import due_date
from pipeline.records.problem import Problem, Procedure


def open_problems(problems: Iterable[Problem], day: date) -> list[Problem]:
    """The problems that are open on ``day``, in order of deadline."""
    found = (problem for problem in problems if problem.open_on(day))
    return sorted(found, key=lambda problem: due_date(problem.deadline))


def needed_permits(permits: Iterable[Procedure]) -> list[Procedure]:
    """All permits but those that are 不需办理, in order of their due day."""
    return sorted((permit for permit in permits if permit.needed), key=lambda permit: due_date(permit.due))
