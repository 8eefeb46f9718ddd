"""Sponsored projects (包联), their procedure teams and their work nodes (B-5, B-7, B-8)."""

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import ClassVar, Self

from pipeline.records.field_catalogue import PROPOSED, TEAM_DEPARTMENTS
from pipeline.records.period import PartialDay, Span
from pipeline.records.record import ProjectRecord


@dataclass(frozen=True)
class Sponsorship(ProjectRecord):
    """One row of the sponsored-project list; amounts in 万元."""

    ledger: ClassVar[str] = "sponsorship"
    sector: str | None
    stage: str | None  # 重大实施 or 重大前期
    build_task: str | None
    total_investment: Decimal | None
    year_plan: Decimal | None
    owner: str | None
    area: str | None
    leaders: tuple[str, ...]
    lead_units: tuple[str, ...]  # all that the cell names, the leading one first; B-7 asks for exactly one
    situation: str | None
    span: Span | None
    leader_matter: str | None
    state: str | None = None  # 拟包联 or 已确定

    @property
    def proposed(self) -> bool:
        """Whether the project is only proposed, so that no team, work list or promotion plan is owed (B-5)."""
        return self.state == PROPOSED

    @property
    def lead_unit(self) -> str:
        """The unit that leads and reports; "" where none is named."""
        return next(iter(self.lead_units), "")

    @property
    def units(self) -> tuple[str, ...]:
        return self.lead_units

    def with_units(self, units: tuple[str, ...]) -> Self:
        return replace(self, lead_units=units)


@dataclass(frozen=True)
class ProcedureTeam(ProjectRecord):
    """手续办理团队 of one project: the persons by department, in the order of TEAM_DEPARTMENTS."""

    ledger: ClassVar[str] = "team"
    persons: tuple[tuple[str, ...], ...]  # for each of the five departments; NOT_CONCERNED is an answer
    others: tuple[tuple[str, tuple[str, ...]], ...] = ()  # further departments as the sheet names them

    @property
    def departments(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """Every department with its persons, those that B-7 names first."""
        return (*zip(TEAM_DEPARTMENTS, self.persons, strict=True), *self.others)


@dataclass(frozen=True)
class WorkNode(ProjectRecord):
    """One entry of a project's work list (工作清单)."""

    ledger: ClassVar[str] = "node"
    due: PartialDay | None
    work: str | None
    investment: Decimal | None  # planned for that month, 万元
    person: str | None
