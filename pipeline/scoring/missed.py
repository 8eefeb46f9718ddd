"""Plans that a unit missed, for which it owes a statement (B-13)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from pipeline.records.period import Month, PartialDay
from pipeline.scoring.evidence import Milestone, ProjectEvidence


@dataclass(frozen=True)
class MissedInvestment:
    """Less invested than planned up to the month; exact 万元."""

    project: ProjectEvidence
    planned: Fraction
    actual: Fraction

    @property
    def gap(self) -> Fraction:
        return self.planned - self.actual


@dataclass(frozen=True)
class MissedMilestone:
    """A start, resumption or finish that was due and did not happen."""

    project: ProjectEvidence
    milestone: Milestone
    months_late: int  # whole months from the planned time to the month assessed


Missed = MissedInvestment | MissedMilestone


def missed_by(projects: Sequence[ProjectEvidence], month: Month) -> tuple[Missed, ...]:
    """Every missed plan, project by project; compared on exact figures, never on rounded ones."""
    return tuple(missed for project in projects for missed in _missed(project, month))


def _missed(project: ProjectEvidence, month: Month) -> Iterator[Missed]:
    milestone = project.milestone
    if milestone and milestone.due and not milestone.done:
        yield MissedMilestone(project, milestone, _months_late(milestone.planned, month))
    actual = Fraction(project.year_done or 0)
    if actual < project.plan_to_date:
        yield MissedInvestment(project, project.plan_to_date, actual)


def _months_late(planned: PartialDay | None, month: Month) -> int:
    if planned is None:
        return 0
    last = planned.latest
    return max(0, (month.year - last.year) * 12 + month.month - last.month)
