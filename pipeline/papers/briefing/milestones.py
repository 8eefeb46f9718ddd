"""Starts and finishes of the year, as a briefing tells them (B-12)."""

from collections.abc import Collection
from dataclasses import dataclass

from pipeline.facts.basis import Basis
from pipeline.papers.briefing.briefing_facts import Milestones, Overdue
from pipeline.papers.phrases import day_text
from pipeline.records.field_catalogue import FINISHED_ON, STARTED_ON, Field
from pipeline.records.period import Month
from pipeline.records.project import Declaration
from pipeline.scoring.evidence import Milestone, milestone_of


def milestones(basis: Basis, month: Month, known: Collection[Declaration]) -> Milestones:
    """Starts (开工) and finishes (竣工) that the year asks for; ``known`` are the projects soundly reported."""
    starts, finishes = (
        _Asked.of(basis, month, "开工", STARTED_ON),
        _Asked.of(basis, month, "竣工", FINISHED_ON),
    )
    return {
        "计划开工数": len(starts.items),
        "累计开工数": starts.done,
        "本月开工": starts.in_month(month),
        "开工待核": [each.project_name for each in starts.unread],
        "逾期未开工": starts.overdue(known),
        "计划竣工数": len(finishes.items),
        "累计竣工数": finishes.done,
        "本月竣工": finishes.in_month(month),
        "竣工待核": [each.project_name for each in finishes.unread],
        "逾期未竣工": finishes.overdue(known),
    }


@dataclass(frozen=True)
class _Asked:
    """Starts or finishes that the year asks for, as the assessment judges them (K-20(3))."""

    basis: Basis
    items: tuple[tuple[Declaration, Milestone], ...]
    unread: tuple[Declaration, ...]  # whose day the month's report has and nobody can read

    @classmethod
    def of(cls, basis: Basis, month: Month, verb: str, day: Field) -> "_Asked":
        judged = ((project, milestone_of(basis, project, month)) for project in basis.listed)
        items = tuple((project, each) for project, each in judged if each and each.verb == verb)
        unread = tuple(each for each in basis.listed if basis.soundness.day_error(each.key, month, day))
        return cls(basis, items, unread)

    @property
    def done(self) -> int:
        return sum(milestone.done for _, milestone in self.items)

    def in_month(self, month: Month) -> list[str]:
        """Names of the projects whose reported day falls into the month."""
        return [
            project.project_name
            for project, milestone in self.items
            if milestone.on and (milestone.on.year, milestone.on.month) == (month.year, month.month)
        ]

    def overdue(self, known: Collection[Declaration]) -> list[Overdue]:
        """What is due and not done, as far as the month's reports tell."""
        return [
            {
                "项目名称": project.project_name,
                "责任单位": self.basis.unit_of(project),
                "计划时间": day_text(milestone.planned),
            }
            for project, milestone in self.items
            if milestone.due and not milestone.done and project in known and project not in self.unread
        ]
