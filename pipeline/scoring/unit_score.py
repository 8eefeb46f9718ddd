"""One unit's score, or the reasons why it can't be stated (K-20(3))."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from pipeline.calendar.deadlines import LATE, MISSING, Delivery
from pipeline.facts.basis import Basis
from pipeline.records.finding import Finding
from pipeline.records.money import round_half_up
from pipeline.records.period import Month
from pipeline.records.settings import AssessmentSettings
from pipeline.scoring.evidence import Doubt, ProjectEvidence, evidence_of
from pipeline.scoring.missed import Missed, missed_by
from pipeline.scoring.parts import Part, parts_of, weighted_total


@dataclass(frozen=True)
class Deduction:
    """Reports late or missing (K-20(1)); ``each`` is the office's setting, 0 where it deducts nothing."""

    outcome: str  # 迟报 or 缺报
    count: int
    each: Decimal

    @property
    def points(self) -> Decimal:
        return self.count * self.each


@dataclass(frozen=True)
class UnitScore:
    """A unit's score out of 100 with everything that it rests on."""

    unit: str
    projects: tuple[ProjectEvidence, ...]
    parts: tuple[Part, ...]
    deliveries: tuple[Delivery, ...]
    deductions: tuple[Deduction, ...]  # only outcomes that occurred
    missed: tuple[Missed, ...]
    weighted: Decimal  # the parts together, two decimals
    deducted: Decimal  # all deductions, two decimals
    total: Decimal  # weighted - deducted, not below 0: the score that ranks, converts and meets thresholds
    converted: Decimal  # plus or minus points of the unit's annual target, two decimals

    @property
    def missed_projects(self) -> tuple[ProjectEvidence, ...]:
        """Projects with a missed plan, each once."""
        keys = {missed.project.declaration.key for missed in self.missed}
        return tuple(project for project in self.projects if project.declaration.key in keys)


@dataclass(frozen=True)
class Withheld:
    """A unit whose score can't be stated, and why."""

    unit: str
    doubts: tuple[Doubt, ...]
    deliveries: tuple[Delivery, ...]

    @property
    def reasons(self) -> tuple[str, ...]:
        """The doubts' sentences."""
        return tuple(doubt.sentence for doubt in self.doubts)

    @property
    def findings(self) -> tuple[Finding, ...]:
        """The errors that the doubts rest on."""
        return tuple(doubt.finding for doubt in self.doubts if doubt.finding)


def score_unit(basis: Basis, unit: str, month: Month, deliveries: Sequence[Delivery] = ()) -> UnitScore | Withheld:
    """Score ``unit`` (a key) over its listed projects at the end of ``month``.

    ``deliveries`` are the unit's own. An error finding or a gap that touches what the score says withholds
    it.
    """
    listed = basis.listed_by_unit.get(unit, ())
    name = _shown_name(basis, unit)
    projects = tuple(evidence_of(basis, declaration, month) for declaration in listed)
    settings = basis.settings.assessment
    parts = parts_of(projects, settings.weights)
    doubts = [doubt for project in projects for doubt in project.doubts]
    if not projects:
        doubts.append(Doubt("申报项目均有错误，未列入年度计划"))
    elif all(part.score is None for part in parts):
        doubts.append(Doubt("没有可计分的内容"))
    if doubts:
        return Withheld(name, tuple(doubts), tuple(deliveries))
    deductions = _deductions(deliveries, settings)
    weighted = weighted_total(parts)
    deducted = round_half_up(sum((each.points for each in deductions), Decimal(0)), 2)
    total = max(weighted - deducted, Decimal("0.00"))
    return UnitScore(
        unit=name,
        projects=projects,
        parts=parts,
        deliveries=tuple(deliveries),
        deductions=deductions,
        missed=missed_by(projects, month, settings.physical_enough),
        weighted=weighted,
        deducted=deducted,
        total=total,
        converted=converted(total, settings),
    )


def converted(total: Decimal, settings: AssessmentSettings) -> Decimal:
    """(total - baseline) × factor, within ±cap, two decimals (K-20(3); the figures are the office's)."""
    points = (total - settings.baseline) * settings.factor
    return round_half_up(max(-settings.cap, min(settings.cap, points)), 2)


def _deductions(deliveries: Sequence[Delivery], settings: AssessmentSettings) -> tuple[Deduction, ...]:
    rates = ((LATE, settings.late_deduction), (MISSING, settings.missing_deduction))
    counted = (Deduction(outcome, sum(each.outcome == outcome for each in deliveries), rate) for outcome, rate in rates)
    return tuple(deduction for deduction in counted if deduction.count)


def _shown_name(basis: Basis, unit: str) -> str:
    """As the directory writes it, else as the unit's first declaration does."""
    entry = basis.units.get(unit)
    return entry.name if entry else basis.declaring_units[unit]
