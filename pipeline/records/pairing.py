"""Sponsored projects (包联), their procedure teams and their work nodes (B-5, B-7, B-8)."""

from dataclasses import dataclass
from decimal import Decimal

from pipeline.records.names import name_key
from pipeline.records.period import PartialDay, Span
from pipeline.records.source import Source


@dataclass(frozen=True)
class Sponsorship:
    """One row of the sponsored-project list; amounts in 万元."""

    source: Source
    project_name: str
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

    @property
    def key(self) -> str:
        return name_key(self.project_name)

    @property
    def lead_unit(self) -> str:
        """The unit that leads and reports; "" where none is named."""
        return next(iter(self.lead_units), "")


@dataclass(frozen=True)
class ProcedureTeam:
    """手续办理团队 of one project: the persons by department, in the order of TEAM_DEPARTMENTS."""

    source: Source
    project_name: str
    persons: tuple[tuple[str, ...], ...]  # one entry for each of the five departments

    @property
    def key(self) -> str:
        return name_key(self.project_name)


@dataclass(frozen=True)
class WorkNode:
    """One entry of a project's work list (工作清单)."""

    source: Source
    project_name: str
    due: PartialDay | None
    work: str | None
    investment: Decimal | None  # planned for that month, 万元
    person: str | None

    @property
    def key(self) -> str:
        return name_key(self.project_name)
