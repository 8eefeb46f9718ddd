"""Plans that a unit missed, for which it owes a statement (B-13)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
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


@dataclass(frozen=True)
class MissedProgress:
    """The year's target of physical progress (形象进度), or of an early project's work, not reached; K-8(2)5."""

    project: ProjectEvidence
    rate: Decimal  # % of the target, as reported

    @property
    def gap(self) -> Decimal:
        """Percentage points."""
        return 100 - self.rate


Missed = MissedInvestment | MissedMilestone | MissedProgress


def missed_by(projects: Sequence[ProjectEvidence], month: Month, enough: Decimal) -> tuple[Missed, ...]:
    """Every missed plan, project by project; compared on exact figures, never on rounded ones.

    ``enough``: from what % of the year's physical target on the office takes it as reached.
    """
    return tuple(missed for project in projects for missed in _missed(project, month, enough))


def _missed(project: ProjectEvidence, month: Month, enough: Decimal) -> Iterator[Missed]:
    milestone = project.milestone
    if milestone and milestone.due and not milestone.done:
        yield MissedMilestone(project, milestone, _months_late(milestone.planned, month))
    actual = Fraction(project.year_done or 0)
    if actual < project.plan_to_date:
        yield MissedInvestment(project, project.plan_to_date, actual)
    rate, finished = project.physical_rate, milestone and milestone.verb == "竣工" and milestone.done
    if month.month == 12 and not finished and rate is not None and rate < enough:  # the target is the year's
        yield MissedProgress(project, rate)


def _months_late(planned: PartialDay | None, month: Month) -> int:
    if planned is None:
        return 0
    last = planned.latest
    return max(0, (month.year - last.year) * 12 + month.month - last.month)
